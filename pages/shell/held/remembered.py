"""The decorator for what pages remember: of each workspace apart, until it is forgotten or let go of."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shell.held.held import Held
from pages.shell.held.here import here
from pages.shell.held.memory import Key, remembering
from segmentation.runs.kept.views import find_view, keep_view

P = ParamSpec("P")
T = TypeVar("T")

_of_runs: list[Remembered[..., Any]] = []


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

        with self._told():
            return self._recall(held, key, work_out)

    def _recall(self, held: Held, key: Key, work_out: Callable[[], T]) -> T:
        return held.memory.recall(self, key, self._most, work_out)

    def clear(self, *arguments: object) -> None:
        """Forget the value for these arguments, or without any all of them, in the workspace of who asks."""
        here().held.memory.forget(self, self._key(arguments, {}) if arguments else None)

    def _key(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> Key:
        counted = (one for one, counts in zip(arguments, self._counts, strict=False) if counts)
        return (*counted, *sorted((name, one) for name, one in named.items() if not name.startswith("_")))

    def _told(self) -> AbstractContextManager[None]:
        page = get_script_run_ctx(suppress_warning=True) is not None and not remembering.get()
        return st.spinner(self._spinner, _cache=True) if page and self._spinner else nullcontext()


class KeptBeside(Remembered[P, T]):
    """The same of what is kept beside the workspace, too, from one start of the server to the next.

    The value is of frozen facts, of the type that the function says it returns, and rests on nothing but its
    arguments, the shop and what people call things (`views.find_view`).
    """

    def _recall(self, held: Held, key: Key, work_out: Callable[[], T]) -> T:
        name, kind = self._function.__name__.strip("_"), get_type_hints(self._function)["return"]
        if found := find_view(held.workspace, name, repr(key), kind):
            return held.memory.recall(self, key, self._most, lambda: found[0])
        return held.memory.recall(
            self, key, self._most, work_out, lambda value: keep_view(held.workspace, name, repr(key), value)
        )


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


def kept_beside(
    most: int, spinner: str = "", with_runs: bool = True
) -> Callable[[Callable[P, T]], KeptBeside[P, T]]:
    """Remember the same, and keep it beside the workspace."""

    def keep(function: Callable[P, T]) -> KeptBeside[P, T]:
        memory = KeptBeside(function, most, spinner)
        if with_runs:
            _of_runs.append(memory)
        return memory

    return keep


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
