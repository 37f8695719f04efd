"""The rows as a table in Markdown, each figure beside ours."""

from __future__ import annotations

from collections.abc import Sequence

from setting import OURS, TABLE, Row, rows

PER_SECOND = "/s"
"""Units that end so are the better the more; others, such as seconds, the better the less."""


def write() -> None:
    """Write the table of all that was found so far."""
    found = rows()
    lines = ["| part | what | way | figure | ours is × as fast | right | |", "|---|---|---|---|---|---|---|"]
    for row in found:
        figure = "" if row.figure is None else f"{row.figure:,.4g} {row.unit}"
        right = {True: "yes", False: "**NO**", None: ""}[row.right]
        cells = (row.part, row.what, row.way, figure, times_ours(row, found), right, row.why)
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    TABLE.write_text("\n".join(lines) + "\n")


def times_ours(row: Row, found: Sequence[Row]) -> str:
    """Return how many times as fast the first of our ways is, for a peer's row."""
    same = [one for one in found if (one.part, one.what, one.unit) == (row.part, row.what, row.unit)]
    ours = next((one.figure for one in same if one.way.startswith(OURS) and one.figure), None)
    if ours is None or not row.figure or row.way.startswith(OURS) or row.unit not in ("s", "texts/s"):
        return ""
    return f"{ours / row.figure if row.unit.endswith(PER_SECOND) else row.figure / ours:.2f}"
