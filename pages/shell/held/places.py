"""The workspaces of this server: open while somebody is in them, and no more than so many at once."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakValueDictionary

from pages.shell.held.held import Held
from segmentation.errors import OptionError, WaitForPlaceError
from segmentation.fair_turns import FairTurns
from segmentation.workspace.rewriting import WHOLE, Share

MOST_OPEN = "TESSERA_OPEN_WORKSPACES"
BY_DEFAULT = 8
IDLE_SECONDS = 180.0
"""Nobody has asked for anything for so long: the place may be given to another workspace."""
CORES_FOR_A_JOB = 4
TOGETHER, LEAST = 4 << 30, 1 << 28
"""Bytes that all databases may hold together, and one of them at least."""


class Places:
    """Holds the workspaces of a server; each is opened once, for as many people as are in it.

    :param most: how many may be open at once.
    """

    def __init__(self, most: int, idle_seconds: float = IDLE_SECONDS) -> None:
        self._most, self._idle_seconds = most, idle_seconds
        self._turns = FairTurns(max(1, (os.cpu_count() or 1) // CORES_FOR_A_JOB))
        self._starts = FairTurns()
        self._share = share_of(most)
        self._lock = threading.RLock()
        self._known: WeakValueDictionary[Path, Held] = WeakValueDictionary()
        self._open: dict[Path, Held] = {}

    def at(self, path: Path) -> Held:
        """Return the workspace at a path, which opens when it is asked for."""
        held = self._known.get(path)
        if held is None:
            with self._lock:
                held = self._known.get(path)
                if held is None:
                    held = Held(path, self._share, self._turns, self._starts, self._admission)
                    self._known[path] = held
        return held

    @property
    def open(self) -> tuple[Held, ...]:
        """The workspaces that are open, those that were in use longest ago first."""
        return tuple(sorted(self._open.values(), key=lambda held: held.used))

    def sweep(self) -> None:
        """Let every workspace rest that nobody is in."""
        with self._lock:
            for held in self.open:
                self._let_rest(held)

    def close(self) -> None:
        """Stop all jobs and close all files, for good."""
        for held in tuple(self._known.values()):
            held.close()

    @contextmanager
    def _admission(self, held: Held) -> Iterator[None]:
        with self._lock:
            self._make_room()
            self._open[held.path] = held
        try:
            yield
        except BaseException:
            with self._lock:
                self._open.pop(held.path, None)
            raise

    def _make_room(self) -> None:
        for held in self.open:
            if len(self._open) < self._most:
                return
            self._let_rest(held)
        if len(self._open) >= self._most:
            raise WaitForPlaceError.of(self._most)

    def _let_rest(self, held: Held) -> None:
        if held.idle(self._idle_seconds) and held.rest():
            self._open.pop(held.path, None)


def most_open() -> int:
    """Return how many workspaces this server may hold open.

    :raises OptionError: if the environment says something else than a number from 1 on.
    """
    said = os.environ.get(MOST_OPEN, str(BY_DEFAULT))
    if not said.isdecimal() or int(said) < 1:
        raise OptionError(f"{MOST_OPEN} is “{said}”.", "Set it to a number from 1 on, or not at all.")
    return int(said)


def share_of(most: int) -> Share:
    """Share memory and the machine's cores among so many databases."""
    if most == 1:
        return WHOLE
    memory = max(LEAST, min(WHOLE.memory, TOGETHER // most))
    return Share(memory, max(1, (os.cpu_count() or 1) // most))
