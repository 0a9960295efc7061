"""The funnel as it is read: rows in the order of the dialog, and a table in the terminal."""

import json
from datetime import datetime, timedelta

import pytest
import redis

from bot import keys
from bot.__main__ import main
from bot.funnel import Counts, Place, Row
from conversations.complaint import COMPLAINT, REPORT
from tests.stage import NOW


def test_all_that_is_in_the_table_has_a_row_in_its_order() -> None:
    assert Counts({}).rows() == tuple(
        Row(state.name, 0, 0, 0, 0 if state.name in REPORT else None) for state in COMPLAINT
    )


def test_who_went_on_from_the_day_before_is_never_less_than_nobody() -> None:
    found: dict[Place, int] = {("sms", "id", "place", "reached"): 2, ("sms", "id", "place", "onward"): 3}
    assert Row("place", 2, 3, 0, 0) in Counts(found).rows()


def test_the_numbers_can_be_read_in_a_terminal(
    client: "redis.Redis", redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    today = datetime.now(NOW.tzinfo).date()
    for days, number in ((0, 5), (6, 2), (7, 100)):
        key = keys.funnel(today - timedelta(days=days))
        client.hset(
            key, mapping={"sms id place reached": number, "sms id place failed": 1, "sms id filed reached": 1}
        )
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert (main(["funnel"]), capsys.readouterr().out.splitlines()) == (
        0,
        [
            "state       reached   onward     left   failed",
            "place             7        0        7        2",
            "filed             2        0        -        0",
        ],
    )
    assert main(["funnel", "--days", "1", "--json"]) == 0
    rows = {row["state"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["place"] == {"state": "place", "reached": 5, "onward": 0, "failed": 1, "left": 5}


@pytest.mark.parametrize("days", ["0", "401", "many"])
def test_days_that_are_not_kept_cannot_be_asked_for(days: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["funnel", "--days", days])
    assert ended.value.code == 2
