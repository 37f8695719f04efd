"""The questions about a file in a marketer's words."""

from __future__ import annotations

from segmentation.intake.meaning.doubts import OpenQuestion, ReadAs
from segmentation.intake.meaning.money_facts import Question

_QUESTIONS = {
    Question.PRICE_OF: "Is “{column}” what one piece costs, or what all pieces of the row cost together?",
    Question.TOTAL_OF: "Is “{column}” the total of the whole order?",
    Question.DISCOUNT_IN: "Is “{column}” still to be taken off the amounts?",
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
}


def question_words(one: OpenQuestion) -> str:
    """Ask it."""
    return _QUESTIONS[one.question].format(column=one.column)


def answer_words(one: OpenQuestion, answer: ReadAs) -> str:
    """Say what an answer means."""
    return _ANSWERS.get(answer.code) or f"“{answer.code}”"
