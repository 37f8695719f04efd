"""Which code page of Europe makes words of bytes: the one of whose languages an alphabet holds the letters.

The alphabets are the letters beyond a to z of CLDR's main exemplar characters.
"""

from __future__ import annotations

import re
from collections import Counter

CLEARLY = 0.02
_WESTERN = "cp1252"
_ALPHABETS = {
    _WESTERN: (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõú", "àèéìíîòóù", "äáéëíïóöúü", "æøåé",
        "àåäéö", "áðéíóúýþæö", "àçéèíïóòúü", "áéíóú", "àèìòù", "çë", "áðíóúýæø", "âêîôûäëïöü", "åäöšž",
    ),
    "cp1250": (
        "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž", "çë",
        "čćěłńóřšśźž",
    ),
    "cp1254": ("çğıiöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}  # fmt: skip
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[A-Za-z][A-Za-z\x80-\xff]*")
_ASCII = bytes(range(128))


def neighbour_of_western(text: bytes) -> str | None:
    """Return the code page of central Europe, Turkey or the Baltic that fits clearly better; None without."""
    found = Counter(b"".join(_WORD.findall(text)).translate(None, _ASCII))
    shares = {codec: _share(found, codec) for codec in _ALPHABETS}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > shares[_WESTERN] + CLEARLY else None


def _share(found: Counter[int], codec: str) -> float:
    """Return the largest share of the letters in words that are of one alphabet of a code page (0..1)."""
    letters: Counter[str] = Counter()
    for byte, count in found.items():
        letters[bytes([byte]).decode(codec, "replace").lower()] += count
    held = (sum(letters[one] for one in set(alphabet)) for alphabet in _ALPHABETS[codec])
    return max(held) / max(1, letters.total())
