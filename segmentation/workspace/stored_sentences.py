"""The sentences that version 3 kept in a workspace, and the codes and facts that stand for them since.

Nothing here changes with the words that people read today.
"""

from __future__ import annotations

import re
from typing import Any

_LACKS = {
    "No file with orders was uploaded.": "orders",
    "The order files have no lines.": "order_lines",
    "The order files give no dates.": "order_dates",
    "The order files give no time of day.": "order_times",
    "The order files give no amounts.": "order_amounts",
    "The order files give neither quantities nor products.": "order_items",
    "The order files do not say which products were bought.": "order_products",
    "The files hold no purchases.": "purchases",
    "No customer ordered on two different days.": "second_orders",
    "No file gives the category of the products bought.": "categories",
    "The order files do not say what was discounted.": "discounts",
    "No file with browsing events was uploaded.": "events",
    "The event files give no dates.": "event_dates",
    "The event files give neither sessions nor dates.": "visits",
    "The event files hold no views.": "views",
    "The event files hold no carts.": "carts",
    "The event files hold no purchases.": "event_purchases",
    "The event files do not say which product was looked at.": "event_products",
    "No file with reviews or ratings was uploaded.": "reviews",
    "The review files hold no reviews.": "review_rows",
    "The review files give no ratings.": "ratings",
    "The review files give no dates.": "review_dates",
    "The review files do not say which product was reviewed.": "review_products",
    "The column is empty.": "values",
    "No value is shared by at least 2 % of the customers.": "shared_values",
    "It is the same for every customer.": "differences",
}
_A_WEEK = re.compile(r"The dates cover only (\d+) days?, ")

_RULES = {
    "Guest orders": "guests",
    "Customers with one e-mail address": "merged",
    "Customers who object to profiling": "objections",
    "Test customers": "test_customers",
    "Staff and internal accounts": "internal_customers",
    "Exact repeats": "repeats",
    "Rows that an earlier file holds": "overlaps",
    "Cancelled orders": "cancelled",
    "Dates that cannot be": "odd_dates",
    "Postage, fees and corrections": "non_products",
    "Negative prices": "negative_prices",
    "Given away": "free",
    "Cancellations and what they cancel": "cancellations",
    "Returned purchases": "returns",
    "Orders of extreme amount": "extreme_orders",
    "Impossible values": "impossible",
}

_REFUSED = re.compile(
    r"These texts (?:are in .+?, which|hold words that) (.+) does not read \(\d+% of them\)"
)
_PROPOSED = re.compile(r" The model (\S+) (is on this machine|could read them after a download)")
_MEASURED = re.compile(r"Computed in .+, ([\d.]+) times as fast .+ at least ([\d.]+) on (\d+) texts")

_REJECTS = (
    (re.compile(r"a quotation mark is opened and never closed"), "unclosed"),
    (re.compile(r"a quotation mark is opened and would take the ([\d,]+) rows after it .+"), "swallows"),
    (re.compile(r"(\d+) cells where the header has (\d+)"), "cells"),
    (re.compile(r"bytes that are not text in the file's encoding"), "broken"),
    (re.compile(r"stands before the header"), "before_header"),
    (re.compile(r"repeats the header"), "repeated_header"),
    (re.compile(r"is no JSON object"), "no_object"),
)


def run_of_facts(summary: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept of a run, facts in place of sentences; those made from facts that are kept go."""
    made = {
        "cuts": {k: _cut(cut) for k, cut in summary["cuts"].items()},
        "left_out": [_left_out(one) for one in summary["left_out"]],
        "readings": [_reading(one) for one in summary["readings"]],
    }
    if summary.get("shifts"):
        made["shifts"] = {k: [_shift(one) for one in shifts] for k, shifts in summary["shifts"].items()}
    if summary.get("outlook"):
        made["outlook"] = _outlook(summary["outlook"])
    return {name: value for name, value in summary.items() if name != "reason"} | made


def reject_code(reason: str) -> str:
    """Return the code of why a record is no row, with its numbers; what is not known stays."""
    for pattern, code in _REJECTS:
        if found := pattern.fullmatch(reason):
            return ":".join([code, *(number.replace(",", "") for number in found.groups())])
    return reason


def _cut(cut: dict[str, Any]) -> dict[str, Any]:
    return {**cut, "segments": [_without(segment, "sentence") for segment in cut["segments"]]}


def _left_out(left_out: dict[str, Any]) -> dict[str, Any]:
    reason = left_out["reason"]
    week = _A_WEEK.match(reason)
    lack = "a_week" if week else _LACKS.get(reason, "unknown")
    return {"label": left_out["label"], "lack": lack, "days": float(week[1]) if week else None}


def _reading(reading: dict[str, Any]) -> dict[str, Any]:
    """Return a reading with the model that was asked for, the one proposed, and how it was computed."""
    reason = reading["reason"]
    refused, proposed = _REFUSED.match(reason), _PROPOSED.search(reason)
    by_choice = not refused and reading["encoder"] == "lexical"
    return _without(reading, "reason") | {
        "asked": refused[1] if refused else None if by_choice else reading["encoder"],
        "proposed": proposed[1] if proposed else None,
        "proposed_is_here": proposed is not None and proposed[2] == "is on this machine",
        "engine": _engine(reading.get("engine", "")),
    }


def _engine(sentence: str) -> dict[str, Any] | None:
    if not sentence:
        return None
    if sentence.startswith("A quick draft"):
        return {"taken": "draft"}
    if sentence.endswith(", as chosen."):
        return {"taken": "as_chosen"}
    if measured := _MEASURED.match(sentence):
        speedup, cosine, texts = measured.groups()
        return {"taken": "measured", "speedup": float(speedup), "cosine": float(cosine), "texts": int(texts)}
    return {"taken": "measured"}


def _shift(shift: dict[str, Any]) -> dict[str, Any]:
    change = shift["change"].replace(" ", "_")
    what = _RULES.get(shift["what"], shift["what"]) if change.startswith("rule_") else shift["what"]
    return {**shift, "change": change, "what": what}


def _outlook(outlook: dict[str, Any]) -> dict[str, Any]:
    churn = outlook.get("churn")
    if not churn:
        return outlook
    named = {way.replace("recency alone", "recency"): found for way, found in churn["qualities"].items()}
    return {**outlook, "churn": {**churn, "qualities": named}}


def _without(facts: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key != name}
