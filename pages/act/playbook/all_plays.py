"""All plays in one table: drawn as plain HTML, so that it is read by keyboard and folds up on a phone."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from pages.shell.swatch import glyph
from segmentation.action.playbook import Glance
from segmentation.action.playbook import glance_words as words
from segmentation.charts import figures as charts
from segmentation.charts.figures import LINE

ABOUT = {words.HOLD_OUT: words.ABOUT_HOLD_OUT}
STYLE = f"""<style>
.plays {{ container-type: inline-size; }}
.plays table {{ width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }}
.plays th, .plays td {{ padding: .45rem .6rem; text-align: left; vertical-align: top; border: 0; }}
.plays thead th {{ font-size: .85rem; font-weight: 600; }}
.plays tbody th {{ font-weight: 600; }}
.plays tr {{ border: 0; border-bottom: 1px solid {LINE}; }}
.plays .number {{ text-align: right; white-space: nowrap; }}
.plays small {{ display: block; }}
.plays [data-mark]::before {{ content: attr(data-mark); }}
.plays tr[aria-current] {{ background: rgba(128, 128, 128, .12); }}
@container (max-width: 640px) {{
  .plays thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  .plays tr {{ display: flex; flex-wrap: wrap; padding: .35rem 0; }}
  .plays tbody th {{ flex: 1 0 100%; }}
  .plays th, .plays td {{ padding: .1rem .5rem; }}
  .plays td, .plays .number {{ text-align: left; white-space: normal; }}
  .plays td[data-label]::before {{ content: attr(data-label) " "; font-size: .85rem; }}
  .plays small {{ display: inline; padding-left: .4rem; }}
}}
</style>"""


def all_plays(rows: Sequence[Glance], people: str, money: str, chosen: int) -> None:
    """Draw a row for each play.

    :param people: the title of the column of people.
    :param money: the title of the column of money; empty where nothing is known of it.
    :param chosen: the segment (0-based) whose play is read below.
    """
    numbers = [people, *([money] if money else [])]
    titles = [(words.SEGMENT, ""), (words.GOAL, ""), *((one, "number") for one in numbers)]
    titles += [(words.OFFER, ""), (words.HOLD_OUT, "number")]
    head = "".join(_head(title, kind) for title, kind in titles)
    body = "".join(_row(one, people, money, one.segment == chosen) for one in rows)
    st.html(
        f'{STYLE}<div class="plays"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _head(title: str, kind: str) -> str:
    about = html.escape(ABOUT.get(title, ""))
    return f'<th scope="col" class="{kind}" title="{about}">{html.escape(title)}</th>'


def _row(one: Glance, people: str, money: str, is_chosen: bool) -> str:
    colour = charts.style_of(one.segment).colour
    mark = f'<span data-mark="{glyph(one.segment)}" style="color:{colour}"></span>'
    found = "".join(f"<small>{html.escape(told)}</small>" for told in (one.finds, one.last) if told)
    cells = [
        f'<th scope="row">{mark} {one.segment + 1} {html.escape(one.name)}</th>',
        _cell(one.goal),
        _cell(one.people, people),
        *([_cell(one.money, money)] if money else []),
        _cell(one.offer),
        _cell(one.hold_out, words.HOLD_OUT, found),
    ]
    return f"<tr{' aria-current=true' if is_chosen else ''}>{''.join(cells)}</tr>"


def _cell(text: str, label: str = "", more: str = "") -> str:
    numeric = f' class="number" data-label="{html.escape(label)}"' if label else ""
    return f"<td{numeric}>{html.escape(text)}{more}</td>"
