"""The case backend inside the process."""

import asyncio

import pytest
from case_samples import ADDRESS, JPEG, a_file, a_key

from bot.cases.local import LocalCases
from bot.cases.port import Report
from bot.channels import Content
from bot.errors import Permanent, Rejected, Unfit
from conversations.effects import Rate, Reply


def test_a_report_is_filed_once_with_a_tracking_id_at_once() -> None:
    """Later attempts, with another title too, and a look-up find the first."""

    async def play() -> list[Report | None]:
        cases, key = LocalCases(), a_key()
        told = [await cases.file(ADDRESS, a_file(key, title=title)) for title in ("Lubang", "Lubang", "Jalan")]
        told.append(await cases.by_key(key))
        assert await cases.by_key(a_key()) is None
        await cases.close()
        return told

    first, *others = asyncio.run(play())
    assert first
    assert (first.tracking_id, first.status) == ("1000001", "submitted")
    assert others == [first] * 3


def test_a_dispute_moves_the_case_and_can_be_polled() -> None:
    """Answer, rating and file are taken, and the answer shows in the events."""

    async def play() -> list[str]:
        cases = LocalCases()
        attachment_id = await cases.attach(a_key(), Content(JPEG, "image/jpeg"))
        report = await cases.file(ADDRESS, a_file(a_key(), attachments=(attachment_id,)))
        await cases.reply(Reply(a_key(), report.report_id, "Belum", disputes_closing=True))
        await cases.rate(Rate(report.report_id, solved=False))
        found, cursor = await cases.events("")
        rest, _ = await cases.events(cursor)
        await cases.close()
        return [event.moved.status for event in (*found, *rest)]

    assert asyncio.run(play()) == ["answered_by_reporter"]


def test_what_can_never_be_done_is_said_so() -> None:
    """Unknown reports, unknown files, foreign files and used keys are the errors of the port."""

    async def play() -> None:
        cases, key = LocalCases(), a_key()
        await cases.attach(key, Content(JPEG, "image/jpeg"))
        for act, error in (
            (cases.reply(Reply(a_key(), "unknown", "Halo")), Permanent),
            (cases.rate(Rate("unknown", solved=True)), Permanent),
            (cases.attach(key, Content(JPEG + b"!", "image/jpeg")), Permanent),
            (cases.file(ADDRESS, a_file(a_key(), attachments=("lost",))), Rejected),
            (cases.attach(a_key(), Content(b"MZ", "image/jpeg")), Unfit),
        ):
            with pytest.raises(error):
                await act
        await cases.close()

    asyncio.run(play())
