"""The money rule of a file in a sentence."""

from __future__ import annotations

from segmentation import formats
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Off
from segmentation.intake.roles import Upload

_LAWS = {
    Law.LINE_SUM: ": it agrees with “{total}” in {share} of the rows",
    Law.ORDER_SUM: ": with what else the order costs it agrees with “{total}” in {share} of the orders",
    Law.PIECES: ": a product costs the same in {share} of the rows, however many pieces were bought",
    Law.REPEATED: ": it stands for the whole order and counts once",
    Law.BELOW_LINES: ": orders cost less than their lines say, and the total is what was paid",
}

_WAYS = {Off.PERCENT: "percent", Off.SHARE: "of it", Off.EACH: "for each piece"}


def money_words(upload: Upload) -> str:
    """Say what customers paid, by which columns, and what that rests on; nothing without money."""
    rule = upload.money
    if rule is None:
        return ""
    names = {column.position: column.name for column in upload.columns}
    sentence = f"What customers paid is {_parts(rule, names)}"
    if rule.law in _LAWS and (rule.total is not None or "{total}" not in _LAWS[rule.law]):
        total = names[rule.total] if rule.total is not None else ""
        sentence += _LAWS[rule.law].format(total=total, share=formats.percent(rule.agreement))
    return f"{sentence}.{_kinds(rule, names)}{_refund(rule, names)}"


def _parts(rule: MoneyRule, names: dict[int, str]) -> str:
    parts = []
    if rule.listed is not None:
        pieces = f"“{names[rule.quantity]}” × " if rule.quantity is not None else ""
        parts.append(f"{pieces}“{rule.listed.name}”{_off(rule, names)}, as {rule.listed.file_name} lists it")
    elif rule.multiplied and rule.quantity is not None and rule.price is not None:
        pack = f" × “{names[rule.pack]}”" if rule.pack is not None else ""
        parts.append(f"“{names[rule.quantity]}”{pack} × “{names[rule.price]}”{_off(rule, names)}")
    for term in rule.terms:
        once = "" if term.grain is Grain.LINE else " (once for an order)"
        sign = "" if not parts and term.sign > 0 else "+ " if term.sign > 0 else "− "
        parts.append(f"{sign}“{names[term.position]}”{once}")
    return " ".join(parts) + ("" if rule.multiplied else _off(rule, names))


def _kinds(rule: MoneyRule, names: dict[int, str]) -> str:
    if rule.kinds is None:
        return ""
    counted = " or ".join(f"“{kind}”" for kind in rule.kinds.counted)
    return f" Only rows count that say {counted} in “{names[rule.kinds.position]}”."


def _off(rule: MoneyRule, names: dict[int, str]) -> str:
    if rule.off is None:
        return ""
    return f" less “{names[rule.off]}” {_WAYS[rule.off_way or Off.SHARE]}"


def _refund(rule: MoneyRule, names: dict[int, str]) -> str:
    if rule.refund is None:
        return ""
    back = f"“{names[rule.refund.position]}” is money given back"
    if rule.refund_tax is None:
        return f" {back}, with tax or postage of which no column says how much."
    less = f", less the {formats.percent(rule.refund_tax)} of tax that it holds" if rule.refund_tax else ""
    return f" {back}{less}."
