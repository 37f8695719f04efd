"""Questions that the figures of a file leave open, with the reading that each answer stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from segmentation.intake.meaning.find_money import FoundMoney, Question
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Kind, Role

MOST = 3


@dataclass(frozen=True)
class Answer:
    """One reading of a file: what is other than taken. `code` names the answer; roles and formats by column."""

    code: str
    money: MoneyRule | None = None
    roles: dict[int, Role] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    kind: Kind | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """A question about a column, and its answers, the likelier first."""

    question: Question
    column: str
    answers: tuple[Answer, ...]

    @property
    def code(self) -> str:
        """Name the question and the column it is about."""
        return f"{self.question}:{self.column}"


_ANSWERS = {
    Question.PRICE_OF: ("piece", "all_pieces"),
    Question.TOTAL_OF: ("order", "line"),
    Question.DISCOUNT_IN: ("not_yet", "already"),
}


def money_questions(columns: Sequence[Column], found: FoundMoney | None) -> list[OpenQuestion]:
    """Make a question of each rival of the money rule."""
    if found is None:
        return []
    names = {column.position: column.name for column in columns}
    return [
        OpenQuestion(rival.question, names[rival.column], _pair(rival.question, found.rule, rival.rule))
        for rival in found.rivals[:MOST]
    ]


def _pair(question: Question, taken: MoneyRule, other: MoneyRule) -> tuple[Answer, ...]:
    first, second = _ANSWERS[question]
    if question is Question.PRICE_OF and not taken.multiplied:
        first, second = second, first
    return Answer(first, taken), Answer(second, other)
