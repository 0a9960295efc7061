"""What to do about a message that may or may not have been sent: the answer of the provider was lost."""

from typing import Final

from bot.tasks import Send, Task

REPORT_SECONDS: Final = 60.0


def repeats(task: Task) -> bool:
    """Tell whether an uncertain message is sent again.

    Twilio can be asked whether it has the message, so it is tried again and looked up before. Elsewhere a question
    is not repeated: the citizen who did not get it writes again and gets it then; news (a tracking id, a status)
    is repeated once, unless a delivery report came meanwhile: a number told twice is better than one never told.
    """
    if task.provider == "twilio":
        return True
    return isinstance(task.action, Send) and task.action.push and task.attempt == 0


def pause(task: Task) -> float:
    """Return for how many seconds a message in doubt waits at least: a gateway's delivery report may tell."""
    return REPORT_SECONDS if task.provider == "gateway" and isinstance(task.action, Send) else 0.0
