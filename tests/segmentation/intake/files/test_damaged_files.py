"""Thousands of damaged files through the reading process: tables or clear errors, soon, in little memory."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from segmentation.errors import SegmentationError
from segmentation.intake.files.apart.reading import reading, unpacked
from segmentation.intake.files.pieces import REJECTS
from segmentation.jobs import silent
from tests.segmentation.intake.files.conftest import Spent
from tests.segmentation.intake.files.corpus import FORMATS, mutated, mutated_inside

MANY = 5_000
SECONDS = 10
GIGABYTES = 2
AT_ONCE = 2
ROWS = 60
ZIPS = [name for name in FORMATS if name.endswith(("xlsx", "ods", "zip"))]


@dataclass
class Counted:
    """Takes the place of the raw table: looks at what is handed on, and counts."""

    width: int = 0
    rows: int = 0
    rejected: int = 0

    def add(self, stream: bytes) -> None:
        """Count what a stream holds."""
        table = pa.ipc.open_stream(stream).read_all()
        table.validate(full=True)
        if table.schema == REJECTS:
            self.rejected += len(table)
        else:
            self.width, self.rows = table.num_columns - 1, self.rows + len(table)


def read(path: Path, staging: Path) -> int:
    """Read all tables of a file; return how many rows there are."""
    count = 0
    with unpacked(path, path.name, staging, silent) as members:
        for member in members:
            with reading(member.path, None, staging, silent) as opened:
                table = Counted()
                opened.into(table)  # type: ignore[arg-type]
                count += table.rows
    return count


@cache
def sound(name: str, count: int = ROWS) -> bytes:
    return FORMATS[name](count)


def damaged(number: int) -> tuple[str, bytes]:
    """Return the name of a format and a damaged file of it, always the same for a number."""
    rng = random.Random(number)
    name = list(FORMATS)[number % len(FORMATS)]
    inside = name in ZIPS and rng.random() < 0.7
    return name, (mutated_inside if inside else mutated)(sound(name), rng)


def swallow(number: int, folder: Path) -> str:
    """Read one damaged file; return what became of it."""
    name, content = damaged(number)
    path = folder / f"{number}.{name}"
    path.write_bytes(content)
    try:
        read(path, folder)
        result = "read"
    except SegmentationError as error:
        assert error.found
        assert error.remedy
        result = "unsafe" if "safely" in error.found else "refused"
    finally:
        path.unlink()
    return result


def swallow_all(numbers: range, folder: Path) -> Counter[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(lambda number: swallow(number, folder), numbers))


def expect_little(spent: Spent) -> None:
    """See that no file took more time or memory than it may."""
    assert max(spent.seconds) < SECONDS
    assert spent.kilobytes < GIGABYTES << 20


@pytest.mark.parametrize("name", FORMATS)
def test_sound_files_of_every_format_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(sound(name))
    if name.endswith((".bz2", ".xz")):
        with pytest.raises(SegmentationError, match="archive"):
            read(path, tmp_path)
    else:
        assert read(path, tmp_path) == ROWS * (2 if name == "zip" else 1)


def test_48_damaged_files_are_tables_or_clear_errors(tmp_path: Path, spent: Spent) -> None:
    found = swallow_all(range(48), tmp_path)
    expect_little(spent)
    assert min(found["read"], found["unsafe"], found["refused"]) > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_5000_damaged_files_are_tables_or_clear_errors(tmp_path: Path, spent: Spent) -> None:
    found = swallow_all(range(48, 48 + MANY), tmp_path)
    expect_little(spent)
    assert found.total() == MANY
    assert min(found["read"], found["unsafe"], found["refused"]) > MANY // 50
    assert list(tmp_path.iterdir()) == []
