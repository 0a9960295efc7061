"""Whatever a citizen writes and whatever fails, in whatever order, the promises hold."""

import pytest
import redis

from tests.faults import dialogs
from tests.faults.counts import GOOD


@pytest.mark.timeout(240)
def test_random_dialogs_under_random_faults_keep_the_promises(client: "redis.Redis", redis_url: str) -> None:
    dialogs.walk(client, redis_url, 15)


@pytest.mark.parametrize("name", dialogs.MOVED)
def test_a_report_is_filed_once_whatever_the_clock_does(client: "redis.Redis", redis_url: str, name: str) -> None:
    ended = dialogs.reported(client, redis_url, *dialogs.MOVED[name])
    assert (ended.expected, ended.counted) == (GOOD, GOOD)
