"""Which reading of a file keeps the laws: small exports, in headers that no list knows or that mislead."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.corrections import set_kind, set_role
from segmentation.intake.uploads.describe import describe
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write


def lines(orders: int = 40, most: int = 3, people: int = 9) -> list[tuple[int, int, str, int, int, float]]:
    """Return order, customer, day, product, pieces and price of each line of some orders."""
    rng = random.Random(7)
    prices = {product: 3 + product * 1.25 for product in range(15)}
    found = []
    for order in range(orders):
        customer, day = rng.randrange(people), f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        for product in rng.sample(range(15), rng.randint(1, most)):
            found.append((5000 + order, customer, day, product, rng.randint(1, 4), prices[product]))
    return found


def roles(upload: Upload) -> list[Role]:
    return [column.role for column in upload.columns]


def spend(workspace: Workspace) -> tuple[float, int]:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT sum(amount)::DOUBLE, count(DISTINCT customer_id) FROM shop.lines"
        ).fetchall()
    return round(found[0][0], 2), found[0][1]


@pytest.mark.parametrize(
    "header",
    [
        "qwerty;zxcvb;asdfg;poiuy;lkjhg;mnbvc;hgfds",
        "Tilausnumero;Asiakastunnus;Päiväys;Tuotekoodi;Kappaleet;Hinta;Yhteensä",
        "Аа;Бб;Вв;Гг;Дд;Ее;Жж",
    ],
)
def test_without_known_headers_the_laws_tell_orders_and_people(
    load: Write, workspace: Workspace, header: str
) -> None:
    rows = [f"T{o};K-{c:03d};{d};{p:04d}X;{q};{v:.2f};{q * v:.2f}" for o, c, d, p, q, v in lines()]
    upload = load(header, rows)
    assert upload.kind is Kind.ORDERS
    assert roles(upload)[:4] == [Role.ORDER_ID, Role.CUSTOMER_ID, Role.TIMESTAMP, Role.PRODUCT_ID]
    assert spend(workspace) == (pytest.approx(sum(round(q * v, 2) for *_, q, v in lines())), 9)


def test_a_misleading_word_loses_to_an_id_that_is_unique(load: Write) -> None:
    devices = ("Telephone", "Laptop", "Tablet")
    rows = [f"{9000 + n},{devices[n % 3]},{n % 30},{n % 7}" for n in range(80)]
    upload = load("AccountRef,LoginChannel,Months,NumberOfVisits", rows)
    assert upload.kind is Kind.CUSTOMERS
    assert roles(upload) == [Role.CUSTOMER_ID, Role.CATEGORICAL, Role.NUMERIC, Role.NUMERIC]


def test_a_note_beside_money_is_no_review(load: Write, workspace: Workspace) -> None:
    notes = (
        "please ring twice at the back",
        "leave it behind the blue gate",
        "no receipt in the parcel please",
    )
    rows = [f"{o},{c},{d},{v:.2f},{notes[n % 3]} {n}" for n, (o, c, d, _, _, v) in enumerate(lines(60, 1))]
    upload = load("order_no,client_no,placed_on,sum_paid,feedback", rows)
    assert upload.kind is Kind.ORDERS
    assert spend(workspace)[0] == pytest.approx(sum(round(line[5], 2) for line in lines(60, 1)))


def test_the_id_of_a_line_is_no_product(load: Write) -> None:
    rows = [f"{n},{o},{p},{c},{d},{q},{v:.2f}" for n, (o, c, d, p, q, v) in enumerate(lines(), start=1)]
    upload = load("article_id,order_id,sku,customer_id,date,qty,price", rows)
    found = dict(zip([column.name for column in upload.columns], roles(upload), strict=True))
    assert (found["sku"], found["article_id"]) == (Role.PRODUCT_ID, Role.IGNORE)


def test_a_total_on_each_line_counts_once_and_is_shared_out(load: Write, workspace: Workspace) -> None:
    found = lines()
    totals = {order: sum(q * v for o, *_, q, v in found if o == order) for order, *_ in found}
    rows = [f"{o},{c},{d},P{p},{totals[o]:.2f}" for o, c, d, p, _, _ in found]
    upload = load("order,customer,day,product,grand total", rows)
    assert spend(workspace)[0] == pytest.approx(sum(round(total, 2) for total in totals.values()))
    assert "once for an order" in str(describe(upload)["money"])


def test_a_discount_is_asked_and_the_answer_is_kept_for_the_next_file(
    load: Write, workspace: Workspace
) -> None:
    header = "order,customer,day,product,pieces,price,rebate"
    rows = [
        f"{o},{c},{d},P{p},{q},{v:.2f},{1.5 if n % 8 < 3 else 0}"
        for n, (o, c, d, p, q, v) in enumerate(lines())
    ]
    upload = load(header, rows)
    gross = sum(round(q * v, 2) for *_, q, v in lines())
    off = sum(1.5 for n in range(len(rows)) if n % 8 < 3)
    [doubt] = upload.doubts
    assert [round(option.revenue or 0, 2) for option in doubt.options] == [
        pytest.approx(gross - off),
        pytest.approx(gross),
    ]
    assert spend(workspace)[0] == pytest.approx(gross - off)
    [of_shop] = build_shop(workspace).doubts
    assert [option.customers for option in of_shop.options] == [9, 9]
    answered = answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert (answered.doubts[0].taken, spend(workspace)[0]) == (1, pytest.approx(gross))
    second = load(header, [row.replace("2024-", "2025-") for row in rows], "next.csv")
    assert second.doubts[0].taken == 1


def test_a_role_set_by_hand_decides_the_money(load: Write, workspace: Workspace) -> None:
    rows = [f"{o},{c},{d},{v:.2f},{v * 2:.2f}" for o, c, d, _, _, v in lines(40, 1)]
    upload = load("order,customer,day,Net,Gross", rows)
    set_role(workspace, upload.upload_id, "Gross", Role.AMOUNT)
    assert spend(workspace)[0] == pytest.approx(sum(round(line[5] * 2, 2) for line in lines(40, 1)))
    assert set_kind(workspace, upload.upload_id, Kind.CUSTOMERS).money is None


def test_a_number_that_few_rows_have_counts_no_pieces(load: Write, workspace: Workspace) -> None:
    rows, paid = [], 0.0
    for at, (order, customer, day, product, pieces, price) in enumerate(lines(60)):
        back = at % 12 == 11
        pieces = -pieces if back else pieces
        paid += pieces * price
        rows.append(f"{order},{customer},{day},{order - 9 if back else ''},P{product},{pieces},{price}")
    load("N° commande,N° client,Date,Pièce d'origine,Référence,Quantité,Prix unitaire", rows)
    assert spend(workspace)[0] == pytest.approx(paid)


@pytest.mark.parametrize("header", ["Party", "Acct No", "column 2"])
def test_numbers_given_out_one_by_one_are_ids_under_any_header(load: Write, header: str) -> None:
    buyers = [10001 + (order * 7) % 31 for order in range(400)]
    rows = [
        f"{70000 + n},{who},2024-{1 + n // 34:02}-{1 + n % 28:02},{5 + n % 40}.5"
        for n, who in enumerate(buyers)
    ]
    assert roles(load(f"Order ID,{header},Date,Total", rows))[1] is Role.CUSTOMER_ID


def test_years_that_fill_their_range_are_no_ids(load: Write) -> None:
    rows = [
        f"{70000 + n},{1950 + (n * 7) % 41},2024-{1 + n // 34:02}-{1 + n % 28:02},{n % 40}.5"
        for n in range(400)
    ]
    assert roles(load("Order ID,Party,Date,Total", rows))[1] is Role.NUMERIC


def test_the_nameless_index_of_a_data_frame_may_be_the_customer(workspace: Workspace, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        lines(200, people=40), columns=["order_id", "buyer", "date", "product", "quantity", "price"]
    )
    indexed = frame.assign(buyer=frame["buyer"] + 10001).set_index("buyer").rename_axis(None)
    for name, rows in (("all", indexed), ("some", frame.iloc[::2])):
        rows.to_parquet(tmp_path / f"{name}.parquet")
    upload = load_file(workspace, tmp_path / "all.parquet")
    assert roles(upload)[-1] is Role.CUSTOMER_ID
    plain = load_file(workspace, tmp_path / "some.parquet")
    assert roles(plain)[-1] is not Role.CUSTOMER_ID


def test_a_reference_to_an_earlier_order_is_no_order(load: Write) -> None:
    rows = []
    for order, customer, day, product, pieces, price in lines(120):
        rows.append(f"{order};{day};{10000 + customer};;P{product};{pieces};{price}")
        if order % 9 == 0:
            rows.append(f"{700_000 + order};{day};{10000 + customer};{order};P{product};-{pieces};{price}")
    upload = load("Folio;Date;Customer ID;Folio Ref.;SKU;Quantity;Price", rows)
    assert roles(upload)[0] is Role.ORDER_ID
    assert roles(upload)[3] is not Role.ORDER_ID


def test_a_guess_of_money_is_forgotten_where_the_values_are_ids(load: Write) -> None:
    rows = [f"V-{4000 + n};{20000 + n % 40};2024-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(200)]
    assert Role.PROFIT not in roles(load("Vorgang;Abnehmer;Angelegt am", rows))


def test_numbers_that_go_with_names_one_to_one_are_the_people(load: Write) -> None:
    names = [
        f"{first} {last}" for first in ("Ansa", "Bero", "Cira", "Dolm") for last in ("Ruva", "Sepo", "Tinu")
    ]
    rows = [
        f"{o + 900},{3017 + 29 * c},{names[c]},{d},G{p:02d},{q},{v:.2f}"
        for o, c, d, p, q, v in lines(90, 3, 12)
    ]
    upload = load("Wob,Nirt,Plave,Drom,Skeb,Fulk,Gant", rows)
    assert roles(upload)[:2] == [Role.ORDER_ID, Role.CUSTOMER_ID]


def test_a_telephone_of_several_numbers_is_the_buyer_of_these_orders(
    load: Write, workspace: Workspace
) -> None:
    rows = [
        f"{20417 + o},{d},+2519110000{c:02d},G{p:02d}-{p * 7},{q * v if p else ''}"
        for o, c, d, p, q, v in lines()
    ]
    upload = load("የትዕዛዝ ቁጥር,ቀን,ስልክ,እቃ,ጠቅላላ", rows)
    assert upload.kind is Kind.ORDERS
    assert roles(upload)[:3] == [Role.ORDER_ID, Role.TIMESTAMP, Role.PHONE]
    assert spend(workspace)[1] == 9


def test_what_is_heard_in_a_strange_language_is_forgotten_where_values_gainsay_it(load: Write) -> None:
    rows = [
        f"{d},{8 + o % 12:02d}:{7 * o % 60:02d},M{1000 + c},G{p:02d}-{p * 7},{q},{q * v:.2f}"
        for o, c, d, p, q, v in lines()
    ]
    upload = load("Tarehe,Muda,Mwanachama,Bidhaa,Idadi,Jumla", rows)
    assert roles(upload)[:3] == [Role.TIMESTAMP, Role.TIMESTAMP, Role.CUSTOMER_ID]
    assert roles(upload)[3:] == [Role.PRODUCT_ID, Role.QUANTITY, Role.AMOUNT]


def test_a_table_that_tells_many_things_of_people_is_no_file_of_orders(load: Write) -> None:
    rows = [
        f"{1950 + n * 7 % 47},{17000 + n * 79 % 200 * 317},{n % 3},{n % 4},"
        f"2023-{1 + n % 12:02}-{1 + n % 28:02}," + ",".join(str(n * k % (40 + 9 * k)) for k in range(3, 13))
        for n in range(240)
    ]
    header = "Zor,Qel,Vim,Hun,Jat," + ",".join(f"Pib{k}x" for k in range(10))
    upload = load(header, rows)
    assert upload.kind is Kind.CUSTOMERS
    assert not [doubt for doubt in upload.doubts if doubt.code.startswith(("kind", "customer"))]
