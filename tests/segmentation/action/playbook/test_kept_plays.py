"""A playbook that is kept says the same when it is read; what its files brought goes with them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from segmentation.action.playbook.kept_plays import KEY, keep_playbook, load_playbook
from segmentation.action.playbook.play import Playbook
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.runs.parts import keep_with_run
from segmentation.workspace import Workspace
from tests.segmentation.action.conftest import Segmented


def test_what_is_kept_is_read_and_goes_with_its_run(
    segmented: Segmented, playbook: Playbook, tmp_path: Path
) -> None:
    with segmented.workspace.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(segmented.workspace.path, copy)
    with Workspace.open(copy) as workspace:
        keep_with_run(workspace, playbook.run_id, lambda _: {KEY: {}})  # others share the run
        assert load_playbook(workspace, playbook.run_id, playbook.k) is None
        keep_playbook(workspace, replace(playbook, missing=()))
        keep_playbook(workspace, playbook)
        read = load_playbook(workspace, playbook.run_id, playbook.k)
        assert repr(read) == repr(playbook)  # a NaN is not equal to itself
        assert load_playbook(workspace, playbook.run_id, 3) is None
        delete_upload(workspace, list_uploads(workspace)[0].upload_id)
        assert load_playbook(workspace, playbook.run_id, playbook.k) is None
