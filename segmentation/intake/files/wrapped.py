"""What some tools wrap in quotation marks: cells as formulas (`="00012"`), and whole lines."""

from __future__ import annotations

import csv
import re
from collections import Counter

DELIMITERS = (",", "\t", ";", "|")
MIN_SHARE = 0.3
ALIKE = 0.9
_FORMULA = re.compile(rb'(?m)(^|[,;\t|])(?:="([^"\r\n]*)"|"=""([^"\r\n]*)""")(?=[,;\t|\r\n]|$)')


def without_formulas(text: bytes) -> bytes:
    """Leave the text of cells that are written as formulas so that a spreadsheet keeps their zeros."""
    if b"=" not in text or b'="' not in text:  # the first is a hundred times as fast
        return text
    return _FORMULA.sub(rb'\1"\2\3"', text)


def without_line_quotes(text: bytes) -> bytes:
    """Unwrap lines that stand whole in quotation marks, those within them doubled."""
    return b"".join(map(_unwrapped, text.splitlines(keepends=True)))


def are_lines_wrapped(lines: list[str]) -> bool:
    """Whether many lines stand whole in quotation marks, and all have one width without these."""
    filled = [line for line in lines if line.strip()]
    bare = [_unwrapped(line.encode("utf-8", "surrogateescape")) for line in filled]
    texts = [line.decode("utf-8", "surrogateescape") for line in bare]
    wrapped = [text for text, line in zip(texts, filled, strict=True) if text != line]
    if len(wrapped) < 2 or len(wrapped) < MIN_SHARE * len(filled):
        return False
    for delimiter in DELIMITERS:
        widths = Counter(len(next(csv.reader([text], delimiter=delimiter), [])) for text in texts)
        width, count = widths.most_common(1)[0]
        if width > 1 and count >= ALIKE * len(texts):
            return True
    return False


def _unwrapped(line: bytes) -> bytes:
    body = line.rstrip(b"\r\n")
    inner = body[1:-1]
    whole = len(body) > 2 and body.startswith(b'"') and body.endswith(b'"')
    if not whole or b'"' in inner.replace(b'""', b""):
        return line
    return inner.replace(b'""', b'"') + line[len(body) :]
