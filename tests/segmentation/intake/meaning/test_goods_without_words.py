"""Orders whose headers no list knows: goods, prices, pieces and orders by how the columns hang together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role, Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

GOODS = [(f"Kiln Jug {at} blue", 3.5 + 1.25 * at) for at in range(15)]
LINES = [(at // 2 + 1, at % 7 * 3 % 12, GOODS[at * 7 % 15], 1 + at % 4) for at in range(120)]
REVENUE = sum(price * pieces for _, _, (_, price), pieces in LINES)


def load(workspace: Workspace, folder: Path, header: str, rows: list[str]) -> Upload:
    (folder / "orders.csv").write_text("\n".join([header, *rows]) + "\n")
    return load_file(workspace, folder / "orders.csv")


def revenue(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(
            cursor.execute("SELECT coalesce(sum(amount), 0)::DOUBLE FROM shop.lines").fetchall()[0][0]
        )


def day(order: int) -> str:
    return f"2024-{1 + order // 28:02}-{1 + order % 28:02}"


def test_the_number_that_goes_with_a_name_is_its_price(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"A-{order:05},{day(order)},K{order % 12 + 10},{name},{pieces},{price}"
            for order, _, (name, price), pieces in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "order_id,order_date,customer_id,Zyx,Wvu,Tsr", rows)
    roles = {column.name: column.role for column in upload.columns}
    assert roles["Zyx"] is Role.PRODUCT_NAME
    assert (roles["Wvu"], roles["Tsr"]) == (Role.QUANTITY, Role.UNIT_PRICE)
    assert abs(revenue(workspace) - REVENUE) < 0.01


def test_a_number_that_goes_with_the_order_is_no_price(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"A-{order:05},{day(order)},K{order % 12 + 10},{name},{order % 9 + 1}"
            for order, _, (name, _), _ in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "order_id,order_date,customer_id,Zyx,Wvu", rows)
    assert upload.column_of(Role.UNIT_PRICE) is None
    assert upload.column_of(Role.QUANTITY) is None


def test_numbers_that_count_up_and_repeat_may_be_orders(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"{order},{day(order)},K{order % 12 + 10},{name},{pieces},{price}"
            for order, _, (name, price), pieces in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "Nr,Datum,Kundennr,Artikel,Menge,Einzelpreis", rows)
    assert (order := upload.column_of(Role.ORDER_ID)) is not None
    assert order.name == "Nr"


def test_the_total_of_a_line_is_an_amount(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"A-{order:05},{day(order)},K{order % 12 + 10},{name},{pieces},{pieces * price}"
            for order, _, (name, price), pieces in LINES]  # fmt: skip
    load(workspace, tmp_path, "order_id,order_date,customer_id,product_name,quantity,line_total", rows)
    assert abs(revenue(workspace) - REVENUE) < 0.01


def test_orders_may_be_numbered_in_two_series(workspace: Workspace, tmp_path: Path) -> None:
    series = {order: order + (700_000 if order % 9 == 0 else 2_000) for order, *_ in LINES}
    rows = [f"{series[order]},{day(order)},K{order % 12 + 10},{name},{pieces},{price}"
            for order, _, (name, price), pieces in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "Folio,Fecha,Cliente,Producto,Cantidad,Precio", rows)
    assert (order := upload.column_of(Role.ORDER_ID)) is not None
    assert order.name == "Folio"


def test_words_that_each_order_has_once_are_names_of_people(workspace: Workspace, tmp_path: Path) -> None:
    people = [f"{first} {last}" for first in ("Ann", "Bo", "Cy", "Di") for last in ("Lee", "Moss", "Nye")]
    rows = [f"A-{order:05},{day(order)},{people[order % 12]},{name},{pieces},{price}"
            for order, _, (name, price), pieces in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "order_id,order_date,Zyx,product_name,quantity,unit_price", rows)
    assert next(column.role for column in upload.columns if column.name == "Zyx") is Role.NAME
    assert build_shop(workspace).customers == 12


def test_pieces_and_price_are_told_by_goods_that_have_a_code(workspace: Workspace, tmp_path: Path) -> None:
    codes = {name: f"{at:03}XJ" for at, (name, _) in enumerate(GOODS)}
    rows = [f"A-{order:05},{day(order)},K-{order % 12:03},{at % 2 + 1},{codes[name]},{name},{pieces},{price}"
            for at, (order, _, (name, price), pieces) in enumerate(LINES)]  # fmt: skip
    upload = load(workspace, tmp_path, "Qwe,Rty,Uio,Pas,Dfg,Hjk,Lzx,Cvb", rows)
    roles = {column.name: column.role for column in upload.columns}
    assert (roles["Lzx"], roles["Cvb"]) == (Role.QUANTITY, Role.UNIT_PRICE)
    assert roles["Pas"] is Role.NUMERIC
    assert abs(revenue(workspace) - REVENUE) < 0.01
    assert [doubt.code for doubt in upload.doubts] == ["pieces:Lzx"]


def test_a_price_that_adds_up_to_another_column_is_not_asked_about(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [f"A-{order:05},{day(order)},K-{order % 12:03},{name},{pieces},{price},{pieces * price}"
            for order, _, (name, price), pieces in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "Qwe,Rty,Uio,Hjk,Lzx,Cvb,Bnm", rows)
    assert not upload.doubts
    assert next(column.role for column in upload.columns if column.name == "Hjk") is Role.PRODUCT_NAME
    assert abs(revenue(workspace) - REVENUE) < 0.01


def test_a_sum_that_stands_on_each_line_is_taken_meanwhile_and_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    paid = {order: round(7.35 + order * 37 % 91 * 1.15, 2) for order, *_ in LINES}
    rows = [f"A-{order:05},{day(order)},K-{order % 12:03},{order % 12 / 8 + 21},{name},{paid[order]}"
            for order, _, (name, _), _ in LINES]  # fmt: skip
    upload = load(workspace, tmp_path, "Qwe,Rty,Uio,Pas,Hjk,Lzx", rows)
    assert abs(revenue(workspace) - sum(paid.values())) < 0.01
    asked = next(doubt for doubt in upload.doubts if "what was paid" in doubt.question)
    assert [option.answer for option in asked.options] == ["“Lzx”", "No column does"]
    answer_doubt(workspace, upload.upload_id, asked.code, 1)
    assert revenue(workspace) == 0.0


def test_the_one_column_of_cents_is_not_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    paid = {order: round(7.35 + order * 37 % 91 * 1.15, 2) for order, *_ in LINES}
    rows = [f"A-{order:05},{day(order)},K-{order % 12:03},{order % 3},{paid[order]}" for order in paid]
    assert not load(workspace, tmp_path, "Qwe,Rty,Uio,Hjk,Lzx", rows).doubts
    assert abs(revenue(workspace) - sum(paid.values())) < 0.01


def few(prices: Sequence[float], form: str) -> tuple[list[str], float]:
    """Return lines of a shop with a few goods, and what was paid for them."""
    lines = [(order, (1, 1, 2, 1, 3)[at % 5], at * 7 % len(prices)) for at, (order, *_) in enumerate(LINES)]
    rows = [f"A-{order:05},{day(order)},K{order * 7 % 12},"
            + form.format(goods=f"jug {at}", pieces=pieces, price=prices[at])
            for order, pieces, at in lines]  # fmt: skip
    return rows, sum(prices[at] * pieces for _, pieces, at in lines)


@pytest.mark.parametrize("header", ["Zyx,Wvu,Tsr,Qpo,Nml,Kji", "Zenbakia,Data,Bezeroa,Gaia,Zenbat,Prezioa"])
def test_few_goods_have_their_prices_too(workspace: Workspace, tmp_path: Path, header: str) -> None:
    rows, paid = few([2.5, 3.99, 12.45], "{goods},{pieces},{price}")
    upload = load(workspace, tmp_path, header, rows)
    assert (upload.doubts, revenue(workspace)) == ((), pytest.approx(paid))


@pytest.mark.parametrize(
    ("prices", "header", "form"),
    [
        ([25, 39, 60], "Zyx,Wvu,Tsr,Qpo,Nml,Kji", "{goods},{pieces},{price}"),
        ([2.5, 3.99, 12.45], "Zyx,Wvu,Tsr,Qpo,Nml", "{pieces},{price}"),
    ],
    ids=["whole", "of no goods"],
)
def test_few_prices_that_may_be_marks_are_asked_about(
    workspace: Workspace, tmp_path: Path, prices: list[float], header: str, form: str
) -> None:
    rows, paid = few(prices, form)
    upload = load(workspace, tmp_path, header, rows)
    assert upload.doubts[0].code.startswith("paid:")
    assert upload.doubts[0].options[0].revenue == pytest.approx(paid)


def test_a_rate_of_each_channel_is_no_price_beside_a_sum(workspace: Workspace, tmp_path: Path) -> None:
    rows, _ = few([2.5, 0.5, 1.2], "{goods},{price},{pieces}")
    rows = [f"{row},{5 + at * 37 % 90}.95" for at, row in enumerate(rows)]
    load(workspace, tmp_path, "Zyx,Wvu,Tsr,Qpo,Nml,Kji,Hgf", rows)
    assert revenue(workspace) == pytest.approx(sum(5.95 + at * 37 % 90 for at in range(len(rows))))


def test_goods_whose_prices_were_raised_explain_how_prices_vary(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        f"A-{order:05},{day(order)},K{order % 12 + 10},{'north' if at % 3 else 'south'},{name},{pieces}"
        f",{price * (1.1 if at > 70 else 1):.2f}"
        for at, (order, _, (name, price), pieces) in enumerate(LINES)
    ]
    upload = load(workspace, tmp_path, "order_id,order_date,customer_id,Yxw,Zyx,quantity,unit_price", rows)
    named = upload.column_of(Role.PRODUCT_NAME)
    assert named and named.name == "Zyx"
