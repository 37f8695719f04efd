"""What stands where on the pages of a PDF that Chromium printed: enough to see how full a page is."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

import numpy as np

PAGE = re.compile(rb"\d+ 0 obj\s*<<(?:(?!endobj).)*?/Type\s*/Page\b(?:(?!endobj).)*", re.DOTALL)
HEIGHT = re.compile(rb"/MediaBox \[0 0 [\d.]+ ([\d.]+)\]")
CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
STEP = re.compile(rb"(?:(?<=\n)|^)([-\d. ]*?)\s*(?:/\S+ ([\d.]+) )?\b(q|Q|cm|Tf|Tm)$", re.MULTILINE)


class Printed(NamedTuple):
    """A line of text: how far down its page it stands (0..1), and how large its letters are (points)."""

    down: float
    size: float


def pages_of(pdf: bytes) -> list[list[Printed]]:
    """Return the lines of text of every page.

    Source: PDF 32000-1, 8.3 (coordinate systems) and 9.4 (text objects).
    """
    return [_lines(pdf, page) for page in PAGE.findall(pdf)]


def _lines(pdf: bytes, page: bytes) -> list[Printed]:
    height, contents = HEIGHT.search(page), CONTENTS.search(page)
    assert height
    assert contents
    stream = re.search(rb"\b" + contents[1] + rb" 0 obj.*?stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    assert stream
    place, kept, size, lines = np.eye(3), list[np.ndarray](), 0.0, list[Printed]()
    for numbers, letters, what in STEP.findall(zlib.decompress(stream[1])):
        if what == b"q":
            kept.append(place)
        elif what == b"Q":
            place = kept.pop()
        elif what == b"Tf":
            size = float(letters)
        elif what == b"cm":
            place = _matrix(numbers) @ place
        else:
            at = _matrix(numbers) @ place
            scale = float(np.sqrt(abs(np.linalg.det(at[:2, :2]))))
            lines.append(Printed(1 - at[2, 1] / float(height[1]), size * scale))
    return lines


def _matrix(numbers: bytes) -> np.ndarray:
    a, b, c, d, e, f = map(float, numbers.split())
    return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])
