"""`fetch --from shopify:…` and `woocommerce:…`: tables of a shop system into a workspace."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from segmentation.commands.shared import ProgressLine
from segmentation.commands.words import DELETED_IN_SHOP
from segmentation.connect.shops.fetch_shop import TABLES, FromShop, ShopAsked, fetch_shop
from segmentation.connect.shops.shop_address import ShopToken, read_shop
from segmentation.errors import HeldError, OptionError, TryAgainError
from segmentation.intake.uploads.describe import describe
from segmentation.workspace import Workspace

TOKEN = "TESSERA_SHOP_TOKEN"  # noqa: S105 - the name of a variable


def fetch_from_shop(parsed: argparse.Namespace, token: str) -> dict[str, Any]:
    """Read a shop, or only say which tables it has."""
    shop = read_shop(parsed.source)
    if parsed.list:
        return {"source": str(shop), "tables": [{"table": one.name} for one in TABLES[shop.system]]}
    if parsed.since or parsed.query:
        raise OptionError(
            "--since and --query are for databases.",
            "Of a shop only what changed is read by itself; --in-full reads all of it.",
        )
    if parsed.workspace is None:
        raise OptionError("it is not said where to.", "Give --workspace.")
    if not token:
        raise OptionError("no token was given.", f"Give it on standard input (--password) or in {TOKEN}.")
    asked = ShopAsked(tuple(parsed.table), parsed.in_full)
    try:
        with Workspace.open(parsed.workspace) as workspace:
            fetched = fetch_shop(workspace, shop, ShopToken(token), asked, ProgressLine())
    except HeldError as error:
        raise TryAgainError(error.found, error.remedy) from error
    if any(one.since for one in fetched):
        sys.stderr.write(DELETED_IN_SHOP)
    return {
        "source": str(shop),
        "tables": [_facts(one) for one in fetched],
        "files": [describe(one.upload) for one in fetched if one.upload],
    }


def _facts(one: FromShop) -> dict[str, Any]:
    return {
        "table": one.table,
        "since": one.since or None,
        "records": one.records,
        "changed": one.changed,
        "mark": one.mark,
    }
