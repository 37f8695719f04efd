"""Text that came from a file, made safe to show; and the small phrases that several screens use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import east_asian_width

from segmentation import formats

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=])")
# Backslashes do not stop ":shortcode:", "a@b.c" and "www.…": they are found after the Markdown has been read.
AFTER_MARKDOWN = re.compile(r"(:|@|www)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def plain(text: object) -> str:
    """Write user text (a file or column name, a value) so that Markdown and HTML in it show as they are."""
    one_line = " ".join(str(text).split())
    return AFTER_MARKDOWN.sub(rf"\1{WORD_JOINER}", MARKDOWN.sub(r"\\\1", one_line))


def sentence(text: str) -> str:
    """Write user text as a sentence of its own: safe, and with a capital letter."""
    return plain(formats.capitalised(text))


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun ("1 row", "1,204 rows")."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def width_of(texts: Iterable[str]) -> int:
    """Return how many pixels a column needs to show the longest of these texts whole."""
    letters = (sum(1 + (east_asian_width(sign) in "WF") for sign in text) for text in texts)
    return 32 + 7 * max(letters)
