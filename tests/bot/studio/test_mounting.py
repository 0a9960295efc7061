"""The studio in the web process: its paths go to it, all others to the webhooks."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.studio.mounting import Mounted


def answers(name: str) -> Callable[..., Iterable[bytes]]:
    """Return an application that says its name."""
    return lambda _environ, _start: [name.encode()]


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/studio", b"studio"),
        ("/studio/", b"studio"),
        ("/studio/id/", b"studio"),
        ("/studios", b"webhooks"),
        ("/", b"webhooks"),
        ("/webhooks/studio/", b"webhooks"),
        ("/demo/studio", b"webhooks"),
    ],
)
def test_only_the_studios_paths_go_to_it(path: str, who: bytes) -> None:
    environ: dict[str, Any] = {"PATH_INFO": path}
    assert [*Mounted(answers("webhooks"), answers("studio"))(environ, lambda *_: None)] == [who]
