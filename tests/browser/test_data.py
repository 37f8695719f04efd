"""A real export dropped in, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.helpers import drop_in, follow, open_file, visit


def test_a_real_export_is_understood_and_survives_a_restart(
    tmp_path: Path, visitor: Page, shared_data: Path
) -> None:
    export = shared_data / "superstore" / "Sample - Superstore.csv"
    with visit(visitor, tmp_path / "home"):
        drop_in(visitor, export)
        expect(visitor.get_by_text("Orders · 9,994 rows")).to_be_visible()
        open_file(visitor)
        expect(visitor.get_by_text("9,994 rows · 21 columns · 793 customers")).to_be_visible()
        visitor.get_by_role("radio", name="Columns").click()
        expect(visitor.get_by_text("Product Name", exact=True)).to_be_visible()
        expect(visitor.get_by_role("button", name="Find segments")).to_be_enabled()
    with visit(visitor, tmp_path / "home"):
        expect(visitor.get_by_text("Orders · 9,994 rows")).to_be_visible()
        follow(visitor, re.compile("^Next: what is known"))
        expect(visitor.get_by_role("heading", name="Features", exact=True)).to_be_visible()
        expect(visitor.get_by_text(re.compile(r"^793 customers, \d+ facts about each"))).to_be_visible()
