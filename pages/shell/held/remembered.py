"""The decorator for what pages remember: of each workspace apart, until it is forgotten or let go of."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shell.held.here import here
from pages.shell.held.memory import Key, remembering
from segmentation.runs.kept.views import Shown

P = ParamSpec("P")
T = TypeVar("T")

_of_runs: list[Remembered[..., Any]] = []
_shown: set[str] = set()
"""The names of all that was ever shown."""


class Remembered(Generic[P, T]):
    """A function of the open workspace whose last values are remembered there, by its arguments.

    Those that begin with "_" do not count. The function is called with all rights in that workspace, since
    others get its value, too: what somebody may not see is not given to them by whoever calls it.
    """

    def __init__(self, function: Callable[P, T], most: int, spinner: str) -> None:
        self._function, self._most, self._spinner = function, most, spinner
        self._counts = [not name.startswith("_") for name in inspect.signature(function).parameters]
        update_wrapper(self, function)

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> T:
        """Return the value for these arguments, from memory where it is there."""
        held, key = here().held, self._key(arguments, named)
        if known := held.memory.look_up(self, key):
            return known[0]

        def work_out() -> T:
            with held.entered():
                return self._function(*arguments, **named)

        with told(self._spinner):
            return held.memory.recall(self, key, self._most, work_out)

    def clear(self, *arguments: object) -> None:
        """Forget the value for these arguments, or without any all of them, in the workspace of who asks."""
        here().held.memory.forget(self, self._key(arguments, {}) if arguments else None)

    def _key(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> Key:
        counted = (one for one, counts in zip(arguments, self._counts, strict=False) if counts)
        return (*counted, *sorted((name, one) for name, one in named.items() if not name.startswith("_")))


def told(spinner: str) -> AbstractContextManager[None]:
    """Say on a page that waits what it waits for."""
    page = get_script_run_ctx(suppress_warning=True) is not None and not remembering.get()
    return st.spinner(spinner, _cache=True) if page and spinner else nullcontext()


class OnceFound(Remembered[P, T | None]):
    """The same of what may be found later: None is no value that is remembered."""

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> T | None:
        """Return the value for these arguments, from memory where it was found."""
        found = super().__call__(*arguments, **named)
        if found is None:
            self.clear(*arguments)
        return found


def remembered(
    most: int, spinner: str = "", with_runs: bool = True
) -> Callable[[Callable[P, T]], Remembered[P, T]]:
    """Remember the last values of a function in each open workspace apart.

    :param spinner: what a page says that waits for one.
    :param with_runs: `forget_runs` drops them, too.
    """

    def keep(function: Callable[P, T]) -> Remembered[P, T]:
        memory = Remembered(function, most, spinner)
        if with_runs:
            _of_runs.append(memory)
        return memory

    return keep


def recall(asked: Shown[T], spinner: str = "") -> T:
    """Return what a page shows: from memory, from beside the workspace, or made now and kept in both.

    Who asks meanwhile waits for what is being made, and it is made with all rights, as by `remembered`.

    :param spinner: what a page says that waits for it.
    """
    held, at = here().held, (asked.name, asked.key)
    if known := held.memory.look_up(*at):
        return cast(T, known[0])
    _shown.add(asked.name)

    def make() -> T:
        with held.entered():
            return asked.make(held.workspace)

    with told(spinner):
        if found := asked.found(held.workspace):
            return held.memory.recall(*at, asked.most, lambda: found[0])
        return held.memory.recall(*at, asked.most, make, lambda value: asked.keep(held.workspace, value))


def remembered_once_found(most: int) -> Callable[[Callable[P, T | None]], OnceFound[P, T]]:
    """Remember the same of a function that returns None where nothing was found yet."""

    def keep(function: Callable[P, T | None]) -> OnceFound[P, T]:
        memory = OnceFound(function, most, "")
        _of_runs.append(memory)
        return memory

    return keep


def forget_runs() -> None:
    """Forget in the workspace of who asks what is remembered of its runs and their customers."""
    for one in _of_runs:
        one.clear()
    forget_shown()


def forget_shown() -> None:
    """Forget there what pages show: something is called or counted otherwise now."""
    for name in tuple(_shown):
        here().held.memory.forget(name)
