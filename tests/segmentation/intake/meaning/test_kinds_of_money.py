"""Reports in which each row is a sum of another kind: goods, fees, postage, what was given back, payouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.money_rule import Kinds, Law, MoneyRule, Term
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.money_words import money_words
from segmentation.workspace import Workspace

GOODS = {order: 12.5 + order * 7 % 40 for order in range(30)}
BACK = (4, 11, 23)
OFF = (3, 9, 17, 25)


def report(folder: Path) -> Path:
    """Write what a market place of no known language says of its orders and of its payouts."""
    rows = ["Qwe,Rty,Uio,Pas,Dfg,Lzx"]
    for order, cost in GOODS.items():
        start = f"A-{order + 500:05},2024-03-{1 + order % 28:02},k{order % 8}@shop.example"
        rows += [f"{start},Vog,Jug {order % 7},{cost}", f"{start},Zul,Jug {order % 7},{-0.15 * cost:.2f}"]
        rows += [f"{start},Mir,,4.9"]
        rows += [f"{start},Sep,Jug {order % 7},-2.5"] if order in OFF else []
        rows += [f"{start},Bak,Jug {order % 7},{-cost}"] if order in BACK else []
        rows += [f",2024-03-{1 + order % 28:02},,Tok,,-150.0"] if order % 9 == 0 else []
    (folder / "report.csv").write_text("\n".join(rows) + "\n")
    return folder / "report.csv"


def spent(workspace: Workspace) -> float:
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def asked_kinds(upload: Upload) -> list[list[str]]:
    doubt = next(one for one in upload.doubts if one.code == "kinds:Pas")
    return [option.answer.replace("“", "").replace("”", "").split(" and ") for option in doubt.options]


def test_goods_and_what_gives_them_back_count_and_the_rest_is_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    upload = load_file(workspace, report(tmp_path))
    assert upload.money is not None
    assert upload.money.kinds == Kinds(3, ("Vog", "Bak"))
    assert "“Vog” or “Bak” in “Pas”" in money_words(upload)
    assert asked_kinds(upload) == [
        ["Vog", "Bak"],
        ["Vog", "Sep", "Bak"],
        ["Vog", "Mir", "Bak"],
        ["Vog", "Mir", "Sep", "Bak"],
        ["All of them: the rows add up"],
    ]
    doubt = next(one for one in upload.doubts if one.code == "kinds:Pas")
    goods = sum(GOODS.values()) - sum(GOODS[order] for order in BACK)
    wanted = [goods, goods - 2.5 * len(OFF), goods + 4.9 * len(GOODS)]
    assert [option.revenue for option in doubt.options[:3]] == pytest.approx(wanted)


def test_rows_of_other_kinds_stand_in_the_ledger(workspace: Workspace, tmp_path: Path) -> None:
    load_file(workspace, report(tmp_path))
    shop = build_shop(workspace)
    assert spent(workspace) == pytest.approx(sum(GOODS.values()) - sum(GOODS[order] for order in BACK))
    aside = {entry.rule: entry.rows for entry in shop.ledger}
    assert aside[Rule.NON_PRODUCTS] == 2 * len(GOODS) + len(OFF)


def test_an_answer_counts_more_kinds(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, report(tmp_path))
    before = build_shop(workspace).fingerprint
    answer_doubt(workspace, upload.upload_id, "kinds:Pas", 2)
    assert build_shop(workspace).fingerprint != before
    wanted = sum(GOODS.values()) - sum(GOODS[order] for order in BACK) + 4.9 * len(GOODS)
    assert spent(workspace) == pytest.approx(wanted)


def lines_of_orders(folder: Path, *, taken_off: int) -> Path:
    """Write two lines of goods an order, and beside every so many orders one row below zero without goods."""
    rows = ["Qwe,Rty,Uio,Pas,Dfg,Lzx"]
    for order, cost in GOODS.items():
        start = f"A-{order + 500:05},2024-03-{1 + order % 28:02},k{order % 8}@shop.example"
        rows += [f"{start},Vog,Jug {order % 7},{cost}", f"{start},Vog,Cup {order % 5},8.5"]
        rows += [f"{start},Zul,,{-0.1 * cost:.2f}"] if order % taken_off == 0 else []
    (folder / "lines.csv").write_text("\n".join(rows) + "\n")
    return folder / "lines.csv"


def test_a_fee_of_most_orders_in_rows_of_its_own_is_not_counted(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, lines_of_orders(tmp_path, taken_off=1))
    assert upload.money is not None
    assert upload.money.kinds == Kinds(3, ("Vog",))
    assert asked_kinds(upload) == [["Vog"], ["All of them: the rows add up"]]


def test_what_few_orders_have_taken_off_is_no_other_kind(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, lines_of_orders(tmp_path, taken_off=6))
    assert upload.money is not None
    assert upload.money.kinds is None


def test_words_beside_plain_order_lines_are_no_kinds_of_money(workspace: Workspace, tmp_path: Path) -> None:
    rows = ["Qwe,Rty,Uio,Pas,Dfg,Lzx"]
    rows += [
        f"A-{order:05},2024-03-{1 + order % 28:02},k{order % 8}@shop.example,{'Vog' if at else 'Zul'},"
        f"Jug {(order + at) % 7},{12.5 + order * 7 % 40}"
        for order in range(40)
        for at in range(2)
    ]
    (tmp_path / "orders.csv").write_text("\n".join(rows) + "\n")
    upload = load_file(workspace, tmp_path / "orders.csv")
    assert upload.money is not None
    assert upload.money.kinds is None


def test_a_rule_without_kinds_is_written_as_before_there_were_any() -> None:
    rule = MoneyRule(quantity=1, price=2, multiplied=True, law=Law.PIECES, agreement=0.99, counted=40)
    assert rule.said == (
        "MoneyRule(quantity=1, price=2, multiplied=True, off=None, off_way=None, terms=(), fees=(), held=(),"
        " refund=None, refund_tax=0.0, law=<Law.PIECES: 'pieces'>, total=None, agreement=0.99, counted=40)"
    )
    counting = MoneyRule(terms=(Term(3),), kinds=Kinds(2, ("Sale",)))
    assert counting.said != MoneyRule(terms=(Term(3),)).said


def test_goods_are_no_kinds_where_few_orders_have_a_row_of_money_off(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows, paid = ["Order no,Date,E-mail,Row type,SKU,Item,Pieces,Price,Total"], 0.0
    for order in range(120):
        start = f"{24001 + order},2024-{1 + order // 20:02}-{1 + order % 28:02},k{order % 23}@shop.example"
        for line in range(1 + order % 3):
            goods, pieces = (order * 7 + line * 3) % 11, 1 + (order + line) % 3
            price = 4.5 + goods * 3.25
            rows.append(f"{start},gvo,B{goods + 30},Jug {goods},{pieces},{price},{pieces * price}")
            paid += pieces * price
        if order % 4 == 1:
            off = round(price * 0.2, 2)
            rows.append(f"{start},lev,,Zlv kup,1,{-off},{-off}")
            paid -= off
    (tmp_path / "orders.csv").write_text("\n".join(rows) + "\n")
    upload = load_file(workspace, tmp_path / "orders.csv")
    assert upload.money is not None
    assert upload.money.kinds is None
    build_shop(workspace)
    assert spent(workspace) == pytest.approx(paid)
