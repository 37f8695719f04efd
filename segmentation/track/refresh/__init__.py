"""Refresh: all that follows adopted segments is brought up to date, by hand or by a schedule."""

from segmentation.track.refresh.history import list_refreshes
from segmentation.track.refresh.refresh import RefreshOutcome, refresh
from segmentation.track.refresh.refreshed import LeftUndone, Refreshed, RefreshStep, StartedBy
from segmentation.track.refresh.schedule import Every, Schedule, keep_schedule, load_schedule

__all__ = [
    "Every",
    "LeftUndone",
    "RefreshOutcome",
    "RefreshStep",
    "Refreshed",
    "Schedule",
    "StartedBy",
    "keep_schedule",
    "list_refreshes",
    "load_schedule",
    "refresh",
]
