"""A message whose answer was lost is told again only where nothing else would tell it, and after a while."""

import pytest

from bot.channels.doubt import pause, repeats
from bot.tasks import Action, Reword, Send, Task
from conversations.bubble import Bubble

QUESTION, NEWS, REWORDED = Send(Bubble("Kapan?")), Send(Bubble("Selesai."), push=True), Reword("ob-1")


@pytest.mark.parametrize(
    ("provider", "action", "again", "seconds"),
    [
        ("telegram", QUESTION, False, 0.0),
        ("telegram", NEWS, True, 0.0),
        ("twilio", QUESTION, True, 0.0),
        ("twilio", REWORDED, True, 0.0),
        ("meta", QUESTION, True, 15.0),
        ("meta", NEWS, True, 60.0),
        ("meta", REWORDED, True, 60.0),
        ("gateway", QUESTION, True, 15.0),
    ],
)
def test_what_is_in_doubt_waits_for_whoever_may_tell(
    provider: str,
    action: Action,
    again: bool,  # noqa: FBT001
    seconds: float,
) -> None:
    task = Task("ob-1", "whatsapp:+6281234567890", provider, action, 0)
    assert (repeats(task), pause(task)) == (again, seconds)


@pytest.mark.parametrize("action", [QUESTION, NEWS, REWORDED])
def test_what_nobody_can_look_up_is_repeated_once(action: Action) -> None:
    assert not repeats(Task("ob-1", "whatsapp:+6281234567890", "meta", action, 0, attempt=1))
