"""The rules of cleaning: which there are, and whether each is on by default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Rule(StrEnum):
    """Why a row does not count, or was changed; a row counts under the first rule here that finds it."""

    UNREADABLE = "unreadable"
    TOTALS = "totals"
    UNLINKED = "unlinked"
    NO_LINES = "no_lines"
    MERGED = "merged"
    GUESTS = "guests"
    NO_CUSTOMER = "no_customer"
    FORGOTTEN = "forgotten"
    OBJECTIONS = "objections"
    TEST_CUSTOMERS = "test_customers"
    INTERNAL_CUSTOMERS = "internal_customers"
    REPEATS = "repeats"
    OVERLAPS = "overlaps"
    REPLACED = "replaced"
    SAME_CUSTOMER = "same_customer"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    NO_DATE = "no_date"
    ODD_DATES = "odd_dates"
    NO_AMOUNT = "no_amount"
    OTHER_CURRENCY = "other_currency"
    NON_PRODUCTS = "non_products"
    NEGATIVE_PRICES = "negative_prices"
    FREE = "free"
    CANCELLATIONS = "cancellations"
    RETURNS = "returns"
    EXTREME_ORDERS = "extreme_orders"
    IMPOSSIBLE = "impossible"
    CONVERTED = "converted"


@dataclass(frozen=True)
class Switch:
    """How a rule is switched; `intake.words` says what it finds and why.

    `default` says whether it is on unless switched, `fixed` that it has no switch, since there is nothing
    to count without it; `changes` that it corrects values and sets no row aside.
    """

    default: bool = True
    fixed: bool = False
    changes: bool = False


RULES: dict[Rule, Switch] = {
    Rule.UNREADABLE: Switch(fixed=True),
    Rule.TOTALS: Switch(fixed=True),
    Rule.UNLINKED: Switch(fixed=True),
    Rule.NO_LINES: Switch(fixed=True),
    Rule.MERGED: Switch(changes=True),
    Rule.GUESTS: Switch(),
    Rule.NO_CUSTOMER: Switch(fixed=True),
    Rule.FORGOTTEN: Switch(),
    Rule.OBJECTIONS: Switch(),
    Rule.TEST_CUSTOMERS: Switch(),
    Rule.INTERNAL_CUSTOMERS: Switch(default=False),
    Rule.REPEATS: Switch(),
    Rule.OVERLAPS: Switch(),
    Rule.REPLACED: Switch(),
    Rule.SAME_CUSTOMER: Switch(fixed=True),
    Rule.CANCELLED: Switch(),
    Rule.UNPAID: Switch(),
    Rule.NO_DATE: Switch(fixed=True),
    Rule.ODD_DATES: Switch(),
    Rule.NO_AMOUNT: Switch(fixed=True),
    Rule.OTHER_CURRENCY: Switch(fixed=True),
    Rule.NON_PRODUCTS: Switch(),
    Rule.NEGATIVE_PRICES: Switch(),
    Rule.FREE: Switch(),
    Rule.CANCELLATIONS: Switch(),
    Rule.RETURNS: Switch(default=False),
    Rule.EXTREME_ORDERS: Switch(default=False),
    Rule.IMPOSSIBLE: Switch(changes=True),
    Rule.CONVERTED: Switch(default=False, changes=True),
}


@dataclass(frozen=True)
class Cleaning:
    """Which rules were switched against their default, and in which currency a person wants all amounts.

    `reporting` is an ISO code; None for the one that most lines are in. `margin` is the share (0..1) of what
    was paid that is left after costs where no file says these; None where nobody knows.
    """

    off: frozenset[Rule] = frozenset()
    on: frozenset[Rule] = frozenset()
    reporting: str | None = None
    margin: float | None = None

    def applies(self, rule: Rule) -> bool:
        """Whether the rule sets rows aside, or changes them; one without a switch always does."""
        by_default = self._by_default(rule) and rule not in self.off
        return RULES[rule].fixed or rule in self.on or by_default

    def switched(self, rule: Rule, on: bool) -> Cleaning:
        """Return the same with one rule switched."""
        default = self._by_default(rule)
        return replace(
            self,
            off=self.off | {rule} if default and not on else self.off - {rule},
            on=self.on | {rule} if on and not default else self.on - {rule},
        )

    def _by_default(self, rule: Rule) -> bool:
        """Whether a rule is on unless switched; who names a currency for all amounts asks for conversion."""
        return RULES[rule].default or (rule is Rule.CONVERTED and self.reporting is not None)

    @property
    def applied(self) -> tuple[Rule, ...]:
        """The rules that apply, in their order."""
        return tuple(rule for rule in Rule if self.applies(rule))
