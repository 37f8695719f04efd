"""The vocabulary of intake: kinds of file, roles of columns, and the frozen facts about an upload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from segmentation.intake.money_rule import MoneyRule


class Kind(StrEnum):
    """What one row of a file is."""

    CUSTOMERS = "customers"
    ORDERS = "orders"
    EVENTS = "events"
    PRODUCTS = "products"
    REVIEWS = "reviews"
    RATES = "rates"
    OTHER = "other"


class Role(StrEnum):
    """What a column means."""

    CUSTOMER_ID = "customer_id"
    ORDER_ID = "order_id"
    SESSION_ID = "session_id"
    PRODUCT_ID = "product_id"
    TIMESTAMP = "timestamp"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    AMOUNT = "amount"
    DISCOUNT = "discount"
    REFUND = "refund"
    PIECES_BACK = "pieces_back"
    ORDER_STATUS = "order_status"
    PRODUCT_NAME = "product_name"
    CATEGORY = "category"
    DESCRIPTION = "description"
    REVIEW_TITLE = "review_title"
    REVIEW_TEXT = "review_text"
    TEXT = "text"
    RATING = "rating"
    EVENT_TYPE = "event_type"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    COUNTRY = "country"
    POSTAL_CODE = "postal_code"
    CONSENT = "consent"
    PROFILING = "profiling"
    COST = "cost"
    PROFIT = "profit"
    CURRENCY = "currency"
    RATE = "rate"
    NUMERIC = "numeric"
    CATEGORICAL = "categorical"
    IGNORE = "ignore"


@dataclass(frozen=True)
class Column:
    """One column of an upload: its role, how sure the guess is (0..1), why, and how its values are written.

    `value_format` is what the typed reading needs (`cast`): strptime patterns parted by " | ",
    "unix_seconds", "decimal_comma" and so on; empty where plain casting does.
    """

    position: int
    name: str
    role: Role
    confidence: float
    reason: str
    value_format: str = ""


@dataclass(frozen=True)
class Option:
    """An answer to a doubt, and what the file then says: revenue, customers, orders, first and last day.

    None where the file says nothing of it, or where it was not counted.
    """

    answer: str
    revenue: float | None = None
    customers: int | None = None
    orders: int | None = None
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True)
class Doubt:
    """A question about a file that its own figures cannot answer; `taken` is the place of the answer used.

    `code` names the question and the column it is about, the same for every file with the same header;
    `answered` says that a person gave the answer; `upload_id` is the file, where those of several stand
    together.
    """

    code: str
    question: str
    options: tuple[Option, ...]
    taken: int = 0
    answered: bool = False
    upload_id: str = ""


@dataclass(frozen=True)
class Upload:
    """One uploaded file and what was understood of it.

    `money` says what a row paid, None for files of no money or read by an earlier version; `doubts` are the
    questions that stay open, at most three. `newer_than` are the files (upload ids) that a person said are
    older.
    """

    upload_id: str
    file_name: str
    digest: str
    bytes: int
    encoding: str
    delimiter: str
    kind: Kind
    kind_confidence: float
    kind_reason: str
    rows: int
    rejected: int
    loaded_at: datetime
    columns: tuple[Column, ...]
    money: MoneyRule | None = None
    doubts: tuple[Doubt, ...] = ()
    newer_than: tuple[str, ...] = ()

    @property
    def raw_table(self) -> str:
        """Name of the all-text table: `line` BIGINT, then `c0`, `c1`, … VARCHAR by column position."""
        return f"raw_{self.upload_id}"

    def column_of(self, role: Role) -> Column | None:
        """Return the first column with this role, if any."""
        return next((column for column in self.columns if column.role == role), None)
