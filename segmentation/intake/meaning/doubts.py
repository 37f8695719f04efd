"""Questions that the figures of a file leave open, with the reading that each answer stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from segmentation.intake.meaning.money.facts import FoundMoney, Question
from segmentation.intake.meaning.orders.hidden_states import HiddenStates
from segmentation.intake.meaning.orders.marks import Marked
from segmentation.intake.meaning.orders.order_state_columns import UnknownStates, as_said
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.values.cast import HUNDREDTHS
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.order_states import State

MOST, MOST_ANSWERS = 3, 10
WHO = (Role.CUSTOMER_ID, Role.EMAIL, Role.PHONE, Role.NAME)
PLAIN = "plain"
MONEYS = (Role.AMOUNT, Role.UNIT_PRICE)
MONEY_QUESTIONS = (
    Question.PRICE_OF,
    Question.WHICH_PRICE,
    Question.PIECES,
    Question.PACK,
    Question.TOTAL_OF,
    Question.DISCOUNT_IN,
    Question.TENDER,
    Question.FEES,
    Question.REFUND,
    Question.HOME,
    Question.KINDS,
    Question.SIDE,
    Question.PAID,
    Question.OTHER_MONEY,
)


@dataclass(frozen=True)
class ReadAs:
    """How an answer reads a file. `code` names the answer; roles and formats are by column."""

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
    answers: tuple[ReadAs, ...]

    @property
    def code(self) -> str:
        """Name the question and the column it is about."""
        return f"{self.question}:{self.column}"


@dataclass(frozen=True)
class Understanding:
    """A file under one reading: what its rows are, its columns in file order, and its money."""

    kind: Kind
    columns: tuple[Column, ...]
    money: FoundMoney | None = None

    def as_answer(self, code: str) -> ReadAs:
        """Return all of it as an answer."""
        return ReadAs(
            code,
            self.money.rule if self.money else None,
            {column.position: column.role for column in self.columns},
            {column.position: column.value_format for column in self.columns},
            self.kind,
        )

    @property
    def customer(self) -> str:
        """The column that says who the customer is, the best first; nothing where none does."""
        held = (column.name for role in WHO for column in self.columns if column.role is role)
        return next(held, "")


def reading_question(likely: Understanding, other: Understanding) -> OpenQuestion:
    """Ask between two readings: what a row is, or who the customer is."""
    if likely.kind is not other.kind:
        answers = likely.as_answer(str(likely.kind)), other.as_answer(str(other.kind))
        return OpenQuestion(Question.KIND, "", answers)
    answers = likely.as_answer(likely.customer), other.as_answer(other.customer)
    return OpenQuestion(Question.CUSTOMER, likely.customer, answers)


def buyer_question(taken: Column, other: Column) -> OpenQuestion:
    """Ask which of two people of a row is the customer."""
    answers = (
        ReadAs(one.name, roles={one.position: taken.role, beside.position: Role.IGNORE})
        for one, beside in ((taken, other), (other, taken))
    )
    return OpenQuestion(Question.CUSTOMER, taken.name, tuple(answers))


def writing_questions(columns: Sequence[Column], evidence: Sequence[Evidence]) -> list[OpenQuestion]:
    """Ask how numbers and dates are written where a column that counts does not say so itself."""
    found = []
    for column in columns:
        values = evidence[column.position]
        if column.role in MONEYS and values.numbers and values.numbers.others:
            found.append(_writing(Question.NUMBERS, column, values.numbers.others))
        if column.role is Role.TIMESTAMP and values.dates and values.dates.others:
            found.append(_writing(Question.DATES, column, values.dates.others))
    return found


def hundredths_question(money: Sequence[Column]) -> OpenQuestion:
    """Ask whether columns of money are written in hundredths."""
    plain = {column.position: column.value_format for column in money}
    answers = (
        ReadAs("as_written", formats=plain),
        ReadAs("hundredths", formats=dict.fromkeys(plain, HUNDREDTHS)),
    )
    return OpenQuestion(Question.HUNDREDTHS, money[0].name, answers)


def _writing(question: Question, column: Column, others: Sequence[str]) -> OpenQuestion:
    formats = (column.value_format, *(one for one in others if one != column.value_format))
    answers = tuple(ReadAs(one or PLAIN, formats={column.position: one}) for one in formats)
    return OpenQuestion(question, column.name, answers)


def state_question(unknown: UnknownStates) -> OpenQuestion:
    """Ask which states mean that an order was not paid for: none, one, or several of them."""
    likely = dict.fromkeys(unknown.likely, State.UNPAID)
    choices = sorted(_lost_ones(unknown.values, unknown.together), key=lambda one: one != likely)
    answers = (_states_as(unknown.column, one) for one in choices)
    return OpenQuestion(Question.STATE, unknown.column.name, tuple(answers))


def sold_question(hidden: HiddenStates) -> OpenQuestion:
    """Ask whether all rows count as sold, or which values mean that they do not.

    What words and figures say comes first, then that all count, then that some take back what was sold.
    """
    meant, others = dict(hidden.meant), [value for value in hidden.values if value not in hidden.meant]
    kept = max(1, hidden.of - 1)
    more = [[*meant, *one] for one in _lost_ones(others, others[: kept - len(meant)])] if meant else []
    lost = _lost_ones(hidden.values, hidden.values[:kept])
    said = [{value: meant.get(value, State.UNPAID) for value in one} for one in ([*meant], (), *more, *lost)]
    said[2:2] = [meant | {value: State.TAKES_BACK} for value in hidden.backs]
    said.append(dict.fromkeys(hidden.values[:kept], State.UNPAID))
    choices = {frozenset(one.items()): one for one in said}.values()
    answers = tuple(_states_as(hidden.column, one) for one in islice(choices, MOST_ANSWERS))
    return OpenQuestion(Question.SOLD, hidden.column.name, answers)


def mark_question(marked: Marked) -> OpenQuestion:
    """Ask whether all orders count as sold, whether or not a column marks them."""
    column, place = marked.column, marked.column.position
    lost = ReadAs(marked.lost, roles={place: Role.ORDER_STATUS}, formats={place: marked.lost})
    all_count = ReadAs(PLAIN, roles={place: column.role}, formats={place: column.value_format})
    answers = (lost, all_count) if marked.likely else (all_count, lost)
    return OpenQuestion(Question.SOLD, column.name, answers)


def back_question(column: Column) -> OpenQuestion:
    """Ask whether a column tells how many pieces came back."""
    answers = tuple(
        ReadAs(code, roles={column.position: role})
        for code, role in (("none_back", column.role), ("pieces_back", Role.PIECES_BACK))
    )
    return OpenQuestion(Question.BACK, column.name, answers)


def _lost_ones(states: Sequence[str], together: Sequence[str]) -> list[dict[str, State]]:
    """Return the choices of none of these states, of each, of two, and of some together."""
    most = min(2, max(1, len(together)))
    choices = [some for many in range(most + 1) for some in combinations(states, many)]
    last = [tuple(together)] if len(together) > 1 else []
    choices = [some for some in choices if {*some} not in map(set, last)]
    return [dict.fromkeys(some, State.UNPAID) for some in [*choices, *last]]


def _states_as(column: Column, states: Mapping[str, State]) -> ReadAs:
    """Read a column of states so; one that nobody knows for such is only where some of them are lost."""
    said, known = as_said(states), column.role is Role.ORDER_STATUS
    role = Role.ORDER_STATUS if states or known else column.role
    return ReadAs(said or PLAIN, roles={column.position: role}, formats={column.position: said})
