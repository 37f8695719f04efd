"""The page that says how far segments can be trusted."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
from streamlit.testing.v1 import AppTest

from pages.shell.routes import EXPLORE, TRUST
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation import formats
from segmentation.insight.sentences.verdicts import STANDINGS, standing, verdict
from segmentation.pipeline.ground import lay_ground
from segmentation.runs import View, load_customers
from segmentation.runs.borderline import SURE, find_borderline
from segmentation.runs.shifts import Change, Shift, keep_shifts
from segmentation.runs.splits import split_flows
from segmentation.workspace.database import rows_table
from tests.pages.helpers import folding_tables, sent_with, text_of, the_run, unfold

FOLDS = ("trust_evidence_open", "trust_borderline_open", "trust_what_if_open", "trust_worth_open")


@pytest.fixture
def trust(segmented: AppTest) -> AppTest:
    """Give the page, opened on the small sample shop, and all that is folded there."""
    unfold(segmented, *FOLDS).switch_page(TRUST).run()
    assert not segmented.exception
    return segmented


def alerts(app: AppTest) -> str:
    """Give the text of all boxes."""
    return "\n".join(str(box.value) for kind in (app.success, app.info, app.warning) for box in kind)


def test_what_is_folded_is_not_worked_out(segmented: AppTest) -> None:
    segmented.switch_page(TRUST).run()
    [table] = folding_tables(segmented)
    assert "Overlap" in table
    assert not segmented.dataframe
    assert not [one for one in segmented.button if one.key in ("what_if", "measure_worth")]
    unfold(segmented, "trust_what_if_open").run()
    assert [one for one in segmented.button if one.key == "what_if"]


def test_the_verdict_follows_the_slider(trust: AppTest) -> None:
    run = the_run()
    for k in (run.suggestion.k, 2, 7):
        trust.select_slider(key=StateKeys.K).set_value(k).run()
        assert plain(verdict(run.suggestion, k, run.names_at(k))) in alerts(trust)


def test_every_number_of_segments_has_its_evidence(trust: AppTest) -> None:
    run = the_run()
    [table] = [one for one in folding_tables(trust) if "Gap p" in one]
    assert table["Segments"].tolist() == [f"{k} segments" for k in run.ks]
    assert table["Verdict"].tolist() == [STANDINGS[standing(run.suggestion, k)] for k in run.ks]
    [measures] = [one.value for one in trust.dataframe if "Gap statistic" in one.value]
    assert measures["Davies–Bouldin"].tolist() == [run.cuts[k].quality.davies_bouldin for k in run.ks]
    assert measures["Gap statistic"].tolist() == [run.cuts[k].quality.gap for k in run.ks]


def test_the_number_is_shared_with_explore(trust: AppTest) -> None:
    trust.select_slider(key=StateKeys.K).set_value(6).run()
    trust.switch_page(EXPLORE).run()
    assert trust.select_slider(key=StateKeys.K).value == 6


def test_the_borderline_customers_are_those_who_keep_their_segment_least_often(trust: AppTest) -> None:
    run = the_run()
    rows = load_customers(workspace(), run)
    unsure = {k: int((rows[f"confidence_{k}"] < SURE).sum()) for k in run.ks}
    k = next(k for k, count in unsure.items() if 0 < count < run.customers)
    trust.select_slider(key=StateKeys.K).set_value(k).run()
    found = find_borderline(workspace(), View.of(workspace(), run, k))
    assert found is not None
    expected = rows[rows[f"confidence_{k}"] < SURE]
    assert (
        found.customers["customer_id"].tolist()
        == expected.sort_values(f"confidence_{k}", kind="stable")["customer_id"].tolist()
    )
    assert (found.customers["segment"] != found.customers["second"]).all()
    assert found.counts.sum() == len(expected) > 0
    assert f"{len(expected):,} customers ({formats.percent(len(expected) / run.customers)})" in text_of(trust)
    [table] = [one.value for one in trust.dataframe if "Next segment" in one.value]
    assert (
        table["Customer"].tolist()
        == expected.sort_values(f"confidence_{k}", kind="stable")["customer_id"].tolist()
    )


def test_where_everybody_keeps_the_segment_nobody_is_borderline(trust: AppTest) -> None:
    run = the_run()
    rows = load_customers(workspace(), run)
    k = next(k for k in run.ks if (rows[f"confidence_{k}"] >= SURE).all())
    trust.select_slider(key=StateKeys.K).set_value(k).run()
    assert "**Nobody**: every customer keeps the segment" in text_of(trust)
    assert not [one for one in trust.dataframe if "Next segment" in one.value]


def test_a_run_of_an_earlier_version_still_opens(segmented: AppTest) -> None:
    segmented.run()
    run = the_run()
    with workspace().cursor() as cursor:
        for k in run.ks:
            cursor.execute(f"ALTER TABLE {rows_table(run.run_id)} DROP COLUMN second_{k}")
    unfold(segmented, *FOLDS).switch_page(TRUST).run()
    assert not segmented.exception
    assert "found by an earlier version" in alerts(segmented)


def test_a_run_without_confidence_says_that_it_is_of_an_earlier_version(segmented: AppTest) -> None:
    segmented.run()
    run = the_run()
    with workspace().cursor() as cursor:
        for k in run.ks:
            cursor.execute(f"UPDATE {rows_table(run.run_id)} SET confidence_{k} = NULL")
    unfold(segmented, *FOLDS).switch_page(TRUST).run()
    assert not segmented.exception
    assert "found by an earlier version" in alerts(segmented)
    segmented.switch_page(EXPLORE).run()
    assert not segmented.exception


def test_the_bands_count_every_customer(trust: AppTest) -> None:
    run = the_run()
    flows = split_flows(workspace(), run)
    rows = load_customers(workspace(), run)
    for fewer, more in ((2, 3), (6, 7)):
        expected = np.zeros((fewer, more), dtype=int)
        np.add.at(expected, (rows[f"segment_{fewer}"], rows[f"segment_{more}"]), 1)
        np.testing.assert_array_equal(flows[fewer], expected)


def test_what_was_tried_is_shown_the_largest_first(segmented: AppTest) -> None:
    segmented.run()
    run = the_run()
    tried = (Shift(Change.WITHOUT_FEATURE, "Orders", 200, 24), Shift(Change.RULE_OFF, "guests", 200, 0))
    keep_shifts(workspace(), run.run_id, run.suggestion.k, tried)
    unfold(segmented, *FOLDS).switch_page(TRUST).run()
    assert "Leaving out “Orders” would move 12\\.0% of customers" in text_of(segmented)
    [table] = [one for one in folding_tables(segmented) if "Would move" in one]
    assert table["Customers"].tolist() == ["24", "0"]
    assert table["Change"][1] == "Switching off the cleaning rule “Guest orders”"


def test_trying_other_settings_is_a_job_with_an_end(trust: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = (Shift(Change.ONLY_TEXT, "", 200, 100),)
    monkeypatch.setattr(
        "segmentation.pipeline.variants.what_if",
        lambda opened, view, on_progress: keep_shifts(opened, view.run.run_id, view.k, tried) or tried,
    )
    trust.button(key="what_if").click().run()
    assert not trust.exception
    job = job_manager().latest
    assert job is not None
    while job.active:
        time.sleep(0.05)
    trust.run()
    assert "Going by texts alone would move 50\\.0% of customers" in text_of(trust)


@pytest.mark.slow
def test_more_resamples_of_another_number_are_a_job(trust: AppTest) -> None:
    run = the_run()
    wanted = run.options.resamples_of_suggested
    k = next(k for k in run.ks if run.suggestion.of(k).resamples < wanted)
    trust.select_slider(key=StateKeys.K).set_value(k).run()
    trust.button(key="resample").click().run()
    job = job_manager().latest
    assert job is not None
    while job.active:
        time.sleep(0.05)
    trust.run()
    assert not trust.exception
    [table] = [one for one in folding_tables(trust) if "Overlap" in one]
    assert table["Comes back"].str.fullmatch(r"\d+ / 100").all()
    assert not [button for button in trust.button if button.key == "resample"]


def test_each_segment_says_how_many_of_it_are_borderline_and_where_most_would_go(trust: AppTest) -> None:
    run = the_run()
    trust.select_slider(key=StateKeys.K).set_value(4).run()
    rows = load_customers(workspace(), run)
    lines = [line for line in text_of(trust).split("\n") if line.startswith("- **")]
    for label, name in enumerate(run.names_at(4)):
        [line] = [line for line in lines if line.startswith(f"- **{plain(name)}**: ")]
        own = rows[rows["segment_4"] == label]
        near = own[own["confidence_4"] < SURE]
        if near.empty:
            assert line.endswith(": nobody")
            continue
        assert f": {len(near)} ({100 * len(near) / len(own):.1f}% of it)" in line
        [to] = [to for to, other in enumerate(run.names_at(4)) if line.endswith(f"“{plain(other)}”")]
        nexts = near["second_4"].value_counts()
        assert nexts[to] == nexts.max()
        assert ("most of them" in line) == (len(nexts) > 1)


def test_the_gap_statistic_of_the_run_is_that_of_its_customers(trust: AppTest, load_fake: Callable) -> None:
    run = the_run()
    matrix = lay_ground(workspace(), run.options, load=load_fake).space.matrix.astype(float)
    rotated = PCA().fit_transform(matrix)
    rng = np.random.default_rng(1)
    even = [rng.uniform(rotated.min(axis=0), rotated.max(axis=0), rotated.shape) for _ in range(5)]
    [table] = [one.value.set_index("Segments") for one in trust.dataframe if "Gap statistic" in one.value]
    for k in (2, 5):
        logs = [np.log(KMeans(k, n_init=2, random_state=0).fit(one).inertia_) for one in even]
        gap = np.mean(logs) - np.log(KMeans(k, n_init=5, random_state=0).fit(matrix).inertia_)
        error = table["Standard error"][k] * np.sqrt(1 / 5 + 1 / 10)
        assert table["Gap statistic"][k] == pytest.approx(gap, abs=max(4 * error, 0.01))
        scores = silhouette_score(matrix, rows := load_customers(workspace(), run)[f"segment_{k}"])
        assert table["Silhouette"][k] == pytest.approx(scores, abs=0.01)
        assert table["Calinski–Harabasz"][k] == pytest.approx(calinski_harabasz_score(matrix, rows), rel=1e-3)
        assert table["Davies–Bouldin"][k] == pytest.approx(davies_bouldin_score(matrix, rows), rel=1e-3)
    gaps, errors = table["Gap statistic"], table["Standard error"]
    within = [k for k in run.ks[:-1] if gaps[k] >= gaps[k + 1] - errors[k + 1]]
    told = f"Here that is **{within[0]}**" if within else "Here it still rises at the largest number"
    assert told in text_of(trust)


def test_the_badges_follow_the_overlap_on_both_pages(trust: AppTest) -> None:
    k, bands = next((k, bands) for k in the_run().ks if len(set(bands := bands_at(k))) > 2)
    trust.select_slider(key=StateKeys.K).set_value(k).run()
    [table] = [one for one in folding_tables(trust) if "Overlap" in one]
    assert table["Verdict"].tolist() == bands
    trust.switch_page(EXPLORE).run()
    trust.run()
    badges = [line["badge"]["text"] for line in sent_with(trust, "lines")["lines"]]
    assert badges == bands


def bands_at(k: int) -> list[str]:
    """Give the band of each segment's overlap, as clusterboot sets them."""
    overlaps = [one.stability for one in the_run().cuts[k].segments]
    names = ["Not to be trusted", "Doubtful", "Stable", "Very stable"]
    return list(pd.cut(overlaps, [-1, 0.6, 0.75, 0.85, 1.1], right=False, labels=names))


def keys_of_charts(page: AppTest) -> list[str]:
    """Name the Plotly charts on screen, from top to bottom."""
    return [chart.proto.id.rsplit("-", 1)[-1] for chart in page.get("plotly_chart")]


def test_any_two_features_can_be_drawn_once_they_are_asked_for(segmented: AppTest) -> None:
    page = segmented.switch_page(TRUST).run()
    assert "trust_pair" not in keys_of_charts(page)
    page.session_state["trust_pair_open"] = True
    page.run()
    names = [feature.name for feature in the_run().features][::4]
    for x, y in zip(names, reversed(names), strict=True):
        page.selectbox("trust_x").set_value(x)
        page.selectbox("trust_y").set_value(y)
        assert not page.run().exception, (x, y)
        assert "trust_pair" in keys_of_charts(page)


def test_the_curve_is_drawn_when_it_is_opened_with_the_number_on_screen_marked(segmented: AppTest) -> None:
    page = segmented.switch_page(TRUST).run()
    assert "trust_curve" not in keys_of_charts(page)
    page.session_state["trust_curve_open"] = True
    page.select_slider(StateKeys.K).set_value(4).run()
    assert not page.exception
    assert "trust_curve" in keys_of_charts(page)
    assert any("shown: 4" in element.proto.body for element in page.get("html"))
