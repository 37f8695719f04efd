"""What cannot be right rings an alarm, and what is offered mends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.alarm import Alarm, Code, Remedy
from segmentation.intake.proof.alarms import alarms, tiny_segments
from segmentation.intake.proof.remedies import mend, other_people
from segmentation.intake.proof.words import TITLES, alarm_sentence, alarm_title, remedy_label
from segmentation.intake.roles import Kind, Role
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads, set_kind, set_role
from segmentation.workspace import Workspace

Build = Callable[..., Shop]
HEAD = "order_id,customer_id,branch,order_date,amount,points\n"


def orders(customer: Callable[[int], str], number: int = 40, amount: str = "10.00") -> str:
    return HEAD + "".join(
        f"{n},{customer(n)},town {n % 9},2024-0{n % 9 + 1}-03,{amount},{n % 5 + 1}.50\n"
        for n in range(number)
    )


def codes(workspace: Workspace, shop: Shop) -> list[Code]:
    return [alarm.code for alarm in alarms(workspace, shop)]


def test_a_plain_shop_rings_none(workspace: Workspace, build: Build) -> None:
    assert codes(workspace, build(orders=orders(lambda n: f"c{n % 9}"))) == []


def test_a_shop_of_a_few_orders_rings_none(workspace: Workspace, build: Build) -> None:
    assert codes(workspace, build(orders=orders(lambda n: f"c{n % 2}", number=8))) == []


def test_a_fifth_is_much_only_beside_many_customers(workspace: Workspace, build: Build) -> None:
    assert codes(workspace, build(orders=orders(lambda n: "c0" if n % 4 == 0 else f"c{n % 7}"))) == []


def test_one_customer_with_all_orders(workspace: Workspace, build: Build) -> None:
    build(orders=orders(lambda n: f"c{n % 9}"))
    [upload] = list_uploads(workspace)
    set_role(workspace, upload.upload_id, "customer_id", Role.IGNORE)
    for column in ("branch", "order_date"):
        set_role(workspace, upload.upload_id, column, Role.IGNORE)
    set_role(workspace, upload.upload_id, "amount", Role.CUSTOMER_ID)  # ten euros in each row
    assert Code.ONE_CUSTOMER in codes(workspace, build_shop(workspace))


def test_one_customer_with_more_than_a_fifth(workspace: Workspace, build: Build) -> None:
    shop = build(orders=orders(lambda n: "c99" if n % 4 == 0 else f"c{n % 15}"))
    [alarm] = alarms(workspace, shop)
    assert (alarm.code, alarm.column, alarm.who) == (Code.ONE_CUSTOMER, "customer_id", "c99")
    assert (alarm.part, alarm.whole) == (10, 40)
    [remedy] = alarm.remedies
    assert (remedy.role, remedy.column, remedy.instead_of) == (Role.CUSTOMER_ID, "", "customer_id")


def test_its_remedy_may_be_an_address_of_the_order(workspace: Workspace, build: Build) -> None:
    build(orders=orders(lambda n: f"c{n % 9}"))
    [upload] = list_uploads(workspace)
    set_role(workspace, upload.upload_id, "branch", Role.NAME)
    [found] = other_people(list_uploads(workspace)[0])
    assert (found.role, found.column, found.instead_of) == (Role.CUSTOMER_ID, "branch", "customer_id")


def test_its_remedy_takes_another_column_for_the_customer(workspace: Workspace, build: Build) -> None:
    shop = build(orders=orders(lambda n: "c99" if n % 2 == 0 else f"c{n}"))
    [alarm, *_] = alarms(workspace, shop)
    chosen = replace(alarm.remedies[0], column="branch")
    mended = build_shop(workspace, mend(workspace, chosen, Cleaning()))
    assert mended.customers == 9
    assert codes(workspace, mended) == []


def test_as_many_customers_as_lines(workspace: Workspace, build: Build) -> None:
    shop = build(orders=orders(lambda n: f"c{n}"))
    [upload] = list_uploads(workspace)
    set_role(workspace, upload.upload_id, "customer_id", Role.CUSTOMER_ID)
    set_role(workspace, upload.upload_id, "branch", Role.IGNORE)
    shop = build_shop(workspace)
    [alarm] = alarms(workspace, shop)
    assert (alarm.code, alarm.column) == (Code.EACH_LINE_A_CUSTOMER, "customer_id")
    assert (alarm.part, alarm.whole) == (40, 40)


@pytest.mark.parametrize(("role", "code"), [(Role.IGNORE, Code.NO_SPEND), (Role.AMOUNT, Code.ALL_ZERO)])
def test_orders_worth_nothing(workspace: Workspace, build: Build, role: Role, code: Code) -> None:
    build(orders=orders(lambda n: f"c{n % 9}", amount="0.00"))
    [upload] = list_uploads(workspace)
    set_role(workspace, upload.upload_id, "points", Role.NUMERIC)
    set_role(workspace, upload.upload_id, "amount", role)
    [alarm] = alarms(workspace, build_shop(workspace))
    assert alarm.code is code
    assert "points" in [remedy.column for remedy in alarm.remedies]
    mended = build_shop(workspace, mend(workspace, alarm.remedies[0], Cleaning()))
    assert codes(workspace, mended) == []


def test_orders_worth_nothing_ring_beside_a_file_of_returns(workspace: Workspace, build: Build) -> None:
    build(orders=orders(lambda n: f"c{n % 9}"), returns="order_id,return_amount\n1,10.00\n2,10.00\n3,10.00\n")
    upload = next(one for one in list_uploads(workspace) if one.file_name == "orders.csv")
    set_role(workspace, upload.upload_id, "amount", Role.IGNORE)
    assert Code.NO_SPEND in codes(workspace, build_shop(workspace))


def test_more_given_back_than_sold(workspace: Workspace, build: Build) -> None:
    text = orders(lambda n: f"c{n % 9}", amount="10.00").splitlines()
    text[5::8] = [row.replace("10.00", "-90.00") for row in text[5::8]]
    [alarm] = alarms(workspace, build(orders="\n".join(text) + "\n"))
    assert (alarm.code, alarm.column) == (Code.MOSTLY_GIVEN_BACK, "amount")
    assert (alarm.part, alarm.whole) == (450, 350)


def test_fewer_customers_than_ids(workspace: Workspace, build: Build) -> None:
    shop = build(
        orders="order_id,customer_id,order_date,amount\n"
        + "".join(f"{n},c{n % 40},{2199 if n % 40 < 9 else 2024}-01-03,10.00\n" for n in range(120))
    )
    [alarm] = alarms(workspace, shop)
    assert (alarm.code, alarm.column, alarm.rule) == (Code.FEWER_CUSTOMERS, "customer_id", Rule.ODD_DATES)
    assert (alarm.part, alarm.whole) == (31, 40)
    mended = build_shop(workspace, mend(workspace, alarm.remedies[0], Cleaning()))
    assert mended.customers == 40


def test_most_rows_set_aside(workspace: Workspace, build: Build) -> None:
    shop = build(orders=orders(lambda n: f"c{n % 4}" if n < 16 else ""))
    alarm = next(one for one in alarms(workspace, shop) if one.code is Code.MOSTLY_SET_ASIDE)
    assert (alarm.part, alarm.whole, alarm.rule) == (16, 40, Rule.GUESTS)
    assert (alarm.file_name, alarm.column) == ("orders.csv", "customer_id")
    assert alarm.remedies[0] == Remedy(rule=Rule.GUESTS)
    assert mend(workspace, alarm.remedies[0], Cleaning()) == Cleaning(off=frozenset({Rule.GUESTS}))


def test_what_another_file_holds_is_not_missed(workspace: Workspace, build: Build) -> None:
    rows = orders(lambda n: f"c{n % 9}", number=60)
    shop = build(first=rows, second=rows + "99,c1,town 1,2024-02-03,7.00,1.50\n")
    assert any(file.used < file.read / 2 for file in shop.files)
    assert codes(workspace, shop) == []


def test_a_file_of_products_ends_in_advice(workspace: Workspace, build: Build) -> None:
    build(goods="product_id,product_name,price\n1,Cup,3.00\n2,Pot,9.00\n3,Tray,8.00\n")
    [upload] = list_uploads(workspace)
    set_kind(workspace, upload.upload_id, Kind.PRODUCTS)
    [alarm] = alarms(workspace, build_shop(workspace))
    assert (alarm.code, alarm.kind, alarm.whole) == (Code.NO_CUSTOMERS, Kind.PRODUCTS, 3)
    people = next(remedy for remedy in alarm.remedies if remedy.kind is Kind.CUSTOMERS)
    mend(workspace, people, Cleaning())
    assert codes(workspace, build_shop(workspace)) == []


def test_products_that_are_of_somebody_are_orders(workspace: Workspace, build: Build) -> None:
    build(goods="sku,product_name,member,price,day\n1,Cup,ann,3.00,2024-01-03\n2,Pot,bob,9.00,2024-01-04\n")
    [upload] = list_uploads(workspace)
    set_kind(workspace, upload.upload_id, Kind.PRODUCTS)
    set_role(workspace, upload.upload_id, "member", Role.CATEGORICAL)
    [alarm] = alarms(workspace, build_shop(workspace))
    choice = next(remedy for remedy in alarm.remedies if remedy.role)
    mend(workspace, replace(choice, column="member"), Cleaning())
    assert list_uploads(workspace)[0].kind is Kind.ORDERS
    assert build_shop(workspace).customers == 2


def test_a_customer_file_of_repeated_ids_may_be_orders(workspace: Workspace, build: Build) -> None:
    build(people="customer_id,age\n" + "".join(f"c{n % 3},{20 + n}\n" for n in range(12)))
    [upload] = list_uploads(workspace)
    set_role(workspace, upload.upload_id, "customer_id", Role.CUSTOMER_ID)
    set_kind(workspace, upload.upload_id, Kind.CUSTOMERS)
    [alarm] = alarms(workspace, build_shop(workspace))
    assert (alarm.code, alarm.rule) == (Code.MOSTLY_SET_ASIDE, Rule.SAME_CUSTOMER)
    assert [remedy.kind for remedy in alarm.remedies] == [None, Kind.ORDERS]


def test_a_choice_left_open_changes_nothing_until_it_is_made(workspace: Workspace, build: Build) -> None:
    build(orders="order_id,buyer,order_date,amount\n1,ann,2024-01-03,3.00\n2,bob,2024-01-04,4.00\n")
    [upload] = list_uploads(workspace)
    open_choice = Remedy(upload.upload_id, Role.CUSTOMER_ID)
    before = list_uploads(workspace)
    assert mend(workspace, open_choice, Cleaning()) == Cleaning()
    assert list_uploads(workspace) == before
    mend(workspace, replace(open_choice, column="order_id"), Cleaning())
    assert list_uploads(workspace)[0].columns[0].role is Role.CUSTOMER_ID


def test_segments_of_one_to_three_people() -> None:
    assert tiny_segments([40, 4]) is None
    assert tiny_segments([40, 3, 1]) == Alarm(Code.TINY_SEGMENTS, part=2, whole=3)


@pytest.mark.parametrize("code", list(Code))
def test_every_alarm_has_words(code: Code) -> None:
    alarm = Alarm(code, "orders.csv", "customer_id", "0", 17, 50, Rule.GUESTS, Kind.ORDERS)
    assert alarm_title(alarm) == TITLES[code]
    assert alarm_sentence(alarm).endswith((".", "?"))


def test_remedies_say_what_they_do() -> None:
    assert remedy_label(Remedy(rule=Rule.GUESTS)) == "Count them: switch off “Guest orders”"
    assert remedy_label(Remedy("a", Role.AMOUNT, "Total")) == "Use “Total” for what was paid"
    assert remedy_label(Remedy("a", Role.CUSTOMER_ID)) == "Which column names the customer?"
    assert remedy_label(Remedy("a", kind=Kind.CUSTOMERS)) == "Each row is a customer"


def test_sums_of_days_end_in_advice_and_rows_that_describe_somebody_do_not(
    workspace: Workspace, build: Build
) -> None:
    days = "".join(f"2024-01-{n + 1:02},{20 + n % 7},{300 + 17 * n % 90}.50\n" for n in range(28))
    shop = build(daily="päivä,kuitit,myynti\n" + days)
    [alarm] = alarms(workspace, shop)
    assert (alarm.code, alarm.whole) == (Code.NO_CUSTOMERS, 28)
    mend(workspace, next(one for one in alarm.remedies if one.kind is Kind.CUSTOMERS), Cleaning())
    assert codes(workspace, build_shop(workspace)) == []


def test_rows_that_describe_somebody_are_people_without_an_id(workspace: Workspace, build: Build) -> None:
    rows = "".join(f"{20 + n % 50},{n % 3},{1000 + 37 * n % 900},{n % 5 + 1}\n" for n in range(40))
    assert codes(workspace, build(people="age,children,income,rooms\n" + rows)) == []
