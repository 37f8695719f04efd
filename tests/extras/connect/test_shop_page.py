"""The page Data reads a shop system: a fold, a token, a job; the token is gone after it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.shell.workspace import job_manager, workspace
from segmentation.intake.uploads.corrections import list_uploads
from tests.extras.connect.shop_server import SHOPIFY_TOKEN, WOO_KEY, Shopify, WooCommerce, serving
from tests.extras.connect.shop_world import make_world
from tests.pages.conftest import app
from tests.pages.helpers import wait_for_the_job

__all__ = ["app"]
FIELDS = ("Address of the shop", "Access token", "Key", "Secret")


def test_a_shop_is_asked_for_with_a_token_and_loaded(app: AppTest, tmp_path: Path) -> None:
    app.session_state["from_shop_system"] = True
    app.run()
    assert "From your shop system" in [one.label for one in app.expander]
    with serving(WooCommerce, make_world(3, 40)) as woo, serving(Shopify, make_world(4, 40)) as shopify:
        app.radio(key="shop_system").set_value("woocommerce").run()
        load(app, woo.url, *WOO_KEY.split(":"))
        app.radio(key="shop_system").set_value("shopify").run()
        load(app, shopify.url, SHOPIFY_TOKEN)
    names = [upload.file_name for upload in list_uploads(workspace())]
    assert names == [f"{one}-{table}" for one in ("woocommerce", "shopify")
                     for table in ("orders", "customers", "products")]  # fmt: skip
    secrets = [SHOPIFY_TOKEN, *WOO_KEY.split(":")]
    state = repr(dict(app.session_state._state.filtered_state)) + repr(job_manager().latest)
    assert not any(secret in state for secret in secrets)
    files = [path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert files and not any(secret.encode() in one for one in files for secret in secrets)
    assert shopify.url in [one.value for one in app.text_input]  # where it is, is kept


def load(app: AppTest, url: str, *typed: str) -> None:
    fields = [one for one in app.text_input if one.label in FIELDS]
    for field, text in zip(fields, (url, *typed), strict=True):
        field.set_value(text)
    [button] = [one for one in app.button if one.label == "Load"]
    button.click().run()
    assert not app.exception and not app.error
    wait_for_the_job()
    app.run()
    assert not app.exception
