"""The tiers that RFM sorts customers into, by how lately and how much they bought."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Tier(StrEnum):
    """The RFM tiers; prospects have not ordered anything."""

    CHAMPIONS = "champions"
    LOYAL = "loyal"
    POTENTIAL_LOYALISTS = "potential_loyalists"
    NEW = "new"
    PROMISING = "promising"
    NEED_ATTENTION = "need_attention"
    ABOUT_TO_SLEEP = "about_to_sleep"
    AT_RISK = "at_risk"
    CANNOT_LOSE = "cannot_lose"
    HIBERNATING = "hibernating"
    LOST = "lost"
    PROSPECTS = "prospects"


TIERS = tuple(Tier)
_ROW_OF_RECENCY = {
    5: (Tier.NEW, Tier.POTENTIAL_LOYALISTS, Tier.POTENTIAL_LOYALISTS, Tier.CHAMPIONS, Tier.CHAMPIONS),
    4: (Tier.PROMISING, Tier.POTENTIAL_LOYALISTS, Tier.POTENTIAL_LOYALISTS, Tier.LOYAL, Tier.CHAMPIONS),
    3: (Tier.ABOUT_TO_SLEEP, Tier.ABOUT_TO_SLEEP, Tier.NEED_ATTENTION, Tier.LOYAL, Tier.LOYAL),
    2: (Tier.HIBERNATING, Tier.HIBERNATING, Tier.AT_RISK, Tier.AT_RISK, Tier.AT_RISK),
    1: (Tier.LOST, Tier.LOST, Tier.AT_RISK, Tier.CANNOT_LOSE, Tier.CANNOT_LOSE),
}
GRID: Mapping[tuple[int, int], Tier] = {
    (recency, value): tier
    for recency, row in _ROW_OF_RECENCY.items()
    for value, tier in enumerate(row, start=1)
}
"""The tier of each recency score and value score, the mean of frequency and money rounded half up."""
