"""Contact details written as advertising and mailing platforms match them; no function here ever raises."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global

from segmentation.action.audience.contacts import EMAIL, FEWEST_DIGITS, HASHED
from segmentation.intake.values.telephones import e164

_EMAIL, _HASHED = re.compile(EMAIL), re.compile(HASHED)
# What a spreadsheet would run (OWASP, CSV injection) stands at the start of no usable address or name.
_RUNS = "=+-@\t\r\n＝＋－＠'"
_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "tr", "zh", "ja")
_MORE_NAMES = {"uk": "GB", "england": "GB", "scotland": "GB", "great britain": "GB", "eire": "IE",
               "holland": "NL", "czech republic": "CZ", "hong kong": "HK", "turkey": "TR",
               "u.s.": "US", "u.s.a.": "US", "korea": "KR", "中国": "CN"}  # fmt: skip


def digest(text: str) -> str:
    """Return the SHA-256 of a text as lower-case hex; of nothing, nothing; a digest stays as it is."""
    if not text or is_hashed(text):
        return text
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def is_hashed(text: str) -> bool:
    """Whether a value is the hex of a SHA-256 already."""
    return bool(_HASHED.fullmatch(text))


def email(text: str) -> str:
    """Return an address in lower case without blanks and stray dots around it, or nothing where it is none.

    Dots and +tags before the @ stay: platforms compare what was typed.
    """
    bare = unicodedata.normalize("NFC", text).strip().strip(".").strip().lower()
    if is_hashed(bare):
        return bare
    return bare if _EMAIL.fullmatch(bare) and bare[0] not in _RUNS else ""


def without_tag(address: str) -> str:
    """Drop the +tag before the @."""
    return re.sub(r"\+[^@]*@", "@", address)


def phone(text: str, region: str = "") -> str:
    """Return a number as E.164 with its plus ("+442079460018"), or nothing where it cannot be one.

    :param region: ISO code of the country of numbers without a country code.
    """
    bare = text.strip().strip("'").lower()
    if is_hashed(bare):
        return bare
    written = e164(bare, region)
    return written if len(written) > FEWEST_DIGITS else ""


def country(text: str) -> str:
    """Return the two-letter ISO code of a country by its code or name in the usual languages, or nothing."""
    bare = " ".join(text.split()).casefold()
    return _countries().get(bare, "")


def name(text: str) -> str:
    """Return a name in lower case with single blanks, accents kept."""
    return _unable_to_run(" ".join(unicodedata.normalize("NFC", text).lower().split()))


def shown_name(text: str) -> str:
    """Return a name as it is written, with single blanks."""
    return _unable_to_run(" ".join(unicodedata.normalize("NFC", text).split()))


def _unable_to_run(name: str) -> str:
    return name.lstrip(f"{_RUNS} ")


def postal_code(text: str) -> str:
    """Return a postal code in lower case without blanks, and without what follows a dash (90210-1234)."""
    bare = "".join(text.lower().split()).partition("-")[0]
    return bare if bare.isalnum() else ""


@cache
def _countries() -> dict[str, str]:
    known = {
        label.casefold(): code
        for language in reversed(_LANGUAGES)
        for code, label in _territories(language).items()
    }
    known |= {
        alias.casefold(): codes[0]
        for alias, codes in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha()
    }
    codes = {code.casefold(): code for code in _territories("en")}
    return known | codes | _MORE_NAMES


def _territories(language: str) -> dict[str, str]:
    """Return the names of all countries in a language, by their two-letter codes."""
    found = {str(code): str(label) for code, label in Locale(language).territories.items()}
    return {code: label for code, label in found.items() if len(code) == 2 and code.isalpha()}
