"""Giant and tiny segments, and the number of segments that has none."""

from __future__ import annotations

from segmentation.insight.facts.sizes import OddSizes, odd_sizes
from segmentation.insight.sentences.verdicts import odd_sizes_sentence

SHARES = {
    2: (0.7, 0.3),
    3: (0.5, 0.3, 0.2),
    4: (0.65, 0.2, 0.14, 0.01),
    5: (0.4, 0.3, 0.2, 0.09, 0.01),
    6: (0.3, 0.3, 0.2, 0.1, 0.05, 0.05),
}


def test_a_giant_and_a_tiny_one_are_found_with_the_nearest_number_that_has_none() -> None:
    assert odd_sizes(SHARES, 4, suggested=2) == OddSizes(4, giants=(0,), tiny=(3,), instead=3)
    assert odd_sizes(SHARES, 5, suggested=2) == OddSizes(5, giants=(), tiny=(4,), instead=6)


def test_of_two_segments_one_may_hold_seven_tenths() -> None:
    assert odd_sizes(SHARES, 2, suggested=3) is None
    assert odd_sizes({2: (0.85, 0.15)}, 2, suggested=2) == OddSizes(2, (0,), (), None)


def test_it_says_who_is_odd_and_when_nothing_helps() -> None:
    found = OddSizes(2, giants=(0,), tiny=(), instead=None)
    assert odd_sizes_sentence(found, (0.85, 0.15), ("Everyone", "Some")) == (
        "“Everyone” holds 85.0% of your customers, so that it says little about any of them. "
        "No other number of segments avoids this."
    )
    tiny = OddSizes(4, giants=(), tiny=(3,), instead=3)
    assert "“D” holds only 1.0% of your customers" in odd_sizes_sentence(tiny, SHARES[4], "ABCD")
