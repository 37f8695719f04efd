"""The facts in words: the one place where insight becomes English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from segmentation import formats
from segmentation.clusters.stability_band import Band
from segmentation.insight.facts.contrasts import Contrast
from segmentation.insight.facts.differences import Difference, Portrait
from segmentation.insight.facts.product_lift import LiftedProduct
from segmentation.insight.facts.segment_rule import Condition, SegmentRule
from segmentation.insight.feature_words.families import Entry, Family, Side
from segmentation.insight.feature_words.wording import (
    bounded_clause,
    entry_of,
    listed,
    plain_label,
    theme_words,
    value_clauses,
    value_of,
)

if TYPE_CHECKING:
    from segmentation.clusters.suggest import Suggestion

MOST_CLAUSES = 3
TELLING_RATIO = 1.5
LARGEST_RATIO = 100
NEAR = "are near the average in {label}: {{value}}"
NOTHING_LIFTED = "No product is bought clearly more often here than the others are."
NO_PRODUCTS = "Not known: the files hold no orders that name products. Upload orders with products."


BANDS = {
    Band.NOT_TRUSTED: "not to be trusted",
    Band.DOUBTFUL: "doubtful",
    Band.STABLE: "stable",
    Band.VERY_STABLE: "very stable",
}

BAND_MEANINGS = {
    Band.NOT_TRUSTED: "On other samples of your customers this segment falls apart; do not act on it.",
    Band.DOUBTFUL: "There is a pattern, but who belongs to it changes from sample to sample.",
    Band.STABLE: "It comes back on most other samples of your customers.",
    Band.VERY_STABLE: "It comes back almost unchanged on other samples of your customers.",
}


def band_title(band: Band) -> str:
    """Name a band as a title or a badge does."""
    return formats.capitalised(BANDS[band])


def segment_sentence(portrait: Portrait) -> str:
    """Say in one sentence what sets a segment apart, in the units of the shop."""
    if portrait.is_all_rounders:
        return "Like the average customer in everything: nothing here sets them clearly apart."
    told = _worth_telling(portrait)[:MOST_CLAUSES]
    clauses = [clause_of(difference, portrait.currency) for difference in told]
    theme = _theme_tail(portrait)
    if not clauses:
        clauses = ["stand apart by their themes"]
    return formats.capitalised(f"{listed(clauses)}{theme}.")


def _worth_telling(portrait: Portrait) -> list[Difference]:
    """Order what is said: what the name speaks of, behaviour and numbers, then values that customers have.

    Values that they lack are told only where there is nothing else.
    """
    named = [difference for difference in portrait.named_for if difference.family != Family.THEME]
    speaks_of = {difference.feature.name for difference in named}
    said = [d for d in portrait.clear if d.family != Family.THEME and d.feature.name not in speaks_of]
    lacked = [d for d in said if d.family == Family.FLAG and d.effect < 0]
    have = [*named, *(difference for difference in said if difference not in lacked)]
    return sorted(have or lacked, key=lambda difference: difference.family == Family.FLAG)


def contrast_sentences(contrast: Contrast) -> tuple[str, ...]:
    """Say in a sentence each what sets a segment apart from all other customers, or that nothing does."""
    if contrast.is_all_rounders:
        return ("Like the other customers in everything: nothing sets them clearly apart.",)
    clauses = (clause_of(one, contrast.currency, " of the others") for one in contrast.differences)
    return tuple(formats.capitalised(f"{clause}.") for clause in clauses)


def clause_of(difference: Difference, currency: str | None, whose: str = "") -> str:
    """Word one difference as what "they" do, beside the same figure of all customers.

    :param whose: whose figure it is beside, if not that of all customers, such as " of the others".
    """
    entry = entry_of(difference.feature)
    whose = " of the others" if difference.of_others else whose
    side = (entry.high if difference.effect > 0 else entry.low).at(difference.value)
    value = value_of(difference.feature, difference.value, currency)
    clause = NEAR.format(label=entry.middle) if _is_middle(difference, entry) else side.clause
    said = _few(clause.replace("{value}", value)) if "{value}" in clause else clause
    return f"{said} ({_compared(difference, entry, side, currency, whose)})"


def _is_middle(difference: Difference, entry: Entry) -> bool:
    """Whether a column of the shop's own is told because the name says "medium", and not as high or low."""
    return bool(entry.middle) and entry.high.clause != entry.low.clause and not difference.is_clear


def _few(clause: str) -> str:
    """Mend the grammar of nothing, one, and less than a day."""
    clause = re.sub(r"(?<![\d.,])1 (different )?(order|item|product|review)s\b", r"1 \1\2", clause)
    clause = re.sub(r"(?<![\d.,])(?<!to )1 times\b", "once", clause)
    clause = re.sub(r"(?<![\d.,])(?<!to )2 times\b", "twice", clause)
    clause = re.sub(r"\bonly 0 (different )?(orders|items|products|reviews|categories)\b", r"no \2", clause)
    clause = re.sub(r"\bonly \D{0,4}0 (in total|per order)\b", r"nothing \1", clause)
    clause = clause.replace("only 0.0% of", "hardly any of")
    clause = clause.replace("1 categories", "1 category").replace(" 0 days ago", " less than a day ago")
    return re.sub(r"(?<![\d.,])1 ((?:\w+ )*\w+[^\Ws])s$", r"1 \1", clause)


def _compared(difference: Difference, entry: Entry, side: Side, currency: str | None, whose: str) -> str:
    """Say how many times as much it is where that is telling, else the figure of all customers."""
    times = difference.ratio or 0.0
    if entry.inverse and times:
        times = 1 / times
    middle = "typical" if difference.is_median else "average"
    overall = value_of(difference.feature, difference.overall, currency)
    if not TELLING_RATIO <= times <= LARGEST_RATIO:
        return f"{middle}{whose}: {side.overall.replace('{value}', overall)}"
    return f"{formats.times(times)} {'as often as the' if entry.inverse else 'the'} {middle} {overall}{whose}"


def _theme_tail(portrait: Portrait) -> str:
    told = (*portrait.named_for, *portrait.clear)
    themes = [difference for difference in told if difference.family == Family.THEME]
    theme = next(
        (difference for difference in themes if difference.effect > 0), themes[0] if themes else None
    )
    if theme is None:
        return ""
    about = f"of what they choose or write is about {listed(theme_words(theme.feature))}"
    if theme.value >= 0.5:
        return f"; most {about}"
    return f"; {'more' if theme.effect > 0 else 'less'} {about} than is usual"


def rule_sentence(rule: SegmentRule, currency: str | None) -> str:
    """Say in one or two sentences which short rule tells the segment, how well, or that none does."""
    if not rule.conditions:
        return "No short rule tells this segment from the others."
    told = listed([condition_clause(condition, currency) for condition in rule.conditions])
    right, found = formats.percent(rule.precision), formats.percent(rule.recall)
    quality = f"{right} of the customers it selects are in the segment, and it finds {found} of the segment"
    if not rule.captures:
        return f"No short rule captures this segment. The nearest is: they {told}; {quality}."
    return f"They {told}. {formats.capitalised(quality)}."


def condition_clause(condition: Condition, currency: str | None) -> str:
    """Word one condition of a rule as what "they" do, with the very numbers that are compared."""
    absent, present = value_clauses(condition.feature)
    if condition.only_missing:
        return absent
    low, high = (
        None if bound is None else formats.exactly(bound, condition.feature.unit, currency)
        for bound in (condition.low, condition.high)
    )
    if low is None and high is None:
        return present
    if condition.feature.value is not None and _is_flag(condition):
        label = plain_label(condition.feature)
        clause = f"have “{label}”" if low is not None else f"do not have “{label}”"
    else:
        bounds = " and ".join(
            [*([f"more than {low}"] if low else []), *([f"at most {high}"] if high else [])]
        )
        clause = bounded_clause(condition.feature, low is not None).replace("{value}", bounds)
    clause = _few(clause)
    return f"{clause} (or {absent})" if condition.missing else clause


def product_clause(product: LiftedProduct) -> str:
    """Say how many of a segment bought a product, beside what it buys of everything."""
    return f"{formats.quoted(product.name)}: {bought_clause(product)}"


def why_no_products(has_products: bool) -> str:
    """Say why no product tells a segment: nothing is bought more, or no order names products."""
    return NOTHING_LIFTED if has_products else NO_PRODUCTS


def bought_clause(product: LiftedProduct) -> str:
    """Say the same without the product's name."""
    support, of_buyers, of_purchases = (
        formats.percent(share) for share in (product.support, product.of_buyers, product.of_purchases)
    )
    times = formats.times(product.lift)
    beside = f"{times} their {of_purchases} of all purchases"
    return f"bought by {support}; {of_buyers} of its buyers are here, {beside}"


def _is_flag(condition: Condition) -> bool:
    """Whether the one bound lies between no and yes."""
    bounds = [bound for bound in (condition.low, condition.high) if bound is not None]
    return len(bounds) == 1 and 0 <= bounds[0] < 1


NOTHING_VERDICT = (
    "Your customers do not fall into groups: they differ no more than chance makes customers differ, so "
    "treat any segments as a rough cut, or sort by recency, frequency and spend."
)


def structure_verdict(suggestion: Suggestion) -> str:
    """Say in one sentence whether the suggested segments are real groups."""
    if suggestion.nothing:
        return NOTHING_VERDICT
    return {
        "segments": f"Your customers fall into {suggestion.k} groups with clear gaps between them.",
        "slices": (
            "Your customers form a continuum without clear gaps between groups: "
            f"{suggestion.k} segments are useful, steady slices of it, with soft borders."
        ),
        "none": (
            "Your customers do not fall into groups, and no number of segments holds up well on other "
            "samples of them: treat any segments as a rough cut, or sort by recency, frequency and spend."
        ),
    }[suggestion.structure]


HOW_COMPUTED = {
    "segments": (
        "Every customer becomes a row of numbers. Where a few customers have very large numbers, sizes "
        "are compared on a logarithmic scale, so that one giant does not become a segment of its own. "
        "All numbers are brought to the same scale, and the method k-means puts customers with similar "
        "rows together, for every number of segments."
    ),
    "suggestion": (
        "For every number of segments we look for a real gap between each pair of neighbouring segments "
        "(Hartigan’s dip test) and check that each segment comes back when the work is repeated on other"
        " samples of your customers. Before we speak of clear gaps, we deal what customers did anew among "
        "them: groups have to account for more of the differences between customers than that does. Where "
        "customers have nothing of their own, or columns nothing to do with one another, no segments are "
        "called useful. Without gaps, the largest number of slices from 3 "
        "to 8 (from 4 for more than 500 customers) is suggested that all come back, none below 3% or above "
        "90% of customers."
    ),
    "stability": (
        "We repeat the segmentation on random samples of your customers and count how many members of a "
        "segment stay together (the Jaccard similarity, from 0 to 1). From 0.75 a segment is stable, "
        "from 0.85 very stable; below 0.6 it is not to be trusted."
    ),
    "separation": (
        "Separation compares how near customers are to their own segment with how near they are to the "
        "next one (the silhouette, from −1 to 1). It favours few, coarse segments, so it does not decide"
        " alone."
    ),
    "centroids": (
        "Each cell is the middle of a segment in the units of your shop: the average, or the typical "
        "customer (the median) where a few customers have very large numbers. The shade says how far the"
        " segment is from the average of all customers, measured against how much customers differ from "
        "one another."
    ),
    "map": (
        "The map lays the numbers of each customer, usually dozens, flat on two directions: those along "
        "which the customers differ most (principal components). Neighbours on the map are mostly alike;"
        " segments that overlap here may still differ in other directions."
    ),
    "confidence": (
        "Confidence is a probability: of 100 times that segments are found anew among customers drawn at "
        "random, how often this customer is in the same segment. It is counted in the re-samples that say "
        "whether a segment comes back, and corrected for how few they are: of customers with a confidence "
        "of 80%, about 80% keep their segment the next time."
    ),
    "names": (
        "Names are put together by fixed rules from the strongest differences between a segment and all "
        "customers. They say what customers did or what your own files say, never a guess about who they"
        " are."
    ),
    "language model": (
        "A language model is asked only if you switch it on. What it answers is taken as plain text of "
        "limited length: a name or paragraph that guesses at who people are (income, health, origin, faith "
        "and the like), holds a link or an address, or is given twice is left out, and the generated name "
        "stays. Nothing that a product name says can change more than these texts."
    ),
    "themes": (
        "Texts with similar meaning are grouped and named by their telling words. The share of a theme "
        "is the part of a customer’s texts, weighted by what was spent on them, that is about it."
    ),
    "concepts": (
        "The model that read your texts reads the concept, too, and compares it with each of them (cosine "
        "similarity). What a customer chose and wrote is averaged by what was spent on it, beside the "
        "average of all customers in the same kind of text. Few texts say little, so they are drawn toward "
        "that average. In the sample shop, whose customers’ tastes are known, a concept such as *home cook* "
        "puts a customer of that taste before another one in 98 of 100 pairs."
    ),
}
