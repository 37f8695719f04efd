"""A person's own table of rates: known by its shape, read as it is meant, used where the bank has none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.linking.money.day_rates import quotes_of
from segmentation.intake.roles import Kind, Role
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ORDERS = "order_id,customer_id,date,total,currency\n" + "".join(
    f"e{n},c{n % 4},2024-01-{n + 1:02},{20 + n}.00,EUR\nv{n},d{n % 4},2024-01-{n + 2:02},{500 + n}000,VND\n"
    for n in range(10)
) + "".join(f"f{n},c{n % 4},2024-02-{n + 1:02},{20 + n}.00,EUR\n" for n in range(5))  # fmt: skip
DAYS = [date(2024, 1, n) for n in range(2, 31) if date(2024, 1, n).weekday() < 5]


def build(workspace: Workspace, folder: Path, cleaning: Cleaning | None = None, **files: str) -> Shop:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        load_file(workspace, folder / f"{name}.csv")
    return build_shop(workspace, cleaning or Cleaning(on=frozenset([Rule.CONVERTED])))


def rows_of(code: str, rate: str) -> str:
    return "".join(f"{code},{day},{rate}\n" for day in DAYS)


def usd(inverse: bool) -> str:
    quotes = dict(quotes_of("USD", "EUR"))
    return "".join(f"USD,{day},{1 / quotes[day] if inverse else quotes[day]:.6f}\n" for day in DAYS)


@pytest.mark.parametrize(
    ("table", "each"),
    [
        ("currency,date,rate\n" + rows_of("VND", "0.000038"), "0.000038"),
        ("currency,date,rate\n" + rows_of("VND", "26315.79"), "0.000038"),  # how many make one euro
        ("Währung;Datum;Kurs\n" + rows_of("VND", "0,000038").replace(",2024", ";2024").replace(",0,", ";0,"),
         "0.000038"),
        ("date,VND,USD\n" + "".join(
            f"{day},26315.79,{1 / dict(quotes_of('USD', 'EUR'))[day]:.4f}\n" for day in DAYS), "0.000038"),
        ("Месец;Валута;Курс\n01.2024.;VND;0,000038\n02.2024.;VND;0,000038\n", "0.000038"),
        ("from,to,date,rate\n" + "".join(f"VND,USD,{day},0.0000415\n" for day in DAYS), None),
        ("currency,date,rate\n" + usd(inverse=True) + rows_of("VND", "26315.79"), "0.000038"),
        ("currency,date,rate\n" + usd(inverse=False) + rows_of("VND", "0.000038"), "0.000038"),
    ],
    ids=["straight", "inverse", "german", "columns", "months", "in dollars", "by dollars", "dollars"],
)  # fmt: skip
def test_tables_are_read_the_way_they_are_meant(
    workspace: Workspace, tmp_path: Path, table: str, each: str | None
) -> None:
    shop = build(workspace, tmp_path, orders=ORDERS, rates=table)
    assert [upload.kind for upload in list_uploads(workspace)] == [Kind.ORDERS, Kind.RATES]
    assert (shop.currency, shop.customers, shop.set_aside) == ("EUR", 8, ())
    with workspace.cursor() as cursor:
        amount, own = cursor.execute(
            "SELECT amount, own_amount FROM shop.lines WHERE order_id = 'v0'"
        ).fetchall()[0]
    assert own == 500000
    expected = Decimal(each) if each else Decimal("0.0000415") * dict(quotes_of("USD", "EUR"))[DAYS[0]]
    assert amount == pytest.approx(own * expected, abs=Decimal("0.001"))
    assert any("by your own table of rates (1 VND = 3." in note for note in shop.notes)


def test_without_the_table_the_lines_are_set_aside(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, orders=ORDERS)
    assert {entry.rule: entry.rows for entry in shop.set_aside} == {Rule.OTHER_CURRENCY: 10}
    before = shop.fingerprint
    shop = build(workspace, tmp_path, rates="currency,date,rate\n" + rows_of("VND", "0.000038"))
    assert (shop.set_aside, shop.fingerprint != before) == ((), True)
    assert shop.files[1].used == len(DAYS)


@pytest.mark.parametrize(
    "text",
    [
        "customer,date,amount\n" + "".join(f"c{n},2024-01-{n + 1:02},{n + 1}.00\n" for n in range(20)),
        "currency,date,total\n" + "".join(f"EUR,2024-01-{n // 3 + 1:02},{n + 5}.00\n" for n in range(20)),
        "date,visits\n" + "".join(f"2024-01-{n + 1:02},{n + 5}\n" for n in range(20)),
        "order_id,date,currency,total\n"
        + "".join(f"o{n},2024-01-{n + 1:02},EUR,{n + 5}.00\n" for n in range(20)),
    ],
)
def test_other_tables_are_no_rates(workspace: Workspace, tmp_path: Path, text: str) -> None:
    (tmp_path / "file.csv").write_text(text)
    upload = load_file(workspace, tmp_path / "file.csv")
    assert upload.kind is not Kind.RATES
    assert upload.column_of(Role.RATE) is None
