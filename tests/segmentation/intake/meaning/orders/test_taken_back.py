"""Documents that name another one of the file, of the same customer and of no smaller sum, take it back."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Upload
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Nummer;Datum;Kundennummer;Betrag;Anmerkung"


def sales() -> list[tuple[str, str, str, float]]:
    return [
        (
            f"RE{1000 + n}",
            f"2024-{1 + n // 20:02}-{1 + n % 20:02}",
            f"{200 + n * 7 % 29}",
            20.25 + n * 37 % 89,
        )
        for n in range(120)
    ]


def documents(later: float = 0.5, other: bool = False, words: tuple[str, str] | None = None) -> list[str]:
    """Write sales, and after each ninth a document of this part of its sum that names it."""
    rows = []
    for n, (number, day, who, paid) in enumerate(sales()):
        rows.append(f"{number};{day};{who};{paid:.2f};" + (f";{words[0]}" if words else ""))
        if n % 9 == 4:
            mine = "999" if other else who
            back = f"RK{500 + n};{day[:8]}28;{mine};{later * paid:.2f};{number}"
            rows.append(back + (f";{words[1]}" if words else ""))
    return rows


def back(part: float) -> float:
    return sum(round(part * paid, 2) for n, (*_, paid) in enumerate(sales()) if n % 9 == 4)


def answers(upload: Upload) -> list[str]:
    return [one.answer for doubt in upload.doubts if doubt.code.startswith("sold:") for one in doubt.options]


def found(workspace: Workspace) -> tuple[float, int]:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        orders = "count(DISTINCT order_id) FILTER (NOT is_return)"
        spend, sold = cursor.execute(f"SELECT sum(amount)::DOUBLE, {orders} FROM shop.lines").fetchall()[0]
        return spend, sold


def test_who_names_an_earlier_document_takes_it_back(load: Write, workspace: Workspace) -> None:
    assert answers(load(HEADER, documents())) == [
        "No: rows with “Anmerkung” take back what was sold before",
        "Yes, all rows count",
    ]
    assert found(workspace) == (pytest.approx(sum(one[3] for one in sales()) - back(0.5)), 120)


def test_a_column_of_words_that_goes_with_it_says_it_in_words(load: Write, workspace: Workspace) -> None:
    upload = load(f"{HEADER};Belegart", documents(words=("Rechnung", "Korrektur")))
    assert answers(upload)[0] == "No: rows of “Korrektur” take back what was sold before"
    assert found(workspace) == (pytest.approx(sum(one[3] for one in sales()) - back(0.5)), 120)


NO_BACKS = {"of more than the first": {"later": 1.4}, "of another customer": {"other": True}}


@pytest.mark.parametrize("of", NO_BACKS.values(), ids=list(NO_BACKS))
def test_other_documents_that_name_one_do_not(load: Write, workspace: Workspace, of: dict[str, bool]) -> None:
    assert answers(load(HEADER, documents(**of))) == []
    assert found(workspace)[1] == len(documents())
