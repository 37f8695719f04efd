"""Looking for what cannot be right, whatever the files are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.contact_keys import contact_key, person_key
from segmentation.intake.linking.find_customers import ROW_KINDS
from segmentation.intake.proof.alarm import Alarm, Code, Remedy
from segmentation.intake.proof.coverage import Leader, leader, mostly_set_aside
from segmentation.intake.proof.empty_shop import empty_shop
from segmentation.intake.proof.given_back import mostly_given_back
from segmentation.intake.proof.no_spend import no_spend
from segmentation.intake.proof.remedies import (
    ROLE_OF_RULE,
    other_people,
    people_columns,
    switched_off,
    to_choose,
)
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.shop import LedgerEntry, Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.workspace import Workspace, quote_identifier

ENOUGH_ORDERS = 30
MOST_OF_ORDERS, FAR_MORE, FEW_CUSTOMERS = 0.2, 3, 5
AS_MANY = 0.99
LOST = 0.05
TINY = 3
UNSURE = 0.5
HELD_BY_ANOTHER_FILE = frozenset({Rule.OVERLAPS, Rule.REPLACED})
"""Rows that count all the same, by another file."""


def alarms(workspace: Workspace, shop: Shop) -> tuple[Alarm, ...]:
    """Look for everything that cannot be right in the shop as it was understood."""
    uploads = list_uploads(workspace)
    orders = [upload for upload in uploads if upload.kind is Kind.ORDERS]
    with workspace.cursor() as cursor:
        if nobody := _no_customers(cursor, uploads):
            return (nobody,)
        return (
            *empty_shop(cursor, shop, uploads),
            *_one_customer(leader(workspace), orders),
            *_each_line_a_customer(cursor, orders),
            *_fewer_customers(cursor, shop, uploads),
            *no_spend(cursor, shop, orders),
            *mostly_given_back(cursor, shop, orders),
            *(_set_aside(shop, uploads)),
        )


def tiny_segments(sizes: Sequence[int]) -> Alarm | None:
    """Ring where segments hold one to three people."""
    tiny = sum(size <= TINY for size in sizes)
    return Alarm(Code.TINY_SEGMENTS, part=tiny, whole=len(sizes)) if tiny else None


def _no_customers(cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload]) -> Alarm | None:
    """Ring where no file names a customer, and the rows that count as such are no list of people."""
    named = "SELECT 1 FROM shop.customers WHERE sort_key IS NULL LIMIT 1"  # only rows have a sort key
    if cursor.execute(named).fetchall():
        return None
    kinds = {upload.kind for upload in uploads}
    kind = next((kind for kind in ROW_KINDS if kind in kinds), None)
    if kind is None:
        return None
    upload = next(upload for upload in uploads if upload.kind is kind)
    if kind in (Kind.CUSTOMERS, Kind.OTHER) and not _is_of_days(upload):
        return None
    as_people = Remedy(upload.upload_id, kind=Kind.CUSTOMERS)
    return Alarm(
        Code.NO_CUSTOMERS,
        upload.file_name,
        whole=upload.rows,
        kind=kind,
        remedies=(*other_people(upload), as_people),
    )


def _is_of_days(upload: Upload) -> bool:
    """Whether nothing says that rows are people, and each has a day: sums of days, counts of a stock."""
    return upload.kind_confidence <= UNSURE and upload.column_of(Role.TIMESTAMP) is not None


def _one_customer(first: Leader | None, orders: Sequence[Upload]) -> Iterator[Alarm]:
    if first and first.orders_of_all >= ENOUGH_ORDERS and _has_too_many(first):
        upload = next((upload for upload in orders if _who(upload)), None)
        yield Alarm(
            Code.ONE_CUSTOMER,
            upload.file_name if upload else "",
            _who(upload) if upload else "",
            first.customer_id,
            first.orders,
            first.orders_of_all,
            remedies=other_people(upload) if upload else (),
        )


def _who(upload: Upload) -> str:
    """Name the column that says who: a number or e-mail address, else telephone or name; nothing without."""
    told = contact_key(upload)
    columns = [*people_columns(upload), *([told[0]] if told else [])]
    return next((column.name for column in columns), "")


def _has_too_many(first: Leader) -> bool:
    """Whether one customer has a fifth of the orders, and far more than an average one of not so few."""
    usual = 1 / first.customers if first.customers >= FEW_CUSTOMERS else 0.0
    return first.orders_share > max(MOST_OF_ORDERS, FAR_MORE * usual)


def _each_line_a_customer(cursor: duckdb.DuckDBPyConnection, orders: Sequence[Upload]) -> Iterator[Alarm]:
    """Ring where nobody bought twice; a file of orders tells nothing of habits then."""
    [(customers, lines)] = cursor.execute(
        "SELECT count(DISTINCT customer_id), count(*) FROM shop.lines WHERE NOT is_return"
    ).fetchall()
    if orders and lines >= ENOUGH_ORDERS and customers >= AS_MANY * lines:
        upload = next((upload for upload in orders if _who(upload)), orders[0])
        column = _who(upload)
        remedies = other_people(upload)
        yield Alarm(
            Code.EACH_LINE_A_CUSTOMER,
            upload.file_name,
            column,
            part=customers,
            whole=lines,
            remedies=remedies,
        )


def _fewer_customers(
    cursor: duckdb.DuckDBPyConnection, shop: Shop, uploads: Sequence[Upload]
) -> Iterator[Alarm]:
    """Ring where a file's column of customers holds far more ids than there are customers in the shop.

    Where most rows of the file are set aside, that is told and explains it.
    """
    told = {file.upload_id for file in shop.files if mostly_set_aside(file)}
    for upload in uploads:
        if upload.kind is Kind.PRODUCTS or upload.upload_id in told or not (people := people_columns(upload)):
            continue
        ids = f"SELECT count(DISTINCT {person_key(people[0])}) FROM {quote_identifier(upload.raw_table)}"
        [(distinct,)] = cursor.execute(ids).fetchall()
        if distinct >= ENOUGH_ORDERS and shop.customers < (1 - LOST) * distinct:
            of_file = [e for e in shop.ledger if e.upload_id == upload.upload_id and e.applied]
            rule = _largest(of_file)
            yield Alarm(
                Code.FEWER_CUSTOMERS,
                upload.file_name,
                people[0].name,
                part=shop.customers,
                whole=distinct,
                rule=rule,
                remedies=switched_off(rule) or other_people(upload),
            )


def _set_aside(shop: Shop, uploads: Sequence[Upload]) -> Iterator[Alarm]:
    for file in shop.files:
        upload = next(upload for upload in uploads if upload.upload_id == file.upload_id)
        entries = [entry for entry in shop.set_aside if entry.upload_id == file.upload_id]
        elsewhere = sum(entry.rows for entry in entries if entry.rule in HELD_BY_ANOTHER_FILE)
        if mostly_set_aside(replace(file, used=file.used + elsewhere)) and upload.kind is not Kind.OTHER:
            rule = _largest(entries)
            column = upload.column_of(ROLE_OF_RULE[rule]) if rule in ROLE_OF_RULE else None
            yield Alarm(
                Code.MOSTLY_SET_ASIDE,
                file.file_name,
                column.name if column else "",
                part=file.used,
                whole=file.read,
                rule=rule,
                remedies=switched_off(rule) + to_choose(upload, rule),
            )


def _largest(entries: Sequence[LedgerEntry]) -> Rule | None:
    return max(entries, key=lambda entry: entry.rows).rule if entries else None
