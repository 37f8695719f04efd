"""The small sample shop with a run, as the tests of what becomes of segments have it."""

from tests.segmentation.track.conftest import shop, shop_home

__all__ = ["shop", "shop_home"]
