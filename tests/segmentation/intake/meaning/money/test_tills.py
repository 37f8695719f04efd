"""What was handed over at a till and the change were not paid: the one less the other was."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.meaning.money.tills import without_change
from segmentation.intake.roles import Role
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

ROWS = np.arange(90)
DUE = np.round(1.85 + 3.37 * (ROWS * 11 % 29), 2)
NOTES = np.array([5.0, 10.0, 20.0, 50.0, 100.0])
GIVEN = np.where(ROWS % 4 == 0, DUE, NOTES[np.searchsorted(NOTES, DUE)])


@pytest.mark.parametrize(
    "header",
    [
        "Receipt,Date,Customer,Method,Total,Tendered,Change",
        "Receipt,Date,Customer,Method,Total,Paid,Refund",
        "Bon,Datum,Kunde,Zahlart,Summe,Gegeben,Rückgeld",
        "Čísla,Datum,Zákazník,Způsob,Celkem,Přijato,Vráceno",
    ],
)
def test_what_is_due_at_a_till_was_paid(load: Write, workspace: Workspace, header: str) -> None:
    rows = [
        f"{900 + at},2024-03-{1 + at % 28:02},K{at % 17 + 10},{'cash' if at % 4 else 'card'},"
        f"{due:.2f},{given:.2f},{given - due:.2f}"
        for at, due, given in zip(ROWS, DUE, GIVEN, strict=True)
    ]
    upload = load(header, rows)
    assert [column.role for column in upload.columns[-2:]] == [Role.IGNORE, Role.IGNORE]
    assert upload.doubts == ()
    build_shop(workspace)
    with workspace.cursor() as cursor:
        [(spent,)] = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    assert spent == pytest.approx(DUE.sum(), abs=0.01)


def test_money_off_round_prices_is_no_change() -> None:
    prices = np.array([20.0, 30.0, 40.0, 50.0, 80.0])[ROWS % 5]
    off = np.round(prices * np.array([0, 0, 0.05, 0.1, 0.15, 0.25])[ROWS * 7 % 6], 2)
    columns = MoneyColumns({0: prices, 1: off, 2: prices - off}, None, None, amounts=(0,), others=(1, 2))
    assert without_change(columns) == (columns, ())
