"""Audience files for the platforms: who is in, who stays out and why, and each platform's form."""

from segmentation.action.audience import normalise
from segmentation.action.audience.audience import Audience, AudienceOptions, addresses, file_stem
from segmentation.action.audience.customer_tables import MOST_IN_XLSX, TableFormat, write_customers
from segmentation.action.audience.handover import EVERYONE, SPEND, audience_of_run, note_audience, rows_of
from segmentation.action.audience.hold_out import chosen_share, keep_share
from segmentation.action.audience.lists import (
    USUAL_CUT,
    borderline_people,
    everyone,
    list_of,
    near,
    people_near,
    people_of_cell,
    people_of_segment,
    people_of_tier,
)
from segmentation.action.audience.people import ListKind, PeopleList, Whereabouts
from segmentation.action.audience.platforms import PLATFORMS, Platform
from segmentation.action.audience.suppression import clear_suppressed, suppress, suppressed_keys
from segmentation.action.audience.words import REASONS, list_words

__all__ = [
    "EVERYONE",
    "MOST_IN_XLSX",
    "PLATFORMS",
    "REASONS",
    "SPEND",
    "USUAL_CUT",
    "Audience",
    "AudienceOptions",
    "ListKind",
    "PeopleList",
    "Platform",
    "TableFormat",
    "Whereabouts",
    "addresses",
    "audience_of_run",
    "borderline_people",
    "chosen_share",
    "clear_suppressed",
    "everyone",
    "file_stem",
    "keep_share",
    "list_of",
    "list_words",
    "near",
    "normalise",
    "note_audience",
    "people_near",
    "people_of_cell",
    "people_of_segment",
    "people_of_tier",
    "rows_of",
    "suppress",
    "suppressed_keys",
    "write_customers",
]
