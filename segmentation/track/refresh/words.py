"""What a refresh did and did not, in a marketer's words."""

from __future__ import annotations

from typing import Any

from segmentation import formats
from segmentation.track.assign.words import departure_sentences
from segmentation.track.refresh.refreshed import LeftUndone, MadeUp, Refreshed, RefreshStep, StartedBy

STARTED_BY = {
    StartedBy.COMMAND: "on the command line",
    StartedBy.SCHEDULE: "by the schedule",
    StartedBy.MADE_UP: "by the schedule, late",
    StartedBy.PERSON: "by a person",
}
LEFT_UNDONE = {
    RefreshStep.FILE: "“{what}” was not read",
    RefreshStep.MOVEMENT: "Who moved was not told",
    RefreshStep.ALARMS: "Nothing was listened for",
}
MADE_UP = (
    "{what} missed, since the app was not running: {when}. One refresh made up for it when the app started."
)


def made_up_sentence(made_up: MadeUp) -> str:
    """Say what was missed and made up for."""
    what = "A refresh was" if made_up.times == 1 else f"{made_up.times:,} refreshes were"
    last = f"{formats.date(made_up.last)}, {made_up.last:%H:%M}"
    return MADE_UP.format(what=what, when=last if made_up.times == 1 else f"the last on {last}")


def refreshed_sentence(one: Refreshed) -> str:
    """Say what changed."""
    parts = [f"{one.customers:,} customers", f"{one.moved:,} moved", f"{one.new:,} new"]
    if one.gone:
        parts.append(f"{one.gone:,} gone")
    if one.unlike_anybody:
        parts.append(f"{one.unlike_anybody:,} like nobody")
    if one.alarms is not None:
        parts.append(
            "no alarm" if not one.alarms else f"{one.alarms:,} alarms" if one.alarms > 1 else "1 alarm"
        )
    day = f" as of {formats.date(one.day)}" if one.day else ""
    return f"{', '.join(parts)}{day}."


def undone_sentence(one: LeftUndone) -> str:
    """Say what was not done, and why."""
    return f"{LEFT_UNDONE[one.step].format(what=one.what)}: {one.why}"


def refreshed_facts(one: Refreshed) -> dict[str, Any]:
    """Return what the command prints of a refresh."""
    return {
        "at": one.at.isoformat(timespec="seconds"),
        "run": one.run_id,
        "k": one.k,
        "day": one.day.isoformat() if one.day else None,
        "files_read": list(one.files_read),
        "customers": one.customers,
        "moved": one.moved,
        "new": one.new,
        "gone": one.gone,
        "unlike_anybody": one.unlike_anybody,
        "alarms": one.alarms,
        "other_than_then": departure_sentences(one.departures),
        "not_done": [undone_sentence(undone) for undone in one.left_undone],
        "files": list(one.files_written),
    }
