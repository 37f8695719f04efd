"""Dates in words of any language, rewritten in numbers: `5 janv. 2023, 10:05` is `5-1-2023 10:05`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from babel import Locale

LANGUAGES = (
    *(
        "en",
        "fr",
        "de",
        "es",
        "pt",
        "it",
        "nl",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "sr",
        "bs",
        "sr_Latn",
        "bg",
        "mk",
    ),
    *(
        "ru",
        "uk",
        "be",
        "kk",
        "sv",
        "da",
        "nb",
        "nn",
        "fi",
        "et",
        "lv",
        "lt",
        "hu",
        "ro",
        "el",
        "tr",
        "az",
        "sq",
    ),
    *("ca", "gl", "eu", "is", "ar", "he", "fa", "ur", "hi", "bn", "ta", "te", "mr", "gu", "kn", "pa"),
    *("th", "lo", "km", "my", "vi", "id", "ms", "fil", "ja", "ko", "zh", "zh_Hant", "ka", "hy", "sw", "af"),
)
EUROPEAN = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "cs", "sv", "da", "nb")
SHORTEST, SHORTEST_TIMED = 3, 5
MOST_WORDS = 200
MOST_NUMBERS = 6
AM, PM, MONTH, SILENT = "AM", "PM", "m", ""
# In all languages: endings of numbers, little words between parts, units, zones.
_SILENT = (
    "st nd rd th er re º ª ° o the de del of di d den le el il la las los um a à às at alle ore om kl klo uhr"
    " h u s hrs hr hours oclock time utc gmt z est edt cst cdt mst mdt pst pdt akst hst cet cest eet eest wet"
    " west bst msk ist jst kst hkt sgt wib wita wit ict aest aedt brt art nzst nzdt sast"
    " 年 月 日 時 时 分 秒 点 點 号 號 년 월 일 시 분 초 г р року года ngày tháng thg năm lúc giờ"
    " phút giây"
    " วันที่ ที่ เวลา น พศ คศ ปี pukul jam tanggal gada m ora saat klockan alkl på"
)
_HALVES = {
    AM: "am 上午 午前 早上 凌晨 오전 ص पूर्वाह्न ก่อนเที่ยง sáng pagi sa vorm",
    PM: "pm 下午 午後 晚上 中午 오후 م अपराह्न หลังเที่ยง chiều tối siang sore malam ch nachm",
}
_ALSO = {"de": {"mrz": 3}, "en": {"sept": 9}, "pt": {"set": 9}, "es": {"set": 9, "sep": 9}}
_PART = r"[0-9]+|[\p{L}\p{M}º°]+(?:[.’׳'][\p{L}\p{M}]+)*"
_APART = re.compile(r"\b([ap])\.[\s\xa0\u202f]?m\b")
_APART_SQL = r"\b([ap])\.[\s\x{a0}\x{202f}]?m\b"
_WITHIN_WORDS = re.compile(r"[.’׳'॰]")


@dataclass(frozen=True)
class Rewritten:
    """A date in numbers, as day, month and year follow each other, and their order where a name says it."""

    text: str
    order: str


@cache
def words_of(language: str) -> dict[str, str]:
    """Return what each word says: a month (`m3`), a half of the day, or nothing.

    Names are those of the Common Locale Data Repository, whole or their beginnings, where it is but one.
    No language stands for several of Europe together, without the words that differ between them.
    """
    if not language:
        return _of_several(EUROPEAN)
    names = _months(language)
    beginnings: dict[str, set[str]] = {}
    for name, said in names.items():
        for end in range(SHORTEST, len(name)):
            beginnings.setdefault(name[:end], set()).add(said)
    short = {start: found.pop() for start, found in beginnings.items() if len(found) == 1}
    return {
        **_everywhere(),
        **dict.fromkeys(_weekdays(language), SILENT),
        **short,
        **_halves(language),
        **names,
    }


def _of_several(languages: Sequence[str]) -> dict[str, str]:
    said: dict[str, set[str]] = {}
    for language in languages:
        for word, meaning in words_of(language).items():
            said.setdefault(word, set()).add(meaning)
    return {word: meanings.pop() for word, meanings in said.items() if len(meanings) == 1}


@cache
def names_in(language: str) -> frozenset[str]:
    """Return the words that are the language's own: whole names, abbreviations, halves of the day."""
    if not language:
        return frozenset()
    return frozenset({*_months(language), *_halves(language), *_weekdays(language)})


def language_of(sample: Sequence[str]) -> str | None:
    """Return the language whose words all dates are in, "" of several, None where they are in none known.

    A word behind the time may be any: it is a unit, or a zone.
    """
    tokens = [_tokens(value) for value in sample]
    return _language(tokens) or _language([_without_end(some) for some in tokens])


def _language(tokens: Sequence[Sequence[str]]) -> str | None:
    words = {word for some in tokens for word in some if not word.isdigit()}
    if not words or len(words) > MOST_WORDS:
        return None
    understood = [name for name in (*LANGUAGES, "") if words <= words_of(name).keys()]
    return max(understood, key=lambda name: len(words & names_in(name)), default=None)


def in_numbers(value: str, language: str) -> Rewritten | None:
    """Write a date in numbers; None where a word is not known or there are fewer than three numbers."""
    words = words_of(language)
    said = [token if token.isdigit() else words.get(token, "?") for token in _tokens(value)]
    said = _without_end(said) if said[-1:] == ["?"] else said
    months = [at for at, token in enumerate(said) if token.startswith(MONTH)]
    if len(months) > 1:  # a weekday whose abbreviation is a month's too
        said = said[months[0] + 1 :]
    numbers = [token.removeprefix(MONTH) for token in said if token not in (AM, PM, SILENT)]
    if "?" in said or len(numbers) < 3:
        return None
    places = [token for token in said if token not in (AM, PM, SILENT)][:3]
    half = next((f" {token}" for token in said if token in (AM, PM)), "")
    time = ":".join(numbers[3:MOST_NUMBERS])
    return Rewritten("-".join(numbers[:3]) + (f" {time}{half}" if time else ""), _order(places))


def in_numbers_sql(cell: str, language: str) -> str:
    """Return SQL that does the same with a cell."""
    own = names_in(language)
    # Maps are searched from the front.
    words = dict(sorted(words_of(language).items(), key=lambda one: (one[0] not in own, one[1] == SILENT)))
    keys, said = (", ".join(f"'{word}'" for word in part) for part in (words, words.values()))
    tokens = (
        f"regexp_extract_all(regexp_replace(lower({cell}), '{_APART_SQL}', '\\1m', 'g'), '{_sql(_PART)}')"
    )
    word = f"MAP([{keys}], [{said}])[regexp_replace(t, '[.’׳''॰]', '', 'g')]"
    mapped = (
        f"list_transform({tokens}, lambda t: CASE WHEN ascii(t) < 58 THEN t ELSE coalesce({word}, '?') END)"
    )
    time = "w[-3] <> '' AND greatest(ascii(w[-2]), ascii(w[-3])) < 58"
    ends = f"len(w) > {SHORTEST_TIMED} AND w[-1] = '?' AND {time}"
    timed = f"list_transform([{mapped}], lambda w: if({ends}, w[:-2], w))[1]"
    whole = f"list_filter({timed}, lambda t: t <> '')"
    months = f"list_filter(p, lambda t: prefix(t, '{MONTH}'))"
    parts = f"list_transform([{whole}], lambda p: if(len({months}) > 1, p[2:], p))[1]"
    numbers = (
        f"list_transform(list_filter(p, lambda t: t NOT IN ('{AM}', '{PM}')), lambda t: ltrim(t, '{MONTH}'))"
    )
    half = f"if(list_contains(p, '{AM}'), ' {AM}', if(list_contains(p, '{PM}'), ' {PM}', ''))"
    time = f"if(len(q) > 3, ' ' || array_to_string(q[4:{MOST_NUMBERS}], ':') || {half}, '')"
    text = (
        f"CASE WHEN len(q) >= 3 AND NOT list_contains(p, '?') THEN array_to_string(q[:3], '-') || {time} END"
    )
    return f"list_transform([{parts}], lambda p: list_transform([{numbers}], lambda q: {text})[1])[1]"


def _order(places: Sequence[str]) -> str:
    """Return the order that a named month says: `5 janv. 2023` is day first."""
    at = next((at for at, token in enumerate(places) if token.startswith(MONTH)), None)
    year_first = len(places[0]) == 4
    return {None: "", 0: "mdy", 1: "ymd" if year_first else "dmy", 2: "ydm"}[at]


def _without_end(tokens: Sequence[str]) -> list[str]:
    """Leave out a word behind the time of a day."""
    timed = len(tokens) > SHORTEST_TIMED and all(token.isdigit() for token in tokens[-3:-1])
    return list(tokens[:-1] if timed and not tokens[-1].isdigit() else tokens)


def _tokens(value: str) -> list[str]:
    text = _APART.sub(r"\1m", value.lower())
    return [_WITHIN_WORDS.sub("", token) for token in _pattern().findall(text)]


@cache
def _pattern() -> re.Pattern[str]:
    """Return the tokens' pattern in Python, whose expressions know no classes of letters and their marks."""
    marks = "".join(chr(code) for code in range(0x300, 0x2E00) if unicodedata.category(chr(code))[0] == "M")
    letters = rf"(?:[^\W\d_]|[{marks}])"
    return re.compile(
        _PART.replace(r"[\p{L}\p{M}º°]", f"(?:{letters}|[º°])").replace(r"[\p{L}\p{M}]", letters)
    )


def _sql(pattern: str) -> str:
    return pattern.replace("'", "''")


@cache
def _everywhere() -> dict[str, str]:
    halves = {word: half for half, words in _HALVES.items() for word in words.split()}
    return dict.fromkeys(_SILENT.split(), SILENT) | halves


def _months(language: str) -> dict[str, str]:
    locale = Locale.parse(language)
    widths = [locale.months[context][width] for context in ("format", "stand-alone") for width in _WIDTHS]
    found = {name: number for names in widths for number, name in names.items()}
    glued = re.findall(r"([^\W\da-zA-Z'])M", str(locale.date_formats["long"].pattern))
    named = {
        spelling: number
        for name, number in found.items() if not re.search(r"\d", name)
        for start in ("", *glued) for spelling in _spellings(start + name)
    }  # fmt: skip
    return {name: f"{MONTH}{number}" for name, number in (named | _ALSO.get(language, {})).items()}


_WIDTHS = ("wide", "abbreviated")


def _weekdays(language: str) -> Iterable[str]:
    days = Locale.parse(language).days
    names = chain.from_iterable(
        days[context][width].values() for context in days for width in (*_WIDTHS, "short")
    )
    return [spelling for name in names for word in name.split() for spelling in _spellings(word)]


def _halves(language: str) -> dict[str, str]:
    periods = Locale.parse(language).day_periods
    found = {}
    for half, key in ((AM, "am"), (PM, "pm")):
        texts = [widths[key] for context in periods.values() for widths in context.values() if key in widths]
        found.update({spelling: half for text in texts for spelling in _spellings("".join(text.split()))})
    return {word: half for word, half in found.items() if len(word) > 1 or not word.isascii()}


def _spellings(name: str) -> set[str]:
    """Write a name as tokens are: in lower case, without dots, with its accents and without them."""
    plain = _WITHIN_WORDS.sub("", name.lower()).strip()
    parts = unicodedata.normalize("NFD", plain)
    bare = "".join(part for part in parts if not 0x300 <= ord(part) <= 0x36F)
    return {plain, unicodedata.normalize("NFC", bare)} - {""}
