"""Flows between two states: colours of both sides, thin links joined, nobody lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from segmentation.charts.figures import QUIET, style_of
from segmentation.charts.flows import THINNEST, FlowEnd, flows

LEFT = [FlowEnd("1 Best", 0), FlowEnd("2 At <risk>", 1), FlowEnd("New", None)]
RIGHT = [FlowEnd("1 Best", 0), FlowEnd("2 At <risk>", 1)]
TOLD = [[f"{one.name} → {other.name}" for other in RIGHT] for one in LEFT]


def test_both_sides_have_the_colours_and_the_order_of_the_segments() -> None:
    [drawn] = flows(LEFT, RIGHT, np.array([[50, 10], [10, 25], [0, 5]]), TOLD).data
    best, risk = style_of(0).colour, style_of(1).colour
    assert drawn.node.color == (best, risk, QUIET, best, risk)
    assert drawn.node.label == ("1", "2", "New", "1", "2")
    assert list(drawn.node.y[:3]) == sorted(drawn.node.y[:3])
    assert drawn.link.customdata[1] == "1 Best → 2 At &lt;risk&gt;"


def test_links_of_less_than_a_hundredth_are_joined_one_from_each_end() -> None:
    counts = np.array([[500, 4], [3, 490], [2, 1]])
    [drawn] = flows(LEFT, RIGHT, counts, TOLD).data
    joined = [
        (source, value)
        for source, target, value in zip(drawn.link.source, drawn.link.target, drawn.link.value, strict=True)
        if target == 5
    ]
    assert joined == [(0, 4), (1, 3), (2, 3)]
    assert (drawn.node.label[-1], drawn.node.customdata[-1]) == ("", "Smaller moves")


@given(arrays(np.int64, (3, 2), elements=st.integers(0, 1_000)))
def test_every_customer_flows_once_and_no_link_is_thin_by_itself(counts: np.ndarray) -> None:
    [drawn] = flows(LEFT, RIGHT, counts, TOLD).data
    values, targets = drawn.link.value or (), drawn.link.target or ()
    assert sum(values) == counts.sum()
    thick = [value for value, target in zip(values, targets, strict=True) if target < 5]
    assert all(value >= THINNEST * counts.sum() for value in thick)
