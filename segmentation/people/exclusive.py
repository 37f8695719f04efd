"""One process at a time: a lock on a file, gone with the process that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock of this file, which is made where it is missing; wait for whoever holds it."""
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX)
        else:
            msvcrt.locking(held, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        yield
    finally:
        os.close(held)
