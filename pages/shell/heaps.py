"""Threads share their memory: a heap for each keeps for itself what its thread once needed."""

from __future__ import annotations

import ctypes
import sys

HEAPS = 2
_M_ARENA_MAX = -8
"""From malloc.h; the C library there makes eight heaps for each core by default."""


def share_the_heaps() -> bool:
    """Let all threads of the server share a few heaps; return whether the C library can (glibc, mallopt(3)).

    Visitors and jobs come and go in threads, each of which would leave a heap filled to its largest size.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, HEAPS))
