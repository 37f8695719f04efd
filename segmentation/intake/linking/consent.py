"""What a consent column says: yes or no in the usual languages, and what a header asks."""

from __future__ import annotations

import re
from enum import StrEnum

from segmentation.intake.headers.read_header import spell
from segmentation.intake.values.yes_no import says


class Answer(StrEnum):
    """What a customer agreed to; who said nothing has none."""

    YES = "yes"
    NO = "no"


# What is told by a word of its own means the same under every header.
_GIVEN = re.compile(
    r"(opted in|opt in|optin|subscribed|granted|consented|accepted|allowed|confirmed|agreed|active"
    r"|angemeldet|zugestimmt|erteilt|abonne|inscrit|accepte|suscrito|aceptado|inscrito|aceito|iscritto"
    r"|aangemeld)"
)
_REFUSED = re.compile(
    r"(opted out|opt out|optout|(un|not |never )subscribed|denied|refused|withdrawn|revoked|objected"
    r"|objects|declined|rejected|blocked|cleaned|suppressed"
    r"|abgemeldet|abgelehnt|widersprochen|widerrufen|desabonne|desinscrit|refuse|oppose|rechazado"
    r"|no suscrito|recusado|cancelado|disiscritto|afgemeld)"
)
_TURNED = re.compile(
    r"\b(opt ?(ed)? ?out|optout|unsubscribed?|object(s|ed|ion|ions)?|widerspr(uch|ochen)|opposition|oppose"
    r"|oposicion|opposizione|bezwaar|do not|dont|no|not|keine?|sans|sin|sem|block(ed)?|suppress(ed)?"
    r"|refus(ed|e|al)|denied|declined)\b"
)
_BY_PHONE = re.compile(r"\b(sms|text|texts|phone|telephone|telefon|telefono|telefone|whatsapp|mobile)\b")


def answer_of(cell: str, turned: bool = False) -> Answer | None:
    """Read a cell of a consent column; None where it says neither yes nor no.

    :param turned: the header asks for a refusal, so that a plain yes means no.
    """
    tidy = cell.strip().lower()
    said = spell(tidy) or tidy
    if _REFUSED.fullmatch(said):
        return Answer.NO
    if _GIVEN.fullmatch(said):
        return Answer.YES
    agreed = says(said)
    if agreed is None:
        return None
    return Answer.YES if agreed is not turned else Answer.NO


def asks_for_refusal(header: str) -> bool:
    """Whether a yes under this header is a no: "opted_out", "objects to profiling", "Widerspruch"."""
    return bool(_TURNED.search(spell(header)))


def is_by_phone(header: str) -> bool:
    """Whether a header asks about messages to a telephone."""
    return bool(_BY_PHONE.search(spell(header)))
