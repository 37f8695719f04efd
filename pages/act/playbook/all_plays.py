"""All plays in one table."""

from __future__ import annotations

from collections.abc import Sequence

from pages.shell.browser.table import Cell, Column, Row, folding_table
from segmentation import formats
from segmentation.action.playbook import Glance
from segmentation.action.playbook import glance_words as words


def all_plays(rows: Sequence[Glance], people: str, money: str, chosen: int) -> None:
    """Draw a row for each play; how many to hold out where that is known of any.

    :param people: the title of the column of people.
    :param money: the title of the column of money; empty where nothing is known of it.
    :param chosen: the segment (0-based) whose play is read below.
    """
    tested = any(one.finds or one.last or one.hold_out != formats.NOTHING for one in rows)
    tests = (words.HOLD_OUT, words.FINDS_TITLE) if tested else ()
    columns = [
        *(Column(words.SEGMENT), Column(words.GOAL), Column(people, numeric=True)),
        *([Column(money, numeric=True)] if money else []),
        Column(words.OFFER, labelled=True),
        *(Column(title, numeric=True, about=words.ABOUT_HOLD_OUT) for title in tests),
    ]
    drawn = [_row(one, bool(money), tested, one.segment == chosen) for one in rows]
    folding_table(columns, drawn, "All plays")


def _row(one: Glance, with_money: bool, tested: bool, chosen: bool) -> Row:
    cells: tuple[Cell, ...] = (
        one.goal,
        one.people,
        *([one.money] if with_money else []),
        one.offer,
        *(((one.hold_out, one.last) if one.last else one.hold_out, one.finds or formats.NOTHING) * tested),
    )
    return Row(one.name, cells, one.segment, chosen)
