"""The questions about a file in a marketer's words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from segmentation.intake.meaning.doubts import PLAIN, OpenQuestion, ReadAs
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.meaning.orders.filled_cells import filling_of
from segmentation.intake.meaning.orders.order_state_columns import said_states
from segmentation.intake.values.cast import DECIMAL_COMMA, DECIMAL_POINT
from segmentation.intake.values.dates import first_day_of, order_of
from segmentation.intake.values.order_states import State

_QUESTIONS = {
    Question.PRICE_OF: "Is “{column}” what one piece costs, or what all pieces of the row cost together?",
    Question.WHICH_PRICE: "Which of these prices of an article did customers pay?",
    Question.PIECES: "Is “{column}” the number of pieces, by which the price is multiplied?",
    Question.PACK: "Is the price of one piece, and “{column}” how many are in each pack that was bought?",
    Question.TOTAL_OF: "Is “{column}” the total of the whole order?",
    Question.DISCOUNT_IN: "Is “{column}” still to be taken off the amounts?",
    Question.TENDER: "Is “{column}” money off, or did customers pay with it (credit, a card bought before)?",
    Question.FEES: "Is “{column}” a part of what was paid for goods?",
    Question.REFUND: "Was what “{column}” says given back to customers?",
    Question.HOME: "Is “{column}” in one currency in all rows, beside a sum in the currency of the row?",
    Question.KINDS: "Which kinds of rows in “{column}” are what customers paid for goods?",
    Question.SIDE: "Did customers pay what “{column}” says, by which the balance of the account rises?",
    Question.PAID: "No header speaks of money: which column says what was paid?",
    Question.OTHER_MONEY: "Is “{column}” in the money of the other files, where goods cost far more or less?",
    Question.STATE: "Which of these states in “{column}” mean that an order was not paid for?",
    Question.SOLD: "Do all rows count as sold, whatever “{column}” says?",
    Question.BACK: "Does “{column}” tell how many pieces came back?",
    Question.HUNDREDTHS: "Is “{column}” written in hundredths, so that 1995 is 19.95?",
    Question.NUMBERS: "How are the numbers in “{column}” written?",
    Question.DATES: "How are the dates in “{column}” written?",
    Question.KIND: "What is one row of this file?",
    Question.CUSTOMER: "Which column says who the customer is?",
}
_ANSWERS = {
    "piece": "One piece",
    "all_pieces": "All pieces together",
    "counted": "Yes, pieces times the price",
    "not_counted": "No, the price alone was paid",
    "of_piece": "Yes: packs times pieces times the price",
    "of_pack": "No: what was bought times the price",
    "order": "Yes, of the whole order: it counts once",
    "line": "No, of each row: the rows add up",
    "not_yet": "Yes, take it off",
    "percent_off": "Yes, in percent of the price",
    "sum_off": "Yes, as a sum of money",
    "already": "No, the amounts are without it already",
    "money_off": "Money off: it made goods cheaper",
    "paid_with": "They paid with it: it counts as spent",
    "of_goods": "Yes, the whole total was paid for goods",
    "besides": "No, it is postage, tax or a fee",
    "given_back": "Yes: it is taken off",
    "not_given_back": "No: it is something else",
    "rises": "Yes, what comes in is what they paid",
    "falls": "No, they paid what goes out of it",
    "in_one": "Yes: it counts, and needs no rate",
    "in_own": "No: it is in the currency of the row, and the other sum counts",
    "other_money": "No, in another one: its orders count, and not its sums",
    "in_one_money": "Yes: the sums add up",
    "none_back": "No: all pieces count",
    "pieces_back": "Yes: what these cost is taken off",
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
    "as_written": "No: 1995 is 1995",
    "hundredths": "Yes, in hundredths (cents): 1995 is 19.95",
    "dmy": "The day before the month",
    "mdy": "The month before the day",
    "ymd": "The year first",
}
ALL_KINDS = "All of them: the rows add up"
ALL_COUNT = "None: these orders count"
MARKED = "No: rows {way} “{column}” were not sold"
NAMING = "No: rows {way} “{column}” take back what was sold before"
ALL_SOLD = "Yes, all rows count"
NEWER_QUESTION = (
    "Which file is newer, “{file}” or “{other}”? Both hold {orders:,} orders that they tell differently."
)
OF_FILE = "{question} (The figures are those of this file alone.)"
NEWER_ANSWER = "“{file}” is newer: what it says of them counts"


def question_words(one: OpenQuestion) -> str:
    """Ask it."""
    return _QUESTIONS[one.question].format(column=one.column)


def answer_words(one: OpenQuestion, answer: ReadAs) -> str:
    """Say what an answer means."""
    if one.question in (Question.STATE, Question.SOLD):
        filling = filling_of(answer.code)
        if filling:
            words = NAMING if filling.state is State.TAKES_BACK else MARKED
            return words.format(way="without" if filling.blank else "with", column=one.column)
        return _states_words(one.question, said_states(answer.code))
    if one.question is Question.KINDS:
        return _listed(json.loads(answer.code)) or ALL_KINDS
    code = order_of(answer.code) if one.question is Question.DATES else answer.code
    if first := first_day_of(answer.code):
        return f"{_ANSWERS[code]}, in the year from {first} on"
    return _ANSWERS.get(code) or f"“{code}”"


def _listed(values: Sequence[str]) -> str:
    return " and ".join(f"“{value}”" for value in values)


def _states_words(question: Question, states: Mapping[str, State]) -> str:
    """Name the values that do not count as sold, and those that take back what was."""
    back = _listed([value for value, state in states.items() if state is State.TAKES_BACK])
    lost = _listed([value for value, state in states.items() if state is not State.TAKES_BACK])
    if question is Question.STATE:
        return lost or ALL_COUNT
    said = [f"rows of {lost} were not sold"] if lost else []
    said += [f"rows of {back} take back what was sold before"] if back else []
    return f"No: {', and '.join(said)}" if said else ALL_SOLD
