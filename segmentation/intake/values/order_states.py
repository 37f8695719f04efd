"""The states that an order can be in, by their words: to tell a column of states, and to judge by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from segmentation.intake.values import order_state_words as words
from segmentation.intake.values.yes_no import says


class State(StrEnum):
    """What became of an order, or of a line of it; of two columns the first here that one of them says.

    TAKES_BACK is a row that is itself a return, in a file that writes sales and returns as rows of their own.
    """

    TAKES_BACK = "takes_back"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    PARTLY_RETURNED = "partly_returned"
    PAID = "paid"
    UNPAID = "unpaid"
    SOLD = "sold"
    UNDER_WAY = "under_way"
    UNKNOWN = "unknown"


LOST = frozenset({State.TAKES_BACK, State.CANCELLED, State.RETURNED, State.UNPAID})
"""What leaves nothing of the order."""
MOST_LOST = 0.5
MIN_KNOWN = 0.6
MOST_DOCUMENTS = 6
LONGEST = 120
"""Signs in which a state is said; a text of megabytes took minutes."""
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "_": " ", "İ": "i"})
_NEUTRAL = re.compile(
    r"\b(is|was|has|been|order|orders|item|line|flag|yn|y|n|ist|wurde|war|bestellung|est|commande|es|esta|fue|foi|pedido"
    r"|e|stato|ordine|jest|je|byla?|edildi|mi|был|была|заказ|bestelling|ordre|order)\b|[!?.,:;/()#-]"
)
_ABLE = re.compile(r"(able|ible|bar|bel|ing|eligible|policy|window|days?|reason|rate|amount|date|count)\b")


def fold(text: str) -> str:
    """Write a text in lower case, without accents and with single blanks."""
    spread = unicodedata.normalize("NFKD", text.translate(_LETTERS).lower())
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return " ".join(bare.translate(_LETTERS).split())


def _said(text: str) -> str:
    return fold(text[:LONGEST])


def _pattern(*lists: Mapping[str, str] | str) -> re.Pattern[str]:
    parts = [part for one in lists for part in ((one,) if isinstance(one, str) else one.values())]
    return re.compile(fold("|".join(parts)))


_RETURNED, _PARTLY, _CANCELLED = _pattern(words.RETURNED), _pattern(words.PARTLY), _pattern(words.CANCELLED)
_UNPAID, _PAID, _UNDER_WAY = _pattern(words.UNPAID), _pattern(words.PAID), _pattern(words.UNDER_WAY)
_CREDIT_NOTES = _pattern(words.CREDIT_NOTES)
_CREDIT, _GOODS_SOLD = re.compile("credits?"), re.compile("sales?|sold|orders?|invoices?")
"""Credit is a way of paying, but for beside sales."""
_SOLD, _OPEN = _pattern(words.SOLD), _pattern(words.OPEN, words.NOT_YET)
_OPEN_ITSELF = _pattern(words.OPEN)
_OF_DELIVERY, _OF_PAYMENT = _pattern(words.OF_DELIVERY), _pattern(words.OF_PAYMENT)


def state_of(text: str, header: str = "") -> State | None:
    """Return the state that a text names, None where it names none.

    :param header: the column's; what is open there is unpaid where it speaks of paying, and what waits is
        not where it speaks of sending.
    """
    said, asked = _said(text), _said(header)
    if _SOLD.fullmatch(said):
        return State.SOLD
    if _RETURNED.search(said):
        return State.PARTLY_RETURNED if _PARTLY.search(said) else State.RETURNED
    if _CANCELLED.search(said):
        return State.CANCELLED
    of_payment = _OF_PAYMENT.search(said) or (_OF_PAYMENT.search(asked) and not _PAID.search(said))
    of_delivery = _OF_DELIVERY.search(said) or _OF_DELIVERY.search(asked)
    if _UNPAID.search(said) and (of_payment or not of_delivery):
        return State.UNPAID
    if _PAID.search(said):
        return State.PAID
    if _OF_PAYMENT.search(asked) and _OPEN.search(said):
        return State.UNPAID
    return State.UNDER_WAY if _UNDER_WAY.search(said) or _UNPAID.search(said) else None


def states_of(values: Iterable[str], header: str = "") -> dict[str, State]:
    """Return the state that each value of a column means; what is unknown is told from what is blank.

    Where some values are sales, or documents, those that are returns take back. A yes or no answers the
    header.
    """
    flag = state_of_flag(header)
    given = list(values)
    if flag and all(says(value) is not None for value in given):
        return {value: _answered(flag, value) for value in given}
    found = {value: state_of(value, header) or State.UNKNOWN for value in given}
    notes = _credit_notes(given)
    if State.SOLD in found.values() or notes:
        back = {*notes, *(value for value, state in found.items() if state is State.RETURNED)}
        return {value: State.TAKES_BACK if value in back else state for value, state in found.items()}
    return found


def tells_of_paying(header: str) -> bool:
    """Whether a header speaks of paying, or of what was paid, and not of what is due or not paid yet."""
    asked = _said(_spaced(header))
    due = _UNPAID.search(asked) or _OPEN.search(asked)
    return bool(not due and (_PAID.search(asked) or _OF_PAYMENT.search(asked)))


def open_beside_paid(values: Iterable[str], header: str = "") -> list[str]:
    """Return the values that say open in a column that also says paid: there they may mean not paid."""
    found = {value: state_of(value, header) for value in values}
    if State.PAID not in found.values():
        return []
    going = (State.UNDER_WAY, None)
    return [v for v, state in found.items() if state in going and _OPEN_ITSELF.search(_said(v))]


def _answered(flag: State, value: str) -> State:
    if says(value):
        return flag
    return State.UNPAID if flag is State.PAID else State.UNKNOWN


def state_of_flag(header: str) -> State | None:
    """Return the state that a yes under a header means ("Cancelled", "is_paid"), if it asks for one."""
    asked = " ".join(_NEUTRAL.sub(" ", fold(_spaced(header))).split())
    if not asked or len(asked.split()) > 2 or _ABLE.search(asked):
        return None
    state = state_of(asked)
    return state if state in (State.CANCELLED, State.RETURNED, State.PAID, State.UNPAID) else None


def _spaced(header: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)


def is_order_status(values: Sequence[str]) -> bool:
    """Whether some value is a state that an order can be in, and most of few values are."""
    known = sum(state_of(value) not in (None, State.SOLD) for value in values)
    return known >= 1 and (known >= 2 or len(values) <= 3) and known >= 0.3 * len(values)


def are_sales_and_returns(values: Sequence[str]) -> bool:
    """Whether the values are words for sales and for what takes them back, and a few others at most."""
    if _credit_notes(values):
        return True
    found = {state_of(value) for value in values}
    back = {State.RETURNED, State.CANCELLED, State.PARTLY_RETURNED}
    return len(values) <= 6 and State.SOLD in found and bool(found & back) and None not in found


def _credit_notes(values: Sequence[str]) -> list[str]:
    """Return the values that are credit notes, where the others are sales or nothing that an order can be."""
    sales = any(_GOODS_SOLD.fullmatch(_said(value)) for value in values)
    notes = [v for v in values if _CREDIT_NOTES.search(_said(v)) or (sales and _CREDIT.fullmatch(_said(v)))]
    others = {state_of(value) for value in values if value not in notes}
    return notes if others and others <= {None, State.SOLD} and len(values) <= MOST_DOCUMENTS else []


def are_states(values: Sequence[str]) -> bool:
    """Whether nearly all values are states of orders, good ones and lost ones, whatever the header says."""
    found = [state_of(value) for value in values]
    good, lost = {State.PAID, State.UNDER_WAY}, {State.CANCELLED, State.RETURNED, State.UNPAID}
    known = sum(state in good | lost | {State.PARTLY_RETURNED} for state in found)
    return known >= MIN_KNOWN * len(found) and bool(good & set(found)) and bool(lost & set(found))


def is_state_flag(header: str, values: Sequence[str], shares: Mapping[bool, float] | None = None) -> bool:
    """Whether a column answers yes or no to a state that its header names, as “Storniert: ja, nein”.

    :param shares: of yes and of no; what most rows say yes to is no loss.
    """
    state = state_of_flag(header)
    if state is None or not values or any(says(value) is None for value in values):
        return False
    return shares is None or state in (State.PAID, State.UNPAID) or shares.get(True, 0.0) <= MOST_LOST
