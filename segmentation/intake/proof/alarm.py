"""An alarm: what cannot be right, as a code with its figures, and what may mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.roles import Kind, Role


class Code(StrEnum):
    """What is wrong."""

    NO_CUSTOMERS = "no_customers"
    EMPTY_SHOP = "empty_shop"
    ONE_CUSTOMER = "one_customer"
    EACH_LINE_A_CUSTOMER = "each_line_a_customer"
    FEWER_CUSTOMERS = "fewer_customers"
    NO_SPEND = "no_spend"
    ALL_ZERO = "all_zero"
    MOSTLY_GIVEN_BACK = "mostly_given_back"
    MOSTLY_SET_ASIDE = "mostly_set_aside"
    TINY_SEGMENTS = "tiny_segments"


@dataclass(frozen=True)
class Remedy:
    """One press that may mend it: a column for a role (in place of another), a rule switched off, or a kind.

    Where `role` is given without `column`, somebody has to choose one on the card of the file.
    """

    upload_id: str = ""
    role: Role | None = None
    column: str = ""
    instead_of: str = ""
    rule: Rule | None = None
    kind: Kind | None = None


@dataclass(frozen=True)
class Alarm:
    """What is wrong, in which file and column, with the part that is and the whole, and what may mend it.

    `part` and `whole` count what `code` speaks of: orders of one customer and of all, customers and lines,
    customers and ids, rows used and read, money given back and sold, segments of at most
    three people and all segments.
    `other_column` of `other_file` is the second column that an empty shop is about.
    """

    code: Code
    file_name: str = ""
    column: str = ""
    who: str = ""
    part: int = 0
    whole: int = 0
    rule: Rule | None = None
    kind: Kind | None = None
    remedies: tuple[Remedy, ...] = ()
    other_file: str = ""
    other_column: str = ""
