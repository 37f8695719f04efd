"""Lists inside objects become order lines where their elements look like goods, in any language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from segmentation.intake.files.json_lists import find_main_list
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

GOODS = {
    "Bosca caife": 22.25,
    "Irisleabhar": 3.25,
    "Bosca aráin": 4.9,
    "Bosca cáise": 4.0,
    "Tae": 7.45,
    "Mil": 9.05,
}


def bill(at: int) -> dict:
    names = [name for place, name in enumerate(GOODS) if (at * 7 + place * 5) % 3 == 0] or ["Tae"]
    lines = [
        {"ainm": name, "cainníocht": 1 + (at + len(name)) % 4, "praghas": f"{GOODS[name]:.2f}"}
        for name in names
    ]
    return {
        "uimhir": f"muir_{4096 + at * 37:x}",
        "cruthaithe": 1704633857 + at * 86_400,
        "suim": round(100 * sum(line["cainníocht"] * float(line["praghas"]) for line in lines)),
        "custaiméir": {"id": f"cus_{1200 + at * at % 97 % 23}"},
        "míreanna": lines,
        "stair": [{"céim": "cruthaithe", "uair": "10:00"}, {"céim": "seolta", "uair": "12:00"}],
    }


BILLS = [bill(at) for at in range(90)]


def test_a_list_of_goods_is_the_lines(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bille.jsonl").write_text("\n".join(map(json.dumps, BILLS)))
    upload = load_file(workspace, tmp_path / "bille.jsonl")
    assert (upload.delimiter, upload.rows) == ("míreanna", sum(len(one["míreanna"]) for one in BILLS))


def test_what_lines_cost_tells_hundredths(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bille.jsonl").write_text("\n".join(map(json.dumps, BILLS)))
    upload = load_file(workspace, tmp_path / "bille.jsonl")
    assert not [doubt for doubt in upload.doubts if doubt.code.startswith("hundredths")]
    build_shop(workspace)
    with workspace.cursor() as cursor:
        ((revenue,),) = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    assert revenue == pytest.approx(sum(one["suim"] for one in BILLS) / 100)


def test_prices_that_differ_add_up() -> None:
    bills = [
        {
            "suim": 5.0 + at,
            "rudaí": [{"ainm": f"r{at}", "praghas": 2.0 + at}, {"ainm": f"s{at}", "praghas": 3.0}],
        }
        for at in range(9)
    ]
    assert find_main_list(iter(bills)) == "rudaí"


def test_a_list_without_goods_stays_a_cell() -> None:
    assert find_main_list({key: one[key] for key in ("uimhir", "suim", "stair")} for one in BILLS) == ""
