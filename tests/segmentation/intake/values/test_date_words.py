"""Dates in words: each language's own names, and no beginning that could be two months."""

from __future__ import annotations

import duckdb
import pytest
from babel import Locale

from segmentation.intake.values.date_words import LANGUAGES, in_numbers, in_numbers_sql, language_of, words_of


def text_of(value: str, language: str) -> str | None:
    found = in_numbers(value, language)
    return found.text if found else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_known_by_its_name_and_its_abbreviation(language: str) -> None:
    for width, names in Locale.parse(language).months["format"].items():
        if width != "narrow":
            assert [text_of(f"5 {name} 2023", language) for name in names.values()] == [
                f"5-{number}-2023" for number in names
            ]


def test_a_beginning_of_two_months_is_neither() -> None:
    assert "jui" not in words_of("fr")
    assert in_numbers("5 jui 2023", "fr") is None
    assert (words_of("fr")["juin"], words_of("fr")["juillet"]) == ("m6", "m7")


@pytest.mark.parametrize(
    ("value", "language", "text", "order"),
    [
        ("Feb 28th 2014", "en", "2-28-2014", "mdy"),
        ("28 de febrero de 2014 09:24 hs.", "es", "28-2-2014 09:24", "dmy"),
        ("28 de febrero de 2014 xyz", "es", None, ""),
        ("28. Februar 2014 um 9:05 Uhr", "de", "28-2-2014 9:05", "dmy"),
        ("2014年2月28日 下午3:05", "zh", "2014-2-28 3:05 PM", ""),
        ("2014년 2월 28일 오후 3:05", "ko", "2014-2-28 3:05 PM", ""),
        ("28 ก.พ. 2014 15:05 น.", "th", "28-2-2014 15:05", "dmy"),
        ("28 февраля 2014 г. 15:05", "ru", "28-2-2014 15:05", "dmy"),
        ("28 tháng 2, 2014 3:05 CH", "vi", "28-2-2014 3:05 PM", ""),
        ("2014. február 28. du. 3:05", "hu", "2014-2-28 3:05 PM", "ymd"),
        ("28 de febrero de 2014 a las 3:05 p. m.", "es", "28-2-2014 3:05 PM", "dmy"),
        ("28 Şub 2014 15:05", "tr", "28-2-2014 15:05", "dmy"),
        ("28 بفراير 2014", "ar", None, ""),
        ("28 فبراير 2014 3:05 م", "ar", "28-2-2014 3:05 PM", "dmy"),
        ("28 בפברואר 2014", "he", "28-2-2014", "dmy"),
        ("28/2/2014 3:05 μ.μ.", "el", "28-2-2014 3:05 PM", ""),
        ("mar. 5 mars 2024", "fr", "5-3-2024", "dmy"),
        ("Feb 28, 2014 11:05:00 PM PST", "en", "2-28-2014 11:05:00 PM", "mdy"),
        ("12 XL 2023", "en", None, ""),
        ("helmikuu 2014", "fi", None, ""),
    ],
)
def test_dates_in_words_in_python_and_in_sql(value: str, language: str, text: str | None, order: str) -> None:
    found = in_numbers(value, language)
    assert (found.text if found else None, found.order if found else "") == (text, order)
    query = f"SELECT {in_numbers_sql('c', language)} FROM (SELECT ?::VARCHAR AS c)"
    assert duckdb.execute(query, [value]).fetchall() == [(text,)]


@pytest.mark.parametrize(
    ("sample", "language"),
    [
        (["5 lipnja 2023", "7 svibnja 2023"], "hr"),
        (["5 lipca 2023", "7 maja 2023"], "pl"),
        (["5 février 2023", "7 août 2023"], "fr"),
        (["3 mars bars", "4 xl"], None),
    ],
)
def test_the_language_is_the_one_that_knows_all_words(sample: list[str], language: str | None) -> None:
    assert language_of(sample) == language
