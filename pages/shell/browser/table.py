"""A small table as plain HTML: read by keyboard, and on a phone folded up instead of pushed sideways."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shell.swatch import glyph
from segmentation.charts.figures import LINE, PALETTE, style_of

NARROW = 640
"""In CSS pixels: up to this width tables are folded."""
STYLE = f"""<style>
.folding {{ container-type: inline-size; }}
.folding table {{ width: 100%; border-collapse: collapse; font-size: .9rem; }}
.folding table {{ font-variant-numeric: tabular-nums; }}
.folding th, .folding td {{ padding: .45rem .6rem; text-align: left; vertical-align: top; border: 0; }}
.folding thead th {{ font-size: .85rem; font-weight: 600; vertical-align: bottom; }}
.folding tbody th {{ font-weight: 600; }}
.folding tr {{ border: 0; border-bottom: 1px solid {LINE}; }}
.folding .number {{ text-align: right; }}
.folding td.number {{ white-space: nowrap; }}
.folding small {{ display: block; white-space: normal; }}
.folding [data-mark]::before {{ content: attr(data-mark); }}
.folding tr[aria-current] {{ background: rgba(128, 128, 128, .12); }}
.folding .track {{ display: inline-block; width: 5.5rem; height: .55rem; border-radius: .3rem; }}
.folding .track {{ background: {LINE}; }}
.folding .track i {{ display: block; height: 100%; border-radius: inherit; background: {PALETTE[0]}; }}
@container (max-width: {NARROW}px) {{
  .folding thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  .folding tr {{ display: flex; flex-wrap: wrap; padding: .35rem 0; }}
  .folding tbody th {{ flex: 1 0 100%; }}
  .folding th, .folding td {{ padding: .1rem .5rem; }}
  .folding td, .folding td.number {{ text-align: left; white-space: normal; }}
  .folding td:empty {{ display: none; }}
  .folding td[data-label]::before {{ content: attr(data-label) " "; font-size: .85rem; }}
  .folding small {{ display: inline; padding-left: .4rem; }}
}}
</style>"""


@dataclass(frozen=True)
class Column:
    """A column: numbers stand at the right; they and what is `labelled` bear its title where it is folded."""

    title: str
    numeric: bool = False
    labelled: bool = False
    about: str = ""


@dataclass(frozen=True)
class Share:
    """A cell with a bar beside its number: `part` of 1."""

    part: float
    text: str


@dataclass(frozen=True)
class Named:
    """A cell with the name of a segment (0-based) behind its marker and number."""

    segment: int
    name: str


Cell = str | tuple[str, ...] | Share | Named
"""One line; or several, of which the others are small; or a bar; or a segment."""


@dataclass(frozen=True)
class Row:
    """A row: what it is of, and its cells.

    `segment` is the segment (0-based) whose marker stands before it.
    """

    of: str
    cells: tuple[Cell, ...]
    segment: int | None = None
    chosen: bool = False


def folding_table(columns: Sequence[Column], rows: Sequence[Row], alt: str) -> None:
    """Draw a table whose first column says what each row is of.

    :param alt: what is read out of the table as a whole.
    """
    head = "".join(_title(column) for column in columns)
    body = "".join(_row(columns[1:], row) for row in rows)
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    st.html(f'{STYLE}<div class="folding"><table aria-label="{html.escape(alt)}">{table}</table></div>')


def text_table(frame: pd.DataFrame, alt: str) -> None:
    """Draw a small table as it is written; where no cell of a column begins with a letter, it is of numbers.

    Streamlit's own grid puts numbers at the right and leaves their heads at the left.
    """
    written = frame.astype(str).rename(columns=str)
    numeric = [not written[title].str[:1].str.isalpha().any() for title in written]
    columns = [Column(*told) for told in zip(map(str, written), numeric, strict=True)]
    rows = [Row(first, tuple(others)) for first, *others in written.itertuples(index=False)]
    folding_table([Column(columns[0].title), *columns[1:]], rows, alt)


def _title(column: Column) -> str:
    kind, about = _kind(column), f' title="{html.escape(column.about)}"' if column.about else ""
    return f'<th scope="col"{kind}{about}>{html.escape(column.title)}</th>'


def _kind(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def _row(columns: Sequence[Column], row: Row) -> str:
    current = ' aria-current="true"' if row.chosen else ""
    cells = "".join(_cell(column, cell) for column, cell in zip(columns, row.cells, strict=True))
    return f'<tr{current}><th scope="row">{_mark(row.segment)}{html.escape(row.of)}</th>{cells}</tr>'


def _mark(segment: int | None) -> str:
    if segment is None:
        return ""
    colour = style_of(segment).colour
    return f'<span data-mark="{glyph(segment)}" style="color:{colour}"></span> {segment + 1}&nbsp;'


def _cell(column: Column, cell: Cell) -> str:
    label = f' data-label="{html.escape(column.title)}"' if column.numeric or column.labelled else ""
    return f"<td{_kind(column)}{label}>{_content(cell)}</td>"


def _content(cell: Cell) -> str:
    if isinstance(cell, Share):
        return f'{html.escape(cell.text)} <b class="track"><i style="width:{cell.part:.1%}"></i></b>'
    if isinstance(cell, Named):
        return f"{_mark(cell.segment)}{html.escape(cell.name)}"
    first, *others = (cell,) if isinstance(cell, str) else cell
    return html.escape(first) + "".join(f"<small>{html.escape(one)}</small>" for one in others)
