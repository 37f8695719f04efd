"""The questions about a file in a marketer's words."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.intake.meaning.doubts import PLAIN, OpenQuestion, ReadAs
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.meaning.order_state_columns import said_states
from segmentation.intake.values.cast import DECIMAL_COMMA, DECIMAL_POINT
from segmentation.intake.values.dates import order_of
from segmentation.intake.values.order_states import State

_QUESTIONS = {
    Question.PRICE_OF: "Is “{column}” what one piece costs, or what all pieces of the row cost together?",
    Question.TOTAL_OF: "Is “{column}” the total of the whole order?",
    Question.DISCOUNT_IN: "Is “{column}” still to be taken off the amounts?",
    Question.PAID: "No header speaks of money: which column says what was paid?",
    Question.STATE: "Which of these states in “{column}” mean that an order was not paid for?",
    Question.SOLD: "Do all rows count as sold, whatever “{column}” says?",
    Question.NUMBERS: "How are the numbers in “{column}” written?",
    Question.DATES: "How are the dates in “{column}” written?",
    Question.KIND: "What is one row of this file?",
    Question.CUSTOMER: "Which column says who the customer is?",
}
_ANSWERS = {
    "piece": "One piece",
    "all_pieces": "All pieces together",
    "order": "Yes, of the whole order: it counts once",
    "line": "No, of each row: the rows add up",
    "not_yet": "Yes, take it off",
    "already": "No, the amounts are without it already",
    "customers": "A customer",
    "orders": "An order, or a line of one",
    "events": "Something that a visitor did",
    "products": "A product",
    "reviews": "Something that a customer wrote",
    "other": "None of these",
    "": "No column does",
    PLAIN: "1.5 is one and a half",
    DECIMAL_POINT: "1,500 is one thousand five hundred, 1.5 one and a half",
    DECIMAL_COMMA: "1.500 is one thousand five hundred, 1,5 one and a half",
    "dmy": "The day before the month",
    "mdy": "The month before the day",
    "ymd": "The year first",
}
ALL_COUNT = "None: these orders count"
ALL_SOLD = "Yes, all rows count"
NEWER_QUESTION = (
    "Which file is newer, “{file}” or “{other}”? Both hold {orders:,} orders that they tell differently."
)
NEWER_ANSWER = "“{file}” is newer: what it says of them counts"


def question_words(one: OpenQuestion) -> str:
    """Ask it."""
    return _QUESTIONS[one.question].format(column=one.column)


def answer_words(one: OpenQuestion, answer: ReadAs) -> str:
    """Say what an answer means."""
    if one.question in (Question.STATE, Question.SOLD):
        return _states_words(one.question, said_states(answer.code))
    code = order_of(answer.code) if one.question is Question.DATES else answer.code
    return _ANSWERS.get(code) or f"“{code}”"


def _states_words(question: Question, states: Mapping[str, State]) -> str:
    """Name the values that do not count as sold, and those that take back what was."""
    back = [f"“{value}”" for value, state in states.items() if state is State.TAKES_BACK]
    lost = [f"“{value}”" for value, state in states.items() if state is not State.TAKES_BACK]
    if question is Question.STATE:
        return " and ".join(lost) or ALL_COUNT
    said = [f"rows of {' and '.join(lost)} were not sold"] if lost else []
    said += [f"rows of {' and '.join(back)} take back what was sold before"] if back else []
    return f"No: {', and '.join(said)}" if said else ALL_SOLD
