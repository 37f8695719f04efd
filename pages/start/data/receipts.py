"""Three whole orders as they were understood, with the rows of the files that they came from."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from pages.shell.people.rights import may
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.charts.figures import LINE
from segmentation.intake.proof.receipts import Receipt, ReceiptLine
from segmentation.intake.proof.rows_of_orders import FileLines, as_written
from segmentation.intake.proof.words import WHY
from segmentation.intake.words import RULE_WORDS
from segmentation.people import Right

WIDTH = 280
MOST_LINES = 3
LONGEST = 28


def receipts_view(receipts: Sequence[Receipt], currency: str | None) -> None:
    """Draw a receipt for each order."""
    with st.grid(min_column_width=WIDTH):
        for receipt in receipts:
            receipt_view(receipt, currency)


def receipt_view(receipt: Receipt, currency: str | None) -> None:
    """Draw the receipt of an order."""
    with st.container(border=True, gap="xsmall", height="stretch", key=f"receipt_{receipt.why}"):
        _receipt(receipt, currency)


def _receipt(receipt: Receipt, currency: str | None) -> None:
    order = f"Order {plain(formats.shortened(receipt.order_id, LONGEST))}, " if receipt.order_id else ""
    who = plain(formats.shortened(receipt.customer_id, LONGEST))
    st.markdown(f"**{WHY[receipt.why]}**  \n:small[{order}{_moment(receipt)}]  \n:small[Customer {who}]")
    st.html(_table(receipt, currency))
    if notes := _notes(receipt, currency):
        st.caption("  \n".join(notes))
    for place in receipt.rows if may(Right.EDIT) else ():
        with st.popover(_where(place, len(receipt.rows) > 1), type="tertiary", icon=":material/table_rows:"):
            st.dataframe(as_written(workspace(), place), hide_index=True, width="content")


def _moment(receipt: Receipt) -> str:
    if receipt.ordered_at is None:
        return "no date"
    day = formats.date(receipt.ordered_at)
    return f"{day}, {receipt.ordered_at:%H:%M}" if receipt.ordered_at.time().hour else day


def _table(receipt: Receipt, currency: str | None) -> str:
    """Write the lines as a receipt does: pieces and product at the left, what was paid at the right."""
    shown = _shown(receipt.lines)
    rows = [_row(*_line(line, currency)) for line in shown]
    if more := len(receipt.lines) - len(shown):
        rows.append(_row(f"and {count(more, 'more line')}", ""))
    total = formats.to_the_cent(receipt.total, currency)
    rows.append(f'<tr style="border-top: 1px solid {LINE}; font-weight: 600">{_cells("Spent", total)}</tr>')
    return f'<table style="width: 100%; border-collapse: collapse">{"".join(rows)}</table>'


def _shown(lines: Sequence[ReceiptLine]) -> Sequence[ReceiptLine]:
    """Choose the lines to write out: all of a few, else the first, and one that was sent back among them."""
    if len(lines) <= MOST_LINES + 1:
        return lines
    back = [line for line in lines if line.is_return][:1]
    return [*[line for line in lines if not line.is_return][: MOST_LINES - len(back)], *back]


def _row(what: str, paid: str) -> str:
    return f"<tr>{_cells(what, paid)}</tr>"


def _cells(what: str, paid: str) -> str:
    return (
        f'<td style="padding: 0.2rem 0.75rem 0.2rem 0; overflow-wrap: anywhere">{html.escape(what)}</td>'
        f'<td style="text-align: right; vertical-align: top; padding: 0.2rem 0">{html.escape(paid)}</td>'
    )


def _line(line: ReceiptLine, currency: str | None) -> tuple[str, str]:
    pieces = f"{formats.number(line.pieces)} × " if line.pieces is not None else ""
    name = formats.shortened(" ".join((line.product or "a product").split()))
    back = ", sent back" if line.is_return else ""
    off = f", {line.discount:.0%} off" if line.discount else ""
    return f"{pieces}{name}{off}{back}", formats.to_the_cent(line.amount, currency)


def _notes(receipt: Receipt, currency: str | None) -> list[str]:
    """Say what the files hold beside: the state, numbers that do not count, rows set aside."""
    notes = []
    if receipt.states:
        notes.append(f"State: {plain(', '.join(receipt.states))}")
    if receipt.own_currency and receipt.own_total is not None:
        notes.append(f"Paid in {receipt.own_currency}: {receipt.own_total:,.2f}, by the rate of that day")
    if receipt.beside:
        numbers = (f"{one.column} {formats.to_the_cent(one.value, currency)}" for one in receipt.beside)
        notes.append(f"Not counted: {plain(' · '.join(numbers))}")
    for rule, rows in receipt.set_aside:
        notes.append(f"{count(rows, 'row')} set aside: {plain(RULE_WORDS[rule].title)}")
    return notes


def _where(place: FileLines, named: bool) -> str:
    """Say in which lines an order stands, and of which file where there are several."""
    first, last = place.lines[0], place.lines[-1]
    together = all(after - before == 1 for before, after in pairwise(place.lines))
    several = f"Lines {first:,}{'–' if together else ' … '}{last:,}"
    lines = f"Line {first:,}" if first == last else several
    return plain(f"{lines} of {formats.shortened(place.file_name, LONGEST)}" if named else lines)
