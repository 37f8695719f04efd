"""The shop: the fixed tables that every later step reads, whatever the uploaded files looked like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from segmentation.intake.cleaning_rules import RULES, Rule
from segmentation.intake.roles import Doubt

TABLES = """
CREATE OR REPLACE TABLE shop.customers (customer_id VARCHAR, sort_key VARCHAR);
CREATE OR REPLACE TABLE shop.lines (
    customer_id VARCHAR, order_id VARCHAR, product_id VARCHAR, ordered_at TIMESTAMP,
    quantity DOUBLE, amount DECIMAL(18,4), discount DOUBLE, is_return BOOLEAN, is_product BOOLEAN,
    currency VARCHAR, own_amount DECIMAL(18,4), cost DECIMAL(18,4), value DECIMAL(18,4));
CREATE OR REPLACE TABLE shop.undone (
    customer_id VARCHAR, order_id VARCHAR, product_id VARCHAR, ordered_at TIMESTAMP,
    quantity DOUBLE, amount DECIMAL(18,4), discount DOUBLE, is_product BOOLEAN, undone_at TIMESTAMP,
    currency VARCHAR, own_amount DECIMAL(18,4), cost DECIMAL(18,4), value DECIMAL(18,4));
CREATE OR REPLACE TABLE shop.events (
    customer_id VARCHAR, session_id VARCHAR, product_id VARCHAR, happened_at TIMESTAMP, action VARCHAR);
CREATE OR REPLACE TABLE shop.products (
    product_id VARCHAR, product_name VARCHAR, category VARCHAR, description VARCHAR, unit_price DOUBLE);
CREATE OR REPLACE TABLE shop.reviews (
    customer_id VARCHAR, product_id VARCHAR, reviewed_at TIMESTAMP, rating DOUBLE, text VARCHAR);
CREATE OR REPLACE TABLE shop.notes (customer_id VARCHAR, source VARCHAR, text VARCHAR);
CREATE OR REPLACE TABLE shop.profile (customer_id VARCHAR);
CREATE OR REPLACE TABLE shop.contacts (
    customer_id VARCHAR, emails VARCHAR[], phones VARCHAR[], full_name VARCHAR, first_name VARCHAR,
    last_name VARCHAR, country VARCHAR, postal_code VARCHAR, consent VARCHAR, phone_consent VARCHAR,
    profiling VARCHAR);
CREATE OR REPLACE TABLE shop.ledger_lines (upload_id VARCHAR, rule VARCHAR, line BIGINT);
"""
# What the columns hold:
# customers: every customer once, the universe of all later steps. `sort_key` is NULL where the export has
#        ids, else a digest of the row's content: later steps order by (sort_key, customer_id), so that
#        shuffled rows change nothing.
# lines: an order line, or a whole order where the export has no lines. `amount` is the signed total of the
#        line (negative for returns), `discount` the share of the price taken off (0..1), NULL where the
#        export does not say; `is_product` is false for postage, fees and the like. Lines without a customer
#        are not here but in the ledger. Money refunded in a column of its own is a line, a return. What was
#        paid in another currency than the shop's has that `currency` and its `own_amount`, else NULL. `cost`
#        is what the goods cost the shop, with the sign of the amount (they come back with it), NULL where
#        nobody says it; `value` is the margin where costs count (`Costs.count`), else NULL.
# undone: purchases that are not among the lines since they were taken back at a later moment: until then
#        nobody knew that they would be.
# events: `action` is view, cart, purchase or other.
# products: one row per product_id; where an export names products without ids, the name is the id.
# reviews: `text` is title and text together; NULL where only a rating was given.
# notes: any other free text about a customer; `source` is the column's name in its file.
# profile: one row per customer with columns p0, p1, … (DOUBLE or VARCHAR), described by Shop.profile.
# contacts: one row per customer of whom some file says how to reach them; at most three e-mail addresses (in
#        lower case) and phones (as written), the best first. The consents are yes, no or NULL: `consent` to
#        marketing, `phone_consent` to messages by phone, `profiling` to being profiled.
# ledger_lines: line numbers of some rows that each rule set aside or changed, in the order to show them.


VALUE = "coalesce(value, amount)"
"""SQL of what an order line is worth to the shop: its margin where costs count, else what was paid."""


def lines_known(before: str) -> str:
    """Return SQL of the order lines as they were known before a moment: what was taken back later stands.

    Lines of after that moment are among them.

    :param before: the moment, as SQL.
    """
    return f"""(
        FROM shop.lines
        UNION ALL BY NAME
        SELECT * EXCLUDE (undone_at), false AS is_return FROM shop.undone
        WHERE ordered_at < {before} AND undone_at >= {before})"""


class ProfileType(StrEnum):
    """How a profile column is read."""

    NUMERIC = "numeric"
    CATEGORICAL = "categorical"


@dataclass(frozen=True)
class ProfileColumn:
    """One column of shop.profile and the header it had in its file."""

    column: str
    label: str
    type: ProfileType


@dataclass(frozen=True)
class Link:
    """Two files joined by a key: share of the left file's values that the right one knows (0..1)."""

    left_file: str
    left_column: str
    right_file: str
    right_column: str
    overlap: float


@dataclass(frozen=True)
class Continuation:
    """A file that goes on in time where another of its kind ends; `orders` of it both hold."""

    earlier_file: str
    later_file: str
    orders: int


@dataclass(frozen=True)
class LedgerEntry:
    """What one rule found in a file: rows and their revenue, net of returns (None where there is no amount).

    `default` says whether the rule is on unless switched, `applied` whether it was; where not, the rows are
    those that it would find. `detail` is a few words more.
    """

    upload_id: str
    file_name: str
    rule: Rule
    rows: int
    revenue: float | None
    default: bool
    applied: bool
    detail: str = ""


@dataclass(frozen=True)
class FileRows:
    """How many rows of a file were read (the unreadable ones too) and how many count."""

    upload_id: str
    file_name: str
    read: int
    used: int


@dataclass(frozen=True)
class OtherCurrency:
    """The lines of one other currency: their sum in it, and in the shop's (None where they are set aside)."""

    currency: str
    lines: int
    own_amount: float
    amount: float | None


@dataclass(frozen=True)
class Conversion:
    """What was paid in other currencies than the shop's: what of it counts, and what is set aside.

    `doubtful` are currencies that only a sign of several countries' money speaks of, so that what hangs on
    them is not converted; those `by_table` have the rates that a person uploaded; `first` and `last` are the
    days of the rates used (None where none is); `late` lines are of more than ten days after their rate was
    quoted. `applies` says whether a person wants conversion; `worth_aside` is what is set aside by the rates
    of its days, as far as they are known.
    """

    others: tuple[OtherCurrency, ...]
    doubtful: tuple[str, ...] = ()
    by_table: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    late: int = 0
    applies: bool = True
    worth_aside: float = 0.0


ENOUGH_COSTS = 0.8
"""From this share of revenue with a known cost on, worth is margin."""


@dataclass(frozen=True)
class Costs:
    """What is known of costs: of `known` (0..1) of the revenue, which is `revenue` and cost `cost`.

    `said` is the margin (0..1) that a person said of what has no cost in the files. Of customers with a
    negative margin there are `losing`, who together cost `loss` more than they brought.
    """

    known: float
    revenue: float
    cost: float
    said: float | None = None
    losing: int = 0
    loss: float = 0.0

    @property
    def count(self) -> bool:
        """Whether enough is known for worth to be margin."""
        return self.known >= ENOUGH_COSTS

    @property
    def margin(self) -> float:
        """The share (0..1, or below) of the revenue with known costs that is left after them."""
        return 1 - self.cost / self.revenue


@dataclass(frozen=True)
class Shop:
    """What the shop's tables hold and where it came from.

    `as_of` is the analysis date (the last plausible order or event, of reviews alone the last review; None
    without dates), `currency` an ISO code where known (`says_currency`:
    by a file, else a person chose it), `has` the filled tables and columns such as "lines",
    "lines.amount", "lines.discount", "events", "products.category", "reviews.text"; `customer_meaning` says
    in words what one customer is. Of every file in `files`, the rows read are those used and those of
    `set_aside`; `ledger` has also the rules that change values, and those that are switched off.
    `continuations` are files of one kind, each with the one that goes on where it ends; `doubts` the open
    questions of all files, with what the shop would be under each answer; `conversion` says what was paid in
    other currencies, None where all is in one; `unsaid_currency` is what a person said that amounts are in
    where a file does not say it; `costs` what is known of costs, None without any.
    """

    customers: int
    customer_meaning: str
    as_of: datetime | None
    currency: str | None
    has: frozenset[str]
    profile: tuple[ProfileColumn, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...]
    fingerprint: str
    ledger: tuple[LedgerEntry, ...] = ()
    files: tuple[FileRows, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    continuations: tuple[Continuation, ...] = ()
    says_currency: bool = True
    conversion: Conversion | None = None
    unsaid_currency: str | None = None
    costs: Costs | None = None

    @property
    def in_margin(self) -> bool:
        """Whether what customers are worth is counted in margin, and not in what they paid."""
        return self.costs is not None and self.costs.count

    @property
    def set_aside(self) -> tuple[LedgerEntry, ...]:
        """The rules that set rows aside; each row is under one of them."""
        return tuple(one for one in self.ledger if one.applied and not RULES[one.rule].changes)
