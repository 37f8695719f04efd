"""Customers who were forgotten at their wish: known again by salted digests alone, so that they stay away.

Whoever holds the file and guesses an id or address can tell that it was forgotten, and nothing else of it.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

import duckdb

from segmentation.intake.cleaning.handed_on import KnownPeople
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.kept_cells import cell_of
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.words import FORGOTTEN_MANY, FORGOTTEN_ONE

KEY = "forgotten"
FEWEST_DIGITS = 6
"""A shorter phone number may be anybody's."""
_NO_DIGITS = "[^0-9+]"
_WRITTEN = {
    "id": "lower(trim({}))",
    "email": "lower(trim({}))",
    "phone": "regexp_replace({}, '" + _NO_DIGITS + "', '', 'g')",
}


@dataclass(frozen=True)
class StaysAway:
    """Who was forgotten: of each person the digests of what named them, under the salt of this workspace."""

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    people: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def load(cls, cursor: duckdb.DuckDBPyConnection) -> StaysAway:
        """Read who was forgotten in this workspace."""
        rows = cursor.execute("SELECT value FROM meta WHERE key = ?", [KEY]).fetchall()
        if not rows:
            return cls()
        told = json.loads(rows[0][0])
        return cls(told["salt"], tuple(map(tuple, told["people"])))

    def keep(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Write down who was forgotten."""
        cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [KEY, json.dumps(asdict(self))])

    def with_person(self, customer_ids: Iterable[str], addresses: Iterable[str]) -> StaysAway:
        """Return the same and one person more, by ids, e-mails and phones."""
        digests = {self._digest("id", one) for one in customer_ids}
        digests |= {self._digest("email" if "@" in one else "phone", one) for one in addresses}
        digests -= {""}
        return StaysAway(self.salt, (*self.people, tuple(sorted(digests)))) if digests else self

    def named(self, who: str) -> frozenset[str]:
        """Return all digests of the person whom this id or address names."""
        named = {self._digest(kind, who) for kind in _WRITTEN} - {""}
        return frozenset(digest for person in self.people if named & set(person) for digest in person)

    def without(self, who: str) -> StaysAway:
        """Return the same without the person whom this id or address names, however often forgotten."""
        theirs = self.named(who)
        return StaysAway(self.salt, tuple(person for person in self.people if not theirs & set(person)))

    def _digest(self, kind: str, name: str) -> str:
        """Return the digest of a name as SQL makes it of a cell; nothing of what tells nobody apart."""
        written = re.sub(_NO_DIGITS, "", name) if kind == "phone" else name.strip().lower()
        if not written or (kind == "phone" and len(written) < FEWEST_DIGITS):
            return ""
        return hashlib.sha256(f"{self.salt}{kind}:{written}".encode()).hexdigest()


def find_forgotten(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], by_id: bool, cleaning: Cleaning
) -> tuple[KnownPeople, tuple[str, ...]]:
    """Find the customers who were forgotten and are brought again; say how many they are, too.

    :param by_id: whether ids name people; where rows are the customers, they are only numbers.
    """
    cursor.execute("CREATE OR REPLACE TEMP TABLE forgotten (customer_id VARCHAR)")
    known = StaysAway.load(cursor)
    for source in sources if known.people else ():
        if source.kind is Kind.PRODUCTS:
            continue
        if by_id:
            _find(cursor, source, known, "id", "customer_id")
        for column in source.columns(Role.EMAIL, Role.PHONE):
            kind = "email" if column.role is Role.EMAIL else "phone"
            _find(cursor, source, known, kind, cell_of(column))
    [(count,)] = cursor.execute("SELECT count(DISTINCT customer_id) FROM forgotten").fetchall()
    told = (FORGOTTEN_ONE if count == 1 else FORGOTTEN_MANY.format(count=count),)
    return KnownPeople("forgotten"), told if count and cleaning.applies(Rule.FORGOTTEN) else ()


def customers_named(cursor: duckdb.DuckDBPyConnection, known: StaysAway, digests: Iterable[str]) -> list[str]:
    """Return the customers of the shop's tables whom these digests name."""
    rows = cursor.execute(
        f"""
        WITH cells AS (SELECT customer_id, unnest(emails) AS email, unnest(phones) AS phone
                       FROM shop.contacts),
             names AS (SELECT customer_id, {_digest_of("id", "customer_id")} AS digest FROM shop.customers
                       UNION ALL SELECT customer_id, {_digest_of("email", "email")} FROM cells
                       UNION ALL SELECT customer_id, {_digest_of("phone", "phone")} FROM cells)
        SELECT DISTINCT customer_id FROM names WHERE list_contains($digests, digest) ORDER BY 1""",
        {"salt": known.salt, "digests": list(digests)},
    ).fetchall()
    return [customer_id for (customer_id,) in rows]


def _find(cursor: duckdb.DuckDBPyConnection, source: Source, known: StaysAway, kind: str, cell: str) -> None:
    cursor.execute(
        f"""
        INSERT INTO forgotten SELECT DISTINCT customer_id FROM {source.typed_view}
        WHERE customer_id IS NOT NULL AND list_contains($digests, {_digest_of(kind, cell)})""",
        {"salt": known.salt, "digests": [digest for person in known.people for digest in person]},
    )


def _digest_of(kind: str, cell: str) -> str:
    """Return SQL of what `StaysAway` keeps of a name."""
    return f"sha256($salt || '{kind}:' || {_WRITTEN[kind].format(cell)})"
