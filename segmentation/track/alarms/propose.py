"""Find segments anew and lay them beside those that there are, before anything is replaced."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.jobs import Progress, silent
from segmentation.pipeline import find_segments
from segmentation.runs.columns import segment_column
from segmentation.stages import Stage
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.track.alarms.old_and_new import OldAndNew, lay_beside
from segmentation.track.alarms.proposed import keep_comparison, keep_proposed
from segmentation.track.assign import assign_as_of
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed
from segmentation.workspace.database import rows_table


@undisturbed
def propose_segments(
    workspace: Workspace, frozen: Frozen, on_progress: Progress = silent, load: Loader = load_encoder
) -> OldAndNew:
    """Find segments of today's customers as the run did, and keep them as a proposal beside the old ones.

    The old segments are those that today's customers are assigned to; the new ones as many as are suggested.

    :raises SegmentationError: where segments cannot be found, or customers not be assigned to the old ones.
    """
    run = find_segments(workspace, frozen.run.options, on_progress, load, keep_proposed)
    k = run.suggestion.k
    table, assigned = assign_as_of(workspace, frozen, frozen.k, load=load)
    with workspace.cursor() as cursor:
        rows = cursor.sql(f"SELECT customer_id, {segment_column(k)} AS segment FROM {rows_table(run.run_id)}")
        new = rows.df().set_index("customer_id")["segment"]
    found = pd.Index(new.index).get_indexer(table.customer_ids)
    known = found >= 0
    labels = (assigned.segment[known].astype(np.intp), new.to_numpy()[found[known]].astype(np.intp))
    beside = lay_beside((frozen.run, frozen.k), (run, k), labels)
    keep_comparison(workspace, beside)
    on_progress(Stage.DONE, 1, 1)
    return beside
