"""What pages show first, kept beside the workspace: a server that starts again makes none of it anew.

What was made by other code, of another shop or with other names is never found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

import segmentation
from segmentation.errors import WorkspaceError
from segmentation.features.column_labels import given_labels
from segmentation.workspace import Workspace
from segmentation.workspace.beside import make_private_folder
from segmentation.workspace.database import KEPT_SHOP
from segmentation.workspace.facts import converter

MOST = 256
"""So many views are kept, the newest; one is some kilobytes, of all customers' scores a few megabytes."""
LIBRARIES = ("duckdb", "numpy", "pandas", "scikit-learn", "scipy")

T = TypeVar("T")


@dataclass(frozen=True)
class Shown(Generic[T]):
    """Something that a page shows: made once, and kept beside the workspace under a name and a key.

    What is made is of frozen facts, of the type `kind`, and rests on nothing but the key, the shop and what
    people call things; without a kind it is not kept. So many of a name are worth remembering as `most` says.
    """

    name: str
    key: tuple[Any, ...]
    kind: Any
    make: Callable[[Workspace], T]
    most: int = 1

    def found(self, workspace: Workspace) -> tuple[T, ...]:
        """Return it alone in a tuple; an empty one where it is not kept."""
        return find_view(workspace, self.name, repr(self.key), self.kind) if self.kind else ()

    def keep(self, workspace: Workspace, made: T) -> None:
        """Keep it for the next who asks."""
        if self.kind:
            keep_view(workspace, self.name, repr(self.key), made)


class Ask(Protocol):
    """Gives what a page shows, which it finds or makes."""

    def __call__(self, one: Shown[T], /) -> T:
        """Return what is shown."""


def asked_of(workspace: Workspace) -> Ask:
    """Ask a workspace for what pages show: found where it is kept, or made and kept."""

    def ask(one: Shown[T]) -> T:
        if found := one.found(workspace):
            return found[0]
        made = one.make(workspace)
        one.keep(workspace, made)
        return made

    return ask


def find_view(workspace: Workspace, name: str, key: str, kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type
    """Return the view kept under a name and key, alone in a tuple; an empty one where it is not there.

    :param kind: the type that it has.
    """
    with suppress(OSError, ValueError):  # one that cannot be read is made anew
        kept = json.loads(_place(workspace, name, key).read_text(encoding="utf-8"))
        if kept["state"] == _state(workspace):
            return (converter().structure(kept["value"], kind),)
    return ()


def keep_view(workspace: Workspace, name: str, key: str, value: object) -> None:
    """Keep a view in place of an earlier one; where the disk has no room it is made anew instead."""
    place = _place(workspace, name, key)
    text = json.dumps(
        {"state": _state(workspace), "value": converter().unstructure(value)}, default=_of_number
    )
    with suppress(OSError, WorkspaceError):
        make_private_folder(place.parent)
        half = place.with_suffix(".half")
        half.touch(mode=0o600)
        half.write_text(text, encoding="utf-8")
        half.replace(place)
        _drop_oldest(place.parent)


def _place(workspace: Workspace, name: str, key: str) -> Path:
    return workspace.beside.views / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def _state(workspace: Workspace) -> str:
    """Name all that a view may have been made of: the code, the shop, and what people call things."""
    with workspace.cursor() as cursor:
        names = cursor.execute("SELECT words, name FROM theme_names ORDER BY ALL").fetchall()
    labels: Mapping[str, str] = given_labels(workspace)
    told = (code_version(), workspace.meta(KEPT_SHOP), sorted(labels.items()), names)
    return hashlib.sha256(repr(told).encode()).hexdigest()


@cache
def code_version() -> str:
    """Name the code of this program, with the libraries that it counts with."""
    digest = hashlib.sha256()
    for path in sorted(Path(segmentation.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    digest.update(repr([version(name) for name in LIBRARIES]).encode())
    return digest.hexdigest()


def _of_number(value: object) -> object:
    """Write a number of NumPy as one of Python."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value)} is no fact")


def _drop_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST]:
        path.unlink(missing_ok=True)
