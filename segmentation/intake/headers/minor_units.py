"""Whether a header says that sums are in the smallest coin, as cents: no standard lists their names."""

from __future__ import annotations

import re

_COINS = re.compile(
    r"(euro)?cents?|centavos?|c[eéê]nt[ií]mos?|centimes?|centesim[io]|sentti\w{0,3}|pence|rappen|kope[ckj]\w{0,3}"
    r"|коп|копе\w{0,5}|копі\w{0,4}|grosz\w{0,3}|hal[eé][rř]\w{0,3}|halier\w{0,3}|fill[eé]r\w{0,4}|bani|kuru[şs]\w{0,3}"
    r"|öre|øre|stotink\w|стотинк\w|paise|satang|สตางค์|agorot|אגורות|分"
)
_SHARE = re.compile(r"\b(per|pro|por|pour)[ _-]?cent")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONGEST = 1000


def names_coin(header: str) -> bool:
    """Whether a word of a header is the name of such a coin."""
    return any(map(_COINS.fullmatch, _words(header)))


def is_in_coins(header: str) -> bool:
    """Whether a header names such a coin, or says that the unit is the minor one."""
    return names_coin(header) or "minor" in _words(header)


def _words(header: str) -> list[str]:
    plain = _CAMEL.sub(" ", header[:LONGEST]).lower()
    return [] if _SHARE.search(plain) else re.findall(r"[^\W\d_]+", plain)
