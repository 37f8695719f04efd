"""States of orders that no list knows: they count, and it is asked whether they should."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Order no,Date,Customer no,Status,Total"


def rows(states: tuple[str, ...]) -> list[str]:
    return [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 9 + 10},{states[at % len(states)]},10"
        for at in range(60)
    ]


def revenue(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def test_a_state_that_no_list_knows_is_asked_about(load: Write, workspace: Workspace) -> None:
    upload = load(HEADER, rows(("paid", "shipped", "cancelled", "snoozed", "glimmering", "paid")))
    (doubt,) = upload.doubts
    assert [option.answer for option in doubt.options] == [
        "None: these orders count", "“glimmering”", "“snoozed”", "“glimmering” and “snoozed”"]  # fmt: skip
    assert [option.revenue for option in doubt.options] == [600.0, 500.0, 500.0, 400.0]
    assert revenue(workspace) == 500.0
    answer_doubt(workspace, upload.upload_id, doubt.code, 2)
    assert revenue(workspace) == 400.0


def test_known_states_are_not(load: Write) -> None:
    assert not load(HEADER, rows(("paid", "cancelled", "pending"))).doubts


def test_where_no_state_is_known_the_rarest_are_asked_about(load: Write) -> None:
    (doubt,) = load(
        HEADER, rows(("humming", "humming", "purring", "purring", "purring", "snoozed", "napping"))
    ).doubts
    assert [option.answer for option in doubt.options][1:4] == ["“snoozed”", "“napping”", "“humming”"]


def test_where_no_state_is_known_all_but_the_commonest_may_be_lost(load: Write) -> None:
    (doubt,) = load(HEADER, rows(("humming", "humming", "humming", "snoozed", "napping", "snoozed"))).doubts
    assert doubt.options[-1].answer == "“napping” and “snoozed”"
    assert doubt.options[-1].revenue == 300.0


def test_a_state_of_the_buyer_is_none_of_orders(load: Write) -> None:
    told = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 9 + 10},{'abc'[at % 3]}loom,10.5" for at in range(60)
    ]
    assert not load(HEADER, told).doubts


def test_what_another_column_says_is_not_asked(load: Write) -> None:
    told = [row.replace(",snoozed", ",paid,snoozed") for row in rows(("snoozed",))]
    told[:9] = [row.replace(",paid,snoozed", ",unpaid,shipped") for row in told[:9]]
    upload = load(HEADER.replace("Status", "Payment status,Status"), told)
    assert not upload.doubts


@pytest.mark.parametrize("word", ["offen", "open", "otvoreno", "avoin"])
def test_open_beside_paid_is_not_paid_and_asked_about(load: Write, workspace: Workspace, word: str) -> None:
    upload = load(HEADER, rows(("paid", "shipped", "cancelled", word, "paid", "paid")))
    (doubt,) = upload.doubts
    assert [option.answer for option in doubt.options] == [f"“{word}”", "None: these orders count"]
    assert revenue(workspace) == 400.0


def test_open_without_paid_is_under_way(load: Write) -> None:
    assert not load(HEADER, rows(("open", "closed", "closed", "cancelled"))).doubts


def test_a_no_to_a_state_is_no_state_of_its_own(load: Write) -> None:
    assert not load(HEADER.replace("Status", "Geannuleerd?"), rows(("ja", "nee", "nee", "nee"))).doubts


def test_what_most_orders_say_beside_cancelled_ones_is_not(load: Write) -> None:
    assert not load(HEADER, rows(("brimming", "brimming", "brimming", "cancelled"))).doubts
