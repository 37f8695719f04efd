"""Opening files from the outside: what an archive holds, what a file is, and its rows into a raw table."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from segmentation.errors import EmptyFileError, OptionError, SegmentationError, UnreadableFileError
from segmentation.intake.files.apart.messages import Telling
from segmentation.intake.files.apart.process import NoAnswer, Opener, opener
from segmentation.intake.files.archive import Member, may_be_packed
from segmentation.intake.files.dialect import clean_names
from segmentation.intake.files.encoding import FileBytes, Format
from segmentation.intake.files.limits import patience_for, seconds_for
from segmentation.intake.files.parquet_parts import TablePart
from segmentation.intake.files.pieces import Loaded
from segmentation.intake.files.raw_table import RawTable
from segmentation.intake.words import OUT_OF_TURN
from segmentation.jobs import Progress
from segmentation.stages import Stage
from segmentation.workspace.beside import private_folder

AGAIN = "Export it again, as CSV if you can; nothing that was there before is lost."
_REFUSALS = {error.__name__: error for error in (EmptyFileError, OptionError, UnreadableFileError)}
_DIGEST = re.compile("[0-9a-f]{64}")


@contextmanager
def unpacked(
    path: Path, file_name: str, staging: Path, on_progress: Progress
) -> Iterator[tuple[Member, ...]]:
    """Give the tables of a file: itself, or those of the archive that it is; gone at the end.

    :raises UnreadableFileError: if the archive is damaged, locked, or unpacks to far more than it should.
    """
    if not may_be_packed(path):
        yield (Member(file_name, path),)
        return
    with private_folder(staging) as folder:
        with opener() as opened, _distrusted():
            size = path.stat().st_size
            talk = _Talk(opened, size, on_progress)
            asked = {"path": str(path), "size": size, "name": file_name, "folder": str(folder)}
            opened.tell({"do": "unpack", **asked})
            found = talk.hear("members").words["members"]
            talk.hear("ended")
            members = tuple(Member(_text(name), Path(where)) for name, where in found)
            if any(member.path != path and member.path.parent != folder for member in members):
                raise unsafe("its reader points at another file")
        yield members


def unsafe(why: str) -> UnreadableFileError:
    """Return the one error for whatever a reader dies of."""
    return UnreadableFileError(f"it could not be read safely: {why}.", AGAIN)


@dataclass
class _Talk:
    """What is said with an opener about so many bytes: progress goes on, refusals and ends are raised."""

    opened: Opener
    size: int
    on_progress: Progress
    _told: tuple[str, int, int] = (Stage.READING_FILE, 0, 1)

    def hear(self, *wanted: str) -> Telling:
        """Return the next message about one of these."""
        while True:
            message = self._next()
            words, about = message.words, message.about
            if about == "ended" and words["status"]:
                raise unsafe(_why_ended(int(words["status"]), self.size))
            if about in wanted:
                return message
            if about != "progress":
                raise self._refusal(message)
            self._told = str(words["step"]), int(words["done"]), int(words["total"])
            self.on_progress(*self._told)

    def _next(self) -> Telling:
        try:
            message = self.opened.hear(patience_for(self.size), lambda: self.on_progress(*self._told))
        except NoAnswer:
            raise unsafe("its reader has not said anything for a long time") from None
        if message is None:
            raise unsafe("its reader is gone")
        return message

    def _refusal(self, message: Telling) -> SegmentationError:
        words = message.words
        if message.about == "broke":
            self.hear("ended")
            return unsafe(_text(words["why"]))
        if message.about == "refused":
            self.hear("ended")
            return _REFUSALS[words["error"]](_text(words["found"]), _text(words["remedy"]))
        return unsafe(OUT_OF_TURN)


def _why_ended(status: int, size: int) -> str:
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"reading it takes more than {seconds_for(size)} seconds"
    name = signal.Signals(-status).name if status < 0 else f"code {status}"
    return f"its reader was ended ({name}), as by damage or by a wish for more memory than there is"


def _text(words: object) -> str:
    """Return a text as one that can be stored and shown."""
    return str(words).encode(errors="replace").decode()


@contextmanager
def _distrusted() -> Iterator[None]:
    """Whatever is odd in what a reader says is one more way of not being safe."""
    try:
        yield
    except SegmentationError:
        raise
    except (KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise unsafe("its reader speaks in riddles") from error


class OpenedFile:
    """One file that another process has opened and can read out."""

    def __init__(self, talk: _Talk) -> None:
        self._talk = talk
        with _distrusted():
            words = talk.hear("facts").words
            self.facts = FileBytes(
                str(words["digest"]),
                int(words["size"]),
                _text(words["encoding"]),
                _text(words["codec"]),
                Format(words["format"]),
            )
            if not _DIGEST.fullmatch(self.facts.digest):
                raise unsafe("its reader does not say what it is")

    def leave(self) -> None:
        """Close the file unread."""
        self._talk.opened.tell({"say": "leave"})
        self._talk.hear("ended")

    def into(self, table: RawTable) -> Loaded:
        """Fill a raw table with all its rows and rejects.

        :raises EmptyFileError: if there is nothing in it.
        :raises UnreadableFileError: if it is no table, or cannot be read safely.
        """
        self._talk.opened.tell({"say": "read"})
        with _distrusted():
            while (message := self._talk.hear("table", "loaded")).about == "table":
                table.add(message.content)
            self._talk.hear("ended")
            words = message.words
            names = clean_names([str(name) for name in words["names"]])
            if len(names) != table.width:
                raise unsafe("its reader does not know its columns")
            return Loaded(names, _text(words["delimiter"]), tuple(map(_text, words["sheets"])))


@contextmanager
def reading(path: Path, sheet: str | None, staging: Path, on_progress: Progress) -> Iterator[OpenedFile]:
    """Open a file in a process of its own, which is gone at the end with all that it has left behind.

    :raises EmptyFileError: if there is nothing in it.
    :raises UnreadableFileError: if it is no table, or cannot be read safely.
    """
    with private_folder(staging) as folder, opener() as opened:
        size = path.stat().st_size
        asked = {"path": str(path), "size": size, "sheet": sheet, "folder": str(folder)}
        opened.tell({"do": "read", **asked})
        yield OpenedFile(_Talk(opened, size, on_progress))


def join_apart(parts: Sequence[TablePart], into: Path, on_progress: Progress) -> None:
    """Join Parquet files that are parts of one table, in a process of its own.

    :raises UnreadableFileError: if one is none, or cannot be read safely.
    """
    size = sum(part.path.stat().st_size for part in parts)
    with opener() as opened, _distrusted():
        asked = [[str(part.path), dict(part.values)] for part in parts]
        opened.tell({"do": "join", "size": size, "parts": asked, "into": str(into)})
        talk = _Talk(opened, size, on_progress)
        talk.hear("joined")
        talk.hear("ended")
