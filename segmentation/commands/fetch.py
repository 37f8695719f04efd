"""`fetch`: tables of a database or a shop system into a workspace, from which `run` finds segments."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from segmentation.commands.fetch_from_shop import TOKEN, fetch_from_shop
from segmentation.commands.shared import Commands, ProgressLine
from segmentation.commands.words import DELETED_NOT_SEEN
from segmentation.connect.databases.address import Login, read_address
from segmentation.connect.databases.fetch import Fetched, TablesAsked, fetch
from segmentation.connect.databases.opened import list_tables
from segmentation.connect.shops.shop_address import is_shop
from segmentation.errors import HeldError, OptionError, TryAgainError
from segmentation.intake.uploads.describe import describe
from segmentation.workspace import Workspace

PASSWORD = "TESSERA_DATABASE_PASSWORD"  # noqa: S105 - the name of a variable


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("fetch", help="read a database or a shop into a workspace")
    parser.add_argument(
        "--from",
        dest="source",
        required=True,
        metavar="ADDRESS",
        help="as postgresql://user@host/db, shopify:my-shop, woocommerce:https://shop.example",
    )
    parser.add_argument("--workspace", type=Path, metavar="PATH", help="where the tables are kept")
    parser.add_argument("--list", action="store_true", help="only say which tables there are")
    parser.add_argument(
        "--table", action="append", default=[], metavar="NAME", help="a table or view to read"
    )
    parser.add_argument(
        "--since", default="", metavar="COLUMN", help="only rows that are newer by this column"
    )
    parser.add_argument(
        "--query", default="", metavar="SELECT", help="read what one SELECT of your own returns"
    )
    parser.add_argument("--name", default=TablesAsked.query_name, metavar="NAME", help="what that is called")
    parser.add_argument(
        "--password",
        action="store_true",
        help=f"read the password or token from standard input (else from {PASSWORD}, or where the driver"
        f" looks; of a shop from {TOKEN})",
    )
    parser.add_argument("--in-full", action="store_true", help="of a shop: all of it, not what changed")
    parser.set_defaults(command=_fetch)


def _fetch(parsed: argparse.Namespace) -> dict[str, Any]:
    if is_shop(parsed.source):
        return fetch_from_shop(parsed, _password(parsed.password, TOKEN))
    address, user = read_address(parsed.source)
    login = Login(user, _password(parsed.password))
    if parsed.list:
        tables = list_tables(address, login)
        kinds = {False: "table", True: "view"}
        found = [{"table": one.shown, "kind": kinds[one.is_view], "rows": one.rows} for one in tables]
        return {"source": str(address), "tables": found}
    if parsed.workspace is None or not (parsed.table or parsed.query):
        raise OptionError(
            "it is not said what to read, or where to.", "Give --workspace and --table, or --list."
        )
    asked = TablesAsked(tuple(parsed.table), parsed.since, parsed.query, parsed.name)
    try:
        with Workspace.open(parsed.workspace) as workspace:
            fetched = fetch(workspace, address, login, asked, ProgressLine())
    except HeldError as error:
        raise TryAgainError(error.found, error.remedy) from error
    if any(one.in_full is None for one in fetched):
        sys.stderr.write(DELETED_NOT_SEEN)
    return {
        "source": str(address),
        "tables": [_facts(one) for one in fetched],
        "files": [describe(one.upload) for one in fetched if one.upload],
    }


def _password(asked: bool, variable: str = PASSWORD) -> str:
    if not asked:
        return os.environ.get(variable, "")
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass()
    return (sys.stdin.readline() if sys.stdin else "").rstrip("\r\n")


def _facts(one: Fetched) -> dict[str, Any]:
    in_full = str(one.in_full) if one.in_full else None
    return {
        "table": one.table,
        "in_full": in_full,
        "rows": one.rows,
        "changed": one.changed,
        "mark": one.mark,
    }
