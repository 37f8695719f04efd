"""Where costs are known, what customers are worth is margin wherever it is told, else what they paid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from segmentation.action.playbook.figures import Counted, Findings, Sought, figures_of
from segmentation.action.playbook.order_counts import numbers_of
from segmentation.action.playbook.words import kpi_line, stakes_line
from segmentation.action.retention.files import outlook_facts, win_back_csv
from segmentation.action.retention.job import look_ahead
from segmentation.action.retention.win_back import usual_silence
from segmentation.features.histories import order_histories
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, View
from segmentation.workspace import Workspace

HEADER = "order_id,customer_id,date,total,cost\n"


def orders(costs: bool) -> str:
    """Return orders of 60 customers over 300 days; every thing costs the shop a quarter of its price."""
    rows, order = [], 0
    for customer in range(60):
        rhythm, last = 12 + customer % 9, 300 if customer % 2 else 150 + customer
        for day in range(customer % 7, last, rhythm):
            order += 1
            month, rest = divmod(day, 28)
            paid = 20 + (customer % 5) * 8
            cost = f"{paid / 4:.2f}" if costs else ""
            rows.append(f"o{order},c{customer:02},2024-{month + 1:02}-{rest + 1:02},{paid}.00,{cost}\n")
    return HEADER + "".join(rows)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Workspace, Run]]]:
    """Give the same shop twice: without costs, and with them."""
    made = []
    for costs in (False, True):
        folder = tmp_path_factory.mktemp("shop")
        (folder / "orders.csv").write_text(orders(costs))
        workspace = Workspace.open(folder / "workspace.duckdb")
        load_file(workspace, folder / "orders.csv")
        options = RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
        made.append((workspace, find_segments(workspace, options)))
    yield made
    for workspace, _ in made:
        workspace.close()


def test_segments_are_found_alike_with_costs_and_without(twins: list[tuple[Workspace, Run]]) -> None:
    (paid, run), (costed, other) = twins
    np.testing.assert_array_equal(View.of(paid, run, 3).labels, View.of(costed, other, 3).labels)


def test_what_customers_brought_is_three_quarters_of_what_they_paid(
    twins: list[tuple[Workspace, Run]],
) -> None:
    (paid, _), (costed, _) = twins
    as_of = build_shop(paid).as_of
    assert as_of is not None
    assert (build_shop(paid).in_margin, build_shop(costed).in_margin) == (False, True)
    before, after = (order_histories(workspace, as_of).spent for workspace in (paid, costed))
    np.testing.assert_allclose(after, before * 0.75)


def test_what_is_ahead_and_at_risk_is_margin_and_says_so(twins: list[tuple[Workspace, Run]]) -> None:
    (paid, run), (costed, other) = twins
    found = [look_ahead(paid, run), look_ahead(costed, other)]
    assert [one.in_margin for one in found] == [False, True]
    views = [View.of(paid, run, 3), View.of(costed, other, 3)]
    facts = [outlook_facts(*one, 365) for one in zip((paid, costed), views, found, strict=True)]
    assert [one["in_margin"] for one in facts] == [False, True]
    spend = [sum(row["spend"] for row in one["segments"]) for one in facts]
    assert spend[1] == pytest.approx(spend[0] * 0.75, rel=0.02)
    assert found[1].definition is not None
    silence = usual_silence(found[1].definition)
    told = win_back_csv(costed, views[1], found[1], 365, silence).decode()
    assert "money" in told.splitlines()[0].split(",")


def test_plays_are_in_margin_and_say_so(twins: list[tuple[Workspace, Run]]) -> None:
    said = []
    for workspace, run in twins:
        view = View.of(workspace, run, 2)
        numbers = numbers_of(workspace, view)
        assert numbers is not None
        members = view.labels == 0
        figures = figures_of(view.segments[0], Counted(numbers), Findings(), members, Sought(0.2))
        said.append((figures, kpi_line(figures.kpi, "EUR").text, stakes_line(figures.stakes, "EUR")))
    (paid, kpi, _), (costed, kpi_of_margin, stakes) = said
    assert paid.stakes is not None
    assert costed.stakes is not None
    assert costed.stakes.revenue == pytest.approx(paid.stakes.revenue * 0.75)
    assert "of margin" not in kpi
    assert "an order was worth" in kpi_of_margin
    assert "of margin" in kpi_of_margin
    assert stakes.evidence[0].startswith("They brought")
