"""What this room found, in a marketer's words: why an order is shown, alarms, remedies, other readings."""

from __future__ import annotations

from collections.abc import Callable

from segmentation import formats
from segmentation.intake.proof.alarm import Alarm, Code, Remedy
from segmentation.intake.proof.changes import ReadingChange, ReadingWay
from segmentation.intake.proof.coverage import Leader
from segmentation.intake.proof.month_check import MonthCheck
from segmentation.intake.proof.receipts import Why
from segmentation.intake.roles import Kind, Role
from segmentation.intake.words import RULE_WORDS

WHY = {
    Why.TYPICAL: "A typical order",
    Why.REDUCED: "One with a discount or return",
    Why.LATEST: "The latest order",
    Why.LARGEST: "The largest order",
}
TITLES = {
    Code.NO_CUSTOMERS: "Nobody is named",
    Code.EMPTY_SHOP: "No orders were found",
    Code.ONE_CUSTOMER: "One customer has far too many orders",
    Code.EACH_LINE_A_CUSTOMER: "Nobody ever came back",
    Code.FEWER_CUSTOMERS: "Customers are missing",
    Code.NO_SPEND: "Nothing is known to be paid",
    Code.ALL_ZERO: "All amounts are zero",
    Code.MOSTLY_GIVEN_BACK: "Nearly all that was sold was given back",
    Code.MOSTLY_SET_ASIDE: "Most rows do not count",
    Code.TINY_SEGMENTS: "Hardly anybody is in there",
}
ROWS = {
    Kind.ORDERS: "an order or order line",
    Kind.EVENTS: "something a visitor did",
    Kind.PRODUCTS: "a product",
    Kind.REVIEWS: "a text",
}
ROLES = {Role.CUSTOMER_ID: "the customer", Role.AMOUNT: "what was paid"}
QUESTIONS = {
    Role.CUSTOMER_ID: "Which column names the customer?",
    Role.AMOUNT: "Which column says what was paid?",
    Role.TIMESTAMP: "Which column is the date of the order?",
    Role.CURRENCY: "Which column is the currency?",
    Role.ORDER_STATUS: "Which column is the state of the order?",
    Role.ORDER_ID: "Which column is the order number?",
}


def leader_sentence(first: Leader) -> str:
    """Say how much one customer has."""
    spent = ""
    if first.revenue_share is not None:
        spent = f", the biggest spender {formats.percent(first.revenue_share)} of revenue"
    return f"The most frequent buyer placed {formats.percent(first.orders_share)} of orders{spent}."


def alarm_title(alarm: Alarm) -> str:
    """Say in a few words what is wrong."""
    return TITLES[alarm.code]


def alarm_sentence(alarm: Alarm) -> str:
    """Say what was found, in which file and column, and what it means."""
    return _ALARMS[alarm.code](alarm)


def remedy_label(remedy: Remedy) -> str:
    """Say what pressing it does, or what somebody has to choose."""
    if remedy.rule:
        return f"Count them: switch off “{RULE_WORDS[remedy.rule].title}”"
    if remedy.role and remedy.column:
        return f"Use “{formats.shortened(remedy.column, 30)}” for {ROLES[remedy.role]}"
    if remedy.role:
        return QUESTIONS[remedy.role]
    return "Each row is a customer" if remedy.kind is Kind.CUSTOMERS else "Each row is an order"


def change_sentence(change: ReadingChange) -> str:
    """Say what is read otherwise, or what the shop's own figure may hold."""
    return _CHANGES[change.way](change)


def changes_sentence(changes: tuple[ReadingChange, ...]) -> str:
    """Say the same of several changes at once."""
    return formats.capitalised(" and ".join(change_sentence(change) for change in changes))


def month_sentence(check: MonthCheck, currency: str | None) -> str:
    """Say whether the month agrees, with both figures."""
    month, said = f"{check.said.month:%B %Y}", check.said
    here, there = formats.money(check.revenue, currency), formats.money(said.revenue, currency)
    orders = ""
    if said.orders is not None:
        orders = f" and {check.orders:,} orders (yours: {said.orders:,})"
    if check.agrees:
        return f"{month} agrees: {here} here, {there} in your shop{orders}."
    return f"{month} comes to {here} here (yours: {there}){orders}: {formats.percent(check.gap)} apart."


def _of_column(alarm: Alarm) -> str:
    column = f"“{formats.shortened(alarm.column, 30)}” in " if alarm.column else ""
    return f"{column}{alarm.file_name}"


def _no_customers(alarm: Alarm) -> str:
    row = ROWS.get(alarm.kind, "something else") if alarm.kind else "something else"
    return (
        f"{alarm.file_name} seems to hold no customers: each row is {row}, and no column says whose. "
        "Segments would be groups of rows, not of people. Say which column names the customer, or bring an "
        "export with a customer number or an e-mail address."
    )


def _empty_shop(alarm: Alarm) -> str:
    number = f"“{formats.shortened(alarm.other_column, 30)}” in {alarm.other_file}"
    found = f"The files have days ({_of_column(alarm)}) and numbers that may be money ({number})"
    if alarm.rule:
        return f"{found}, and no order counts: most rows fall under “{RULE_WORDS[alarm.rule].title}”."
    return (
        f"{found}, and no order came of them: nobody has bought anything. Say which rows are orders, and "
        "which columns are the order’s number, its customer and what was paid."
    )


def _one_customer(alarm: Alarm) -> str:
    return (
        f"By {_of_column(alarm)}, “{formats.shortened(alarm.who, 30)}” placed {alarm.part:,} of "
        f"{alarm.whole:,} orders ({alarm.part / alarm.whole:.0%}). Usually that is a guest account or a "
        "till, or the column does not say who the customer is."
    )


def _each_line(alarm: Alarm) -> str:
    return (
        f"By {_of_column(alarm)}, {alarm.whole:,} lines are of {alarm.part:,} customers: nobody bought "
        "twice. Usually the column numbers orders or lines, not people."
    )


def _fewer(alarm: Alarm) -> str:
    why = f" Most rows fall under “{RULE_WORDS[alarm.rule].title}”." if alarm.rule else ""
    return f"{_of_column(alarm)} names {alarm.whole:,} customers, and {alarm.part:,} are left.{why}"


def _no_spend(alarm: Alarm) -> str:
    return (
        f"No column of {alarm.file_name} says what was paid, so all {alarm.whole:,} lines are worth nothing "
        "and big spenders look like everybody else."
    )


def _all_zero(alarm: Alarm) -> str:
    return (
        f"No spend in a file of orders: {_of_column(alarm)} is 0 in all {alarm.whole:,} rows that count, so "
        "big spenders look like everybody else. Segments can only tell how often and lately people bought."
    )


def _given_back(alarm: Alarm) -> str:
    return (
        f"By {_of_column(alarm)}, {alarm.whole:,} was sold and {alarm.part:,} given back. Usually payouts, "
        "bills or postage stand among the rows, which are no returns: leave them out of the file, or say "
        "which other column was paid."
    )


def _set_aside(alarm: Alarm) -> str:
    share = f"{alarm.part / alarm.whole:.0%}"
    why = f" Most of the others fall under “{RULE_WORDS[alarm.rule].title}”." if alarm.rule else ""
    look = (
        f" Does “{formats.shortened(alarm.column, 30)}” mean what Tessera takes it for?"
        if alarm.column
        else ""
    )
    return f"{alarm.part:,} of {alarm.whole:,} rows ({share}) of {alarm.file_name} count.{why}{look}"


def _tiny(alarm: Alarm) -> str:
    some = "1 segment holds" if alarm.part == 1 else f"{alarm.part:,} segments hold"
    return (
        f"{some} one to three people. Usually one of them stands for many (guests, a till), or a few values "
        "are beyond all others. Look at your data again, or choose another number of segments."
    )


_ALARMS: dict[Code, Callable[[Alarm], str]] = {
    Code.NO_CUSTOMERS: _no_customers,
    Code.EMPTY_SHOP: _empty_shop,
    Code.ONE_CUSTOMER: _one_customer,
    Code.EACH_LINE_A_CUSTOMER: _each_line,
    Code.FEWER_CUSTOMERS: _fewer,
    Code.NO_SPEND: _no_spend,
    Code.ALL_ZERO: _all_zero,
    Code.MOSTLY_GIVEN_BACK: _given_back,
    Code.MOSTLY_SET_ASIDE: _set_aside,
    Code.TINY_SEGMENTS: _tiny,
}


def _title(change: ReadingChange) -> str:
    return RULE_WORDS[change.rule].title if change.rule else ""


_CHANGES: dict[ReadingWay, Callable[[ReadingChange], str]] = {
    ReadingWay.RULE_OFF: lambda change: f"“{_title(change)}” are counted",
    ReadingWay.RULE_ON: lambda change: f"“{_title(change)}” are set aside",
    ReadingWay.AMOUNT: lambda change: (
        f"“{change.column}” is what was paid" + (f", not “{change.instead_of}”" if change.instead_of else "")
    ),
    ReadingWay.PIECES_TIMES_PRICE: lambda change: (
        f"quantity × price is what was paid, not “{change.instead_of}”"
    ),
    ReadingWay.DATE: lambda change: f"“{change.column}” is the date that counts, not “{change.instead_of}”",
    ReadingWay.DAY_AND_MONTH: lambda change: f"day and month of “{change.column}” are the other way round",
    ReadingWay.WITHOUT_REFUNDS: lambda change: f"“{change.instead_of}” is not taken off",
    ReadingWay.ADDED: lambda change: f"your shop’s figure includes “{change.column}”",
    ReadingWay.TAKEN_OFF: lambda change: f"your shop’s figure is without “{change.column}”",
    ReadingWay.BEFORE_RETURNS: lambda change: "your shop’s figure is before returns",
}
