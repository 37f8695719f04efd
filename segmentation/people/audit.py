"""What was done on the server, by whom and when: lines that are only added, each chained to the one before.

A line holds the SHA-256 of all before it, so that one that was changed or taken out shows. It never holds
what a file or a table contains. Who somebody is stands outside of what is hashed, under a seal inside: it
can be taken out when a person is removed, and cannot be exchanged for another.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from segmentation.home import home
from segmentation.people.deed import Action, Actor, Ending, Flaw
from segmentation.people.exclusive import exclusive
from segmentation.workspace.beside import make_private_folder

FOLDER = "audit"
BEGINNING = "0" * 64
_HEAD = "head"
_TAIL = 65_536
"""Bytes in which the last line stands, whole."""
_SURE = frozenset({Action.EXPORT, Action.DELETE, Action.FORGET, Action.REMOVE_PERSON})
"""Actions of which a line has reached the disk when `record` returns."""

Values = Mapping[str, int | float | str]


@dataclass(frozen=True)
class AuditLine:
    """One line: when (UTC), who by the server's id, and who that was while nobody has removed them."""

    at: datetime
    actor_id: str
    person: Mapping[str, str]
    workspace_id: str
    action: str
    object: str
    counts: Values
    ending: str


@dataclass(frozen=True)
class Broken:
    """The first line that does not fit, counted from 1, in a file of the audit."""

    file_name: str
    line: int
    why: Flaw


class Audit:
    """The audit of the server whose data lie below `folder`: a file of JSON lines for each month."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or home()) / FOLDER
        self._lock = threading.Lock()

    def record(
        self,
        actor: Actor,
        workspace_id: str,
        action: Action,
        object: str = "",
        counts: Values | None = None,
        ending: Ending = Ending.DONE,
    ) -> None:
        """Add a line; exports and deletions wait until the disk has it."""
        seal = secrets.token_hex(16) if actor.person else ""
        told = {
            "at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "id": actor.actor_id,
            "seal": _sealed(seal, actor.person),
            "workspace": workspace_id,
            "action": action,
            "object": object,
            "counts": dict(counts or {}),
            "ending": ending,
        }
        with self._alone():
            told["previous"] = self._last()
            digest = _digest(told)
            person = {**actor.person, "salt": seal} if actor.person else None
            path = self.folder / f"{str(told['at'])[:7]}.jsonl"
            self._append(path, json.dumps({**told, "digest": digest, "person": person}), action in _SURE)
            _replace(self.folder / _HEAD, digest)

    def lines(self) -> Iterator[AuditLine]:
        """Give every line, the oldest first."""
        for _, _, told in self._read():
            if told:
                yield AuditLine(
                    datetime.fromisoformat(told["at"]),
                    told["id"],
                    _without_salt(told["person"] or {}),
                    *(told[key] for key in ("workspace", "action", "object", "counts", "ending")),
                )

    def check(self) -> Broken | None:
        """Return the first line that was changed, or after which one is missing; None where all is whole."""
        with self._alone():
            previous, head, seen, last = BEGINNING, self._head(), {BEGINNING}, ("", 0)
            for name, number, told in self._read():
                if why := _flaw(told, previous):
                    return Broken(name, number, why)
                previous, last = told["digest"], (name, number)
                seen.add(previous)
        without_head = head == BEGINNING and bool(last[1])
        return Broken(*last, Flaw.CUT) if without_head or head not in seen else None

    def state(self) -> tuple[tuple[str, int, int], ...]:
        """Return names, bytes and times of its files: where they are the same, `check` finds the same."""
        found = [(path.name, path.stat()) for path in (*self._files(), *self.folder.glob(_HEAD))]
        return tuple((name, at.st_size, at.st_mtime_ns) for name, at in found)

    def forget(self, actor_id: str) -> int:
        """Leave of a person only the id, in every line; return in how many."""
        changed = 0
        with self._alone():
            for path in self._files():
                lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
                mine = [one for one in lines if one["id"] == actor_id and one["person"]]
                for one in mine:
                    one["person"] = None
                if mine:
                    _replace(path, "".join(json.dumps(one) + "\n" for one in lines))
                changed += len(mine)
        return changed

    def _read(self) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """Give each line with its file and number; an empty one for what is no line of the audit."""
        for path in self._files():
            with path.open(encoding="utf-8", errors="replace") as file:
                for number, line in enumerate(file, 1):
                    yield path.name, number, _parsed(line)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("????-??.jsonl"))

    def _last(self) -> str:
        """Return the digest of the last line; of the head where that is none."""
        for path in reversed(self._files()):
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - _TAIL))
                lines = file.read().decode("utf-8", "replace").splitlines()
            if lines:
                return str(_parsed(lines[-1]).get("digest") or self._head())
        return self._head()

    def _head(self) -> str:
        """Return the digest that was written last, which a cut end leaves behind."""
        try:
            return (self.folder / _HEAD).read_text()
        except FileNotFoundError:
            return BEGINNING

    @contextmanager
    def _alone(self) -> Iterator[None]:
        make_private_folder(self.folder)
        with self._lock, exclusive(self.folder / ".lock"):
            yield

    @staticmethod
    def _append(path: Path, line: str, sure: bool) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(line + "\n")
            file.flush()
            if sure:
                os.fsync(file.fileno())


def _flaw(told: dict[str, Any], previous: str) -> Flaw | None:
    if not told:
        return Flaw.NO_LINE
    if told["previous"] != previous:
        return Flaw.GAP
    if _digest(told) != told["digest"]:
        return Flaw.CHANGED
    person = told["person"]
    if person and _sealed(person.get("salt", ""), _without_salt(person)) != told["seal"]:
        return Flaw.OTHER_PERSON
    return None


def _parsed(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    whole = isinstance(told, dict) and {*_KEYS, "digest", "person"} == set(told)
    return told if whole and isinstance(told["person"], dict | None) else {}


_KEYS = ("at", "id", "seal", "workspace", "action", "object", "counts", "ending", "previous")


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([told[key] for key in _KEYS], sort_keys=True).encode()).hexdigest()


def _sealed(salt: str, person: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps([salt, sorted(person.items())]).encode()).hexdigest() if person else ""


def _without_salt(person: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in person.items() if key != "salt"}


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
