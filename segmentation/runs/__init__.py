"""Runs: what a job found, kept in the workspace until newer ones replace it."""

from segmentation.runs.kept.history import KEEP_RUNS, KeptRun, delete_run, list_runs
from segmentation.runs.moves import Moves, labels_before, moved_customers, run_before
from segmentation.runs.names import rename_segment, segment_names
from segmentation.runs.options import LARGEST_SEED, MOST_SEGMENTS, RunOptions
from segmentation.runs.own_number import keep_number, number_of, own_number
from segmentation.runs.run import Cut, Run, Segment
from segmentation.runs.store import latest_run_id, load_customers, load_map, load_run, save_run
from segmentation.runs.view import View

__all__ = [
    "KEEP_RUNS",
    "LARGEST_SEED",
    "MOST_SEGMENTS",
    "Cut",
    "KeptRun",
    "Moves",
    "Run",
    "RunOptions",
    "Segment",
    "View",
    "delete_run",
    "keep_number",
    "labels_before",
    "latest_run_id",
    "list_runs",
    "load_customers",
    "load_map",
    "load_run",
    "moved_customers",
    "number_of",
    "own_number",
    "rename_segment",
    "run_before",
    "save_run",
    "segment_names",
]
