"""Approved templates are found again by the worker: the words of now, or older ones while new ones wait."""

import asyncio
import json

import pytest
from msgspec.structs import replace

from bot.approvals.library import FRESH, Library
from bot.approvals.wanted import Wanted, wanted
from bot.channels.graph import Graph
from bot.errors import Closed, Temporary
from bot.providers import Meta
from conversations.bubble import Template
from tests.bot.channels.provider import Provider, Reply
from tests.stage import SCRIPTS

NEEDED = wanted(SCRIPTS)
NOW = next(each for each in NEEDED if (each.kind, each.code) == ("closed", "id"))
OLDER = replace(NOW, text="Laporan nomor {{number}} selesai. Pesan: {{message}} Balas SUDAH atau BELUM.")
NEWS = Template("closed", "id", ("9165816", "Dinas PU", "Sudah ditambal."))
DOWN = Reply(503, b"")


def page(*there: Wanted, status: str = "APPROVED", after: str = "") -> Reply:
    """Answer with templates of one status; `after` leads to another page."""
    data = [each.definition() | {"status": status} for each in there]
    paging = {"cursors": {"after": after}, "next": "https://x"} if after else {}
    return Reply(200, json.dumps({"data": data, "paging": paging}).encode())


def looked(provider: Provider, pauses: tuple[float, ...] = (), account: str = "2708") -> list[str]:
    """Look the template up, and again after each pause; return its names, or kinds of failures."""

    async def look() -> list[str]:
        time, found = 0.0, []
        meta = Meta("meta-access", "s", "v", "1708", f"{provider.url}/v25.0", account)
        graph = Graph(meta, patience=0.3)
        library = Library(graph, account, lambda: NEEDED, lambda: time)
        for pause in (0.0, *pauses):
            time += pause
            try:
                found.append((await library.find(NEWS)).name)
            except (Closed, Temporary) as failure:
                found.append(type(failure).__name__)
        await graph.close()
        return found

    return asyncio.run(look())


@pytest.mark.parametrize(
    ("replies", "found"),
    [
        ((page(NOW),), NOW.name),
        ((page(NOW, OLDER),), NOW.name),
        ((page(OLDER),), OLDER.name),
        ((page(OLDER, after="x"), page(NOW)), NOW.name),
        ((page(NOW, status="PENDING"),), "Closed"),
        ((page(NOW, status="PAUSED"),), "Closed"),
        ((page(),), "Closed"),
        ((Reply(400, b'{"error": {"code": 190}}'),), "Temporary"),
        ((DOWN,), "Temporary"),
        ((Reply(200, b"<html>"),), "Temporary"),
    ],
    ids=(
        "the words of now",
        "these and older ones",
        "older ones alone",
        "on the second page",
        "they await approval",
        "they are paused",
        "none",
        "the token is wrong",
        "down",
        "an answer that cannot be read",
    ),
)
def test_the_words_of_now_are_sent_or_else_older_ones(
    replies: tuple[Reply, ...], found: str, provider: Provider
) -> None:
    """Where there are none, the news is kept until the citizen writes."""
    provider.script(*replies)

    assert looked(provider) == [found]


def test_the_list_is_asked_for_every_ten_minutes(provider: Provider) -> None:
    """News to many asks Meta no more than news to one."""
    provider.script(page(OLDER), page(NOW))

    found = looked(provider, (1.0, FRESH - 2, FRESH))

    assert (found, len(provider.asked)) == ([OLDER.name, OLDER.name, OLDER.name, NOW.name], 2)


def test_while_meta_does_not_tell_the_last_list_holds(provider: Provider) -> None:
    """It is asked for again with the next message."""
    provider.script(page(NOW), DOWN)

    assert (looked(provider, (FRESH, 1.0)), len(provider.asked)) == ([NOW.name] * 3, 3)


def test_without_an_account_there_are_none(provider: Provider) -> None:
    """Nothing is asked of Meta."""
    assert (looked(provider, account=""), provider.asked) == (["Closed"], [])
