"""Other ways to read the files, which may explain why a figure is not the shop's own: one change each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.proof.rows_of_orders import beside_columns
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import Shop
from segmentation.intake.typed_reading import is_percent
from segmentation.intake.uploads.corrections import set_role, swap_day_and_month
from segmentation.intake.values.dates import day_and_month_swapped
from segmentation.workspace import Workspace

MOST_COLUMNS = 8


class ReadingWay(StrEnum):
    """What a change does."""

    RULE_OFF = "rule_off"
    RULE_ON = "rule_on"
    AMOUNT = "amount"
    PIECES_TIMES_PRICE = "pieces_times_price"
    DATE = "date"
    DAY_AND_MONTH = "day_and_month"
    WITHOUT_REFUNDS = "without_refunds"
    ADDED = "added"
    TAKEN_OFF = "taken_off"
    BEFORE_RETURNS = "before_returns"


ONLY_EXPLAIN = frozenset({ReadingWay.ADDED, ReadingWay.TAKEN_OFF, ReadingWay.BEFORE_RETURNS})
"""What the other figure may hold that Tessera does not count as spent: there is nothing to take over."""

_ONE_OF = (
    {ReadingWay.AMOUNT, ReadingWay.PIECES_TIMES_PRICE},
    {ReadingWay.DATE, ReadingWay.DAY_AND_MONTH},
    {ReadingWay.WITHOUT_REFUNDS, ReadingWay.BEFORE_RETURNS},
)


@dataclass(frozen=True)
class ReadingChange:
    """One change: of a rule, or of a column of a file. `instead_of` is the column that gives way."""

    way: ReadingWay
    rule: Rule | None = None
    upload_id: str = ""
    file_name: str = ""
    column: str = ""
    instead_of: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Whether it changes how the files are read."""
        return self.way not in ONLY_EXPLAIN

    def excludes(self, other: ReadingChange) -> bool:
        """Whether both cannot be at once: they speak of the same column, or change the same thing."""
        same_column = bool(self.column) and (self.upload_id, self.column) == (other.upload_id, other.column)
        alike = any({self.way, other.way} <= ways for ways in _ONE_OF)
        return same_column or (alike and self.upload_id == other.upload_id)


def possible_changes(shop: Shop, uploads: Sequence[Upload], cleaning: Cleaning) -> tuple[ReadingChange, ...]:
    """Return every change that may move what was spent in a month, those of the rules first."""
    of_files = (change for upload in uploads for change in _of_file(upload))
    return (*_of_rules(shop, cleaning), *of_files, ReadingChange(ReadingWay.BEFORE_RETURNS))


def take(workspace: Workspace, changes: Sequence[ReadingChange], cleaning: Cleaning) -> Cleaning:
    """Read the files in this way from now on, and return the rules to use with it.

    :raises OptionError: if the values of a column cannot be read so.
    """
    for change in changes:
        if change.rule:
            cleaning = cleaning.switched(change.rule, change.way is ReadingWay.RULE_ON)
        elif change.way is ReadingWay.DAY_AND_MONTH:
            swap_day_and_month(workspace, change.upload_id, change.column)
        elif change.can_be_taken:
            _set_roles(workspace, change)
    return cleaning


def _set_roles(workspace: Workspace, change: ReadingChange) -> None:
    role = Role.TIMESTAMP if change.way is ReadingWay.DATE else Role.AMOUNT
    if change.instead_of:
        set_role(workspace, change.upload_id, change.instead_of, _NOW[change.way])
    if change.column:
        set_role(workspace, change.upload_id, change.column, role)


_NOW = {
    ReadingWay.AMOUNT: Role.NUMERIC,
    ReadingWay.PIECES_TIMES_PRICE: Role.NUMERIC,
    ReadingWay.DATE: Role.IGNORE,
    ReadingWay.WITHOUT_REFUNDS: Role.NUMERIC,
}
"""What the column that gives way means from then on."""


def _of_rules(shop: Shop, cleaning: Cleaning) -> Iterator[ReadingChange]:
    found = dict.fromkeys(entry.rule for entry in shop.ledger)
    for rule in found:
        if not RULES[rule].fixed and rule not in (Rule.IMPOSSIBLE, Rule.CONVERTED):
            yield ReadingChange(ReadingWay.RULE_OFF if cleaning.applies(rule) else ReadingWay.RULE_ON, rule)


def _of_file(upload: Upload) -> Iterator[ReadingChange]:
    if upload.kind is not Kind.ORDERS:
        return
    yield from _of_amount(upload)
    yield from _of_dates(upload)
    if refund := upload.column_of(Role.REFUND):
        yield _change(ReadingWay.WITHOUT_REFUNDS, upload, instead_of=refund)
    for column in beside_columns(upload):
        yield _change(ReadingWay.ADDED, upload, column)
        yield _change(ReadingWay.TAKEN_OFF, upload, column)
    discount = upload.column_of(Role.DISCOUNT)
    if discount and not is_percent(discount):
        yield _change(ReadingWay.TAKEN_OFF, upload, discount)


def _of_amount(upload: Upload) -> Iterator[ReadingChange]:
    amount, price = upload.column_of(Role.AMOUNT), upload.column_of(Role.UNIT_PRICE)
    multiplied = amount and price and upload.column_of(Role.QUANTITY)
    if multiplied:
        yield _change(ReadingWay.PIECES_TIMES_PRICE, upload, instead_of=amount)
    others = [*beside_columns(upload), *([price] if price and not multiplied else [])]
    for column in others[:MOST_COLUMNS]:
        yield _change(ReadingWay.AMOUNT, upload, column, amount)


def _of_dates(upload: Upload) -> Iterator[ReadingChange]:
    moments = [column for column in upload.columns if column.role is Role.TIMESTAMP]
    for column in moments:
        if day_and_month_swapped(column.value_format):
            yield _change(ReadingWay.DAY_AND_MONTH, upload, column)
    others = [c for c in upload.columns if c.role is Role.IGNORE and "%" in c.value_format]
    if len(moments) == 1:
        for column in others[:MOST_COLUMNS]:
            yield _change(ReadingWay.DATE, upload, column, moments[0])


def _change(
    way: ReadingWay, upload: Upload, column: Column | None = None, instead_of: Column | None = None
) -> ReadingChange:
    return ReadingChange(
        way,
        None,
        upload.upload_id,
        upload.file_name,
        column.name if column else "",
        instead_of.name if instead_of else "",
    )
