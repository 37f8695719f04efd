"""Answers to what a file leaves open, kept for later files of the same header."""

from __future__ import annotations

from dataclasses import replace

from segmentation.errors import OptionError
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.ages import NEWER, keep_newer
from segmentation.intake.uploads.corrections import get_upload
from segmentation.intake.uploads.understood import header_of, load_understood, store, taking, weighed_anew
from segmentation.workspace import Workspace
from segmentation.workspace.database import KEPT_SHOP


def answer_doubt(workspace: Workspace, upload_id: str, code: str, option: int) -> Upload:
    """Answer a question about a file: it is read anew by the answer, as are later files of the same header.

    :param code: the code of the doubt; `option` is the place of the answer among its options.
    :raises OptionError: if there is no such file, question or answer.
    """
    upload = get_upload(workspace, upload_id)
    if code.startswith(f"{NEWER}:"):
        return _answer_age(workspace, upload, get_upload(workspace, code.removeprefix(f"{NEWER}:")), option)
    with workspace.transaction() as cursor:
        _, kept = load_understood(cursor).get(upload_id, (None, []))
        asked = next((one for one in kept if one.open.code == code), None)
        if asked is None or not 0 <= option < len(asked.open.answers):
            raise OptionError("this question is no longer open.", "Reload the page.")
        read = taking(upload, asked, option)
        answered = [replace(one, taken=option, answered=True) if one is asked else one for one in kept]
        store(cursor, read, weighed_anew(cursor, read, answered))
        header = header_of(upload.columns)
        cursor.execute(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", [header, code, asked.open.answers[option].code]
        )
        cursor.execute("DELETE FROM meta WHERE key = ?", [KEPT_SHOP])  # it may still ask the question
    return get_upload(workspace, upload_id)


def _answer_age(workspace: Workspace, taken: Upload, other: Upload, option: int) -> Upload:
    if option not in (0, 1):
        raise OptionError("this question is no longer open.", "Reload the page.")
    newer, older = ((taken, other), (other, taken))[option]
    with workspace.transaction() as cursor:
        keep_newer(cursor, newer.upload_id, older.upload_id)
    return get_upload(workspace, taken.upload_id)
