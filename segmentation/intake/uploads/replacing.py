"""An upload in the place of an older one of the same table, as when a source is read again."""

from __future__ import annotations

from segmentation.errors import SegmentationError
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import get_upload, remove_upload, set_kind, set_role
from segmentation.intake.words import BY_HAND
from segmentation.workspace import Workspace


def take_place(workspace: Workspace, newer: str, older: str) -> Upload:
    """Put an upload in the place of an older one, which is gone, with what was corrected by hand in it.

    Unlike a deletion it leaves what was made from the older one: segments are out of date, not forgotten.

    :param newer: an upload id, as `older`.
    """
    before = get_upload(workspace, older)
    _correct_again(workspace, newer, before)
    with workspace.deletion() as cursor:
        cursor.execute(
            "UPDATE uploads SET position = (SELECT position FROM uploads WHERE upload_id = $older)"
            " WHERE upload_id = $newer",
            {"newer": newer, "older": older},
        )
        remove_upload(cursor, before)
    return get_upload(workspace, newer)


def _correct_again(workspace: Workspace, upload_id: str, before: Upload) -> None:
    """Do to an upload what was done by hand to the one before; what does not fit its values is left."""
    if before.kind_reason == BY_HAND:
        set_kind(workspace, upload_id, before.kind)
    there = {column.name for column in get_upload(workspace, upload_id).columns}
    for column in before.columns:
        if column.reason == BY_HAND and column.name in there:
            try:
                set_role(workspace, upload_id, column.name, column.role)
            except SegmentationError:
                continue
