"""Which currency a sign or a few letters around a number stand for, in any language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.localedata import exists
from babel.numbers import get_currency_precision, get_territory_currencies, list_currencies

MAJOR_SHARE = 20
# Signs of which the most used meaning is taken, and what people write that no standard lists.
_COMMON = {
    "$": "USD", "€": "EUR", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₫": "VND", "฿": "THB",
    "₪": "ILS", "₱": "PHP", "₦": "NGN", "₸": "KZT", "₡": "CRC", "₲": "PYG", "৳": "BDT", "₾": "GEL", "₼": "AZN",
    "£": "GBP", "元": "CNY", "圆": "CNY", "块": "CNY", "rmb": "CNY", "人民币": "CNY", "円": "JPY",
    "원": "KRW", "kč": "CZK", "ft": "HUF", "tl": "TRY", "rs": "INR", "rp": "IDR", "rm": "MYR", "lei": "RON",
    "leu": "RON", "руб": "RUB", "р": "RUB", "грн": "UAH", "лв": "BGN", "บาท": "THB", "đ": "VND", "vnđ": "VND",
    "тг": "KZT", "sfr": "CHF", "fr": "CHF", "din": "RSD", "дин": "RSD", "tk": "BDT", "dhs": "AED",
    "dollar": "USD", "dollars": "USD", "pounds": "GBP", "rupees": "INR", "reais": "BRL", "ريال": "SAR",
    "us$": "USD", "u$s": "USD", "nt$": "TWD", "r$": "BRL", "zł": "PLN",
}  # fmt: skip
_SHARED = frozenset(["kr", "¥", "￥", "pesos", "peso", "dinar", "francs"])
_ISO = re.compile(r"[A-Z]{3}|[a-z]{3}")


def is_currency(mark: str) -> bool:
    """Whether a mark stands for money: by its code, its sign, or as people of some country write it."""
    return code_of(mark) is not None or _plain(mark) in _SHARED or bool(_signs(mark))


@cache
def code_of(mark: str) -> str | None:
    """Return the ISO code of the currency that a mark stands for; None where it is of none or of several."""
    bare = _letters(mark)
    if _ISO.fullmatch(bare) and bare.upper() in list_currencies():
        return bare.upper()
    plain = _plain(mark)
    if plain in _COMMON or plain in _SHARED:
        return _COMMON.get(plain)
    found = _everywhere().get(plain, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def code_or_mark(mark: str) -> str:
    """Return the ISO code, or the mark itself, by which amounts of different currencies are told apart."""
    code = code_of(mark) or next((code for sign in _signs(mark) if (code := code_of(sign))), None)
    return code or _letters(mark).upper()


def decimals_of(mark: str) -> int | None:
    """Return how many decimals amounts of the currency have; None where it is not known."""
    code = code_of(mark)
    if code is None:
        return None
    return 0 if code in ("CLP", "IDR", "COP", "VND", "PYG") else get_currency_precision(code)


def _letters(mark: str) -> str:
    """Leave letters, their accents, a stroke (`S/`) and signs of currencies."""
    return "".join(
        sign for sign in mark if unicodedata.category(sign)[0] in "LM" or sign == "/" or _signs(sign)
    )


def _plain(mark: str) -> str:
    return _letters(mark).lower()


def _signs(mark: str) -> list[str]:
    return [sign for sign in mark if unicodedata.category(sign) == "Sc"]


@cache
def _everywhere() -> dict[str, frozenset[str]]:
    """Return what the Common Locale Data Repository says: signs and names, each in its own country."""
    found: dict[str, set[str]] = {}
    for territory, languages in get_global("territory_languages").items():
        for code in get_territory_currencies(territory)[:1]:
            spoken = [name for name, facts in languages.items() if _is_major(facts)]
            for words in map(_names_of, spoken, [territory] * len(spoken), [code] * len(spoken)):
                for word in words:
                    found.setdefault(_plain(word), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items() if word}


def _is_major(facts: dict[str, object]) -> bool:
    return bool(facts.get("official_status")) or float(str(facts["population_percent"])) > MAJOR_SHARE


def _names_of(language: str, territory: str, code: str) -> list[str]:
    name = next((name for name in (f"{language}_{territory}", language) if exists(name)), None)
    if name is None:
        return []
    locale = Locale.parse(name)
    plurals = locale._data["currency_names_plural"].get(code, {}).values()
    return [locale.currency_symbols.get(code, ""), *(word for text in plurals for word in text.split())]
