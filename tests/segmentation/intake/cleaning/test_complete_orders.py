"""What an export writes once for an order or a group of rows, said of all of them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def read(workspace: Workspace, folder: Path, text: str, cleaning: Cleaning | None = None) -> Shop:
    path = folder / "orders.csv"
    path.write_text(text)
    load_file(workspace, path)
    return build_shop(workspace, cleaning)


def rows(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def found(shop: Shop) -> dict[Rule, int]:
    return {entry.rule: entry.rows for entry in shop.ledger if entry.applied}


SPEND = "SELECT customer_id, sum(amount) FROM shop.lines GROUP BY 1 ORDER BY 1"


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_state_written_once_is_the_whole_order_s(workspace: Workspace, tmp_path: Path, place: str) -> None:
    lines = []
    for n in range(12):
        head = f"2024-01-{n + 1:02},c{n % 4},{'voided' if n % 3 == 0 else 'paid'}"
        pair = [f"{100 + n},{head},cup,1,5", f"{100 + n},,,,pot,1,7"]
        lines += pair if place == "first" else [f"{100 + n},,,,pot,1,7", pair[0]]
    header = "Order ID,Order Date,Customer ID,Status,Product Name,Quantity,Price\n"
    shop = read(workspace, tmp_path, header + "\n".join(lines))
    assert found(shop) == {Rule.CANCELLED: 8}
    assert sum(spend for _, spend in rows(workspace, SPEND)) == 8 * 12


def test_a_state_written_once_is_the_order_s_beside_one_on_every_line(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = "".join(
        f"{100 + n},2024-01-{n % 28 + 1:02},c{n % 4},{'annulée' if n % 3 == 0 else 'payée'},Vente,tasse,1,5\n"
        f"{100 + n},2024-01-{n % 28 + 1:02},c{n % 4},,{'Retour' if n % 4 == 1 else 'Vente'},pot,1,7\n"
        for n in range(24)
    )
    header = "N° commande,Date,N° client,État,Type,Produit,Quantité,Prix unitaire\n"
    shop = read(workspace, tmp_path, header + lines)
    assert found(shop) == {Rule.CANCELLED: 16 - 2}  # what came back is a return, whatever became of the order
    assert rows(workspace, "SELECT sum(amount) FILTER (NOT is_return) FROM shop.lines") == [
        (16 * 12 - 4 * 7,)
    ]


def test_a_state_on_single_lines_is_theirs_alone(workspace: Workspace, tmp_path: Path) -> None:
    lines = [
        f"{100 + n},2024-01-{n + 1:02},c{n % 4},cup,1,5,\n"
        f"{100 + n},2024-01-{n + 1:02},c{n % 4},pot,1,7,{'returned' if n == 5 else ''}"
        for n in range(12)
    ]
    header = "Order ID,Order Date,Customer ID,Product Name,Quantity,Price,Line Status\n"
    read(workspace, tmp_path, header + "\n".join(lines))
    assert rows(workspace, "SELECT sum(amount) FROM shop.lines") == [(Decimal(12 * 12 - 7),)]


def test_an_order_that_heads_its_rows(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"{n},2024-01-0{n},c{n % 3},P1,1,5\n,,,P2,1,7\n" for n in range(1, 9))
    shop = read(workspace, tmp_path, "Order No,Order Date,Customer ID,SKU,Quantity,Unit Price\n" + lines)
    assert shop.set_aside == ()
    assert rows(workspace, SPEND) == [("c0", Decimal(24)), ("c1", Decimal(36)), ("c2", Decimal(36))]


WARES = ("Boned", "Roched", "Bolenn", "Mel")
HEADED = [(f"{7100 + n};{n % 28 + 1:02}.0{n // 28 + 1}.2024;m{n % 9}@x.test", n) for n in range(56)]


def test_an_order_heads_rows_of_goods_that_no_header_names(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(
        f"{head};{WARES[n % 4]};{n % 3 + 1};4;{4 * (n % 3 + 1)}\n;;;{WARES[n % 3]};2;7;14\n"
        for head, n in HEADED
    )
    shop = read(workspace, tmp_path, "Lykil;Dygn;Postur;Zyx;Wvu;Tsr;Rqp\n" + lines)
    assert shop.set_aside == ()
    assert rows(workspace, "SELECT sum(amount), count(DISTINCT order_id) FROM shop.lines") == [
        (sum(4 * (n % 3 + 1) + 14 for _, n in HEADED), 56)
    ]


def test_rows_of_words_that_no_order_has_are_none_of_the_order_above(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = "".join(
        f"{head};{WARES[n % 4]};{n % 3 + 1};4;{4 * (n % 3 + 1)}\n;;;{('Kort', 'Kontant')[n % 2]};1;9;9\n"
        for head, n in HEADED
    )
    read(workspace, tmp_path, "Lykil;Dygn;Postur;Zyx;Wvu;Tsr;Rqp\n" + lines)
    assert rows(workspace, "SELECT sum(amount) FROM shop.lines") == [
        (sum(4 * (n % 3 + 1) for _, n in HEADED),)
    ]


def test_totals_are_no_customers(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(
        f"K{n},B{n}1,01.02.2024,5\n,B{n}2,02.02.2024,7\nSumme K{n},,,12\n" for n in (15, 11, 19, 13, 17, 12)
    )
    shop = read(workspace, tmp_path, "Kundennummer,Belegnummer,Datum,Betrag\n" + lines + "Gesamt,,,72\n")
    assert shop.customers == 6
    assert found(shop) == {Rule.TOTALS: 7}
    assert {spend for _, spend in rows(workspace, SPEND)} == {Decimal(12)}


def test_unpaid_orders_are_no_spend_unless_switched(workspace: Workspace, tmp_path: Path) -> None:
    states = ("Levererad", "Väntar på betalning", "Betald")
    lines = "".join(f"{n},2024-01-{n + 1:02},c{n % 4},10,{states[n % 3]}\n" for n in range(12))
    shop = read(workspace, tmp_path, "Order ID,Order Date,Customer ID,Total,Orderstatus\n" + lines)
    assert found(shop) == {Rule.UNPAID: 4}
    shop = build_shop(workspace, Cleaning(off=frozenset({Rule.UNPAID})))
    assert rows(workspace, "SELECT sum(amount) FROM shop.lines") == [(Decimal(120),)]
    assert [(e.rule, e.rows) for e in shop.ledger if not e.applied] == [(Rule.UNPAID, 4)]


def test_rows_of_type_return_take_back(workspace: Workspace, tmp_path: Path) -> None:
    kinds = ("Sale", "Sale", "Return")
    lines = "".join(f"T{n},2024-01-{n + 1:02},c{n % 4},{kinds[n % 3]},{10 + n}\n" for n in range(12))
    read(workspace, tmp_path, "Receipt No,Date,Customer ID,Type,Amount\n" + lines)
    back = "SELECT count(*), sum(amount) FROM shop.lines WHERE is_return"
    assert rows(workspace, back) == [(4, Decimal(-(12 + 15 + 18 + 21)))]


def test_a_refund_takes_back_the_purchase_of_its_own_order(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(
        f"{n},2024-01-05,c{n},cup,1,10,delivered\n{100 + n},2024-02-05,c{n},cup,1,10,refunded\n"
        for n in range(9)
    )
    read(workspace, tmp_path, "order_id,order_date,customer_id,product_name,quantity,price,status\n" + lines)
    assert rows(workspace, "SELECT DISTINCT sum(amount) FROM shop.lines GROUP BY customer_id") == [
        (Decimal(10),)
    ]
    build_shop(workspace, Cleaning(on=frozenset({Rule.RETURNS})))
    assert rows(workspace, "SELECT order_id FROM shop.lines WHERE order_id = '3'") == [("3",)]
