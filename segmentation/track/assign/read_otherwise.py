"""What of today's files is read in another way than those were that frozen segments were found with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from segmentation.intake.roles import Role, Upload
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.values.dates import day_and_month_swapped
from segmentation.runs.kept.read_as import ColumnRead, FileRead, read_of
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace


class Otherwise(StrEnum):
    """What is read otherwise."""

    KIND = "kind"
    ROLE = "role"
    DATES = "dates"
    PAID = "paid"


@dataclass(frozen=True)
class ReadOtherwise:
    """A file, or a column of it, that is taken for `now` and was taken for `then`: codes, or parts of a sum.

    `column` is empty where it is the whole file.
    """

    what: Otherwise
    file_name: str
    column: str
    now: str
    then: str


def find_read_otherwise(workspace: Workspace, frozen: Frozen) -> tuple[ReadOtherwise, ...]:
    """Compare files by their headers with those that the run was made of; others say nothing here."""
    return tuple(found for upload in list_uploads(workspace) for found in _compared(upload, frozen.read_as))


def _compared(upload: Upload, then: Sequence[FileRead]) -> Iterator[ReadOtherwise]:
    now = read_of(upload)
    alike = [one for one in then if one.kind is now.kind]
    twin = next((one for one in then if one.headers == now.headers), None)
    if twin and not any(one.headers == now.headers for one in alike):
        yield ReadOtherwise(Otherwise.KIND, upload.file_name, "", now.kind, twin.kind)
    for column, named in zip(now.columns, upload.columns, strict=True):
        before = [one for file in alike for one in file.columns if one.header == column.header]
        if before and (found := _otherwise(column, before)):
            what, was, is_now = found
            yield ReadOtherwise(what, upload.file_name, named.name, is_now, was)
    paid = [one.paid for one in alike if one.headers >= now.headers or one.headers <= now.headers]
    if paid and now.paid not in paid:
        yield ReadOtherwise(Otherwise.PAID, upload.file_name, "", " ".join(now.paid), " ".join(paid[0]))


def _otherwise(now: ColumnRead, then: Sequence[ColumnRead]) -> tuple[Otherwise, str, str] | None:
    """Say how a column is read otherwise than every one of the same header was: what, then and now."""
    alike = [one for one in then if one.role is now.role]
    if not alike:
        return Otherwise.ROLE, then[0].role, now.role
    formats = [one.value_format for one in alike]
    swapped = day_and_month_swapped(now.value_format) if now.role is Role.TIMESTAMP else ""
    if swapped in formats and now.value_format not in formats:
        return Otherwise.DATES, swapped, now.value_format
    return None
