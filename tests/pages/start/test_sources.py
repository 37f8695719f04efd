"""Databases and shop systems are asked for nobody who may only look."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.shell.people import rights
from pages.start.data.database import reach
from pages.start.data.shop_system import start_reading
from segmentation.connect.shops.shop_address import ShopToken, read_shop
from segmentation.errors import NotAllowedError
from segmentation.people import TeamRole


def test_the_server_calls_nobody_for_a_viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "here", lambda: SimpleNamespace(role=TeamRole.VIEWER))
    with pytest.raises(NotAllowedError):
        reach("postgresql://127.0.0.1:1/shop", "ann", "secret")
    with pytest.raises(NotAllowedError):
        start_reading(read_shop("woocommerce:http://127.0.0.1:1"), ShopToken("ck_1:cs_1"))
