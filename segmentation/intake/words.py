"""The words of intake: what each rule of cleaning finds, why a row is none, and notes about the files."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.roles import Role


@dataclass(frozen=True)
class RuleWords:
    """A rule of cleaning in a marketer's words."""

    title: str
    explanation: str


RULE_WORDS: dict[Rule, RuleWords] = {
    Rule.UNREADABLE: RuleWords(
        "Rows that could not be read",
        "The row has more or fewer fields than the header, or bytes that are no text.",
    ),
    Rule.TOTALS: RuleWords(
        "Totals",
        "The row adds other rows up: it says total, and has neither an order number nor a date of its own.",
    ),
    Rule.UNLINKED: RuleWords(
        "No link to a customer",
        "The file has no customer id and no key that leads to one, so it says nothing about customers.",
    ),
    Rule.NO_LINES: RuleWords(
        "Orders without lines",
        "No line of another file belongs to the order, so nothing is known to have been bought.",
    ),
    Rule.MERGED: RuleWords(
        "Customers with one e-mail address",
        "Customer numbers that share an e-mail address (capitals and +tags aside) are one person, and an "
        "order without a number belongs to its address, else to its telephone or name. An address that many "
        "unlike numbers share was typed in for everybody and merges nobody.",
    ),
    Rule.GUESTS: RuleWords(
        "Guest orders",
        "The order has no customer, so nobody can tell who came back. Switched off, each guest order "
        "counts as a customer who bought once.",
    ),
    Rule.NO_CUSTOMER: RuleWords(
        "No customer",
        "Nothing in the row leads to a customer.",
    ),
    Rule.FORGOTTEN: RuleWords(
        "Customers who were forgotten",
        "They were forgotten at their wish, and a file or a shop brought them again. They stay away until an "
        "owner lets them come back, on Files; they are known by salted fingerprints alone.",
    ),
    Rule.OBJECTIONS: RuleWords(
        "Customers who object to profiling",
        "A column about profiling says no for the customer, so nothing of theirs is counted. Consent to "
        "marketing is another matter and decides only who may be written to. Audience files leave these "
        "customers out even where this is switched off.",
    ),
    Rule.TEST_CUSTOMERS: RuleWords(
        "Test customers",
        "The e-mail address or the name says test, as in test@… or “Test Customer”. Addresses at example.com "
        "are tests only where few customers have one.",
    ),
    Rule.INTERNAL_CUSTOMERS: RuleWords(
        "Staff and internal accounts",
        "The e-mail address says so: staff or internal in its domain, or admin and no-reply before it. Off "
        "by default, since some customers have such addresses.",
    ),
    Rule.REPEATS: RuleWords(
        "Exact repeats",
        "The row is the same as an earlier one in every field, as after a double export.",
    ),
    Rule.OVERLAPS: RuleWords(
        "Rows that an earlier file holds",
        "A file of the same columns that was brought earlier has the same row, as when two exports overlap.",
    ),
    Rule.REPLACED: RuleWords(
        "Orders that a newer file holds again",
        "One order number is one order: a newer export tells its state, what came back and what was added, "
        "so what an earlier one said of it does not count.",
    ),
    Rule.SAME_CUSTOMER: RuleWords(
        "Further rows of a customer",
        "The customer has a row already; what the rows say is put together in one.",
    ),
    Rule.CANCELLED: RuleWords(
        "Cancelled orders",
        "The status says that the order was cancelled, declined or failed.",
    ),
    Rule.UNPAID: RuleWords(
        "Orders not paid",
        "The status says that nothing was paid yet: unpaid, pending, awaiting payment, a draft, a quote, or "
        "expired before it was paid. Switched off, these orders count as bought.",
    ),
    Rule.NO_DATE: RuleWords(
        "No readable date",
        "The row does not say when it happened.",
    ),
    Rule.ODD_DATES: RuleWords(
        "Dates that cannot be",
        "The date lies in the future or before 1980, while most of the file's dates do not.",
    ),
    Rule.NO_AMOUNT: RuleWords(
        "No readable amount",
        "The row does not say what was paid.",
    ),
    Rule.OTHER_CURRENCY: RuleWords(
        "Other currencies, not converted",
        "The amount is in another currency than the shop’s, and nobody has said in which all are to be, or "
        "what it was worth on its day is not known: amounts in several currencies cannot be added up.",
    ),
    Rule.NON_PRODUCTS: RuleWords(
        "Postage, fees and corrections",
        "The line is no product but postage, a fee, a bank charge or a correction by hand. Switched off, "
        "these lines count as money, though not as products.",
    ),
    Rule.NEGATIVE_PRICES: RuleWords(
        "Negative prices",
        "A price below zero is a correction in the books. In a file that writes returns this way, such lines "
        "are returns and stay.",
    ),
    Rule.FREE: RuleWords(
        "Given away",
        "The product's price is zero: a gift, a sample, a replacement, or damaged goods. A whole order of "
        "zero, as paid by voucher, stays.",
    ),
    Rule.CANCELLATIONS: RuleWords(
        "Cancellations and what they cancel",
        "A cancellation and the latest earlier purchase by the same customer of the same product, quantity "
        "and price cancel each other out. One that fits no purchase (a part of it, another price) stays as a "
        "negative line.",
    ),
    Rule.RETURNS: RuleWords(
        "Returned purchases",
        "A return and the purchase that it sends back cancel each other out. Off by default: sending back is "
        "behaviour worth knowing, and spend is net of returns anyway.",
    ),
    Rule.EXTREME_ORDERS: RuleWords(
        "Orders of extreme amount",
        "The order is far larger than the shop's usual spread. Off by default: large orders are often the "
        "best customers', and no single value can make a segment.",
    ),
    Rule.IMPOSSIBLE: RuleWords(
        "Impossible values",
        "A number of the customer file that stands far from all others (born in 1893, an income of 666,666) "
        "counts as missing; the customer stays.",
    ),
    Rule.CONVERTED: RuleWords(
        "Other currencies, converted",
        "The amount is in another currency than the shop’s and counts by the rate of its order’s day. "
        "Off until somebody says in which currency all amounts are to be: till then only the shop’s counts.",
    ),
}

READ, USED = "Rows read", "Rows used"
CHANGED, SET_ASIDE = "changed", "set aside"
SWITCHED_OFF = "switched off (would be {effect})"

FAULTS = {
    "unclosed": "a quotation mark is opened and never closed",
    "swallows": "a quotation mark is opened and would take the {0:,} rows after it for one text",
    "cells": "{0} cells where the header has {1}",
    "broken": "bytes that are not text in the file's encoding",
    "before_header": "stands before the header",
    "repeated_header": "repeats the header",
    "no_object": "is no JSON object",
    "beyond_calendar": "a cell holds a time that no calendar has",
}
"""Why a record is no row, by the code that is kept with it."""

BY_HAND = "chosen by hand"
LISTED = "another file lists a price of each of these goods, which are bought here in pieces"
ANOTHER_FILE = "another file has a key of this name, and holds its values"
TIES = "each row has one, and other files name its order by it"
TIES_NOTHING = "each row has one, but other files name its order by “{name}”"
SHEET_ASIDE = "{file}: the sheet {sheets} is another table and not read."
SHEETS_ASIDE = "{file}: the sheets {sheets} are other tables and not read."
STANDS_FOR_GUESTS = "{values} in {file} stands for guests and is no customer."
TOO_MUCH_MEMORY = "reading it takes more than {gigabytes} GB of memory"
SEEMS_DAMAGED = "it seems to be damaged ({why})"
OUT_OF_TURN = "its reader speaks out of turn"
REPLACED_ORDERS = "{count:,} orders that a newer file holds in another state"
FORGOTTEN_ONE = "1 customer was forgotten at their wish and stays away."
FORGOTTEN_MANY = "{count:,} customers were forgotten at their wish and stay away."
OWN_NUMBERS = (
    "{file} was read as what came back, though it names no orders: {found:,} of its {rows:,} rows follow a"
    " purchase of the same customer at its price. What all of them say is taken off what customers spent."
)
LEFT_OUT = "{file} is left out: it has no customer id and no key that leads to one."
ROW_IS_CUSTOMER = "one row of {files}: there is no customer id, so each row counts as a customer"
VALUE_IS_CUSTOMER = "each different “{column}” in {file}"
NAME_IS_CUSTOMER = (
    "each different “{column}” in {file}: there is no customer number or e-mail address, so people of one "
    "name count as one"
)

ROLES = {
    Role.CUSTOMER_ID: "Customer ID",
    Role.ORDER_ID: "Order ID",
    Role.SESSION_ID: "Visit ID",
    Role.PRODUCT_ID: "Product ID",
    Role.TIMESTAMP: "Date or time",
    Role.QUANTITY: "Quantity",
    Role.UNIT_PRICE: "Price of one",
    Role.AMOUNT: "Amount paid",
    Role.DISCOUNT: "Discount",
    Role.REFUND: "Refund",
    Role.PIECES_BACK: "Pieces that came back",
    Role.ORDER_STATUS: "Order status",
    Role.PRODUCT_NAME: "Product name",
    Role.CATEGORY: "Category",
    Role.DESCRIPTION: "Description",
    Role.REVIEW_TITLE: "Review title",
    Role.REVIEW_TEXT: "Review text",
    Role.TEXT: "Other text",
    Role.RATING: "Rating",
    Role.EVENT_TYPE: "Kind of event",
    Role.EMAIL: "E-mail",
    Role.PHONE: "Phone",
    Role.NAME: "Name of a person",
    Role.COUNTRY: "Country",
    Role.POSTAL_CODE: "Postal code",
    Role.CONSENT: "Marketing consent",
    Role.PROFILING: "Consent to profiling",
    Role.COST: "Cost",
    Role.PROFIT: "Profit",
    Role.CURRENCY: "Currency",
    Role.RATE: "Rate of a currency",
    Role.NUMERIC: "Another number",
    Role.CATEGORICAL: "Another category",
    Role.IGNORE: "Not used",
}
"""What the roles of columns are called."""


def effect_words(changes: bool, applied: bool) -> str:
    """Say what a rule did to its rows, or would do if it were on."""
    effect = CHANGED if changes else SET_ASIDE
    return effect if applied else SWITCHED_OFF.format(effect=effect)


def fault_words(reason: str) -> str:
    """Say why a record is no row, from the code and the numbers that are kept with it, as in cells:7:8."""
    code, *numbers = reason.split(":")
    return FAULTS[code].format(*map(int, numbers)) if code in FAULTS else reason
