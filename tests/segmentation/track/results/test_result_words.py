"""Results in words: points with their interval, what cannot be told yet, and every reason and note."""

from __future__ import annotations

from datetime import date

import pytest

from segmentation.algorithms.effects.rates import Between
from segmentation.track.results import words
from segmentation.track.results.facts import Effect, Note, Noted, Refusal, Refused, Verdict


def test_a_difference_with_its_interval() -> None:
    assert words.lift_words(Between(0.012, 0.003, 0.021)) == "+1.2 points, 0.3 to 2.1"
    assert words.lift_words(Between(-0.012, -0.03, 0.0)) == "−1.2 points, −3.0 to 0.0"


@pytest.mark.parametrize(
    ("verdict", "needed", "said"),
    [
        (Verdict.MORE, 0, "more ordered"),
        (Verdict.FEWER, 0, "fewer ordered"),
        (Verdict.ALIKE, 0, "no difference of 1.0 points"),
        (Verdict.UNCLEAR, 1_204, "cannot tell yet, 1,204 more people needed"),
        (Verdict.UNCLEAR, 0, "cannot tell yet"),
        (Verdict.UNCLEAR, None, "cannot tell yet, and no number of customers could"),
        (Verdict.NO_CONTROL, None, "nobody to compare with"),
    ],
)
def test_what_can_be_told(verdict: Verdict, needed: int | None, said: str) -> None:
    assert words.verdict_words(Effect(90, 9, 10, 1, verdict, looked_for=0.01, needed=needed)) == said


@pytest.mark.parametrize("why", Refusal)
def test_every_reason_has_words(why: Refusal) -> None:
    said = words.refusal_words(Refused(why, 1_204, date(2024, 3, 9)))
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize("what", Note)
def test_every_note_has_words(what: Note) -> None:
    said = words.note_words(Noted(what, 1_204))
    assert said.endswith(".")
    assert "{" not in said


def test_how_many_and_when_are_said() -> None:
    assert "1,204 of those held out were sent it" in words.refusal_words(Refused(Refusal.CONTAMINATED, 1_204))
    assert "9 Mar 2024" in words.refusal_words(Refused(Refusal.NOT_CLOSED, day=date(2024, 3, 9)))
