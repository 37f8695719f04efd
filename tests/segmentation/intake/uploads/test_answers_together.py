"""Answers to several questions about one file: each changes what it is about, and keeps what others said."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

GOODS = [15.45 + at * 7 % 83 for at in range(120)]
SENT = [4.5 * (at % 3) for at in range(120)]
KUPA = [1.2 * (1 + at % 7) if at % 3 == 1 else 0 for at in range(120)]
PUNA = [1.55 * (1 + at % 5) if at % 4 == 2 else 0 for at in range(120)]


@pytest.fixture
def asked(workspace: Workspace, tmp_path: Path) -> Upload:
    """Orders whose totals are less by two columns of which no word tells what they are."""
    rows = [
        f"{7001 + at},2024-{1 + at // 20:02}-{1 + at % 28:02},K{at % 17},{goods:.2f},{sent},{kupa:.2f}"
        f",{puna:.2f},{goods + sent - kupa - puna:.2f}"
        for at, (goods, sent, kupa, puna) in enumerate(zip(GOODS, SENT, KUPA, PUNA, strict=True))
    ]
    path = tmp_path / "orders.csv"
    header = "order_id,order_date,customer_id,subtotal,shipping,kupa,puna,total"
    path.write_text("\n".join([header, *rows]) + "\n")
    return load_file(workspace, path)


def test_an_answer_keeps_what_another_one_said(workspace: Workspace, asked: Upload) -> None:
    one = answer_doubt(workspace, asked.upload_id, "tender:kupa", 1)
    assert _told(one, "tender:kupa") == _revenue(workspace) == pytest.approx(sum(GOODS) - sum(PUNA))
    both = answer_doubt(workspace, asked.upload_id, "tender:puna", 1)
    assert _told(both, "tender:puna") == _revenue(workspace) == pytest.approx(sum(GOODS))
    back = answer_doubt(workspace, asked.upload_id, "tender:kupa", 0)
    assert _told(back, "tender:puna") == _revenue(workspace) == pytest.approx(sum(GOODS) - sum(KUPA))


def test_what_other_answers_come_to_is_counted_anew(workspace: Workspace, asked: Upload) -> None:
    read = answer_doubt(workspace, asked.upload_id, "tender:kupa", 1)
    for doubts in (read.doubts, build_shop(workspace).doubts):
        (open_one,) = (doubt for doubt in doubts if doubt.code == "tender:puna")
        known = [option.revenue for option in open_one.options]
        assert known == pytest.approx([sum(GOODS) - sum(PUNA), sum(GOODS)])


def test_a_later_file_of_the_same_header_is_read_by_all_answers(
    workspace: Workspace, asked: Upload, tmp_path: Path
) -> None:
    for code in ("tender:puna", "tender:kupa"):
        answer_doubt(workspace, asked.upload_id, code, 1)
    first, *rest = (tmp_path / "orders.csv").read_text().splitlines()
    later = tmp_path / "later.csv"
    later.write_text("\n".join([first, *(f"9{row[1:]}" for row in rest)]) + "\n")
    read = load_file(workspace, later)
    assert [_told(read, doubt.code) for doubt in read.doubts] == pytest.approx([sum(GOODS)] * 2)


def _told(upload: Upload, code: str) -> float | None:
    """Return what the answer in use comes to."""
    (doubt,) = (one for one in upload.doubts if one.code == code)
    return doubt.options[doubt.taken].revenue


def _revenue(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])
