"""Alarms on top of who moved: looked for by itself, told with their people, and as one line on Overview."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.following.alarms import alarms_of
from pages.shell.following.follow import Following
from pages.shell.routes import OVERVIEW, WHO_MOVED
from pages.shell.workspace import job_manager, workspace
from segmentation.insight.facts.differences import Portrait
from segmentation.track.alarms.alarm_facts import Alarms, MixAlarm, NewKindAlarm
from segmentation.track.alarms.kept_alarms import keep_alarms
from segmentation.track.alarms.propose import propose_segments
from segmentation.track.alarms.proposed import load_comparison
from segmentation.track.alarms.ring import ring_alarms
from segmentation.track.alarms.usual import Usual
from segmentation.track.movement.job import compare_days
from tests.pages.helpers import folding_tables, forget_caches, text_of, the_run

USUAL = Usual(6, False, 0.01, 0.02)


@pytest.fixture(autouse=True)
def _no_model_is_loaded(monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> None:
    monkeypatch.setattr("segmentation.track.movement.job.compare_days", partial(compare_days, load=load_fake))
    monkeypatch.setattr("segmentation.track.alarms.ring.ring_alarms", partial(ring_alarms, load=load_fake))
    proposing = "segmentation.track.alarms.propose.propose_segments"
    monkeypatch.setattr(proposing, partial(propose_segments, load=load_fake))


@pytest.fixture(autouse=True)
def _nobody_looks_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing else follow segments: alarms do not rest on it."""
    monkeypatch.setattr(Following, "can", lambda _: False)


def settled(app: AppTest) -> AppTest:
    """Wait for the jobs, and draw the page as it is then."""
    while job_manager().running or job_manager().aside:
        time.sleep(0.05)
    app.run()
    assert not app.exception
    return app


def the_alarms() -> Alarms:
    """Give what was looked at by itself."""
    found = alarms_of(the_run())
    assert found is not None
    return found


def rung(found: Alarms) -> Alarms:
    """Give the same with a mix that changed, and three people of a new kind."""
    shares = np.full(found.k, 1 / found.k)
    mix = MixAlarm(0, shares, shares + np.r_[0.1, -0.1, np.zeros(found.k - 2)], 0.001, USUAL)
    portrait = Portrait(1, 3, 0.01, None, (), None, {})
    return replace(found, mix=mix, new_kind=NewKindAlarm(3, 60, 0.03, 0, 1, portrait, USUAL))


def test_the_last_month_is_looked_at_by_itself_and_told(segmented: AppTest) -> None:
    app = settled(segmented.switch_page(WHO_MOVED).run())
    found = the_alarms()
    assert found.months
    told = text_of(app).replace("\\", "")
    assert found.number or "Nothing is out of the ordinary" in told or "say what is usual" in told
    assert app.expander  # how this is computed


def test_new_segments_are_proposed_beside_the_old_ones_and_kept_or_dropped(segmented: AppTest) -> None:
    app = settled(segmented.switch_page(WHO_MOVED).run())
    before = the_run()
    app.button(key="propose").click().run()
    app = settled(app)
    found = load_comparison(workspace())
    assert found is not None
    told = text_of(app).replace("\\", "")
    assert f"of {found.customers:,} customers would stay in their segment" in told
    assert the_run().run_id == before.run_id
    [table] = [one for one in folding_tables(app) if "In both" in one]
    assert sum(int(told.replace(",", "")) for told in table["In both"]) == found.staying
    sizes = [
        (f"{pair.old_size:,}", f"{pair.new_size:,}")
        for pair in found.pairs
        if None not in (pair.old, pair.new)
    ]
    assert {" → ".join(one) for one in sizes} <= set(table["Customers"])
    app.button(key="accept_proposal").click().run()
    settled(app)
    assert the_run().run_id == found.new_run
    assert load_comparison(workspace()) is None


def test_alarms_are_told_with_their_people_and_lead_from_overview(segmented: AppTest) -> None:
    settled(segmented.switch_page(WHO_MOVED).run())
    people = pd.DataFrame({"customer_id": ["x1", "x2", "x3"], "segment": [0, 1, 1], "in_group": False})
    found = rung(the_alarms())
    keep_alarms(workspace(), found, people)
    forget_caches()
    app = segmented.switch_page(WHO_MOVED).run()
    told = " ".join(one.value for one in app.warning).replace("\\", "")
    assert "3 of 60 customers who did something (5.0%) are unlike anybody" in told
    assert "10.0 points" in told
    assert len(app.warning) == found.number
    overview = segmented.switch_page(OVERVIEW).run()
    [line, *_] = overview.get("page_link")
    assert "More customers than usual are unlike anybody" in line.proto.label
