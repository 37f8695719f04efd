"""How the forecast of orders and spend held, in words: which way is used, its level, its intervals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from segmentation import formats
from segmentation.action.retention.value_check import Held, ValueCheck
from segmentation.action.retention.value_ways import PLAIN, ValueWay

VALUE_WAYS = {
    ValueWay.MODEL: "the model",
    ValueWay.PACE: "repeat orders ÷ time so far",
    ValueWay.LATEST: "the same as in the period before",
}
FEWEST_COVERED, MOST_COVERED = 0.75, 0.85
"""Intervals of 80 % that hold less or more than this are too narrow, or too wide."""

_SAME = 0.005


def check_sentences(check: ValueCheck, currency: str | None, in_margin: bool = False) -> tuple[str, ...]:
    """Say how the forecast held against what came, which way it takes, and by what its level is corrected."""
    number, money = formats.number, partial(formats.money, currency=currency)
    parts: list[tuple[str, Held, Callable[[float], str]]] = [("orders", check.orders, number)]
    if check.spend:
        parts.append((spend_words(in_margin), check.spend, money))
    first = (
        f"Made as of {formats.date(check.period.day_before)} for {check.customers:,} customers and held "
        f"against the {check.period.days} days after: "
    )
    told = [f"{write(one.foretold)} {what} foretold, {write(one.came)} came" for what, one, write in parts]
    return (
        f"{first}{'; '.join(told)}.",
        *(_level(what, one) for what, one, _ in parts if abs(one.level.factor - 1) >= _SAME),
        _covered(parts, check),
        *(_used(what, one, write) for what, one, write in parts),
    )


def spend_words(in_margin: bool) -> str:
    """Name the money that is foretold."""
    return "margin" if in_margin else "net spend"


def plain_way_notes(check: ValueCheck | None, in_margin: bool = False) -> tuple[str, ...]:
    """Say where a plain way is used instead of the model; nothing where none is."""
    held = ((check.orders, "orders"), (check.spend, spend_words(in_margin))) if check else ()
    return tuple(used_sentence(one, what) for one, what in held if one and one.used is not ValueWay.MODEL)


def used_sentence(held: Held, what: str) -> str:
    """Say which way foretells this."""
    if held.used is ValueWay.MODEL:
        return f"What is expected of {what} is the model’s: both plain ways are clearly behind it."
    return (
        f"The model is not ahead of a plain way by more than chance, so what is expected of {what} rests on "
        f"{VALUE_WAYS[held.used]}."
    )


def _used(what: str, held: Held, write: Callable[[float], str]) -> str:
    """Say how far off each way was per customer, and which one is used."""
    if not held.errors:
        return f"Per customer it was off by {write(held.error)} {what} on average."
    others = "; ".join(f"{VALUE_WAYS[way]} {write(held.errors[way])}" for way in PLAIN)
    model = write(held.errors[ValueWay.MODEL])
    return (
        f"Per customer the model was off by {model} {what} on average; {others}. {used_sentence(held, what)}"
    )


def _level(what: str, held: Held) -> str:
    """Say by what all customers together were multiplied, and why."""
    factor = held.level.factor
    season = (
        "by part of what the period before and the same days a year earlier were off by"
        if held.level.season is not None
        else "by half of what the period before was off by, since no year earlier tells its season"
    )
    direction = "raised" if factor > 1 else "lowered"
    return f"All {what} were {direction} by {formats.percent(abs(factor - 1))}, {season}."


def _covered(parts: list[tuple[str, Held, Callable[[float], str]]], check: ValueCheck) -> str:
    """Say how many the intervals held, and why that is more or less than meant."""
    held = " and ".join(f"{formats.percent(one.covered)} for {what}" for what, one, _ in parts)
    said = f"The intervals are meant to hold 80% of customers: they held {held}."
    shares = [one.covered for _, one, _ in parts]
    if min(shares) < FEWEST_COVERED:
        most = check.spend or check.orders
        direction = "more" if most.came > most.foretold else "less"
        said += f" That is fewer than meant: this period brought {direction} than was foretold."
    elif max(shares) > MOST_COVERED:
        said += (
            " That is more than meant, since so many brought nothing, which every interval from nothing on "
            "holds."
        )
    return said
