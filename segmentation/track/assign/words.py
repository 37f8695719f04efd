"""What is said of customers assigned to frozen segments."""

from __future__ import annotations

from segmentation import formats
from segmentation.intake.roles import Role
from segmentation.intake.words import ROLES
from segmentation.track.assign.departures import Departures, NewTexts
from segmentation.track.assign.missing import Missing, NewCategory
from segmentation.track.assign.read_otherwise import Otherwise, ReadOtherwise

MISSING = (
    "“{label}” is not known of {customers} ({share}; {then} when the segments were found). "
    "They are placed as if they were average in it."
)
NEW_CATEGORY = (
    "“{value}” in “{column}” is new: {customers} have it. It tells nothing here until segments are found "
    "anew."
)
_THEN = "when the segments were found"
READ_OTHERWISE = {
    Otherwise.KIND: f"“{{file}}” is read as {{now}}; files with its columns were {{then}} {_THEN}.",
    Otherwise.ROLE: f"“{{column}}” in “{{file}}” is read as “{{now}}”; it was “{{then}}” {_THEN}.",
    Otherwise.DATES: f"Day and month of “{{column}}” in “{{file}}” are the other way round than {_THEN}.",
    Otherwise.PAID: f"What was paid in “{{file}}” is read as {{now}}; it was {{then}} {_THEN}.",
}
NOTHING_PAID = "nothing"
NEW_TEXTS = (
    "The texts of “{source}” are new: {customers} have one. They are not read before segments are found anew."
)


def departure_sentences(departures: Departures) -> list[str]:
    """Say all in which customers and files are other than those of the segments."""
    return [
        *map(missing_sentence, departures.missing),
        *map(new_category_sentence, departures.new_categories),
        *map(read_otherwise_sentence, departures.read_otherwise),
        *map(new_texts_sentence, departures.new_texts),
    ]


def read_otherwise_sentence(found: ReadOtherwise) -> str:
    """Say what is taken for something else than before."""
    sides = [_called(found.what, side) for side in (found.now, found.then)]
    return READ_OTHERWISE[found.what].format(
        file=formats.shortened(found.file_name),
        column=formats.shortened(found.column),
        now=sides[0],
        then=sides[1],
    )


def new_texts_sentence(new: NewTexts) -> str:
    """Say which texts the segments do not know."""
    customers = f"{new.customers:,} {'customer' if new.customers == 1 else 'customers'}"
    return NEW_TEXTS.format(source=formats.shortened(new.source), customers=customers)


def _called(what: Otherwise, side: str) -> str:
    return ROLES[Role(side)] if what is Otherwise.ROLE else side or NOTHING_PAID


def missing_sentence(missing: Missing) -> str:
    """Say which feature is lacking for how many."""
    return MISSING.format(
        label=missing.feature.label,
        customers=f"{missing.customers:,} customers",
        share=formats.percent(missing.share),
        then=formats.percent(missing.share_then),
    )


def new_category_sentence(new: NewCategory) -> str:
    """Say which value the segments do not know."""
    return NEW_CATEGORY.format(
        value=formats.shortened(new.value),
        column=formats.shortened(new.column),
        customers=f"{new.customers:,} customers",
    )
