"""The two topologies: one of each for a file of tests, and fresh ones for tests that break them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.topologies.cluster import Cluster, cluster
from tests.topologies.sentinels import Watched, watched
from tests.topologies.servers import Topology

Make = Callable[[Path], AbstractContextManager[Topology]]
BOTH: tuple[Make, ...] = (cluster, watched)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Yield a cluster that nobody breaks."""
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Yield a watched pair that nobody breaks."""
    with watched(tmp_path_factory.mktemp("watched")) as made:
        yield made


@pytest.fixture(params=BOTH, ids=lambda make: str(make.__name__))
def topology(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Topology]:
    """Yield one of both, to be broken."""
    with request.param(tmp_path) as made:
        yield made
