"""What pages work out of a home that nobody has written to: once for all tests that take a copy of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from pages.shell.held.memory import Key, Memory

T = TypeVar("T")
HARMLESS = {"app", "offered", "weigh", "runs_page", "_no_model_is_loaded"}
"""Fixtures that replace nothing of what pages remember: buttons of downloads, or the model of a later job."""


class Untouched:
    """Remembers what is worked out of copies of a home for as long as they are like it, byte for byte."""

    def __init__(self, home: Path) -> None:
        self._written = (home / "workspace.duckdb").stat().st_mtime_ns
        self._known: dict[tuple[object, Key], Any] = {}

    @contextmanager
    def shared_with(self, copy: Path) -> Iterator[None]:
        """Let the pages of a copy remember what those of other copies have worked out."""
        original = Memory.recall

        def recall(
            memory: Memory,
            function: object,
            key: Key,
            most: int,
            work_out: Callable[[], T],
            *then: Callable[[T], None],
        ) -> T:
            def once() -> T:
                return self._once(copy, (function, key), work_out)

            return original(memory, function, key, most, once, *then)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Memory, "recall", recall)
            yield

    def _once(self, copy: Path, at: tuple[object, Key], work_out: Callable[[], T]) -> T:
        if not self._is_like(copy):
            return work_out()
        if at in self._known:
            known: T = self._known[at]
            return known
        value = work_out()
        if self._is_like(copy):
            self._known[at] = value
        return value

    def _is_like(self, copy: Path) -> bool:
        file = copy / "workspace.duckdb"
        log = file.with_name(f"{file.name}.wal")
        return file.stat().st_mtime_ns == self._written and not (log.exists() and log.stat().st_size)


@cache
def copies_of(home: Path) -> Untouched:
    """Give what is known of a prepared home, which nobody changes."""
    return Untouched(home)


def patches_nothing(item: pytest.Function) -> bool:
    """Whether a test replaces nothing, so that others may take what its pages work out."""
    fixtures = item._fixtureinfo.name2fixturedefs
    patching = {name for name, found in fixtures.items() if "monkeypatch" in found[-1].argnames}
    within = {*item._fixtureinfo.argnames, *item.function.__code__.co_names}
    return not within & {"monkeypatch", "patch"} and patching <= HARMLESS
