"""A sum that a file tells in a common currency counts, and not the one in many currencies beside it."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role, Upload
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

RATES = {"EUR": 1.0, "USD": 0.92, "GBP": 1.17}
SOLD = [
    (at, code, round(9.9 + at * 37 % 89, 2), RATES[code] + (0 if code == "EUR" else round(at % 9 / 1000, 3)))
    for at in range(90)
    for code in ("EUR", "USD", "GBP")[at % 3 : at % 3 + 1]
]
COMMON = sum(round(own * rate, 2) for _, _, own, rate in SOLD)


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def loaded(load: Write, header: str, form: str) -> Upload:
    rows = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},"
        + form.format(
            code=code,
            own=own,
            rate=rate,
            inverse=1 / rate,
            common=round(own * rate, 2),
            net=own - round(own / 6, 2),
            tax=round(own / 6, 2),
        )
        for at, code, own, rate in SOLD
    ]
    return load(header, rows)


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (
            "Order ID,Date,Customer ID,Currency,Amount,Rate,Amount EUR",
            "{code},{own},{rate},{common:.2f}",
        ),
        ("Order ID,Date,Customer ID,Amount,Exchange rate,Amount EUR", "{own},{rate},{common:.2f}"),
        ("Tilaus,Päivä,Asiakas,Valuutta,Summa,Kurssi,Kotisumma", "{code},{own},{inverse:.6f},{common:.2f}"),
    ],
)
def test_a_sum_times_its_rate_is_what_was_paid(
    load: Write, workspace: Workspace, header: str, form: str
) -> None:
    upload = loaded(load, header, form)
    assert (upload.columns[-1].role, upload.doubts) == (Role.AMOUNT, ())
    assert spend(workspace) == pytest.approx(COMMON, abs=0.001)


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Tilaus,Päivä,Asiakas,Kotisumma,Kurssi,Summa,Valuutta", "{common:.2f},{rate},{own},{code}"),
        ("Order ID,Date,Customer ID,Amount EUR,Exchange rate,Amount", "{common:.2f},{rate},{own}"),
        (
            "Order ID,Date,Customer ID,Net,Tax,Gross,Currency,Rate,Gross EUR",
            "{net:.2f},{tax:.2f},{own},{code},{rate},{common:.2f}",
        ),
    ],
    ids=["the common sum first", "without currencies", "of a total"],
)
def test_the_common_sum_may_stand_anywhere(load: Write, workspace: Workspace, header: str, form: str) -> None:
    assert loaded(load, header, form).doubts == ()
    assert spend(workspace) == pytest.approx(COMMON, abs=0.001)


def test_a_rate_of_each_currency_needs_no_column(load: Write, workspace: Workspace) -> None:
    header = "Order ID,Date,Customer ID,Currency,Amount,Amount EUR"
    assert loaded(load, header, "{code},{own},{common:.2f}").columns[-1].role is Role.AMOUNT
    assert spend(workspace) == pytest.approx(COMMON, abs=0.001)


def test_what_is_weighed_has_no_rate(load: Write, workspace: Workspace) -> None:
    rows = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},{0.2 + at * 0.137 % 3:.3f},{8.5 + at % 4},"
        f"{'CHF' if at % 5 == 0 else 'EUR'},{round((round(0.2 + at * 0.137 % 3, 3)) * (8.5 + at % 4), 2)}"
        for at in range(90)
    ]
    upload = load("Order ID,Date,Customer ID,Weight,Price,Currency,Amount", rows)
    assert [column.role for column in upload.columns[-2:]] == [Role.CURRENCY, Role.AMOUNT]
