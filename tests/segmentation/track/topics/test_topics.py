"""What reviews are about lately: counted again from rows, told beyond chance, not by who writes much."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from segmentation.action.forget import forget_customer
from segmentation.algorithms.effects.rates import shares_of
from segmentation.runs import Run, load_customers
from segmentation.runs.columns import segment_column
from segmentation.track.topics import ThemeMonths, load_theme_months, theme_changes
from segmentation.track.topics.words import change_sentence
from segmentation.workspace import Workspace

MONTHS, CUSTOMERS = 15, 600


def read(workspace: Workspace, query: str) -> list[tuple]:
    with workspace.cursor() as cursor:
        return cursor.execute(query).fetchall()


def written(rng: np.random.Generator, lately: float, each: int = 1) -> ThemeMonths:
    """Make up reviews of two segments: a fifth on theme 1, lately another share in the first."""
    customer = np.repeat(np.arange(CUSTOMERS), each)
    month = np.repeat(rng.integers(0, MONTHS, CUSTOMERS), each)
    segment = customer % 2
    share = np.where((segment == 0) & (month >= MONTHS - 3), lately, 0.2)
    theme = (rng.random(len(customer)) < share).astype(np.int64)
    if each > 1:  # whoever writes much writes about the same
        theme = np.repeat(theme[::each], each)
    days = tuple(date(2024 + at // 12, at % 12 + 1, 1) for at in range(MONTHS))
    return ThemeMonths(2, days, customer, segment, month, theme, np.ones(len(customer), dtype=np.int64))


def test_what_is_shown_first_is_what_one_segment_wrote_most_about() -> None:
    day = (date(2024, 1, 1),)
    segment, theme, month = np.array([0, 1, 1, 0]), np.array([0, 2, 0, 1]), np.array([0, 0, 0, -1])
    found = ThemeMonths(2, day, np.arange(4), segment, month, theme, np.array([3, 5, 1, 90]))
    assert found.most_written() == (2, 1)


def test_every_dated_review_has_one_theme_and_counts_once(shop: Workspace, run: Run) -> None:
    wrote = Counter()
    for customer, day, text in read(shop, "SELECT customer_id, reviewed_at, text FROM shop.reviews"):
        if customer and day and text and any(letter.isalpha() for letter in text):
            wrote[customer, date(day.year, day.month, 1)] += 1
    kept = Counter()
    rows = read(shop, "SELECT run_id, customer_id, month, theme, reviews FROM review_themes")
    for run_id, customer, month, theme, reviews in rows:
        assert run_id == run.run_id
        assert 0 <= theme < len(run.themes)
        kept[customer, month] += reviews
    assert kept == wrote
    assert len(kept) > 50


def test_shares_by_month_and_segment_are_those_of_the_rows(shop: Workspace, run: Run) -> None:
    k = run.suggestion.k
    found = load_theme_months(shop, run, k)
    assert found is not None
    people = load_customers(shop, run)
    of = dict(zip(people["customer_id"], people[segment_column(k)], strict=True))
    rows = read(shop, "SELECT customer_id, month, theme, reviews FROM review_themes")
    for segment, others in ((0, False), (k - 1, True)):
        shares = found.shares(1, segment, others)
        for at, day in enumerate(found.days):
            of_day = [row for row in rows if row[1] == day]
            mine = [(theme, n) for who, _, theme, n in of_day if (of[who] == segment) != others]
            whole = sum(n for _, n in mine)
            assert shares.of[at] == whole
            if whole:
                assert shares.share[at] == pytest.approx(sum(n for theme, n in mine if theme == 1) / whole)


def test_a_month_that_is_not_over_is_left_out(shop: Workspace, run: Run) -> None:
    assert run.as_of is not None
    found = load_theme_months(shop, replace(run, as_of=run.as_of.replace(day=15)), run.suggestion.k)
    assert found is not None
    assert found.days[-1] < date(run.as_of.year, run.as_of.month, 1)


def test_who_is_forgotten_is_not_counted(shop: Workspace, run: Run) -> None:
    [(who,)] = read(shop, "SELECT min(customer_id) FROM review_themes")
    assert forget_customer(shop, who).still_in == ()
    assert read(shop, f"SELECT count(*) FROM review_themes WHERE customer_id = '{who}'") == [(0,)]


def test_a_rise_in_one_segment_is_found_and_told_beside_the_others() -> None:
    first = theme_changes(written(np.random.default_rng(1), lately=0.7))[0]
    assert (first.segment, first.theme in (0, 1)) == (0, True)
    rise = next(one for one in theme_changes(written(np.random.default_rng(1), 0.7)) if one.theme == 1)
    assert rise.lately > 0.5 > 0.3 > rise.before
    assert 0.1 < rise.others_lately < 0.3
    told = change_sentence(rise, "tea", "Regulars")
    assert told.startswith("Rising in Regulars: “tea”, ")
    assert "(the others: " in told


def test_chance_alone_says_nothing_in_95_of_100_shops() -> None:
    rang = sum(bool(theme_changes(written(np.random.default_rng(seed), 0.2))) for seed in range(200))
    assert rang <= 10


def test_many_reviews_of_one_customer_are_no_more_evidence() -> None:
    alike = [theme_changes(written(np.random.default_rng(seed), 0.2, each=8)) for seed in range(100)]
    assert sum(map(bool, alike)) <= 8


def test_the_interval_is_wilsons() -> None:
    found = shares_of(np.array([0.0, 1.0, 0.0]), np.array([10.0, 4.0, 0.0]))
    assert found.low[:2] == pytest.approx([0.0, 0.0456], abs=1e-3)
    assert found.high[:2] == pytest.approx([0.2775, 0.6994], abs=1e-3)
    assert np.isnan(found.share[2])
