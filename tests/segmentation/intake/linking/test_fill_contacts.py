"""Whom the files let one reach: addresses over several files, consents in many words, and who objects."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake.cleaning.ledger import ledger_sample
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.linking.consent import Answer, answer_of, asks_for_refusal, is_by_phone
from segmentation.intake.roles import Role
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads, set_role
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def build(workspace: Workspace, folder: Path, **files: str) -> Shop:
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        load_file(workspace, path)
    return build_shop(workspace)


def rows(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(sql).fetchall()


ORDERS = "order_id,customer_id,order_date,amount\n" + "".join(
    f"o{n},c{n % 4},2024-0{n % 9 + 1}-1{n % 9},{20 + n}.50\n" for n in range(20)
)


def test_contacts_come_from_every_file_that_knows_the_customer(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(
        workspace,
        tmp_path,
        orders=ORDERS,
        customers="customer_id,email,phone,first_name,last_name,country,zip,newsletter,sms_opt_in\n"
        "c0, Ann@Example.com ,+44 20 7946 0018,Ann,Smith,GB,SW1A 1AA,yes,no\n"
        "c1,bob@shop.example,,Bob,Jones,DE,10115,no,\n"
        "c2,,030 1234567,Cem,Kaya,DE,10117,,yes\n"
        "c3,dot@shop.example,,Dot,Lee,FR,75001,maybe,\n",
    )
    assert rows(workspace, "SELECT * EXCLUDE profiling FROM shop.contacts ORDER BY customer_id") == [
        (
            "c0",
            ["ann@example.com"],
            ["+44 20 7946 0018"],
            None,
            "Ann",
            "Smith",
            "GB",
            "SW1A 1AA",
            "yes",
            "no",
        ),
        ("c1", ["bob@shop.example"], None, None, "Bob", "Jones", "DE", "10115", "no", None),
        ("c2", None, ["030 1234567"], None, "Cem", "Kaya", "DE", "10117", None, "yes"),
        ("c3", ["dot@shop.example"], None, None, "Dot", "Lee", "FR", "75001", None, None),
    ]
    assert {"contacts.emails", "contacts.phones", "contacts.consent"} <= shop.has


def test_a_no_in_any_row_wins_and_the_most_frequent_address_is_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    build(
        workspace,
        tmp_path,
        orders="order_id,customer_id,order_date,amount,email,accepts_marketing\n"
        "1,a,2024-01-01,5.5,old@x.example,yes\n2,a,2024-02-01,6.5,new@x.example,yes\n"
        "3,a,2024-03-01,7.5,new@x.example,no\n4,b,2024-03-02,8.5,b@x.example,yes\n",
    )
    assert rows(workspace, "SELECT customer_id, emails, consent FROM shop.contacts ORDER BY 1") == [
        ("a", ["new@x.example", "old@x.example"], "no"),
        ("b", ["b@x.example"], "yes"),
    ]


PEOPLE = "customer_id,email,newsletter,objects_to_profiling\n" + "".join(
    f"c{n},c{n}@x.example,no,{'yes' if n == 3 else 'no'}\n" for n in range(4)
)


def test_who_objects_to_profiling_counts_nowhere_until_the_rule_is_switched_off(
    workspace: Workspace, tmp_path: Path
) -> None:
    shop = build(workspace, tmp_path, orders=ORDERS, customers=PEOPLE)
    roles = {column.name: column.role for upload in list_uploads(workspace) for column in upload.columns}
    assert (roles["newsletter"], roles["objects_to_profiling"]) == (Role.CONSENT, Role.PROFILING)
    assert shop.customers == 3
    assert {(e.file_name, e.rows, e.applied) for e in shop.ledger if e.rule is Rule.OBJECTIONS} == {
        ("orders.csv", 5, True),
        ("customers.csv", 1, True),
    }
    assert rows(workspace, "SELECT count(*) FROM shop.lines WHERE customer_id = 'c3'") == [(0,)]
    upload = next(one for one in list_uploads(workspace) if one.file_name == "customers.csv")
    assert list(ledger_sample(workspace, upload.upload_id, Rule.OBJECTIONS)["customer_id"]) == ["c3"]
    counted = build_shop(workspace, Cleaning(off=frozenset({Rule.OBJECTIONS})))
    assert counted.customers == 4
    assert rows(workspace, "SELECT profiling FROM shop.contacts WHERE customer_id = 'c3'") == [("no",)]
    assert counted.fingerprint != shop.fingerprint


def test_no_to_a_newsletter_is_no_objection(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, orders=ORDERS, customers=PEOPLE.replace("objects_to_profiling", "tier"))
    assert shop.customers == 4
    assert not [entry for entry in shop.ledger if entry.rule is Rule.OBJECTIONS]


def test_a_column_can_be_chosen_as_the_consent_to_profiling(workspace: Workspace, tmp_path: Path) -> None:
    build(workspace, tmp_path, orders=ORDERS, customers=PEOPLE.replace("objects_to_profiling", "art_22"))
    upload = next(one for one in list_uploads(workspace) if one.file_name == "customers.csv")
    set_role(workspace, upload.upload_id, "art_22", Role.PROFILING)
    assert build_shop(workspace).customers == 1, "only c3 said yes to being profiled"


def test_rows_that_are_customers_may_object_too(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(
        workspace,
        tmp_path,
        people="age,income,profiling_consent\n" + "".join(f"{20 + n},{n * 900},yes\n" for n in range(9))
        + "40,5000,no\n",
    )  # fmt: skip
    assert shop.customers == 9
    assert [(e.rule, e.rows) for e in shop.ledger] == [(Rule.OBJECTIONS, 1)]
    assert [(file.read, file.used) for file in shop.files] == [(10, 9)]


@pytest.mark.parametrize(
    "cell",
    ["yes", "TRUE", "1", "1.0", "Y", "subscribed", "Opted-in", "opt_in", "Ja", "oui", "Sí", "sim", "是"],
)
def test_yes_in_many_words(cell: str) -> None:
    assert answer_of(cell) is Answer.YES


@pytest.mark.parametrize(
    "cell",
    ["no", "False", "0", "unsubscribed", "never_subscribed", "not subscribed", "opted out", "Nein", "non"],
)
def test_no_in_many_words(cell: str) -> None:
    assert answer_of(cell) is Answer.NO
    assert answer_of(f" {cell.upper()} ") is Answer.NO


@pytest.mark.parametrize("cell", ["Não", "widersprochen", "否", "objected", "cleaned", "never subscribed"])
def test_no_in_more_words(cell: str) -> None:
    assert answer_of(cell) is Answer.NO


@pytest.mark.parametrize("cell", ["", "maybe", "pending", "2024-01-01", "7", "GB"])
def test_anything_else_is_no_answer(cell: str) -> None:
    assert answer_of(cell) is None


def test_a_header_that_asks_for_a_refusal_turns_a_plain_yes_round() -> None:
    refusals = (
        "objects_to_profiling",
        "Widerspruch",
        "opted_out",
        "no_profiling",
        "do-not-profile",
        "optOut",
    )
    assert all(asks_for_refusal(header) for header in refusals)
    assert not any(asks_for_refusal(h) for h in ("newsletter", "profiling_consent", "opt_in", "notes_ok"))
    assert answer_of("yes", turned=True) is Answer.NO
    assert answer_of("0", turned=True) is Answer.YES
    assert answer_of("opted out", turned=True) is Answer.NO
    assert answer_of("perhaps", turned=True) is None
    assert is_by_phone("SMS Marketing")
    assert not is_by_phone("newsletter")


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_read_without_a_fault(cell: str, turned: bool) -> None:
    assert answer_of(cell, turned) in (Answer.YES, Answer.NO, None)
