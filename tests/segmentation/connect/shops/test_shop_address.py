"""Where a shop is: encrypted but on this machine, of its system, and never with a token in it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from segmentation.connect.shops.fetch_shop import ShopAsked, fetch_shop, is_installed
from segmentation.connect.shops.shop_address import ShopToken, is_shop, read_shop
from segmentation.errors import NotInstalledError, OptionError
from segmentation.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("shopify:my-shop", "https://my-shop.myshopify.com"),
        ("shopify:https://my-shop.myshopify.com/", "https://my-shop.myshopify.com"),
        ("woocommerce:shop.example", "https://shop.example"),
        ("WooCommerce:https://Shop.Example/Store/", "https://shop.example/Store"),
        ("woocommerce:http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("woocommerce:http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_taken_apart(text: str, url: str) -> None:
    assert is_shop(text)
    assert read_shop(text).url == url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("woocommerce:http://shop.example", "not encrypted"),
        ("woocommerce:ftp://shop.example", "not encrypted"),
        ("woocommerce:http://127.0.0.1.shop.example", "not encrypted"),
        ("shopify:shop.example", "myshopify.com"),
        ("shopify:my-shop.myshopify.com.evil.example", "myshopify.com"),
        ("woocommerce:https://ck_1:cs_2@shop.example", "cannot be read"),
        ("woocommerce:https://shop.example?consumer_key=ck_1", "cannot be read"),
        ("woocommerce:https://shop.example:port", "cannot be read"),
        ("shopify:", "cannot be read"),
        ("magento:shop.example", "cannot be read"),
    ],
)
def test_what_is_none_is_refused_and_not_repeated(text: str, said: str) -> None:
    with pytest.raises(OptionError, match=said) as caught:
        read_shop(text)
    assert "ck_1" not in str(caught.value)


def test_a_token_shows_itself_nowhere() -> None:
    assert "shpat" not in repr(ShopToken("shpat_1")) + str(ShopToken("shpat_1"))


@pytest.mark.skipif(is_installed(), reason="dlt is on this machine")
def test_where_it_is_not_installed_one_line_says_what_to_install(workspace: Workspace) -> None:
    with pytest.raises(NotInstalledError, match=r"requirements-connect\.txt"):
        fetch_shop(workspace, read_shop("shopify:a"), ShopToken("shpat_1"), ShopAsked())


def test_nothing_of_it_is_imported_before_a_shop_is_read() -> None:
    code = (
        "import json, sys, segmentation.cli, segmentation.connect.shops.fetch_shop;"
        "print(json.dumps([n for n in ('dlt', 'tenacity') if n in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
