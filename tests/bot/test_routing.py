"""Which node gets a command, step by step, with the nodes' answers made up."""

from collections.abc import Callable, Sequence

import pytest
import redis
from redis.exceptions import AskError, ClusterDownError, MovedError, ReadOnlyError, TryAgainError

from bot.routing import WAIT_MS, Command, Node, Route, Sending
from bot.sharding import PAUSE, Sharded, slot_of
from bot.watching import FRESH, Watched

A, B, C = Node("a", 1), Node("b", 2), Node("c", 3)
LEARN = ("CLUSTER", "SLOTS")
SLOTS = [[0, 8191, [b"a", 1, b"id"], [b"c", 3, b"id"]], [8192, 16383, [b"b", 2, b"id"]]]
GET = ("GET", "{p00}:k")
SLOT = slot_of(GET)
HOME, AWAY = (A, B) if SLOT is not None and SLOT < 8192 else (B, A)


def played(route: Route, command: Command, replies: Sequence[object]) -> tuple[list[Sending], object]:
    """Return what was sent until the replies ran out or the command ended, and its end."""
    steps = route.carry(command)
    sent = [next(steps)]
    for reply in replies:
        try:
            sent.append(steps.throw(reply) if isinstance(reply, Exception) else steps.send(reply))
        except StopIteration as done:
            return sent, done.value
        except redis.RedisError as error:
            return sent, type(error)
    return sent, None


def cluster() -> Sharded:
    """Return a route that knows the slots."""
    route = Sharded([("a", 1)])
    played(route, GET, [SLOTS, b"v"])
    return route


def to(node: Node, command: Command = GET, **more: bool) -> Sending:
    return Sending(node, command, **more)


def test_a_cluster_is_asked_once_who_holds_what() -> None:
    route = Sharded([("a", 1)])
    first = played(route, GET, [SLOTS, b"v"])
    assert (first, played(route, GET, [b"w"])) == (([to(A, LEARN), to(HOME)], b"v"), ([to(HOME)], b"w"))


def test_a_node_that_does_not_know_its_own_name_is_the_one_that_was_asked() -> None:
    nameless = [[0, 16383, [b"", 7, b"id"]]]
    assert played(Sharded([("a", 1)]), GET, [nameless, b"v"])[0] == [to(A, LEARN), to(Node("a", 7))]


@pytest.mark.parametrize(
    ("error", "sent"),
    [
        (MovedError("1 away:9"), to(Node("away", 9))),
        (MovedError("1 :9"), to(Node(HOME.host, 9))),
        (AskError("1 away:9"), to(Node("away", 9), asking=True)),
        (TryAgainError("wait"), Sending(HOME, GET, after=PAUSE)),
    ],
)
def test_an_answer_that_says_not_done_here_is_followed_at_once(error: Exception, sent: Sending) -> None:
    assert played(cluster(), GET, [error, b"v"]) == ([to(HOME), sent], b"v")


def test_after_moved_the_slots_are_asked_for_where_it_pointed() -> None:
    route = cluster()
    played(route, GET, [MovedError("1 away:9"), b"v"])
    assert played(route, GET, [])[0] == [to(Node("away", 9), LEARN)]


def test_redirections_in_a_circle_come_to_an_end() -> None:
    circle = [MovedError("1 a:1"), MovedError("1 b:2")] * 3
    sent, end = played(cluster(), GET, circle)
    assert (len(sent), end) == (5, redis.ConnectionError)


@pytest.mark.parametrize(
    "error", [redis.ConnectionError(), redis.TimeoutError(), ClusterDownError(""), ReadOnlyError("")]
)
def test_after_a_lost_node_the_others_are_asked_first(error: Exception) -> None:
    route = cluster()
    lost = played(route, GET, [error])
    learnt = played(route, GET, [redis.ConnectionError(), SLOTS])
    kind = redis.TimeoutError if isinstance(error, redis.TimeoutError) else redis.ConnectionError
    others = [node for node in (A, C, B) if node != HOME]
    assert (lost, learnt[0]) == (([to(HOME)], kind), [*(to(node, LEARN) for node in others), to(HOME)])


def test_other_errors_are_the_commands_own() -> None:
    route = cluster()
    wrong = played(route, GET, [redis.ResponseError("WRONGTYPE")])
    assert (wrong, played(route, GET, [])[0]) == (([to(HOME)], redis.ResponseError), [to(HOME)])


def test_a_slot_that_nobody_holds_is_asked_for_again() -> None:
    route = Sharded([("a", 1)])
    half = [row for row in SLOTS if row[2][0] != HOME.host.encode()]  # type: ignore[index]
    first = played(route, GET, [half])
    assert (first, played(route, GET, [])[0]) == (([to(A, LEARN)], redis.ConnectionError), [to(AWAY, LEARN)])


def test_what_is_written_counts_when_so_many_replicas_have_it() -> None:
    sending = Sending(A, ("SET", "k", "v"), asking=True, replicas=2)
    assert sending.commands() == [("ASKING",), ("SET", "k", "v"), ("WAIT", 2, WAIT_MS)]
    assert sending.reply([b"OK", b"OK", 2]) == b"OK"
    for few in (1, redis.ResponseError("no")):
        with pytest.raises(redis.TimeoutError):
            sending.reply([b"OK", b"OK", few])


def test_only_writes_wait_for_replicas() -> None:
    route = Sharded([("a", 1)], replicas=1)
    sent = [
        played(route, command, [SLOTS, b"v"])[0][-1].replicas
        for command in (GET, ("SET", "k", "v"), ("EVALSHA", "sha", 1, "k"), ("PING",))
    ]
    assert sent == [0, 1, 1, 0]


FIRST, SECOND = Node("s", 1, watches=True), Node("t", 2, watches=True)
ASK = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "lapor")
ROLE = ("ROLE",)
MASTER, REPLICA = [b"master", 0, []], [b"slave", b"b", 2, b"connected", 0]


def watched(clock: Callable[[], float] = float) -> Watched:
    return Watched("lapor", [("s", 1), ("t", 2)], clock=clock)


def test_the_master_is_asked_for_once() -> None:
    route = watched()
    first = played(route, GET, [[b"a", b"1"], MASTER, b"v"])
    assert (first, played(route, GET, [b"w"])) == (
        ([to(FIRST, ASK), to(A, ROLE), to(A)], b"v"),
        ([to(A)], b"w"),
    )


def test_a_sentinel_that_is_away_knows_nothing_or_is_behind_is_passed_over_and_asked_last() -> None:
    for answers in (
        [redis.TimeoutError()],
        [None],
        [[b"c", b"3"], REPLICA],
        [[b"c", b"3"], redis.ConnectionError()],
    ):
        route = watched()
        sent, end = played(route, GET, [*answers, [b"a", b"1"], MASTER, redis.ConnectionError()])
        assert (sent[-3:], end) == ([to(SECOND, ASK), to(A, ROLE), to(A)], redis.ConnectionError)
        assert played(route, GET, [])[0] == [to(SECOND, ASK)]


@pytest.mark.parametrize("error", [redis.ConnectionError(), redis.TimeoutError(), ReadOnlyError("")])
def test_after_a_lost_master_the_sentinels_are_asked_again(error: Exception) -> None:
    route = watched()
    played(route, GET, [[b"a", b"1"], MASTER, error])
    assert played(route, GET, [[b"b", b"2"], MASTER, b"v"]) == ([to(FIRST, ASK), to(B, ROLE), to(B)], b"v")


@pytest.mark.parametrize(
    ("answers", "sent"),
    [
        ([[b"a", b"1"], b"v"], [to(FIRST, ASK), to(A)]),
        ([[b"b", b"2"], [b"b", b"2"], MASTER, b"v"], [to(FIRST, ASK), to(FIRST, ASK), to(B, ROLE), to(B)]),
        ([redis.TimeoutError(), b"v"], [to(FIRST, ASK), to(A)]),
        ([None, b"v"], [to(FIRST, ASK), to(A)]),
    ],
)
def test_a_master_that_was_replaced_is_left_within_a_second(answers: list[object], sent: list[Sending]) -> None:
    now = [0.0]
    route = watched(lambda: now[0])
    played(route, GET, [[b"a", b"1"], MASTER, b"v"])
    now[0] += FRESH + 0.1
    later = played(route, GET, answers)
    assert (later, played(route, GET, [b"w"])[0]) == ((sent, b"v"), sent[-1:])


def test_where_no_sentinel_names_a_master_that_is_said() -> None:
    assert played(watched(), GET, [None, None]) == ([to(FIRST, ASK), to(SECOND, ASK)], redis.ConnectionError)


@pytest.mark.parametrize(
    ("command", "slot"),
    [
        (("SET", "foo", "1"), 12182),  # as in the specification of Redis Cluster
        (("GET", b"{foo}:bar"), 12182),
        (("EVALSHA", "sha", 2, "foo", "foo2", "bar"), 12182),
        (("EVAL", "return 1", 0), None),
        (("XREAD", "COUNT", 9, "BLOCK", 9, "STREAMS", "foo", "0"), 12182),
        (("XGROUP", "CREATE", "foo", "g", "$"), 12182),
        (("PING",), None),
    ],
)
def test_the_slot_is_that_of_the_first_key(command: Command, slot: int | None) -> None:
    assert slot_of(command) == slot
