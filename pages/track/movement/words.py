"""What the page about who moved says beside its figures."""

from __future__ import annotations

from segmentation.track.movement.words import WHAT_REASONS_MEAN

NO_DATES = (
    "Your files say nothing of when anything happened. Upload orders with their dates, and this page shows "
    "who moved from one segment to another."
)
EARLIER_VERSION = (
    "They were found by an earlier version, which did not keep all that is needed. Find them anew once: "
    "names and colours stay."
)
OTHER_NUMBERS = "One of the runs has no such number of segments: both have {ks}."
CLEAR_MOVES = (
    "Who is less than a tenth nearer to the new segment than to the old one counts as having stayed: fewer "
    "people move to and fro between two months."
)
PAID = "Paid in a year"


def expected_words(in_margin: bool) -> str:
    """Name what customers are expected to bring in the next year."""
    return "Expected margin" if in_margin else "Expected"


HOW_COMPUTED = f"""
Segments stay as they were found. The customers are described twice, each time by what was known at the end
of that day: later orders are hidden, and what was taken back later still stands. Each time they get the
segment that they are nearest to.

{WHAT_REASONS_MEAN}

**Paid in a year** is what they paid less what came back, in the 365 days up to the later day; **expected** is
what Win back foresees for the 365 days after it. Segments are worth what a customer of theirs pays in a year,
and that decides whether a move is up or down. The sentence on top tells the move whose customers, times the
difference in worth, come to most.

**Another run** is compared as it was found, each run with the segments of its own time: customers moved
because they changed, or because the segments did. Segments are the same by their colour. On the border is who
kept the own segment in less than 75% of re-samples in either run.

**New** are customers of whom nothing was known by the earlier day; **gone** those who are in no file any
more.
"""
