"""The questions about what was paid that the figures of a file leave open, with the rule of each answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from segmentation.intake.meaning.doubts import MOST, OpenQuestion, ReadAs
from segmentation.intake.meaning.money.facts import FoundMoney, Question, Rival
from segmentation.intake.meaning.money.prices import price_in
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Kind, Role

_ANSWERS = {
    Question.PRICE_OF: ("piece", "all_pieces"),
    Question.PACK: ("of_piece", "of_pack"),
    Question.TOTAL_OF: ("order", "line"),
    Question.DISCOUNT_IN: ("not_yet", "already"),
    Question.TENDER: ("money_off", "paid_with"),
    Question.FEES: ("of_goods", "besides"),
    Question.REFUND: ("given_back", "not_given_back"),
    Question.SIDE: ("rises", "falls"),
    Question.HOME: ("in_one", "in_own"),
}


def money_questions(columns: Sequence[Column], found: FoundMoney | None) -> list[OpenQuestion]:
    """Make a question of each rival of the money rule."""
    if found is None:
        return []
    names = {column.position: column.name for column in columns}
    return (
        _which_was_paid(names, found)
        + _which_kinds_count(names, found)
        + [
            OpenQuestion(some[0].question, names[some[0].column], _answers(names, some, found.rule))
            for some in _by_question(found.rivals[:MOST])
        ]
    )


def _by_question(rivals: Sequence[Rival]) -> list[list[Rival]]:
    """Put the rivals of one question about one column together."""
    found: dict[tuple[Question, int], list[Rival]] = {}
    for rival in rivals:
        found.setdefault((rival.question, rival.column), []).append(rival)
    return list(found.values())


def _answers(names: dict[int, str], rivals: Sequence[Rival], taken: MoneyRule) -> tuple[ReadAs, ...]:
    first, *others = rivals
    if first.question is Question.WHICH_PRICE:
        return tuple(_priced(names, rule, taken) for rule in (taken, *(one.rule for one in rivals)))
    pair = _pair(first, taken)
    if first.question is not Question.DISCOUNT_IN or not others:
        return pair
    ways = (ReadAs(_way_off(rule), rule) for rule in (taken, *(one.rule for one in others)))
    return (*ways, replace(pair[1], code="already"))


def _priced(names: dict[int, str], rule: MoneyRule, taken: MoneyRule) -> ReadAs:
    """Return the answer that customers paid another price than the one in use, or this."""
    price, used = price_in(rule), price_in(taken)
    if price is None or used is None:
        raise ValueError("only rules of prices are asked about")
    return ReadAs(names[price], rule, {used: Role.NUMERIC, price: Role.UNIT_PRICE})


def _way_off(rule: MoneyRule) -> str:
    return "percent_off" if rule.off is not None else "sum_off"


def _which_was_paid(names: dict[int, str], found: FoundMoney) -> list[OpenQuestion]:
    """Ask which column says what was paid, if any, where no header does."""
    if found.unspoken is None:
        return []
    taken = names[found.unspoken]
    others = [
        ReadAs(names[place], rule, {found.unspoken: Role.NUMERIC, place: _role_in(rule, place)})
        for place, rule in found.others
    ]
    none = ReadAs("", None, {found.unspoken: Role.NUMERIC}, kind=Kind.ORDERS)
    return [OpenQuestion(Question.PAID, taken, (ReadAs(taken, found.rule), *others, none))]


def _which_kinds_count(names: dict[int, str], found: FoundMoney) -> list[OpenQuestion]:
    """Ask which kinds of rows count, where they are several."""
    kinds = found.rule.kinds
    if kinds is None:
        return []
    answers = (ReadAs(as_kinds(rule), rule) for rule in (found.rule, *found.kinds))
    return [OpenQuestion(Question.KINDS, names[kinds.position], tuple(answers))]


def as_kinds(rule: MoneyRule) -> str:
    """Write the kinds that a rule counts as the code of an answer; an empty list where all do."""
    return json.dumps(rule.kinds.counted if rule.kinds else (), ensure_ascii=False)


def _role_in(rule: MoneyRule, place: int) -> Role:
    return Role.UNIT_PRICE if place == rule.price else Role.AMOUNT


def _pair(rival: Rival, taken: MoneyRule) -> tuple[ReadAs, ...]:
    if rival.question is Question.PIECES:
        return _counted(taken, rival.column), _counted(rival.rule, rival.column)
    first, second = _ANSWERS[rival.question]
    if not _is_first(rival, taken):
        first, second = second, first
    return ReadAs(first, taken), ReadAs(second, rival.rule)


def _is_first(rival: Rival, taken: MoneyRule) -> bool:
    """Whether the rule in use is the first of the answers to a question."""
    if rival.question is Question.PRICE_OF:
        return taken.multiplied
    if rival.question is Question.PACK:
        return taken.pack is not None
    if rival.question in (Question.DISCOUNT_IN, Question.TENDER):
        return rival.column in (taken.off, *taken.held, *(term.position for term in taken.terms))
    if rival.question is Question.FEES:
        return not taken.fees and not taken.held
    if rival.question is Question.REFUND:
        return taken.refund is not None
    if rival.question is Question.TOTAL_OF:
        return bool(taken.of_orders)
    return True


def _counted(rule: MoneyRule, place: int) -> ReadAs:
    """Return the answer that a column counts the pieces of a rule, or does not."""
    if rule.quantity == place:
        return ReadAs("counted", rule, {place: Role.QUANTITY})
    return ReadAs("not_counted", rule, {place: Role.NUMERIC})
