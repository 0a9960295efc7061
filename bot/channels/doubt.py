"""What to do about a message that may or may not have been sent: the answer of the provider was lost."""

from bot.tasks import Send, Task


def repeats(task: Task) -> bool:
    """Tell whether an uncertain message is sent again.

    Twilio can be asked whether it has the message, so it is tried again and looked up before. Elsewhere a question
    is not repeated: the citizen who did not get it writes again and gets it then; news (a tracking id, a status)
    is repeated once, for a number told twice is better than one never told.
    """
    if task.provider == "twilio":
        return True
    return isinstance(task.action, Send) and task.action.push and task.attempt == 0
