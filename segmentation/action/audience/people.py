"""Who is on a list: a segment, a tier, the overdue, or whoever else is to be handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np


class ListKind(StrEnum):
    """What kind of list it is; the values are those that the command line takes and file names begin with."""

    ALL = "all"
    SEGMENT = "segment"
    TIER = "tier"
    CELL = "cell"
    WIN_BACK = "winback"
    CONCEPT = "concept"
    OUTLINE = "outline"
    BORDERLINE = "borderline"
    MOVED = "moved"
    STRANGERS = "strangers"


_TOLD_IN_FILE_NAMES = frozenset({ListKind.SEGMENT, ListKind.TIER, ListKind.CELL, ListKind.MOVED})
"""Kinds whose `which` is a number or a code; that of another is what a person typed."""


@dataclass(frozen=True)
class Whereabouts:
    """Where all people of a list are by now, whom the run perhaps did not see.

    `fingerprint` names the state of the files whose customers they are; `segment` is 0-based, the same for
    all or one for each.
    """

    fingerprint: str
    segment: int | tuple[int, ...]


@dataclass(frozen=True)
class PeopleList:
    """A list of customers of one run, looked at in k segments.

    `who` gives their ids, texts (n,), in the order of the list, and is asked once, when they are needed;
    `title` is shown to people; `which` tells lists of one kind apart: the segment from 1, the code of a tier,
    a concept. `placed` is None where they are where the run has them.
    """

    kind: ListKind
    title: str
    run_id: str
    k: int
    who: Callable[[], np.ndarray] = field(repr=False, compare=False)
    which: str = ""
    placed: Whereabouts | None = None

    @cached_property
    def customer_ids(self) -> np.ndarray:
        """Who they are, texts (n,)."""
        return np.asarray(self.who(), dtype=object)

    @property
    def code(self) -> str:
        """The list as the command line takes it and the log keeps it: "segment:2", "winback"."""
        return f"{self.kind}:{self.which}" if self.which else str(self.kind)

    @property
    def stem(self) -> str:
        """How names of its files begin: its kind and code alone, since a title may say too much."""
        told = self.which if self.kind in _TOLD_IN_FILE_NAMES else ""
        return "-".join(filter(None, [self.kind, *told.replace("_", "-").split(":")]))

    @cached_property
    def digest(self) -> str:
        """Names these very customers in this order, with their run."""
        files = self.placed.fingerprint if self.placed else ""
        ids = "\n".join([self.run_id, str(self.k), self.code, files, *map(str, self.customer_ids)])
        return hashlib.sha256(ids.encode()).hexdigest()
