"""HTML put together from parts: every text is escaped unless it was made here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"\*(.+?)\*")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Part: TypeAlias = "str | Sequence[Part]"


def escaped(part: Part) -> Html:
    """Return a part, or several one after another, as HTML; what is not `Html` yet is text."""
    if isinstance(part, Html):
        return part
    if isinstance(part, str):
        return Html(html.escape(part))
    return Html("".join(escaped(one) for one in part))


def element(tag: str, *parts: Part, **attributes: str) -> Html:
    """Make an element; an attribute `class_` is the class, an underscore in a name is a hyphen."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for name, value in attributes.items()
    )
    return Html(f"<{tag}{written}>{escaped(parts)}</{tag}>")


def prose(text: str) -> Html:
    """Write our own words, where *emphasis* and **strong** words are marked."""
    words = _STRONG.sub(r"<strong>\1</strong>", html.escape(text))
    return Html(_EMPHASIS.sub(r"<em>\1</em>", words))


def bullets(sentences: Sequence[str]) -> Html:
    """List sentences."""
    return element("ul", [element("li", one) for one in sentences])


def table(headers: Sequence[str], rows: Iterable[Sequence[Part]], class_: str = "") -> Html:
    """Make a table; the first cell of each row heads it."""
    head = element("thead", element("tr", [element("th", one, scope="col") for one in headers]))
    body = element("tbody", [_row(cells) for cells in rows])
    return element("div", element("table", head, body, class_=class_), class_="table")


def _row(cells: Sequence[Part]) -> Html:
    first, *rest = cells
    return element(
        "tr",
        element("th", first, scope="row"),
        [cell if isinstance(cell, Html) and cell.startswith("<td") else element("td", cell) for cell in rest],
    )
