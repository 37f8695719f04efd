"""What segments are worth, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from segmentation import formats

if TYPE_CHECKING:
    from segmentation.algorithms.explained import Estimate
    from segmentation.features.cutoff import Period
    from segmentation.insight.facts.worth import Explained, Worth

DAYS_OF_A_MONTH = 30.4
FEWEST_MONTHS = 2
HARDLY = 0.005
SPEND = "what they spend"
ORDERS = "how often they order"
BOUGHT = "what is bought, by the texts of the products,"


def span(days: int) -> str:
    """Write a period as people say it: in months from two months on, else in days."""
    months = days / DAYS_OF_A_MONTH
    return f"{round(months)} months" if round(months) >= FEWEST_MONTHS else formats.days(days)


def whole_percent(share: float) -> str:
    """Write a share as a whole percentage, nothing where it is below none."""
    return f"{max(0.0, share):.0%}"


def with_interval(estimate: Estimate) -> str:
    """Write an estimate with its interval: "21% (18–24%)"."""
    low, high = (f"{100 * max(0.0, end):.0f}" for end in (estimate.low, estimate.high))
    return f"{whole_percent(estimate.value)} ({low}–{high}%)"


def worth_sentences(worth: Worth, k: int) -> tuple[str, ...]:
    """Say what k segments say about later spend and orders, beside RFM tiers and groups made by chance."""
    following = f"in the following {span(worth.period.days)}"
    return (
        _sentence(worth.revenue[k], f"{SPEND} {following}"),
        _sentence(worth.orders[k], f"{ORDERS} {following}"),
        *((_sentence(worth.bought[k], f"{BOUGHT} {following}"),) if k in worth.bought else ()),
    )


def _sentence(explained: Explained, what: str) -> str:
    tiers = f"{explained.rfm_groups} RFM tiers" if explained.rfm_groups > 1 else "RFM"
    segments = (
        f"Knowing a customer’s segment explains {with_interval(explained.segments)} of {what}"
        if explained.segments.value >= HARDLY
        else f"Knowing a customer’s segment says next to nothing about {what}"
    )
    chance = whole_percent(explained.random.value)
    rest = f"{tiers} explain {with_interval(explained.rfm)}, groups made by chance {chance}"
    return f"{segments}; {rest}. {comparison(explained.more_than_rfm)}"


def comparison(more: Estimate) -> str:
    """Say plainly who of segments and RFM tiers is ahead, or that nobody is."""
    if more.above_nothing:
        return "The segments say more than the tiers."
    if more.below_nothing:
        return "The tiers say more: for this question, plain RFM is the better cut."
    return "Between the two there is no clear difference."


def period_sentence(period: Period) -> str:
    """Say how the history was parted."""
    return (
        f"Found on what was known of {period.known:,} customers before {formats.date(period.cutoff)}, and "
        f"compared with the {period.days} days from then to {formats.date(period.end)}, in which "
        f"{period.returning:,} of them ordered."
    )


def worth_facts(worth: Worth | None, k: int) -> Mapping[str, Any] | None:
    """Return what segments.json says of the worth of k segments; None where it was not measured."""
    if worth is None:
        return None
    return {
        "cutoff": worth.period.cutoff.date().isoformat(),
        "end": worth.period.end.date().isoformat(),
        "customers": worth.customers,
        "explained": {
            name: {
                "segments": estimate_facts(explained.segments),
                "rfm_tiers": {**estimate_facts(explained.rfm), "groups": explained.rfm_groups},
                "random_groups": estimate_facts(explained.random),
                "more_than_rfm": estimate_facts(explained.more_than_rfm),
            }
            for name, found in _outcomes(worth)
            for explained in [found[k]]
        },
        "sentences": list(worth_sentences(worth, k)),
    }


def _outcomes(worth: Worth) -> list[tuple[str, Mapping[int, Explained]]]:
    bought = [("bought", worth.bought)] if worth.bought else []
    return [("log_revenue", worth.revenue), ("orders", worth.orders), *bought]


def estimate_facts(estimate: Estimate) -> dict[str, float]:
    """Return an estimate as segments.json holds it."""
    return {"share": estimate.value, "low": estimate.low, "high": estimate.high}
