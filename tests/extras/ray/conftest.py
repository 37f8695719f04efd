"""Two workers of Ray on this machine for all tests, and a small sample shop with a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.scale.tasks import Cluster, cluster
from tests.segmentation.track.conftest import shop, shop_home

__all__ = ["shop", "shop_home"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Ray leave behind what it ends without waiting for it, and use what it calls old itself."""
    for item in (one for one in items if one.path.is_relative_to(Path(__file__).parent)):
        item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
        item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
        item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))


@pytest.fixture(scope="session")
def two() -> Iterator[Cluster]:
    """Give two workers."""
    with cluster(None, 2) as started:
        yield started
