"""The process that opens files: it has learnt to read, and forks a child with limits for each file.

It never looks at a file itself. Where a system cannot fork, it reads one file and ends.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from segmentation.errors import SegmentationError
from segmentation.intake.files.apart import CAN_FORK
from segmentation.intake.files.apart.messages import receive, send
from segmentation.intake.files.archive import unpack
from segmentation.intake.files.encoding import Format, examine
from segmentation.intake.files.excel import load_excel
from segmentation.intake.files.json_reader import load_json
from segmentation.intake.files.limits import MEMORY, limit_process
from segmentation.intake.files.parquet import load_parquet
from segmentation.intake.files.parquet_parts import TablePart, join_parts
from segmentation.intake.files.pieces import Pieces, tidied
from segmentation.intake.files.source import SourceFile
from segmentation.intake.files.text import load_text
from segmentation.intake.words import SEEMS_DAMAGED, TOO_MUCH_MEMORY

MOST_LETTERS = 200
_LOADERS = {
    Format.TEXT: load_text,
    Format.JSON: load_json,
    Format.PARQUET: load_parquet,
    Format.EXCEL: load_excel,
}


@dataclass(frozen=True)
class Talk:
    """Both ways of talking to the process that waits."""

    heard: BinaryIO
    told: BinaryIO

    def tell(self, say: str, **words: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Say something."""
        send(self.told, {"say": say, **words})

    def progress(self, step: str, done: int, total: int) -> None:
        """Be the Progress callback of the readers."""
        self.tell("progress", step=step, done=done, total=total)

    def hand(self, table: pa.Table) -> None:
        """Hand on rows or rejects."""
        measured = pa.MockOutputStream()
        _write(table, measured)
        content = pa.allocate_buffer(measured.size())
        _write(table, pa.FixedSizeBufferWriter(content))
        send(self.told, {"say": "table"}, content)


def _write(table: pa.Table, sink: pa.NativeFile) -> None:
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)


def main() -> None:
    """Open what is asked for, one file after the other, until nobody asks any more."""
    talk = _talk_in_private()
    tidied(pa.array([""]))  # the first time fills tables of all letters, which every fork then has
    while (request := receive(talk.heard)) is not None:
        if not CAN_FORK:
            _open(request.words, talk)
            talk.tell("ended", status=0, kilobytes=0, seconds=time.process_time())
            return
        child = os.fork()
        if not child:
            try:
                _open(request.words, talk)
            finally:
                os._exit(0)
        _, status, used = os.wait4(child, 0)
        code, seconds = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        talk.tell("ended", status=code, kilobytes=used.ru_maxrss, seconds=seconds)


def _talk_in_private() -> Talk:
    """Take standard input and output for talking: what a library prints goes nowhere."""
    talk = Talk(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return talk


def _open(request: Mapping[str, Any], talk: Talk) -> None:
    """Do what is asked for; whatever a reader raises, and it may be anything, becomes words."""
    try:
        limit_process(int(request["size"]))
        {"unpack": _unpack, "join": _join, "read": _read}[request["do"]](request, talk)
    except SegmentationError as error:
        talk.tell("refused", error=type(error).__name__, found=error.found, remedy=error.remedy)
    except MemoryError:
        talk.tell("broke", why=TOO_MUCH_MEMORY.format(gigabytes=MEMORY >> 30))
    except BaseException as error:  # noqa: BLE001 - the panics of a reader are no Exception
        what = str(error).splitlines()
        words = f"{type(error).__name__}: {what[0] if what else ''}"
        talk.tell("broke", why=SEEMS_DAMAGED.format(why=words[:MOST_LETTERS]))


def _unpack(request: Mapping[str, Any], talk: Talk) -> None:
    members = unpack(Path(request["path"]), request["name"], Path(request["folder"]), talk.progress)
    talk.tell("members", members=[[member.name, str(member.path)] for member in members])


def _join(request: Mapping[str, Any], talk: Talk) -> None:
    parts = [TablePart(Path(path), values) for path, values in request["parts"]]
    join_parts(parts, Path(request["into"]), talk.progress)
    talk.tell("joined")


def _read(request: Mapping[str, Any], talk: Talk) -> None:
    path = Path(request["path"])
    facts = examine(path, talk.progress)
    talk.tell("facts", **asdict(facts))
    wanted = receive(talk.heard)
    if wanted is None or wanted.about != "read":
        return
    source = SourceFile(path, facts, Path(request["folder"]), request["sheet"])
    loaded = _LOADERS[facts.format](source, Pieces(talk.hand, facts.size), talk.progress)
    talk.tell("loaded", **asdict(loaded))


if __name__ == "__main__":
    main()
