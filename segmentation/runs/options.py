"""What a person may set before segments are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from segmentation.errors import OptionError
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.values.currencies import is_code
from segmentation.text.encoders.protocol import BUNDLED
from segmentation.text.encoders.transformer import Precision

MOST_SEGMENTS = 255
LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True)
class RunOptions:
    """What a person may set before segments are looked for.

    `k` outside `k_range` extends the range to it. `text_weight` is the share of the texts (0..1), None as
    much as behaviour; `profile_weight` that of the profile columns where anything else exists; `off` names
    features that are not to define segments; `concepts` are those of a person's own that become features;
    `themes` the number of themes, None to choose it;
    `resamples` is made of every k, and `resamples_of_suggested` of the suggested one and of `k`.
    `cleaning_off` and `cleaning_on` name the rules of cleaning that were switched against their default.
    `reporting` is the ISO code of the currency that all amounts are to be in, None that of most lines.
    `margin` is the share (0..1) of revenue that is left after costs where no file says these.
    `precision` is that of the language model, "auto" the fastest that reads alike on this machine;
    `draft` reads the texts by the quick draft of the model.
    `outcome` names what the segments are to tell apart (`features.outcomes`), None nothing in particular;
    `cutoff` the day (YYYY-MM-DD) that parts before from after, None the one chosen by the data.

    :raises OptionError: for a value that makes no sense.
    """

    k: int | None = None
    k_range: tuple[int, int] = (2, 12)
    model: str = BUNDLED
    device: str | None = None
    text_weight: float | None = None
    profile_weight: float = 0.0
    off: frozenset[str] = frozenset()
    concepts: tuple[str, ...] = ()
    themes: int | None = None
    seed: int = 0
    resamples: int = 20
    resamples_of_suggested: int = 100
    cleaning_off: frozenset[str] = frozenset()
    cleaning_on: frozenset[str] = frozenset()
    reporting: str | None = None
    margin: float | None = None
    outcome: str | None = None
    cutoff: str | None = None
    precision: str = Precision.AUTO
    draft: bool = False

    def __post_init__(self) -> None:
        low, high = self.k_range
        if not 2 <= low <= high <= MOST_SEGMENTS:
            raise OptionError(
                f"the range of segments is {low} to {high}.", f"Give 2 ≤ from ≤ to ≤ {MOST_SEGMENTS}."
            )
        if self.k is not None and not 2 <= self.k <= MOST_SEGMENTS:
            raise OptionError(f"{self.k} segments were asked for.", f"Ask for 2 to {MOST_SEGMENTS}.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise OptionError(f"the seed is {self.seed}.", f"Give a whole number from 0 to {LARGEST_SEED}.")
        for name, weight in (("text", self.text_weight), ("profile", self.profile_weight)):
            if weight is not None and not 0 <= weight <= 1:
                raise OptionError(f"the {name} weight is {weight}.", "Give a share between 0 and 1.")
        for rule in sorted((self.cleaning_off | self.cleaning_on) - set(Rule)):
            raise OptionError(f"there is no cleaning rule “{rule}”.", f"There are {', '.join(Rule)}.")
        _check_money(self.reporting, self.margin)
        if self.precision not in set(Precision):
            raise OptionError(
                f"the precision is “{self.precision}”.", f"Choose one of {', '.join(Precision)}."
            )
        if self.cutoff is not None:
            _day(self.cutoff)

    @property
    def cutoff_day(self) -> datetime | None:
        """The day that parts before from after, where one was chosen."""
        return None if self.cutoff is None else _day(self.cutoff)

    @property
    def ks(self) -> tuple[int, ...]:
        """Every number of segments that is tried."""
        low, high = self.k_range
        return tuple(sorted({*range(low, high + 1), *([self.k] if self.k else [])}))

    @property
    def cleaning(self) -> Cleaning:
        """The rules of cleaning as they were switched, and what a person said of money."""
        return Cleaning(
            frozenset(Rule(rule) for rule in self.cleaning_off),
            frozenset(Rule(rule) for rule in self.cleaning_on),
            self.reporting,
            self.margin,
        )


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError as error:
        raise OptionError(f"the cut-off is “{text}”.", "Write it as 2024-09-30.") from error


def _check_money(reporting: str | None, margin: float | None) -> None:
    if reporting is not None and not is_code(reporting):
        raise OptionError(f"“{reporting}” is no currency.", "Give its code, as EUR.")
    if margin is not None and not 0 < margin < 1:
        raise OptionError(f"the margin is {margin}.", "Give a share between 0 and 1.")
