"""A segment's name, and what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from segmentation.features.table import Feature
from segmentation.insight.facts.claims import Claim, Claims
from segmentation.insight.naming.phrases import compared_words


@dataclass(frozen=True)
class Name:
    """A name and what it claims of nearly everyone in the segment.

    `weak`: made for want of anything better, so that it is not inherited but sought anew. `given`: by a
    person, who may call people anything. `compared` names the features in which its middle is beside others.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    weak: bool = False
    given: bool = False
    compared: tuple[str, ...] = ()

    def and_also(self, claim: Claim) -> Name:
        """Add a qualifier."""
        return replace(self, text=f"{self.text} · {claim.word.noun}", claims=(*self.claims, claim))

    def beside(self, feature: Feature, more: bool) -> Name:
        """Add that the segment has more, or less, of a feature than its namesakes."""
        text = f"{self.text} · {compared_words(feature, more)}"
        return replace(self, text=text, weak=True, compared=(*self.compared, feature.name))

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features that it speaks of."""
        return (*(claim.feature.name for claim in self.claims), *self.compared)

    def holds_for(self, segment: int, claims: Claims) -> bool:
        """Whether all that it claims is true of a segment of another number of segments."""
        known = {claim.key: claim for claim in claims.every}
        return not self.weak and all(known[claim.key].holds_for(segment) for claim in self.claims)
