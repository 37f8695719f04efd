"""Several order files: one order in two exports, ids in two writings, files of returns, month after month."""

from pathlib import Path

import pytest

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Continuation, Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

HEADER = "order_id,customer_id,order_date,status,total\n"


def read(workspace: Workspace, folder: Path, **files: str) -> Shop:
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text)
        load_file(workspace, path)
    return build_shop(workspace)


def figures(workspace: Workspace) -> tuple[int, int]:
    with workspace.cursor() as cursor:
        return cursor.execute(
            "SELECT count(DISTINCT order_id) FILTER (NOT is_return), sum(amount)::INT FROM shop.lines"
        ).fetchall()[0]


def found(shop: Shop) -> dict[tuple[str, Rule], int]:
    return {(entry.file_name, entry.rule): entry.rows for entry in shop.ledger if entry.applied}


def export(numbers: range, state: str, lost: str = "cancelled", every: int = 0, more: str = "") -> str:
    states = {n: lost if every and n % every == 0 else state for n in numbers}
    return "".join(
        f"{n},c{n % 7},2024-{n // 28 + 1:02}-{n % 28 + 1:02},{states[n]},10{more}\n" for n in numbers
    )


@pytest.mark.parametrize("more", ["", ",web"])
def test_a_later_export_replaces_its_orders(workspace: Workspace, tmp_path: Path, more: str) -> None:
    early = HEADER + export(range(30), "processing")
    late = HEADER.replace("total", "total,channel" if more else "total") + export(
        range(10, 50), "completed", every=4, more=more
    )
    shop = read(workspace, tmp_path, late=late, early=early)
    assert figures(workspace) == (40, 400)
    assert found(shop) == {("early.csv", Rule.REPLACED): 20, ("late.csv", Rule.CANCELLED): 10}
    (entry,) = [entry for entry in shop.ledger if entry.rule is Rule.REPLACED]
    assert entry.detail.startswith("20 orders")
    build_shop(workspace, Cleaning(off=frozenset({Rule.REPLACED})))
    assert figures(workspace)[1] == 400 + 200


def test_a_month_put_right_is_newer_though_others_go_on_longer(workspace: Workspace, tmp_path: Path) -> None:
    read(
        workspace,
        tmp_path,
        whole=HEADER + export(range(60), "paid"),
        january=HEADER + export(range(20), "paid", "refunded", every=5),
    )
    assert figures(workspace)[1] == 560


def test_numbers_that_begin_anew_are_other_orders(workspace: Workspace, tmp_path: Path) -> None:
    first = HEADER + export(range(30), "paid").replace("2024-", "2023-")
    second = HEADER + export(range(30), "shipped").replace(",c", ",d")
    shop = read(workspace, tmp_path, first=first, second=second)
    assert figures(workspace)[1] == 600
    assert found(shop) == {}


def test_a_return_of_the_next_month_leaves_its_order(workspace: Workspace, tmp_path: Path) -> None:
    header = "order_id,customer_id,order_date,sku,quantity,unit_price\n"
    lines = "".join(f"{n},c{n % 7},2024-01-{n + 1:02},P{n % 4},{n % 2 + 1},10\n" for n in range(28))
    backs = "".join(f"{n},c{n % 7},2024-03-{n + 1:02},P{n % 4},-{n % 2 + 1},10\n" for n in range(9))
    read(workspace, tmp_path, january=header + lines, march=header + backs)
    assert figures(workspace) == (28, 420 - 130)


WRITINGS = {
    "a hash": "#{n}",
    "a float": "{n}.0",
    "leading zeros": "00{n}",
    "a formula": '"=""{n}"""',
    "thousands": '"{n:,}"',
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=list(WRITINGS))
def test_one_order_number_in_two_writings(workspace: Workspace, tmp_path: Path, writing: str) -> None:
    heads = "".join(f"{writing.format(n=n)},c{n % 7},2024-01-{n % 28 + 1:02},25\n" for n in range(1001, 1041))
    items = "".join(f"{n},cup,1,10\n{n},pot,1,15\n" for n in range(1001, 1041))
    read(
        workspace,
        tmp_path,
        heads="order_number,customer_id,order_date,total\n" + heads,
        items="order_number,product_name,quantity,price\n" + items,
    )
    assert figures(workspace) == (40, 1000)


def test_ids_that_differ_within_a_file_stay_apart(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(
        f"{zeros}{n},c{n % 7},2024-01-{n:02},paid,10\n" for n in range(1, 29) for zeros in ("", "00")
    )
    notes = "order_id,channel\n" + "".join(f"{n},web\n" for n in range(1, 29))
    read(workspace, tmp_path, orders=HEADER + lines, notes=notes)
    assert figures(workspace) == (56, 560)


def test_zeros_lost_in_one_file_link_customers(workspace: Workspace, tmp_path: Path) -> None:
    customers = "customer_id,city\n" + "".join(f"{n},Oslo\n" for n in range(1, 15))
    lines = "".join(f"{n},{n % 14 + 1:05},2024-01-{n + 1:02},paid,10\n" for n in range(28))
    shop = read(workspace, tmp_path, customers=customers, orders=HEADER + lines)
    assert shop.customers == 14


RETURNS = {
    "a yes": ("Order ID,Returned\n", "{n},Yes\n", "returns"),
    "the file's name": ("Order ID\n", "{n}\n", "devoluciones"),
    "money on a day of its own": ("Order ID,Return Date,Refund Amount\n", "{n},2024-05-01,10\n", "more"),
}


@pytest.mark.parametrize(("header", "line", "name"), RETURNS.values(), ids=list(RETURNS))
def test_a_file_of_returns(workspace: Workspace, tmp_path: Path, header: str, line: str, name: str) -> None:
    orders = HEADER + export(range(40), "paid")
    returns = header + "".join(line.format(n=n) for n in range(0, 40, 4))
    read(workspace, tmp_path, orders=orders, **{name: returns})
    assert figures(workspace) == (40, 300)
    with workspace.cursor() as cursor:
        last = cursor.execute(
            "SELECT max(ordered_at)::DATE::VARCHAR FROM shop.lines WHERE NOT is_return"
        ).fetchall()
    assert last == [("2024-02-12",)]


def test_months_continue_each_other(workspace: Workspace, tmp_path: Path) -> None:
    shop = read(
        workspace, tmp_path, b=HEADER + export(range(28, 50), "paid"), a=HEADER + export(range(30), "paid")
    )
    assert shop.continuations == (Continuation("a.csv", "b.csv", 2),)
    assert figures(workspace) == (50, 500)


def test_parts_of_orders_that_come_back_later_are_taken_back_in_any_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    sold = [(7100 + at // 2, f"K{at // 2 % 9:03}", at % 2 + at // 2 % 5, 12.5 + at) for at in range(80)]
    lines = [
        f"{order},{who},2024-03-{1 + order % 28:02},W{goods}X,{cost}\n" for order, who, goods, cost in sold
    ]
    back = [f"{order},2024-05-{1 + order % 28:02},W{goods}X,{cost}\n" for order, _, goods, cost in sold[::5]]
    read(workspace, tmp_path, a="order_id,customer_id,order_date,product_id,total\n" + "".join(lines),
         b="order_id,Plim,product_id,Vrok\n" + "".join(back))  # fmt: skip
    kept = sum(cost for *_, cost in sold) - sum(cost for *_, cost in sold[::5])
    assert figures(workspace) == (40, kept)


def test_ids_are_one_whatever_signs_part_their_numbers(workspace: Workspace, tmp_path: Path) -> None:
    heads = [f"SO/24/{at:03},c{at % 7},2024-03-{1 + at % 28:02}\n" for at in range(30)]
    lines = [f"SO-24-{at // 2:03},G{at % 5}X,{at % 3 + 1},{3 + at % 5}\n" for at in range(60)]
    shop = read(workspace, tmp_path, heads="order_id,customer_id,order_date\n" + "".join(heads),
                lines="order_id,product_id,quantity,price\n" + "".join(lines))  # fmt: skip
    assert figures(workspace) == (30, sum((at % 3 + 1) * (3 + at % 5) for at in range(60)))
    assert shop.customers == 7
