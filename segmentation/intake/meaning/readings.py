"""What a row is and which columns are keys: of all readings, the one that keeps the laws best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product as all_of

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.guess_by_values import role_by_values
from segmentation.intake.meaning.guess_kind import kinds_by_columns
from segmentation.intake.meaning.key_candidates import KEYS, asked_for, candidates
from segmentation.intake.meaning.laws import NEVER, Keys, Laws
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Kind, Role

SURE, DOUBTFUL = 2.0, 1.0
MOSTLY_UNIQUE = 0.5
_PARTS = {
    Role.ORDER_ID: "order",
    Role.CUSTOMER_ID: "customer",
    Role.PRODUCT_ID: "product",
    Role.SESSION_ID: "session",
}
_USED = {
    Kind.ORDERS: KEYS,
    Kind.CUSTOMERS: (Role.CUSTOMER_ID,),
    Kind.EVENTS: KEYS,
    Kind.REVIEWS: (Role.ORDER_ID, Role.CUSTOMER_ID, Role.PRODUCT_ID),
    Kind.PRODUCTS: (Role.PRODUCT_ID,),
    Kind.OTHER: (),
}


@dataclass(frozen=True)
class TableReading:
    """One reading of a file: what a row is and which columns are its keys; what speaks for it."""

    kind: Kind
    keys: Keys
    score: float


@dataclass(frozen=True)
class Understood:
    """The best reading, how sure it is (0..1) and why; `rival` is the next best that is nearly as good."""

    best: TableReading
    confidence: float
    reason: str
    rival: TableReading | None = None


@dataclass(frozen=True)
class Told:
    """What other files say of one: what its headers speak of, what a row is, and the customer's column."""

    concepts: Mapping[int, frozenset[C]] = field(default_factory=dict)
    kind: Kind | None = None
    customer: int | None = None

    def allows(self, reading: TableReading) -> bool:
        """Whether a reading says nothing else."""
        return self.kind in (None, reading.kind) and self.customer in (None, reading.keys.customer)


def choose_reading(table: Table, told: Told) -> Understood:
    """Choose among all readings of a table by its headers, its values and its laws, of those that may be."""
    found = sorted(_readings(table), key=lambda reading: reading.score, reverse=True)
    found = [reading for reading in found if told.allows(reading)] or found
    best = found[0]
    known = kinds_by_columns(table)[best.kind]
    others = (one for one in found if (one.kind, one.keys.customer) != (best.kind, best.keys.customer))
    rival = next(others, None)
    lead = best.score - rival.score if rival else SURE
    if best.kind is Kind.ORDERS and Laws(table).may_be_of_customers(best.keys):
        rival = next((one for one in found if one.kind is Kind.CUSTOMERS), rival)
        lead = 0.0
    confidence = known.confidence if lead >= SURE else min(known.confidence, 0.55)
    return Understood(best, confidence, _reason(best, known.reason), rival if lead < DOUBTFUL else None)


def _reason(best: TableReading, by_columns: str) -> str:
    one_each = best.kind is Kind.CUSTOMERS and best.keys.customer is not None
    return "there is one row for each customer" if one_each else by_columns


def _readings(table: Table) -> Iterator[TableReading]:
    """Weigh every kind with every choice of keys that it uses."""
    laws, kinds = Laws(table), kinds_by_columns(table)
    choices = {role: candidates(table, role) for role in KEYS}
    for kind, by_columns in kinds.items():
        if by_columns.score <= NEVER:
            continue
        used = _USED[kind]
        for places in all_of(*([None, *choices[role]] for role in used)):
            taken = [place for place in places if place is not None]
            if len(set(taken)) < len(taken):
                continue
            keys = Keys(**{_PARTS[role]: place for role, place in zip(used, places, strict=True)})
            said = sum(
                choices[role][place] for role, place in zip(used, places, strict=True) if place is not None
            )
            yield TableReading(kind, keys, said + by_columns.score + laws.keep(kind, keys))


def give_roles(table: Table, reading: TableReading) -> None:
    """Let the keys of a reading have their roles, and no other column; a person may have several numbers."""
    chosen = {
        place: role for role, part in _PARTS.items() if (place := getattr(reading.keys, part)) is not None
    }
    for column in list(table.columns):
        role = chosen.get(column.position)
        if role is not None and column.role is not role:
            table.set(column.position, role, *_why(table, column.position, role))
        elif (
            role is None and column.role in KEYS and not _stays(table, reading, column.position, column.role)
        ):
            _step_back(table, column.position)


def _why(table: Table, place: int, role: Role) -> tuple[float, str]:
    if role in asked_for(table, table.columns[place]):
        return (
            0.8,
            f"the header speaks of {_in_words(role)}, and the table keeps the laws of {_in_words(role)}",
        )
    return 0.55, f"of all columns, this one keeps the laws of {_in_words(role)} best"


def _in_words(role: Role) -> str:
    return role.value.replace("_", " ").replace(" id", " ids")


def _stays(table: Table, reading: TableReading, place: int, role: Role) -> bool:
    """Whether a second column of a key keeps its role beside the chosen one."""
    if role is Role.PRODUCT_ID and reading.kind in (Kind.CUSTOMERS, Kind.OTHER):
        return False
    if role is not Role.CUSTOMER_ID:
        return reading.kind is Kind.OTHER or (
            reading.kind in (Kind.PRODUCTS, Kind.CUSTOMERS) and role is not Role.ORDER_ID
        )
    if reading.keys.customer is None:
        return reading.kind not in (Kind.CUSTOMERS, Kind.ORDERS, Kind.EVENTS)
    sample = table.sample
    if reading.kind is Kind.CUSTOMERS:
        return sample.unique_share(place) >= MOSTLY_UNIQUE
    return sample.distinct(place) > 1 and (
        sample.determined(place, reading.keys.customer) >= 0.9
        or sample.determined(reading.keys.customer, place) >= 0.9
    )


def _step_back(table: Table, place: int) -> None:
    """Let the values of a column that is no key say what it is."""
    values = table.evidence[place]
    spoken = {C.ID, C.CODE, C.GROUP, C.PLACE, C.SELLER}
    if values.is_number and not table.is_key(table.columns[place]) and not values.is_unique:
        spoken -= {C.ID}  # small numbers that repeat count something
    concepts = table.concepts[place] & spoken
    role, confidence, reason = role_by_values(frozenset(concepts), values)
    if role in KEYS:
        role, reason = Role.IGNORE, "an id of something that these rows are not about"
    table.set(place, role, min(confidence, 0.7), reason)
