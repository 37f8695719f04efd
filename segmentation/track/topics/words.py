"""What is said of themes that rise or fall."""

from __future__ import annotations

from segmentation import formats
from segmentation.track.topics.changes import LATELY, ThemeChange

TITLE = "What reviews are about lately"
NOTHING = f"In the last {LATELY} months no theme has risen or fallen beyond chance."
HOW_FOUND = (
    f"**Lately**: reviews with a date, by month and theme, in months that are over. The last {LATELY} months "
    "are held against the twelve before them; a change is told only where chance would bring any of all "
    "themes and segments so far apart in fewer than 5 of 100 shops. Several reviews of one customer count "
    "less where they are about the same. The bands are 95 % intervals (Wilson)."
)


def change_sentence(change: ThemeChange, theme: str, segment: str) -> str:
    """Say what rose or fell in which segment, and what the others did meanwhile."""
    way = "Rising" if change.lately > change.before else "Falling"
    told = f"{way} in {segment}: “{theme}”, {_from_to(change.before, change.lately)} of their reviews"
    if change.others_before != change.others_before or change.others_lately != change.others_lately:
        return f"{told}."
    return f"{told} (the others: {_from_to(change.others_before, change.others_lately)})."


def _from_to(before: float, after: float) -> str:
    return f"{formats.percent(before)} → {formats.percent(after)}"
