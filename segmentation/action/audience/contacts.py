"""Whom one can reach, and how: each customer's addresses, name and consents as the shop's files give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.errors import NotAllowedError
from segmentation.intake.linking.consent import Answer
from segmentation.workspace import Workspace

CONTACT_COLUMNS = (
    "emails",
    "phones",
    "full_name",
    "first_name",
    "last_name",
    "country",
    "postal_code",
    "consent",
    "phone_consent",
    "profiling",
)
EMAIL = r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}"
HASHED = "[0-9a-f]{64}"
FEWEST_DIGITS = 7
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reach:
    """How each customer can be reached, in the order asked for.

    `email` and `phone` (n,) say whether there is one that can be used, `consent` and `phone_consent` (n,)
    hold "yes", "no" or "unknown", `objects` (n,) whether the customer objects to being profiled.
    """

    email: np.ndarray
    phone: np.ndarray
    consent: np.ndarray
    phone_consent: np.ndarray
    objects: np.ndarray

    @property
    def nobody(self) -> np.ndarray:
        """Who has neither an e-mail address nor a phone (n,)."""
        return ~(self.email | self.phone)


def load_contacts(workspace: Workspace, customer_ids: np.ndarray) -> pd.DataFrame:
    """Read a row per customer, in the order asked for, with the columns CONTACT_COLUMNS.

    `emails` and `phones` are lists as the files write them (at most three, the best first), the others
    texts; what no file says is None. The shop's tables must be those of the customers.
    """
    parts = [batch.to_pandas() for batch in read_contacts(workspace, customer_ids)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CONTACT_COLUMNS)


def shown_contacts(workspace: Workspace, customer_ids: np.ndarray) -> pd.DataFrame:
    """Read how to address these customers (n,): name, email and phone, in the order asked for.

    An address stands only where its owner agreed or no file says who did, a name where its owner does not
    object to being profiled; a column that has nothing for anybody in the shop is left out, and all of them
    are for who may not read contacts.
    """
    if not workspace.gives_contacts:
        return pd.DataFrame(index=range(len(customer_ids)))
    with workspace.cursor() as cursor:
        _ask(cursor, customer_ids)
        found = cursor.sql(
            f"""
            WITH said AS (
                SELECT count(consent) > 0 AS asked FROM shop.contacts),
            judged AS (
                SELECT asked.*, coalesce(profiling <> '{Answer.NO}', true) AS named, coalesce(
                           named AND if(said.asked, consent = '{Answer.YES}', consent IS NULL), false
                       ) AS agreed
                FROM ({_ASKED}) AS asked, said)
            SELECT if(named, coalesce(full_name, concat_ws(' ', first_name, last_name)), '') AS name,
                   if(agreed, coalesce(emails[1], ''), '') AS email,
                   if(agreed AND coalesce(phone_consent <> '{Answer.NO}', true), coalesce(phones[1], ''), '')
                       AS phone
            FROM judged ORDER BY position"""
        ).df()
        there = cursor.sql(
            """
            SELECT count(full_name) + count(first_name) > 0 AS name, count(emails[1]) > 0 AS email,
                   count(phones[1]) > 0 AS phone FROM shop.contacts"""
        ).df()
    return found[[name for name in found if there[name].iloc[0]]]


def read_contacts(
    workspace: Workspace, customer_ids: np.ndarray, rows: int = 100_000
) -> Iterator[pa.RecordBatch]:
    """Read the same in parts of so many rows, so that any number of customers fits into memory.

    :raises NotAllowedError: to who may not read contacts.
    """
    if not workspace.gives_contacts:
        raise NotAllowedError("contacts are for editors and owners.", "Ask an owner of the workspace.")
    with workspace.cursor() as cursor:
        _ask(cursor, customer_ids)
        yield from cursor.sql(f"SELECT {', '.join(CONTACT_COLUMNS)} FROM ({_ASKED})").to_arrow_reader(rows)


def load_reach(workspace: Workspace, customer_ids: np.ndarray) -> Reach:
    """Say of each customer, in the order asked for, how to reach them and what they agreed to."""
    with workspace.cursor() as cursor:
        _ask(cursor, customer_ids)
        found = cursor.sql(
            f"""
            SELECT coalesce(len([1 FOR e IN emails IF regexp_full_match(e, '{EMAIL}|{HASHED}')]) > 0, false)
                       AS email,
                   coalesce(len([1 FOR p IN phones IF {_digits("p")} >= {FEWEST_DIGITS}]) > 0, false)
                       AS phone,
                   coalesce(consent, '{UNKNOWN}') AS consent,
                   coalesce(phone_consent, '{UNKNOWN}') AS phone_consent,
                   coalesce(profiling = '{Answer.NO}', false) AS objects
            FROM ({_ASKED})"""
        ).df()
    return Reach(**{name: column.to_numpy() for name, column in found.items()})


def _digits(phone: str) -> str:
    return f"length(regexp_replace({phone}, '[^0-9]', '', 'g'))"


def _ask(cursor: duckdb.DuckDBPyConnection, customer_ids: np.ndarray) -> None:
    cursor.register(
        "asked_customers",
        pa.table(
            {
                "position": pa.array(np.arange(len(customer_ids)), pa.int64()),
                "customer_id": pa.array(customer_ids, pa.string()),
            }
        ),
    )


_ASKED = """
    SELECT * FROM asked_customers LEFT JOIN shop.contacts USING (customer_id) ORDER BY position"""
