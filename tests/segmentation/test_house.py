"""The check of the house sees what it is there to see, and finds nothing in it."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.browser.helpers import ROOT


@pytest.fixture(scope="module")
def house() -> ModuleType:
    path = ROOT / ".ci" / "house.py"
    spec = importlib.util.spec_from_file_location("house", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_house_is_in_order(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert house.main() == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('SAID = "They buy more often than others."', 1),
        ('def say(n):\n    return f"They buy {n} times as often."', 1),
        ('PLACES = ["Customers and orders", "Names", "customer_id"]', 1),
        ('"""They buy more often than others."""', 0),
        ('raise OptionError("there are no such segments.", f"Ask for fewer than {n}.")', 0),
        ('REMEDY = "Ask for fewer of them."\nraise OptionError("no.", REMEDY)', 0),
        ('add_argument("--k", help="how many of them there are")', 0),
        ('QUERY = "SELECT customer_id, count(*) FROM shop.lines"', 0),
        ('PATTERN = re.compile("a few words to find")', 0),
    ],
)
def test_prose_is_seen_where_people_would_read_it(house: ModuleType, code: str, seen: int) -> None:
    tree = ast.parse(code)
    assert len(list(house.prose(tree, house.said_by_errors(tree)))) == seen


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("@st.cache_resource(max_entries=1)\ndef run(): ...", 1),
        ("kept = streamlit.cache_data(read)", 1),
        ("from streamlit import cache_data as kept", 1),
        ("@remembered(1)\ndef run(): ...", 0),
    ],
)
def test_what_streamlit_would_share_with_every_workspace_is_seen(
    house: ModuleType, code: str, seen: int
) -> None:
    tree = ast.parse(code)
    assert len(list(house.shared_by_all({Path("pages/act/one.py"): tree}))) == seen
    assert not list(house.shared_by_all({house.SHARES: tree}))


def test_what_grows_too_large_or_stands_twice_is_seen(house: ModuleType, tmp_path: Path) -> None:
    body = "\n".join("    pass" for _ in range(45))
    wide = "def wide(a, b, c, d, e, f, g): ..."
    trees = {
        Path("segmentation/a/one.py"): ast.parse(f"class Thing: ...\ndef long():\n{body}\n{wide}"),
        Path("segmentation/a/b/one.py"): ast.parse("class Thing: ..."),
    }
    found = [*house.functions(trees), *house.named_twice(trees)]
    told = [fault for fault in found if "excuse" not in fault]
    assert [fault.split(" ")[0] for fault in told] == [
        "segmentation/a/one.py:long:",
        "segmentation/a/one.py:wide:",
        "segmentation/a:",
        "class",
    ]


def test_an_excuse_that_is_not_needed_is_a_fault(house: ModuleType) -> None:
    assert [fault for fault in house.functions({}) if "not needed any more" in fault]


def test_values_of_enums_are_codes_and_no_words() -> None:
    values = {
        f"{node.name}.{one.value.value}"
        for path in (ROOT / "segmentation").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and "StrEnum" in [getattr(base, "id", "") for base in node.bases]
        for one in node.body
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
    }
    assert {"Band.not_trusted", "Tier.cannot_lose", "Rule.guests"} <= values
    assert [value for value in sorted(values) if not re.fullmatch(r"\w+\.[a-z_0-9]+", value)] == []
