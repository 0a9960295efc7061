"""Whatever a citizen writes and whatever fails, in whatever order, the promises hold."""

import pytest
import redis

from tests.faults import dialogs


@pytest.mark.timeout(240)
def test_random_dialogs_under_random_faults_keep_the_promises(client: "redis.Redis", redis_url: str) -> None:
    dialogs.walk(client, redis_url, 15)
