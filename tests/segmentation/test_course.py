"""How far long work has come: one bar for the whole, which never goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.course import AHEAD, FINDING, OFFERS, SAMPLE, UNKNOWN, Journey, Leg
from segmentation.stages import Stage

HALVES = (Leg(Stage.BUILDING_SHOP, 10.0), Leg(Stage.RESAMPLING, 10.0))


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Say what time it is."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_leg_counts_by_the_seconds_it_usually_takes(clock: Clock) -> None:
    journey = Journey((Leg(Stage.READING_TEXTS, 30.0), Leg(Stage.RESAMPLING, 10.0)), clock)
    journey.report(Stage.READING_TEXTS, 5, 10)
    assert journey.share == pytest.approx(15 / 40)
    journey.report(Stage.RESAMPLING, 5, 10)
    assert journey.share == pytest.approx(35 / 40)
    assert journey.place == 1


def test_a_leg_without_parts_moves_with_the_clock_and_never_to_its_end(clock: Clock) -> None:
    journey = Journey(HALVES, clock)
    journey.report(Stage.BUILDING_SHOP, 0, 1)
    clock.now = 5.0
    some = journey.share
    clock.now = 500.0
    assert 0.1 < some < 0.4 < journey.share <= 0.5


def test_what_is_left_out_is_passed_over_and_an_earlier_stage_moves_nothing_back(clock: Clock) -> None:
    journey = Journey(FINDING, clock)
    journey.report(Stage.FINDING_SEGMENTS, 1, 2)
    assert FINDING[journey.place].stage == Stage.FINDING_SEGMENTS
    before = journey.share
    journey.report(Stage.BUILDING_SHOP, 0, 9)
    assert FINDING[journey.place].stage == Stage.FINDING_SEGMENTS
    assert journey.share >= before


def test_several_of_one_stage_take_half_of_what_is_left_each(clock: Clock) -> None:
    journey = Journey(HALVES, clock)
    journey.report(f"{Stage.BUILDING_SHOP}: a", 10, 10)
    assert journey.share == pytest.approx(0.25)
    journey.report(f"{Stage.BUILDING_SHOP}: b", 10, 10)
    assert journey.share == pytest.approx(0.375)


def test_time_left_is_that_of_the_whole(clock: Clock) -> None:
    journey = Journey(HALVES, clock)
    journey.report(Stage.BUILDING_SHOP, 0, 10)
    clock.now = 5.0
    journey.report(Stage.BUILDING_SHOP, 5, 10)
    assert journey.seconds_left == pytest.approx(5.0 + 10.0)


def test_a_slow_machine_is_noticed_in_what_is_done(clock: Clock) -> None:
    journey = Journey(HALVES, clock)
    journey.report(Stage.BUILDING_SHOP, 0, 1)
    clock.now = 40.0
    journey.report(Stage.RESAMPLING, 0, 10)
    assert journey.seconds_left is not None
    assert 20.0 < journey.seconds_left < 40.0


def test_of_work_that_nobody_knows_only_what_has_parts_tells_the_time(clock: Clock) -> None:
    journey = Journey(clock=clock)
    journey.report("Loading", 0, 1)
    assert journey.seconds_left is None
    journey.report("Writing", 0, 4)
    clock.now = 6.0
    journey.report("Writing", 1, 4)
    assert journey.seconds_left == pytest.approx(18.0)


def test_what_was_known_at_the_start_of_a_step_is_no_speed(clock: Clock) -> None:
    journey = Journey((Leg(Stage.READING_TEXTS, 10.0),), clock)
    journey.report(Stage.READING_TEXTS, 900, 1_000)
    clock.now = 10.0
    journey.report(Stage.READING_TEXTS, 910, 1_000)
    assert journey.seconds_left == pytest.approx(90.0)


STEPS = st.tuples(
    st.sampled_from([*(leg.stage for leg in SAMPLE), "Something else", f"{Stage.READING_TEXTS}: reviews"]),
    st.integers(0, 9),
    st.sampled_from([0, 1, 9]),
    st.floats(0.0, 100.0),
)


@given(st.lists(STEPS), st.sampled_from([SAMPLE, AHEAD, OFFERS, UNKNOWN]))
def test_the_bar_never_goes_back_and_never_leaves_its_ends(
    steps: list[tuple[str, int, int, float]], course: tuple[Leg, ...]
) -> None:
    clock = Clock()
    journey, last = Journey(course, clock), 0.0
    for step, done, total, seconds in steps:
        journey.report(step, done, total)
        clock.now += seconds
        assert last <= journey.share <= 1.0
        assert journey.seconds_left is None or journey.seconds_left >= 0.0
        last = journey.share
