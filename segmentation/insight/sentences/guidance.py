"""What guided the segments and what that gained, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from segmentation import formats
from segmentation.features.table import Group
from segmentation.insight.feature_words.wording import listed
from segmentation.insight.sentences.worth import estimate_facts, whole_percent, with_interval

if TYPE_CHECKING:
    from segmentation.algorithms.explained import Estimate
    from segmentation.clusters.guided import Guidance
    from segmentation.features.table import Feature

MOST_NAMED = 4
TEXTS = "What texts say"


def guidance_sentences(guidance: Guidance, k: int, features: Sequence[Feature]) -> tuple[str, ...]:
    """Say what k segments were made to tell apart, plainly whether that gained, and what foretells it."""
    said = (aim_sentence(guidance), gain_sentence(guidance, k))
    return (*said, *_best(guidance, features), *_left_out(guidance, features))


def aim_sentence(guidance: Guidance) -> str:
    """Say what the segments are to tell apart, of whom it is known, and from when."""
    what = f"These segments are made to tell apart “{guidance.outcome.label}”"
    customers = f"{guidance.known:,} customers"
    if guidance.period is None:
        return f"{what}, which is known of {customers} today."
    first, last = formats.date(guidance.period.cutoff), formats.date(guidance.period.end)
    return f"{what}: known of {customers} for {first} to {last}, and learned from what they did before."


def gain_sentence(guidance: Guidance, k: int) -> str:
    """Say for customers held out what guided and plain segments explain, and whether they differ."""
    label = f"“{guidance.outcome.label}”"
    if not guidance.taught:
        return (
            f"There is no gain: nothing known of your customers foretells {label}. "
            "These are the plain segments."
        )
    guided, plain, gain = guidance.guided[k], guidance.plain[k], guidance.gain[k]
    beside = (
        f"for customers whose outcome was not looked at, {k} segments explain {with_interval(guided)} of "
        f"{label}, and {with_interval(plain)} without the guidance"
    )
    if gain.above_nothing:
        return f"The guidance pays: {beside}. That is {_points(gain)} more."
    if gain.below_nothing:
        return f"The guidance does harm: {beside}. Better find your segments without it."
    return f"There is no clear gain: {beside}. The difference may be chance."


def _points(gain: Estimate) -> str:
    value, low, high = (f"{100 * share:.1f}" for share in (gain.value, gain.low, gain.high))
    return f"{value} percentage points ({low}–{high})"


def strongest(guidance: Guidance, features: Sequence[Feature]) -> dict[str, float]:
    """Return by label what foretells the outcome by itself, the best first; texts count as their best."""
    labels = {feature.name: feature.label for feature in features}
    found: dict[str, float] = {}
    for name, share in guidance.relevance.items():
        label = TEXTS if name.partition("_")[0] == Group.TEXT else labels.get(name, name)
        found[label] = max(found.get(label, 0.0), share)
    return {label: share for label, share in sorted(found.items(), key=lambda item: -item[1]) if share > 0}


def _best(guidance: Guidance, features: Sequence[Feature]) -> tuple[str, ...]:
    best = list(strongest(guidance, features).items())[:MOST_NAMED]
    if not best:
        return ()
    told = [f"“{label}” ({whole_percent(share) if share >= 0.01 else 'under 1%'})" for label, share in best]
    return (f"What foretells it best, each by itself, and so counts most: {listed(told)}.",)


def _left_out(guidance: Guidance, features: Sequence[Feature]) -> tuple[str, ...]:
    """Name what would have given the outcome away; columns without a date are left out of the past anyway."""
    labels = {feature.name: feature.label for feature in features}
    away = [f"“{labels[name]}”" for name in guidance.dropped if name in labels]
    if guidance.period is not None or not away:
        return ()
    return (f"Left out, since it would give the answer away: {listed(away)}.",)


def guidance_facts(
    guidance: Guidance | None, k: int, features: Sequence[Feature]
) -> Mapping[str, Any] | None:
    """Return what segments.json says of the guidance of k segments; None where nothing guided them."""
    if guidance is None:
        return None
    period = guidance.period
    return {
        "outcome": guidance.outcome.name,
        "label": guidance.outcome.label,
        "cutoff": period.cutoff.date().isoformat() if period else None,
        "end": period.end.date().isoformat() if period else None,
        "known": guidance.known,
        "dropped": list(guidance.dropped),
        "foretold_by": strongest(guidance, features),
        "explained": {
            "guided": estimate_facts(guidance.guided[k]),
            "plain": estimate_facts(guidance.plain[k]),
            "gain": estimate_facts(guidance.gain[k]),
        },
        "pays": guidance.gain[k].above_nothing,
        "sentences": list(guidance_sentences(guidance, k, features)),
    }
