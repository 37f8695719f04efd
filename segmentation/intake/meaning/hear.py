"""What the encoder guessed of headers, as far as the values under them may be that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_all import Spoken
from segmentation.intake.meaning.header_rules import C
from segmentation.intake.values.column_evidence import Evidence

OFTEN = {C.TIME, C.AMOUNT, C.PART, C.FEE, C.ADDRESS, C.PLACE, C.CATEGORY}
"""What a file may well have several columns of."""
WORDS = {C.COUNTRY, C.PLACE, C.CATEGORY, C.DESCRIPTION, C.PAYMENT, C.PERSONAL, C.SELLER}
WHOLES = {C.AMOUNT, C.PRICE, C.PART}
SUMS = WHOLES | {C.DISCOUNT, C.REFUND, C.FEE, C.COST, C.PROFIT}
LED_BY_ZEROS = 0.05
_LETTERS = re.compile(r"[^\W\d_]+")


def heard(spoken: Spoken, measured: Sequence[Evidence]) -> Spoken:
    """Forget what the encoder guessed where the values are none of it, or where it hears one in several.

    So it does where headers share a word (`customer code`, `article code`) that is near to something else.
    No header speaks of a part of a sum, as a discount is, where none speaks of the whole. What goods cost or
    bring is never guessed: it would change what customers are worth. Where values gainsay half of what it
    heard, all of it is noise.
    """
    whole = any(found & WHOLES for found in spoken.concepts)
    times = Counter(spoken.concepts[place] for place in spoken.guessed)
    gainsaid = {place for place in spoken.guessed if _contradicts(spoken.concepts[place], measured[place])}
    wrong = gainsaid | {
        place
        for place in spoken.guessed
        if (times[spoken.concepts[place]] > 1 and not spoken.concepts[place] & OFTEN)
        or (spoken.concepts[place] & (SUMS - WHOLES) and not whole)
        or spoken.concepts[place] & {C.COST, C.PROFIT}
    }
    if len(gainsaid) > 1 and 2 * len(gainsaid) >= len(spoken.guessed):
        wrong = set(spoken.guessed)  # a language that the encoder never learned
    concepts = [
        frozenset({C.ALONE}) if place in wrong else _numbered(_coded(found, measured[place]), measured[place])
        for place, found in enumerate(spoken.concepts)
    ]
    return Spoken(concepts, spoken.guessed - wrong)


def _contradicts(concepts: frozenset[Concept], values: Evidence) -> bool:
    """Whether values are no sums (texts, ids, led by zeros), no pieces, or codes instead of words.

    Days of birth are not all of a few years.
    """
    if C.BIRTH in concepts:
        return values.are_of_few_years
    if C.QUANTITY in concepts:
        return values.is_number and not values.whole
    if concepts & SUMS:
        return not values.is_number or values.are_given_out or values.leading_zeros > LED_BY_ZEROS
    return bool(concepts & WORDS) and all(any(map(str.isdigit, value)) for value in values.sample)


def _numbered(concepts: frozenset[Concept], values: Evidence) -> frozenset[Concept]:
    """Take a word for how many that stands over no numbers for the one for a number, as in “order no.”."""
    if C.QUANTITY not in concepts or values.is_number:
        return concepts
    return concepts - {C.QUANTITY} | {C.ID}


def _coded(concepts: frozenset[Concept], values: Evidence) -> frozenset[Concept]:
    """Take codes of places that are given out one by one, or all begin with the same letters, for any ids."""
    begins = {begin[0] if (begin := _LETTERS.match(value)) else "" for value in values.sample}
    alike = len(begins) == 1 and begins != {""}
    if C.POSTAL not in concepts or not (values.are_given_out or alike):
        return concepts
    return concepts - {C.POSTAL} | {C.ID}
