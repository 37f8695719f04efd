"""What explains a segment, as segments.json holds it: figures, the sentences made of them, rule and SQL."""

from __future__ import annotations

from typing import Any

from segmentation.insight.facts.explain import Explanation
from segmentation.insight.facts.product_lift import LiftedProduct
from segmentation.insight.facts.segment_rule import Condition, SegmentRule, rule_sql
from segmentation.insight.sentences.profile import rule_quality
from segmentation.insight.sentences.segments import contrast_sentences, rule_sentence
from segmentation.runs import Run


def explanation_facts(found: Explanation, rule: SegmentRule, run: Run) -> dict[str, Any]:
    """Return what segments.json says of one segment; customers' own sentences stay out of it.

    The SQL runs on the workspace of the run.
    """
    return {
        "all_rounders": found.contrast.is_all_rounders,
        "differences": _differences(found),
        "rule": {
            "sentence": rule_sentence(rule, run.currency),
            "quality": rule_quality(rule),
            "captures": rule.captures,
            "customers": rule.customers,
            "precision": rule.precision,
            "recall": rule.recall,
            "conditions": [_condition(condition) for condition in rule.conditions],
        },
        "sql": rule_sql(rule, run.features, run.run_id) if rule.conditions else None,
        "themes": [
            {
                "theme": one.feature.label.removeprefix("Theme: "),
                "share": one.inside,
                "others": _number(one.others),
            }
            for one in found.themes
        ],
        "words": {of_source.source: [word.text for word in of_source.words] for of_source in found.words},
        "products": [_product(product) for product in found.products],
    }


def _differences(found: Explanation) -> list[dict[str, Any]]:
    """List the differences from everyone else; without one there is only the sentence that says so."""
    return [
        {
            "feature": one.feature.name,
            "value": one.value,
            "others": one.overall,
            "typical": one.is_median,
            "effect": one.effect,
            "sentence": sentence,
        }
        for one, sentence in zip(found.contrast.differences, contrast_sentences(found.contrast), strict=False)
    ]


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "feature": condition.feature.name,
        "above": condition.low,
        "up_to": condition.high,
        "or_missing": condition.missing,
        "only_missing": condition.only_missing,
    }


def _product(product: LiftedProduct) -> dict[str, Any]:
    return {
        "product_id": product.product_id,
        "name": product.name,
        "buyers": product.buyers,
        "share": product.support,
        "share_of_buyers": product.of_buyers,
        "share_of_purchases": product.of_purchases,
        "lift": product.lift,
    }


def _number(value: float) -> float | None:
    """Return None for what JSON cannot say: NaN, where nobody else has a text."""
    return value if value == value else None
