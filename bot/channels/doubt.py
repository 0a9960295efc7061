"""What to do about a message that may or may not have been sent: the answer of the provider was lost."""

from typing import Final

from bot.tasks import Reword, Send, Task

NEWS_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 15.0
TELLING: Final = frozenset(("gateway", "meta"))
"""Providers that tell by delivery reports alone whether they have a message."""


def repeats(task: Task) -> bool:
    """Tell whether an uncertain message is sent again.

    Twilio can be asked whether it has the message, so it is tried again and looked up before. Meta, and a gateway
    whose delivery reports name our id (Kannel, Jasmin), tell by them: where none came, the message is repeated
    once. A gateway that takes a message of one id only once (`once` in its format) is asked again without a doubt;
    where a worker died meanwhile, or reports name the gateway's own id alone, it is repeated once. Telegram tells
    nothing: there a question is not repeated, for the citizen who did not get it writes again and gets it then;
    news (a tracking id, a status) is repeated once: a number told twice is better than one never told.
    """
    if task.provider == "twilio":
        return True
    return task.attempt == 0 and (_news(task) or (isinstance(task.action, Send) and task.provider in TELLING))


def pause(task: Task) -> float:
    """Return for how many seconds a message in doubt waits at least, for a delivery report may tell.

    Somebody waits for the answer to a question, so that waits less long.
    """
    if task.provider not in TELLING or not isinstance(task.action, Send | Reword):
        return 0.0
    return NEWS_SECONDS if _news(task) else ANSWER_SECONDS


def _news(task: Task) -> bool:
    """Tell whether a task sends what answers nothing."""
    return isinstance(task.action, Reword) or (isinstance(task.action, Send) and task.action.push)
