"""What features are called beside bars and on tiles."""

from __future__ import annotations

import pytest

from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.sentences.profile import bar_label, tile_title


@pytest.mark.parametrize("header", ["MntMeatProducts", "mnt_meat_products"])
def test_a_column_of_the_shop_is_called_the_same_beside_a_bar_and_on_a_tile(header: str) -> None:
    feature = Feature("x", header, "", Group.PROFILE, Unit.NUMBER)
    assert bar_label(feature) == tile_title(feature) == "Meat products amount"
