"""The long work that screens start; each as a job, so that a reload neither loses nor repeats it."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pages.shell.following.follow import follow
from pages.shell.held.remembered import forget_runs
from pages.shell.options import load_options
from pages.shell.waiting.ready import make_ready
from pages.shell.workspace import job_manager, workspace
from segmentation.course import FINDING, SAMPLE
from segmentation.errors import Cancelled, FilesChangedError
from segmentation.intake.uploads.load import load_file
from segmentation.jobs import Job, JobState, Progress
from segmentation.runs import Run, RunOptions, View
from segmentation.stages import Stage
from segmentation.workspace import Workspace

FIND_SEGMENTS = "Find segments"
QUICK_DRAFT = "Find segments: quick draft"
FULL_READING = "Find segments: full reading"
SAMPLE_SHOP = "Try the sample shop"
RESAMPLE = "Check that segments come back"
WHAT_IF = "Try other settings"
PROPOSE = "Find segments anew as a proposal"
ACCEPT = "Take the new segments"
WORTH = "Measure what your segments are worth"
SHARE_FOR_FIRST_VIEWS = 0.25
"""Of the seconds that segments took, so many more are spent on explaining them before anybody asks."""


def start_finding_segments() -> Job:
    """Queue the whole way from the uploaded files to named segments."""
    opened, options = workspace(), load_options(workspace())
    if options.draft:
        return start_draft_first()
    return job_manager().start(
        FIND_SEGMENTS, lambda on_progress: _find_segments(opened, options, on_progress), FINDING
    )


def start_draft_first() -> Job:
    """Queue segments by a quick draft of the texts, and behind it the full reading that replaces them."""
    opened, full = workspace(), replace(load_options(workspace()), draft=False)
    quick = replace(full, draft=True)
    draft = job_manager().start(
        QUICK_DRAFT, lambda on_progress: _find_segments(opened, quick, on_progress), FINDING
    )
    job_manager().start(
        FULL_READING, lambda on_progress: _after_draft(opened, full, draft, on_progress), FINDING
    )
    return draft


def start_sample_shop() -> Job:
    """Queue the making of the sample shop and its segments."""
    opened, options = workspace(), replace(load_options(workspace()), draft=False)
    return job_manager().start(
        SAMPLE_SHOP, lambda on_progress: _try_sample(opened, options, on_progress), SAMPLE
    )


def start_measuring_worth(run: Run, cutoff: datetime) -> Job:
    """Queue looking back at what this run's segments would have said about the time from the cut-off on."""
    opened = workspace()
    return job_manager().start(WORTH, lambda on_progress: _measure_worth(opened, run, cutoff, on_progress))


def start_resampling(view: View) -> Job:
    """Queue re-sampling these segments as often as the suggested ones were."""
    opened = workspace()
    return job_manager().start(RESAMPLE, lambda on_progress: _resample(opened, view, on_progress))


def start_what_if(view: View) -> Job:
    """Queue finding as many segments with other settings, one changed at a time."""
    opened = workspace()
    return job_manager().start(WHAT_IF, lambda on_progress: _what_if(opened, view, on_progress))


def start_proposing(run: Run) -> Job:
    """Queue finding segments anew, beside those of this run."""
    opened = workspace()
    return job_manager().start(PROPOSE, lambda on_progress: _propose(opened, run, on_progress), FINDING)


def start_accepting(run: Run) -> Job:
    """Queue putting the proposed segments in the place of those of this run."""
    opened = workspace()
    return job_manager().start(ACCEPT, lambda on_progress: _accept(opened, on_progress), about=run.run_id)


def _propose(opened: Workspace, run: Run, on_progress: Progress) -> object:
    from segmentation.track.alarms.propose import propose_segments
    from segmentation.track.frozen import frozen_run

    return (propose_segments(opened, frozen_run(opened, run.run_id), on_progress),)


def _accept(opened: Workspace, on_progress: Progress) -> object:
    from segmentation.track.alarms.proposed import accept_proposed

    run = accept_proposed(opened)
    forget_runs()
    _make_known(opened, run, 0.0, on_progress)
    return run


def _try_sample(opened: Workspace, options: RunOptions, on_progress: Progress) -> object:
    from segmentation.sample_shop import write_csvs

    with tempfile.TemporaryDirectory(dir=opened.staging) as folder:
        on_progress(Stage.MAKING_SHOP, 0, 1)
        files = [path for path in write_csvs(Path(folder)) if path.name != "truth.csv"]
        for position, path in enumerate(files):
            on_progress(Stage.LOADING_SHOP, position, len(files))
            load_file(opened, path)
    return _find_segments(opened, options, on_progress)


def _find_segments(opened: Workspace, options: RunOptions, on_progress: Progress) -> object:
    from segmentation.pipeline import find_segments

    began = time.monotonic()
    run = find_segments(opened, options, on_progress)
    _make_known(opened, run, SHARE_FOR_FIRST_VIEWS * (time.monotonic() - began), on_progress)
    return run


def _make_known(opened: Workspace, run: Run, seconds: float, on_progress: Progress) -> None:
    """Make what pages show of a new run, so many seconds of it before anybody asks, and let others follow."""
    from segmentation.action.overview import keep_overview

    with suppress(Cancelled):  # the segments are kept: there is nothing left to stop
        on_progress(Stage.EXPLAINING, 0, 1)
    with suppress(FilesChangedError):  # somebody went on to other files, of which this run knows nothing
        keep_overview(opened, run)
    make_ready(run, seconds)
    follow(run)


def _after_draft(opened: Workspace, options: RunOptions, draft: Job, on_progress: Progress) -> object:
    """Find segments in full, unless the draft was stopped or there was nothing that it read roughly."""
    if draft.error:
        raise draft.error
    if draft.state != JobState.DONE:
        raise Cancelled
    if isinstance(draft.result, Run) and not draft.result.draft:
        return draft.result
    return _find_segments(opened, options, on_progress)


def _measure_worth(opened: Workspace, run: Run, cutoff: datetime, on_progress: Progress) -> object:
    from segmentation.runs.worth import worth_of_run

    return (worth_of_run(opened, run, on_progress, cutoff=cutoff),)


def _what_if(opened: Workspace, view: View, on_progress: Progress) -> object:
    from segmentation.pipeline.variants import what_if

    return what_if(opened, View.of(opened, view.run, view.k), on_progress)


def _resample(opened: Workspace, view: View, on_progress: Progress) -> object:
    from segmentation.pipeline.resample import resample_further

    found = resample_further(opened, View.of(opened, view.run, view.k), on_progress)
    forget_runs()
    return (found.run_id,)
