"""Value and churn in words: what is meant, how it was tested, and why a customer is on the list."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from segmentation import formats
from segmentation.action.retention.churn_definition import ChurnDefinition
from segmentation.action.retention.churn_risk import SIMPLE, ChurnTest, Way
from segmentation.action.retention.job import Outlook
from segmentation.action.retention.value_model import TOO_RELATED, ValueModel
from segmentation.action.retention.win_back import LATE, Cause

WAYS = {
    Way.MODEL: "model",
    Way.RECENCY: "recency alone",
    Way.FREQUENCY: "number of orders alone",
    Way.RECENCY_FREQUENCY: "recency and number of orders",
}

CAUSES = {
    Cause.ONCE: "Ordered once",
    Cause.LATE: "Silent far longer than usual",
    Cause.OVERDUE: "Others who are overdue",
}

NO_SPEND = "The order files give no amounts, so that orders are foretold but not spend."

CHANCE = 0.55
"""An AUC below this ranks hardly better than chance."""

NEARLY_ALL, MOST = 0.99, 0.95
"""The forecast sees hardly anybody leave where it gives so much of what they would bring to so many."""

AT_RISK = "At risk is the risk that a customer stops × what they would bring in these days by staying."

EXPECTED_TO_STAY = (
    "The forecast of orders sees hardly any of them leave for good: what is expected of them is already what "
    "they would bring if they stayed. The risk to leave is not in it."
)


def definition_sentence(definition: ChurnDefinition) -> str:
    """Say what counts as having stopped."""
    days = formats.days(definition.days)
    if definition.asked:
        why = "as you chose"
    elif definition.days < definition.usual_gap:
        why = (
            f"the longest that your history can test; 80% of repeat orders come within "
            f"{formats.days(definition.usual_gap)} of the one before"
        )
    else:
        why = "since 80% of repeat orders come within that time of the one before"
    return f"A customer counts as gone who does not order within the next {days}: {why}."


def silence_sentence(without_rhythm: int) -> str:
    """Say who counts as overdue."""
    return (
        "Overdue is who has been silent for at least as long as they usually let pass between orders, or, "
        f"with fewer than three orders, for at least {formats.days(without_rhythm)}."
    )


def trial_sentences(test: ChurnTest, definition: ChurnDefinition) -> tuple[str, ...]:
    """Say how the ways of telling the risk did on the last period, and which one is used."""
    others = "; ".join(f"{WAYS[way]} {test.qualities[way].auc:.1%}" for way in test.ways if way in SIMPLE)
    tested = (
        f"Tested on the {definition.days} days from {formats.date(test.tested_on.cutoff)}: of "
        f"{test.customers:,} customers {formats.percent(test.stopped)} did not order."
    )
    compared = (
        f"Of a customer who left and one who came back, the model gives the leaver the higher risk in "
        f"{test.qualities[Way.MODEL].auc:.1%} of cases (chance: 50%); {others}."
    )
    return tested, compared, _used(test)


def is_chance(test: ChurnTest) -> bool:
    """Whether no way of telling the risk did better on the last period than chance."""
    return max(one.auc for one in test.qualities.values()) < CHANCE


def _used(test: ChurnTest) -> str:
    if is_chance(test):
        return (
            "No way is better than chance: in this shop, who stops cannot be told from what is known. Take "
            "the risks on this page as the average of everybody."
        )
    if test.better is Way.MODEL:
        ends = test.behind.get(test.simple)
        by = f" ({ends[0] * 100:.1f} to {ends[1] * 100:.1f} points, at 95%)" if ends else ""
        return f"The model beats the best simple way by more than chance{by}: the risks are the model’s."
    return (
        "The model does not beat a simple way by more than chance, so the risks on this page rest on "
        f"{WAYS[test.better]}."
    )


def rhythm_sentence(test: ChurnTest) -> str | None:
    """Say how well customers' own rhythm told who stops, among those who have one; None where nobody has."""
    found = test.rhythm
    if found.rhythm is None or found.model is None:
        return None
    return (
        f"Among the {found.customers:,} with three orders or more, their own rhythm alone (days since the "
        f"last order ÷ usual interval) is right in {found.rhythm:.0%} of cases, the model in "
        f"{found.model:.0%}."
    )


def value_notes(model: ValueModel, furthest: int) -> Iterator[str]:
    """Say what to bear in mind about the forecast.

    :param furthest: how many days ahead are shown.
    """
    if model.spending is None:
        yield NO_SPEND
    if model.is_too_related and model.correlation is not None:
        direction = "more" if model.correlation > 0 else "less"
        yield (
            f"Customers who order often spend {direction} per order here (r = {model.correlation:.3f}, where "
            f"the method wants no more than {TOO_RELATED}): take the spend of the busiest customers with "
            "care."
        )
    if model.days < furthest:
        yield (
            f"Your orders cover {formats.days(model.days)}: what lies further ahead than that is a guess, "
            "and no season has been seen twice."
        )


def are_expected_to_stay(rows: pd.DataFrame) -> bool:
    """Whether the forecast of orders, unlike the risk, sees hardly any customer of a win-back list leave."""
    worth = rows[rows["if_stays"] > 0]
    return bool((worth["expected"] / worth["if_stays"]).quantile(1 - MOST) >= NEARLY_ALL)


def brief_reasons(rows: pd.DataFrame) -> list[str]:
    """Say the same of each row in a few words, for a table."""
    columns = (rows["order_days"], rows["days_since"], rows["usual_interval"])
    return [_brief(*row) for row in zip(*(one.to_numpy() for one in columns), strict=True)]


def _brief(orders: float, since: float, interval: float) -> str:
    if interval == interval:
        return f"Every {formats.days(round(interval))}, now {since:,.0f}"
    times = {1: "once", 2: "twice"}.get(int(orders), f"{orders:,.0f} times")
    return f"Ordered {times}, {formats.days(since)} ago"


def reasons(rows: pd.DataFrame, found: Outlook) -> list[str]:
    """Say of each row of a win-back list why the customer is on it."""
    once = found.churn.once if found.churn else None
    columns = zip(
        rows["order_days"].to_numpy(),
        rows["days_since"].to_numpy(),
        rows["usual_interval"].to_numpy(),
        rows["overdue"].to_numpy(),
        rows["risk"].to_numpy(),
        strict=True,
    )
    return [_reason(*row, once) for row in columns]


def _reason(
    orders: float, since: float, interval: float, late: float, risk: float, once: float | None
) -> str:
    ago = f"{formats.days(since)} ago" if since else "today"
    if orders == 1:
        rest = f"; of one-time buyers {once:.0%} stop" if once else ""
        return f"Ordered once, {ago}{rest}."
    if late >= LATE:
        return (
            f"Usually orders every {formats.days(round(interval))} and has been silent for "
            f"{formats.days(since)}: {formats.times(late)} as long."
        )
    times = "twice" if orders == 2 else f"{orders:,.0f} times"
    return f"Ordered {times}, last {ago}; of customers like this {risk:.0%} stop."
