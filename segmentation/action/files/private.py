"""Files that name customers are for the eyes of their owner alone."""

from __future__ import annotations

from pathlib import Path


def private(path: Path) -> Path:
    """Put an empty file that only its owner can read in the place of what was there; return its path."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    return path
