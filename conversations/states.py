"""The kinds of state, and the table that joins them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from conversations.answers import Reader
from conversations.effects import Asking
from conversations.session import Session
from conversations.turn import Step, Turn

Act: TypeAlias = Callable[[Session, Turn], Step]
Exits: TypeAlias = Iterator[tuple[str, str]]


def nothing(session: Session, _turn: Turn) -> Step:
    """Do nothing on the way in."""
    return session, ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask one open question; what `read` makes of the answer is kept and the dialog goes on to `then`.

    With `optional`, the citizen may leave it out at once; otherwise only after being told why it matters. `request`
    is what the phone itself can tell.
    """

    name: str
    read: Reader
    then: str
    optional: bool = False
    does: Act = nothing
    request: Asking = ""

    def exits(self) -> Exits:
        """Yield the way out."""
        yield "", self.then


@dataclass(frozen=True, slots=True)
class Gather:
    """Take what may come in several pieces, text or files, until there is enough or the citizen goes on."""

    name: str
    then: str
    read: Reader | None = None
    does: Act = nothing

    def exits(self) -> Exits:
        """Yield the way out."""
        yield "", self.then


@dataclass(frozen=True, slots=True)
class Choose:
    """Offer a menu; each option leads to a state.

    `each` is where options lead that are not in the table but made of data, such as the citizen's reports. `yes`
    and `no` are the options that those words mean, in whatever form they are said.
    """

    name: str
    options: Mapping[str, str]
    each: str = ""
    yes: str = ""
    no: str = ""
    does: Act = nothing

    def target(self, option: str) -> str:
        """Return where an option leads."""
        return self.options.get(option, self.each)

    def exits(self) -> Exits:
        """Yield the options and where they lead."""
        yield from self.options.items()
        if self.each:
            yield "…", self.each


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait for an outcome from outside; each leads to a state."""

    name: str
    outcomes: Mapping[str, str]
    does: Act = nothing

    def exits(self) -> Exits:
        """Yield the outcomes and where they lead."""
        yield from self.outcomes.items()


@dataclass(frozen=True, slots=True)
class End:
    """Say how it ended; whatever the citizen writes next begins something new."""

    name: str
    does: Act = nothing

    def exits(self) -> Exits:
        """Yield nothing."""
        yield from ()


State: TypeAlias = Ask | Gather | Choose | Wait | End


class Flow:
    """A table of states; the first is where a conversation begins.

    Raises ValueError where two states share a name or an exit leads nowhere.
    """

    def __init__(self, *states: State) -> None:
        self.first = states[0]
        self._states = {state.name: state for state in states}
        if len(self._states) < len(states):
            raise ValueError("two states of one name")
        for state in states:
            for exit_, target in state.exits():
                if target not in self._states:
                    raise ValueError(f"{state.name} leads to {target} by {exit_ or 'its answer'}: no such state")

    def __getitem__(self, name: str) -> State:
        return self._states.get(name, self.first)  # a state that vanished sends citizens to the start

    def __contains__(self, name: object) -> bool:
        return name in self._states

    def __iter__(self) -> Iterator[State]:
        return iter(self._states.values())


def diagram(flow: Flow) -> str:
    """Draw the flow as a Mermaid state diagram, one line per way between two states."""
    ways: dict[tuple[str, str], list[str]] = {}
    for state in flow:
        for exit_, target in state.exits():
            ways.setdefault((state.name, target), []).append(exit_)
    lines = [f"    [*] --> {flow.first.name}"]
    for (source, target), exits in ways.items():
        label = " / ".join(exit_ for exit_ in exits if exit_)
        lines.append(f"    {source} --> {target}" + (f" : {label}" if label else ""))
    lines += [f"    {state.name} --> [*]" for state in flow if isinstance(state, End)]
    return "\n".join(["stateDiagram-v2", *lines, ""])
