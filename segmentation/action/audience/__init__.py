"""Audience files for the platforms: who is in, who stays out and why, and each platform's form."""

from segmentation.action.audience.audience import Audience, AudienceOptions
from segmentation.action.audience.customer_tables import MOST_IN_XLSX, TableFormat, write_customers
from segmentation.action.audience.handover import EVERYONE, SPEND, audience_of_run, note_audience
from segmentation.action.audience.hold_out import chosen_share, keep_share
from segmentation.action.audience.platforms import PLATFORMS, Platform
from segmentation.action.audience.suppression import clear_suppressed, suppress, suppressed_keys

__all__ = [
    "EVERYONE",
    "MOST_IN_XLSX",
    "PLATFORMS",
    "SPEND",
    "Audience",
    "AudienceOptions",
    "Platform",
    "TableFormat",
    "audience_of_run",
    "chosen_share",
    "clear_suppressed",
    "keep_share",
    "note_audience",
    "suppress",
    "suppressed_keys",
    "write_customers",
]
