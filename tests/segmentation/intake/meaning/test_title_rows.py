"""What stands alone above some rows is said of each of them."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

NAMES = [f"{last} {first}" for last in ("Tau", "Noa", "Lelei", "Vai") for first in ("Ama", "Fetu", "Io")]


def purchases(person: int) -> list[str]:
    """Write the order, day, goods and price of each line of somebody."""
    return [
        f"{700 + 5 * person + n},2024-{1 + n:02}-{1 + person:02},t{20 + goods},{3 + goods}.25"
        for n in range(3 + person % 3)
        for goods in {(person + n) % 7, (2 * person + 3 * n) % 7}
    ]


WORTH = sum(float(row.split(",")[3]) for person in range(12) for row in purchases(person))


@pytest.mark.parametrize(("own", "title"), [("Hun,", "{},,,,"), ("", "{},,,")])
def test_a_name_above_the_rows_of_a_person(load: Write, workspace: Workspace, own: str, title: str) -> None:
    rows = [
        row
        for person in range(12)
        for row in (title.format(NAMES[person]), *("," * bool(own) + line for line in purchases(person)))
    ]
    upload = load(f"{own}Zor,Vim,Jat,Amount", rows)
    assert upload.rows == len(rows) - 12
    assert build_shop(workspace).customers == 12
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall() == [(WORTH,)]


def test_a_day_above_its_orders(load: Write) -> None:
    rows = []
    for day in range(1, 25):
        rows.append(f"2024-03-{day:02};;;")
        rows += [f"{700 + 3 * day + n};{3001 + (5 * day + n) % 13};t;{day}.{n}5" for n in range(3)]
    upload = load("Order no;Customer no;Note;Total", rows)
    assert upload.rows == 72
    column = upload.column_of(Role.TIMESTAMP)
    assert column and column.name == "(above)"


def test_people_of_whom_only_an_address_is_known_are_no_titles(load: Write) -> None:
    rows = [f"p{n}@mail.test,{'' if n % 3 else f'Ana {n}'},{'' if n % 3 else 'Graz'}" for n in range(60)]
    assert load("email,name,city", rows).rows == 60


@pytest.mark.parametrize(
    ("name", "total", "header"),
    [
        ("{}", "Mafai {}", ""),
        ("{}", "{}", "Kunde"),
        ("31{1:02} {0}", "31{1:02}", "Kunde"),
        ("Lau: {}", "", ""),
    ],
)
def test_a_report_with_a_sum_below_the_rows_of_each_person(
    load: Write, workspace: Workspace, name: str, total: str, header: str
) -> None:
    rows = []
    for person, who in enumerate(NAMES):
        own = purchases(person)
        worth = sum(float(row.split(",")[3]) for row in own)
        rows += [f"{name.format(who, person)},,,,", *(f",{row}" for row in own)]
        rows.append(f"{total.format(who, person)},,,,{worth}")
    above = f"Fale Koloa\nFaatau 2024\n\n{header},Zor,Vim,Jat,Amount"
    upload = load(above, [*rows, f"{total.format('', '')} ATOA,,,,{WORTH}", "", "2024-12-31 - lipoti"])
    assert upload.columns[0].role in (Role.NAME, Role.CUSTOMER_ID)
    assert build_shop(workspace).customers == 12
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall() == [
            (pytest.approx(WORTH),)
        ]


def test_a_column_of_numbered_names_says_who(load: Write, workspace: Workspace) -> None:
    rows = [f"31{person:02} {who},{row}" for person, who in enumerate(NAMES) for row in purchases(person)]
    load("Kunde,Zor,Vim,Jat,Amount", rows)
    assert build_shop(workspace).customers == 12
