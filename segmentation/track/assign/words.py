"""What is said of customers assigned to frozen segments."""

from __future__ import annotations

from segmentation import formats
from segmentation.track.assign.missing import Missing, NewCategory

MISSING = (
    "“{label}” is not known of {customers} ({share}; {then} when the segments were found). "
    "They are placed as if they were average in it."
)
NEW_CATEGORY = (
    "“{value}” in “{column}” is new: {customers} have it. It tells nothing here until segments are found "
    "anew."
)


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
