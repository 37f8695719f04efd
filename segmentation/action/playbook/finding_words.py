"""What is known for a playbook and what is not, in words."""

from __future__ import annotations

from segmentation import formats
from segmentation.action.retention.churn_definition import ChurnDefinition
from segmentation.action.retention.value_check import ValueCheck
from segmentation.action.retention.value_model import ValueModel
from segmentation.action.retention.value_ways import ValueWay
from segmentation.action.retention.value_words import VALUE_WAYS
from segmentation.action.retention.words import AT_RISK

BY_CHANCE = (
    " In this shop, who stops cannot be told from what is known: take the risk as the average of everybody."
)
RELATED = " In this shop how often and how much go together, so the figure of the busiest may be off."
STOPS = " They stop who place no order within {days}; the days meant are the next {ahead}."
EXPECTED = (
    "Expected in the next {days}, by what the {returning:,} returning customers of this shop did ({way})."
)
DIFFER_BY_FILE = "What they do is like the other customers; only columns of your customer file differ."
MISSING = {
    "dates": "Orders with dates add when to write, how often, and what to measure.",
    "times": "Orders with the time of day add the best hour.",
    "amounts": "Orders with amounts add what each segment is worth and what is at risk.",
    "contacts": "A customer file with e-mail addresses or phone numbers adds who can be reached, and how.",
    "offers": "The Offers page adds products that match the themes of each segment, unsold ones too.",
    "risk": "The Win back page works out who may stop buying, and how much of the next year is at risk.",
    "expected": "A longer history of orders with amounts adds what each segment is expected to pay.",
}
"""What more would add to a playbook."""


def risk_said(definition: ChurnDefinition, by_chance: bool, ahead: int) -> str:
    """Say what money at risk is, and that the risk tells nothing where it is ranked by chance."""
    told = AT_RISK + STOPS.format(days=formats.days(definition.days), ahead=ahead)
    return told + BY_CHANCE if by_chance else told


def expected_said(model: ValueModel, check: ValueCheck | None, ahead: int) -> str:
    """Say what the spend of the next `ahead` days is expected by."""
    used = check.spend.used if check and check.spend else ValueWay.MODEL
    way = "MBG/NBD and gamma-gamma" if used is ValueWay.MODEL else VALUE_WAYS[used]
    told = EXPECTED.format(days=formats.days(ahead), returning=model.repeating, way=way)
    return told + RELATED if model.is_too_related else told
