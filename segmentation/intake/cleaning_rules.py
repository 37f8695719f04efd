"""The rules of cleaning: what each finds, why it counts or not, and whether it does so by default."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class RuleText:
    """A rule in a marketer's words.

    `default` says whether it is on unless switched, `fixed` that it has no switch, since there is nothing
    to count without it; `changes` that it corrects values and sets no row aside.
    """

    title: str
    explanation: str
    default: bool = True
    fixed: bool = False
    changes: bool = False


RULES: dict[Rule, RuleText] = {
    Rule.UNREADABLE: RuleText(
        "Rows that could not be read",
        "The row has more or fewer fields than the header, or bytes that are no text.",
        fixed=True,
    ),
    Rule.TOTALS: RuleText(
        "Totals",
        "The row adds other rows up: it says total, and has neither an order number nor a date of its own.",
        fixed=True,
    ),
    Rule.UNLINKED: RuleText(
        "No link to a customer",
        "The file has no customer id and no key that leads to one, so it says nothing about customers.",
        fixed=True,
    ),
    Rule.NO_LINES: RuleText(
        "Orders without lines",
        "No line of another file belongs to the order, so nothing is known to have been bought.",
        fixed=True,
    ),
    Rule.MERGED: RuleText(
        "Customers with one e-mail address",
        "Customer numbers that share an e-mail address (capitals and +tags aside) are one person, and an "
        "order without a number belongs to its address, else to its telephone or name. An address that many "
        "unlike numbers share was typed in for everybody and merges nobody.",
        changes=True,
    ),
    Rule.GUESTS: RuleText(
        "Guest orders",
        "The order has no customer, so nobody can tell who came back. Switched off, each guest order "
        "counts as a customer who bought once.",
    ),
    Rule.NO_CUSTOMER: RuleText("No customer", "Nothing in the row leads to a customer.", fixed=True),
    Rule.OBJECTIONS: RuleText(
        "Customers who object to profiling",
        "A column about profiling says no for the customer, so nothing of theirs is counted. Consent to "
        "marketing is another matter and decides only who may be written to. Audience files leave these "
        "customers out even where this is switched off.",
    ),
    Rule.TEST_CUSTOMERS: RuleText(
        "Test customers",
        "The e-mail address or the name says test, as in test@… or “Test Customer”. Addresses at example.com "
        "are tests only where few customers have one.",
    ),
    Rule.INTERNAL_CUSTOMERS: RuleText(
        "Staff and internal accounts",
        "The e-mail address says so: staff or internal in its domain, or admin and no-reply before it. Off "
        "by default, since some customers have such addresses.",
        default=False,
    ),
    Rule.REPEATS: RuleText(
        "Exact repeats",
        "The row is the same as an earlier one in every field, as after a double export.",
    ),
    Rule.OVERLAPS: RuleText(
        "Rows that an earlier file holds",
        "A file of the same columns that was brought earlier has the same row, as when two exports overlap.",
    ),
    Rule.REPLACED: RuleText(
        "Orders that a newer file holds again",
        "One order number is one order: a newer export tells its state, what came back and what was added, "
        "so what an earlier one said of it does not count.",
    ),
    Rule.SAME_CUSTOMER: RuleText(
        "Further rows of a customer",
        "The customer has a row already; what the rows say is put together in one.",
        fixed=True,
    ),
    Rule.CANCELLED: RuleText(
        "Cancelled orders",
        "The status says that the order was cancelled, declined or failed.",
    ),
    Rule.UNPAID: RuleText(
        "Orders not paid",
        "The status says that nothing was paid yet: unpaid, pending, awaiting payment, a draft, a quote, or "
        "expired before it was paid. Switched off, these orders count as bought.",
    ),
    Rule.NO_DATE: RuleText("No readable date", "The row does not say when it happened.", fixed=True),
    Rule.ODD_DATES: RuleText(
        "Dates that cannot be",
        "The date lies in the future or before 1980, while most of the file's dates do not.",
    ),
    Rule.NO_AMOUNT: RuleText("No readable amount", "The row does not say what was paid.", fixed=True),
    Rule.OTHER_CURRENCY: RuleText(
        "Other currencies",
        "Only the most frequent currency counts: amounts in several currencies cannot be added up.",
        fixed=True,
    ),
    Rule.NON_PRODUCTS: RuleText(
        "Postage, fees and corrections",
        "The line is no product but postage, a fee, a bank charge or a correction by hand. Switched off, "
        "these lines count as money, though not as products.",
    ),
    Rule.NEGATIVE_PRICES: RuleText(
        "Negative prices",
        "A price below zero is a correction in the books. In a file that writes returns this way, such lines "
        "are returns and stay.",
    ),
    Rule.FREE: RuleText(
        "Given away",
        "The product's price is zero: a gift, a sample, a replacement, or damaged goods. A whole order of "
        "zero, as paid by voucher, stays.",
    ),
    Rule.CANCELLATIONS: RuleText(
        "Cancellations and what they cancel",
        "A cancellation and the latest earlier purchase by the same customer of the same product, quantity "
        "and price cancel each other out. One that fits no purchase (a part of it, another price) stays as a "
        "negative line.",
    ),
    Rule.RETURNS: RuleText(
        "Returned purchases",
        "A return and the purchase that it sends back cancel each other out. Off by default: sending back is "
        "behaviour worth knowing, and spend is net of returns anyway.",
        default=False,
    ),
    Rule.EXTREME_ORDERS: RuleText(
        "Orders of extreme amount",
        "The order is far larger than the shop's usual spread. Off by default: large orders are often the "
        "best customers', and no single value can make a segment.",
        default=False,
    ),
    Rule.IMPOSSIBLE: RuleText(
        "Impossible values",
        "A number of the customer file that stands far from all others (born in 1893, an income of 666,666) "
        "counts as missing; the customer stays.",
        changes=True,
    ),
}


@dataclass(frozen=True)
class Cleaning:
    """Which rules were switched against their default."""

    off: frozenset[Rule] = frozenset()
    on: frozenset[Rule] = frozenset()

    def applies(self, rule: Rule) -> bool:
        """Whether the rule sets rows aside, or changes them; one without a switch always does."""
        text = RULES[rule]
        return text.fixed or rule in self.on or (text.default and rule not in self.off)

    def switched(self, rule: Rule, on: bool) -> Cleaning:
        """Return the same with one rule switched."""
        default = RULES[rule].default
        return Cleaning(
            self.off | {rule} if default and not on else self.off - {rule},
            self.on | {rule} if on and not default else self.on - {rule},
        )

    @property
    def applied(self) -> tuple[Rule, ...]:
        """The rules that apply, in their order."""
        return tuple(rule for rule in Rule if self.applies(rule))
