"""Databases and shops are asked for nobody who may only look, and where many sign in not just anywhere."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from pages.shell import language_model, language_model_settings
from pages.shell.people import rights
from pages.start.data import database, shop_system
from pages.start.data.database import reach
from pages.start.data.shop_system import start_reading
from pages.start.data.words import NO_HOSTS
from segmentation.connect.shops.shop_address import ShopToken, read_shop
from segmentation.errors import HostNotAllowedError, NotAllowedError
from segmentation.insight.language_model.message import Endpoint
from segmentation.jobs import silent
from segmentation.people import TeamRole
from tests.pages.helpers import open_folds
from tests.pages.shell.people.conftest import app_of

__all__ = ["app_of"]
MODEL: dict[str, str] = {"on": "yes", "address": "http://127.0.0.1:11434/v1", "model": "llama3.2"}


def test_where_people_sign_in_hosts_are_asked_that_are_named(
    app_of: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "is_installed", lambda _: True)
    monkeypatch.setattr(shop_system, "is_installed", lambda: True)
    monkeypatch.setattr(rights, "here", lambda: SimpleNamespace(role=TeamRole.EDITOR))
    app = app_of("ann").run()
    open_folds(app, "from_database", "from_shop_system")
    assert [one.value for one in app.info].count(NO_HOSTS) == 2
    assert not [one for one in app.text_input if "Address" in one.label]
    shop = read_shop("woocommerce:https://127.0.0.1")
    for _ in range(2):
        with pytest.raises(HostNotAllowedError):
            reach("postgresql://127.0.0.1:1/shop", "ann", "secret")
        with pytest.raises(HostNotAllowedError):
            start_reading(shop, ShopToken("ck_1:cs_1"))
        secrets_singleton._secrets["connect"] = {"hosts": ["*.shop.example"]}
    open_folds(app, "from_database", "from_shop_system")
    assert [one.label for one in app.text_input if "Address" in one.label] == [
        "Address of the shop",
        "Address",
    ]


def test_a_language_model_is_asked_where_hosts_are_named(
    app_of: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_model_settings, "_settings", lambda: MODEL)
    assert language_model_settings.current_endpoint() is None
    sent = Endpoint(MODEL["address"], MODEL["model"])
    with pytest.raises(HostNotAllowedError):
        language_model._ask(sent, None, None, silent)  # type: ignore[arg-type]
    secrets_singleton._secrets["connect"] = {"hosts": ["127.0.0.1"]}
    assert language_model_settings.current_endpoint()
    secrets_singleton._secrets["connect"] = {}
    monkeypatch.setenv(language_model_settings.ADDRESS_VARIABLE, MODEL["address"])
    assert language_model_settings.current_endpoint()


def test_the_server_calls_nobody_for_a_viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "here", lambda: SimpleNamespace(role=TeamRole.VIEWER))
    with pytest.raises(NotAllowedError):
        reach("postgresql://127.0.0.1:1/shop", "ann", "secret")
    with pytest.raises(NotAllowedError):
        start_reading(read_shop("woocommerce:http://127.0.0.1:1"), ShopToken("ck_1:cs_1"))
