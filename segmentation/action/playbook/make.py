"""The playbook: for each segment of a run what to do, made by rules from what the shop's own files show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segmentation.action.playbook import words as play_words
from segmentation.action.playbook.figures import Counted, Findings, Sought, figures_of
from segmentation.action.playbook.finding_words import DIFFER_BY_FILE, MISSING
from segmentation.action.playbook.hold_out_words import hold_out_line
from segmentation.action.playbook.order_counts import Numbers, numbers_of
from segmentation.action.playbook.play import LIFT, Aspect, Description, Figures, Line, Play, Playbook
from segmentation.action.playbook.rules import ANGLES, GOALS, OFFERS, briefly, pick
from segmentation.action.playbook.traits import Traits, patience_of, traits_of
from segmentation.action.recommend.per_segment import SegmentOffers
from segmentation.clusters.stability_band import Band, stability_band
from segmentation.features.table import Group
from segmentation.insight.facts.contrasts import Contrast
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.sentences.segments import BAND_MEANINGS, contrast_sentences, product_clause
from segmentation.runs import Segment, View
from segmentation.workspace import Workspace

MOST_WORDS = 6
MOST_THEMES = 3


def make_playbook(
    workspace: Workspace,
    view: View,
    explanations: Sequence[Explanation],
    findings: Findings | None = None,
    lift: float = LIFT,
) -> Playbook:
    """Make the plays of the segments of a run; the shop's tables must be those of the run.

    :param explanations: of the segments, with words and products.
    :param lift: the relative lift of the share who order again that a test is to find.
    """
    known = findings or Findings()
    run, rows, k = view.run, view.rows, view.k
    numbers = numbers_of(workspace, view)
    counted = Counted(numbers) if numbers else None
    patience = patience_of(rows)
    plays = []
    for segment, found in zip(view.segments, explanations, strict=True):
        members = view.labels == segment.label
        traits = traits_of(segment, found, rows, members, patience, run.features)
        figures = figures_of(
            segment, counted, known, members, Sought(lift, known.results.get(k, {}).get(segment.label))
        )
        offers = known.offers[k][segment.label] if k in known.offers else None
        lines = {
            **_counted_lines(figures, run.currency, lift),
            **_written_lines(found, traits, figures, offers),
        }
        plays.append(_play(segment, found, traits, figures, {one: lines[one] for one in Aspect}))
    return Playbook(run.run_id, k, run.currency, lift, patience, tuple(plays), _missing(numbers, known, k))


def _play(
    segment: Segment,
    found: Explanation,
    traits: Traits,
    figures: Figures,
    lines: Mapping[Aspect, Line],
) -> Play:
    band = stability_band(segment.stability)
    return Play(
        segment=segment.label,
        customers=segment.size,
        share=segment.share,
        revenue_share=segment.revenue_share,
        band=band,
        description=_description(found),
        traits=traits,
        lines=lines,
        figures=figures,
        warning=BAND_MEANINGS[band] if band in (Band.NOT_TRUSTED, Band.DOUBTFUL) else "",
    )


def _written_lines(
    found: Explanation, traits: Traits, figures: Figures, offers: SegmentOffers | None
) -> dict[Aspect, Line]:
    """Say what to do; notes and the owner are for people to fill in."""
    return {
        Aspect.GOAL: Line(*pick(GOALS, traits), briefly(GOALS, traits)),
        Aspect.ANGLE: Line(*pick(ANGLES, traits)),
        Aspect.OFFER: Line(*pick(OFFERS, traits), briefly(OFFERS, traits)),
        Aspect.PRODUCTS: play_words.products_line(found, offers),
        Aspect.CADENCE: play_words.cadence_line(
            traits.lifecycle, figures.gap, figures.returning, figures.shop_gap
        ),
        Aspect.NOTES: Line(""),
        Aspect.OWNER: Line(""),
    }


def _counted_lines(figures: Figures, currency: str | None, lift: float) -> dict[Aspect, Line]:
    """Say how, when and with what at risk, by the figures alone."""
    return {
        Aspect.CHANNEL: play_words.channel_line(figures.reach),
        Aspect.WEEKDAY: play_words.weekday_line(figures.weekday),
        Aspect.HOUR: play_words.hour_line(figures.hour, dated=figures.kpi is not None),
        Aspect.KPI: play_words.kpi_line(figures.kpi, currency),
        Aspect.TEST: hold_out_line(figures.test, figures.kpi, lift, figures.last),
        Aspect.STAKES: play_words.stakes_line(figures.stakes, currency),
        Aspect.REACH: play_words.reach_line(figures.reach),
    }


def _description(found: Explanation) -> Description:
    """Say who they are by what they do: columns of the customer file, personal or not, stay out of it."""
    told = tuple(one for one in found.contrast.differences if one.feature.group != Group.PROFILE)
    contrast = Contrast(told, found.contrast.superiority, found.contrast.currency)
    sentences = contrast_sentences(contrast)
    if contrast.is_all_rounders and not found.contrast.is_all_rounders:
        sentences = (DIFFER_BY_FILE,)
    words = [word.text for source in found.words for word in source.words]
    themes = [one.feature.label.removeprefix("Theme: ") for one in found.themes if one.much]
    return Description(
        sentences,
        tuple(dict.fromkeys(words))[:MOST_WORDS],
        tuple(themes[:MOST_THEMES]),
        tuple(product_clause(product) for product in found.products),
    )


def _missing(numbers: Numbers | None, known: Findings, k: int) -> tuple[str, ...]:
    lacking = [
        ("dates", numbers is None),
        ("times", numbers is not None and numbers.hours is None),
        ("amounts", numbers is not None and not numbers.has_amounts),
        ("contacts", known.reach is None),
        ("offers", k not in known.offers),
        ("risk", not known.looked_ahead),
        ("expected", known.looked_ahead and known.expected is None),
    ]
    return tuple(MISSING[what] for what, lacks in lacking if lacks)
