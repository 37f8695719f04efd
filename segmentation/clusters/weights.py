"""How much each block of columns counts: behaviour, profile, texts."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.algorithms.split_halves import Reliability
from segmentation.errors import OptionError
from segmentation.features.loudness import FEWEST_MEASURED, PRIOR
from segmentation.features.table import Group

MOST_TEXT = 0.4
"""Texts have no more than this share by default: enough for segments of taste where taste lasts, and where
it pulls another way than value, value leads."""

UNMEASURED_TEXT = PRIOR
NO_TASTE = 0.1
"""Where what was bought before tells less than this of what is bought later, texts are left out."""


@dataclass(frozen=True)
class Weights:
    """How much each block counts, as shares of the total variance.

    :param text: share of text against behaviour, 0 to 1; None gives what `default_text_share` says.
    :param profile: share of the profile columns in the whole, 0 to 1; where there is nothing else it is 1.
    :param off: names of features that are not ticked.
    """

    text: float | None = None
    profile: float = 0.0
    off: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, share in (("text", self.text), ("profile", self.profile)):
            if share is not None and not 0 <= share <= 1:
                raise OptionError(f"the {name} weight is {share}.", "It must lie between 0 and 1.")


def default_text_share(taste: Reliability | None) -> float:
    """Return the share of texts against behaviour: as much as taste lasts, up to a bound."""
    if taste is None or taste.rows < FEWEST_MEASURED:
        return UNMEASURED_TEXT
    return min(MOST_TEXT, taste.value) if taste.value >= NO_TASTE else 0.0


def block_shares(present: set[Group], weights: Weights, usual: float) -> dict[Group, float]:
    """Return the share of each defining block; profile columns define alone, or when asked to.

    :param usual: the share of texts against behaviour where nobody chose one.
    """
    beside = usual if weights.text is None else weights.text
    text = Group.TEXT in present and weights.text != 0 and (beside > 0 or Group.BEHAVIOUR not in present)
    if not text and Group.BEHAVIOUR not in present:
        return {Group.PROFILE: 1.0} if Group.PROFILE in present else {}
    profile = weights.profile if Group.PROFILE in present else 0.0
    of_the_rest = 0.0 if not text else 1.0 if Group.BEHAVIOUR not in present else beside
    shares = {
        Group.BEHAVIOUR: (1 - profile) * (1 - of_the_rest),
        Group.PROFILE: profile,
        Group.TEXT: (1 - profile) * of_the_rest,
    }
    return {group: share for group, share in shares.items() if share > 0}
