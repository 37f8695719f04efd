"""Telling what is not sure or cannot be right about the files: as data for JSON, and on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from segmentation import formats
from segmentation.commands.words import BY_HAND, DOUBT, NO_FIGURE, ORDERS_BY_HAND, RULE_BY_HAND
from segmentation.errors import NoCustomersError, NoOrdersError
from segmentation.intake.proof.alarm import Alarm, Code
from segmentation.intake.proof.words import alarm_sentence, alarm_title, remedy_label
from segmentation.intake.roles import Doubt, Option
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.describe import doubts_as_data

_REFUSED = {
    Code.NO_CUSTOMERS: (NoCustomersError, BY_HAND),
    Code.EMPTY_SHOP: (NoOrdersError, ORDERS_BY_HAND),
}


def refuse_nobody(alarms: Sequence[Alarm]) -> None:
    """Advise instead of finding segments where no file names a customer, or nobody has bought anything.

    :raises NoCustomersError: if nobody is named.
    :raises NoOrdersError: if the shop is empty.
    """
    for alarm in alarms:
        if alarm.code in _REFUSED:
            error, advice = _REFUSED[alarm.code]
            advice = RULE_BY_HAND if alarm.rule else advice
            raise error(alarm_sentence(alarm), advice.format(file=alarm.file_name, rule=alarm.rule))


def proof_facts(shop: Shop, alarms: Sequence[Alarm]) -> dict[str, Any]:
    """Return the open questions of a shop, and what cannot be right, for JSON."""
    return {
        "doubts": doubts_as_data(shop.doubts),
        "alarms": alarms_as_data(alarms),
    }


def alarms_as_data(alarms: Sequence[Alarm]) -> list[dict[str, Any]]:
    """Return what cannot be right, for JSON."""
    return [
        {
            "alarm": str(alarm.code),
            "file": alarm.file_name,
            "column": alarm.column,
            "sentence": alarm_sentence(alarm),
            "remedies": [remedy_label(remedy) for remedy in alarm.remedies],
        }
        for alarm in alarms
    ]


def tell(shop: Shop, alarms: Sequence[Alarm]) -> None:
    """Say each alarm and each open question on standard error, a line each."""
    said = [f"{alarm_title(alarm)}: {alarm_sentence(alarm)}" for alarm in alarms]
    said += [_doubt_line(doubt, shop.currency) for doubt in shop.doubts]
    for line in said:
        sys.stderr.write(f"{line}\n")


def _doubt_line(doubt: Doubt, currency: str | None) -> str:
    taken = doubt.options[doubt.taken]
    others = "; ".join(_option(one, currency) for one in doubt.options if one is not taken)
    return DOUBT.format(question=doubt.question, taken=_option(taken, currency), others=others)


def _option(option: Option, currency: str | None) -> str:
    paid = NO_FIGURE if option.revenue is None else formats.money(option.revenue, currency)
    return f"{option.answer} ({paid}, {option.orders or 0:,} orders, {option.customers or 0:,} customers)"
