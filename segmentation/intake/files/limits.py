"""What reading one file may take: memory, time, and how far its bytes may grow."""

from __future__ import annotations

import contextlib
import sys

from segmentation.errors import UnreadableFileError

MEMORY = 2 << 30
SECONDS = 5
SECONDS_PER_MEGABYTE = 3
PATIENCE = 60
PATIENCE_PER_MEGABYTE = 10
MAX_RATIO = 200
FREE_OF_RATIO = 100 << 20


def limit_process(size: int) -> None:
    """Let the system end this process where it takes more than a file of this many bytes can need.

    Memory is counted by what was asked for to write to (RLIMIT_DATA): a request of 524 GB fails at once,
    before a page of it exists. The whole address space (RLIMIT_AS) would count libraries and what allocators
    only reserve. Time is that of the processor, so that a busy machine fails no file.
    """
    if sys.platform == "win32":
        return  # there, the one who waits is the only limit
    import resource

    _lower(resource.RLIMIT_DATA, MEMORY)
    _lower(resource.RLIMIT_CPU, seconds_for(size))
    _lower(resource.RLIMIT_CORE, 0)


def seconds_for(size: int) -> int:
    """Return the processor's seconds that so many bytes may take."""
    return SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)


def patience_for(size: int) -> int:
    """Return the seconds after which a reader of so many bytes that has said nothing is given up."""
    return PATIENCE + PATIENCE_PER_MEGABYTE * (size >> 20)


def _lower(kind: int, value: int) -> None:
    import resource

    hardest = resource.getrlimit(kind)[1]
    if hardest != resource.RLIM_INFINITY:
        value = min(value, hardest)
    with contextlib.suppress(ValueError, OSError):  # a system that does not know this limit
        resource.setrlimit(kind, (value, hardest))


class Growth:
    """Counts what the bytes of a file turn into, and refuses what only harmful files do."""

    def __init__(self, size: int) -> None:
        self._room = max(FREE_OF_RATIO, MAX_RATIO * size)

    def add(self, size: int) -> None:
        """Count so many bytes more.

        :raises UnreadableFileError: if they are far more than the file has.
        """
        self._room -= size
        if self._room < 0:
            raise UnreadableFileError(
                f"it unpacks to more than {MAX_RATIO} times its size, as harmful files do.",
                "Export the table as CSV, then upload that file.",
            )
