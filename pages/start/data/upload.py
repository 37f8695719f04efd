"""Dropping files in: staged on disk, read into the workspace, freed from memory."""

from __future__ import annotations

import shutil
import uuid

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shell.guard import show_error
from pages.shell.people.audited import witness
from pages.shell.people.rights import require
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, workspace
from pages.start.data.database import from_database
from pages.start.data.inbox import inbox
from pages.start.data.shop_system import from_shop_system
from segmentation.errors import SegmentationError, UnreadableFileError
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.inbox import inbox_folder
from segmentation.intake.uploads.load import load_tables
from segmentation.jobs import Progress
from segmentation.people import Right
from segmentation.people.deed import Action
from segmentation.workspace.faults import explained

FILE_TYPES = [
    "csv",
    "tsv",
    "txt",
    "parquet",
    "xlsx",
    "xls",
    "xlsb",
    "ods",
    "json",
    "jsonl",
    "ndjson",
    "gz",
    "zip",
]
MEGABYTE = 1024 * 1024


def uploader(label: str) -> None:
    """Offer the drop zone; read what is dropped, and say what could not be read."""
    round_ = st.session_state.setdefault(StateKeys.UPLOADER_ROUND, 0)
    files = st.file_uploader(label, type=FILE_TYPES, accept_multiple_files=True, key=f"_uploader_{round_}")
    if files:
        st.session_state[StateKeys.UPLOAD_ERRORS] = _load_all(files)
        st.session_state[StateKeys.UPLOADER_ROUND] = round_ + 1  # a new widget, without the files
        st.rerun()
    for error in st.session_state.get(StateKeys.UPLOAD_ERRORS, []):
        show_error(error)
    inbox()
    from_shop_system()
    from_database()


def _load_all(files: list[UploadedFile]) -> list[SegmentationError]:
    """Read each file, and go on with the next where one cannot be read."""
    errors = []
    known = {upload.upload_id for upload in list_uploads(workspace())}
    bar = st.progress(0.0, text="Reading your files …")
    for position, file in enumerate(files):

        def tell(step: str, done: int, total: int, at: int = position, name: str = file.name) -> None:
            share = f" {done / total:.0%}" if 0 < done < total else ""
            bar.progress(at / len(files), text=f"{plain(name)}: {step}{share} …")

        try:
            if _load(file, tell) <= known:
                st.toast(f"{plain(file.name)} was already here.", icon=":material/info:")
        except SegmentationError as error:
            errors.append(type(error)(f"{file.name}: {error.found}", error.remedy))
        finally:
            _free(file)
    return errors


def _load(file: UploadedFile, on_progress: Progress) -> set[str]:
    require(Right.EDIT)
    cap = st.get_option("server.maxUploadSize")
    if file.size > cap * MEGABYTE:  # the browser checks this too, but a browser is no guard
        raise UnreadableFileError(
            f"it is larger than {cap} MB.",
            f"Put it into the folder {inbox_folder(workspace())}, then load it from this page.",
        )
    opened = workspace()
    staged = opened.staging / uuid.uuid4().hex
    try:
        with explained(staged), staged.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        _free(file)
        loaded = load_tables(opened, staged, file.name, on_progress)
        witness().note(Action.UPLOAD, file.name, {"rows": sum(one.rows for one in loaded)})
        return {upload.upload_id for upload in loaded}
    finally:
        staged.unlink(missing_ok=True)


def _free(file: UploadedFile) -> None:
    """Let the server forget the bytes of an upload, which it else keeps until the visitor has left."""
    file.close()
    run = get_script_run_ctx()
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)
