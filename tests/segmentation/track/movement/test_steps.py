"""Two states side by side: who was where, who is where, and how surely."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from segmentation.track.assign import Assigned
from segmentation.track.movement.steps import Outside, side_by_side, step_of

NEW, UNKNOWN = Outside.NOT_THERE, Outside.NOT_COMPARABLE


def assigned(ids: str, segment: list[int], second: list[int], margin: list[float], k: int = 3) -> Assigned:
    """Give customers called by single letters, all at distance 1."""
    many = len(segment)
    return Assigned(
        k,
        np.array(list(ids), dtype=object),
        np.array(segment, dtype=np.uint8),
        np.ones(many, dtype=np.float32),
        np.array(second, dtype=np.uint8),
        np.array(margin, dtype=np.float32),
        np.zeros(many, dtype=bool),
    )


def test_everybody_of_either_state_has_a_place() -> None:
    both = side_by_side(np.array(["a", "c"], dtype=object), np.array(["b", "c"], dtype=object))
    assert both.customer_ids.tolist() == ["a", "b", "c"]
    assert both.before.tolist() == [0, -1, 1]
    assert both.after.tolist() == [-1, 0, 1]


def test_gone_new_and_of_unknown_beginning_are_told_apart() -> None:
    before = assigned("ab", [0, 1], [1, 0], [0.1, 0.1])
    after = assigned("bcd", [1, 2, 2], [0, 0, 0], [0.1, 0.1, 0.1])
    both = side_by_side(before.customer_ids, after.customer_ids)
    acted = np.array([False, False, True, False])  # d has no date: since when they are customers is not known
    step = step_of(both, before, after, np.array([1, np.nan, np.nan]), acted)
    assert step.was.tolist() == [0, 1, NEW, UNKNOWN]
    assert step.now.tolist() == [NEW, 1, 2, 2]
    assert not step.border.any()
    assert not step.clear.any()


def test_border_is_between_the_two_segments_of_the_step_before_or_after() -> None:
    before = assigned("abcd", [0, 0, 0, 0], [1, 2, 1, 1], [0.95, 0.95, 0.2, 0.2])
    after = assigned("abcd", [1, 1, 1, 0], [2, 2, 0, 1], [0.5, 0.5, 0.95, 0.95])
    both = side_by_side(before.customer_ids, after.customer_ids)
    step = step_of(both, before, after, np.full(4, 2.0), np.zeros(4, dtype=bool))
    # a: before, towards the new one; b: before, towards a third; c: after, towards the old one; d: stayed
    assert step.border.tolist() == [True, False, True, False]


def test_a_clear_move_is_at_least_a_tenth_nearer_to_the_new_segment() -> None:
    before = assigned("abc", [0, 0, 0], [1, 1, 1], [0.5] * 3)
    after = assigned("abc", [1, 1, 0], [2, 2, 1], [0.5] * 3)
    both = side_by_side(before.customer_ids, after.customer_ids)
    step = step_of(both, before, after, np.array([1.2, 1.05, 1.0]), np.zeros(3, dtype=bool))
    assert step.clear.tolist() == [True, False, False]


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_every_customer_is_on_one_row_and_on_their_own_place(one: list[str], other: list[str]) -> None:
    before, after = np.array(one, dtype=object), np.array(other, dtype=object)
    both = side_by_side(before, after)
    assert both.customer_ids.tolist() == sorted({*one, *other})
    for ids, places in ((before, both.before), (after, both.after)):
        found = [ids[place] if place >= 0 else None for place in places]
        assert found == [customer if customer in ids else None for customer in both.customer_ids]
