"""What is worked out once and remembered: for each open workspace apart, or for the whole server.

No other module asks Streamlit to cache anything: it shares what it caches with everybody who comes.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.caching.cache_utils import CachedFunc
from streamlit.runtime.scriptrunner_utils.script_run_context import get_run_yield_check

P = ParamSpec("P")
T = TypeVar("T")
Key = tuple[Hashable, ...]

SECONDS_BETWEEN_LOOKS = 0.1
"""So often a page that waits looks whether its visitor has gone on to another."""

remembering: ContextVar[bool] = ContextVar("remembering", default=False)
"""Whether this thread is working out something that others may wait for."""


@dataclass
class _Work:
    """A value that is being worked out; whoever wants it meanwhile waits for its end."""

    ended: Event = field(default_factory=Event)
    found: tuple[Any, ...] = ()

    def wait(self) -> None:
        """Wait for the end; a page that nobody looks at any more stops waiting, unless others wait for it."""
        check = None if remembering.get() else get_run_yield_check()
        while not self.ended.wait(SECONDS_BETWEEN_LOOKS if check else None):
            if check:
                check()


class Memory:
    """The last values of functions by their arguments; each is worked out once for all who wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: defaultdict[object, OrderedDict[Key, Any]] = defaultdict(OrderedDict)
        self._under_way: dict[tuple[object, Key], _Work] = {}

    def __len__(self) -> int:
        with self._lock:
            return sum(map(len, self._kept.values()))

    def look_up(self, function: object, key: Key) -> tuple[Any, ...]:
        """Return the value of a function for a key, alone in a tuple; an empty one where it is not there."""
        with self._lock:
            return self._there(function, key)

    def recall(
        self,
        function: object,
        key: Key,
        most: int,
        work_out: Callable[[], T],
        then: Callable[[T], None] | None = None,
    ) -> T:
        """Return the value of a function for a key, the last `most` of which are kept.

        Where whoever works it out fails or leaves, the next who waits does it.

        :param then: is given what was worked out and was not forgotten meanwhile.
        """
        while True:
            with self._lock:
                if there := self._there(function, key):
                    return there[0]
                work = self._under_way.get((function, key))
                if mine := work is None:
                    work = self._under_way[function, key] = _Work()
            if mine:
                return self._work_out((function, key), most, work, work_out, then or _nothing)
            work.wait()
            if work.found:
                return work.found[0]

    def forget(self, function: object, key: Key | None = None) -> None:
        """Drop the values of a function, or the one of a key; what is being worked out is not kept then."""
        with self._lock:
            for one in [key] if key is not None else list(self._kept[function]):
                self._kept[function].pop(one, None)
            for at in [at for at in self._under_way if at[0] is function and key in (None, at[1])]:
                del self._under_way[at]

    def forget_all(self) -> None:
        """Drop every value."""
        with self._lock:
            self._kept.clear()
            self._under_way.clear()

    def _there(self, function: object, key: Key) -> tuple[Any, ...]:
        kept = self._kept[function]
        if key not in kept:
            return ()
        kept.move_to_end(key)
        return (kept[key],)

    def _work_out(
        self,
        at: tuple[object, Key],
        most: int,
        work: _Work,
        work_out: Callable[[], T],
        then: Callable[[T], None],
    ) -> T:
        within = remembering.set(True)
        try:
            value = work_out()
            work.found = (value,)
            return value
        finally:
            remembering.reset(within)
            with self._lock:
                if self._under_way.get(at) is work:  # or it was forgotten meanwhile
                    del self._under_way[at]
                    if work.found:
                        self._keep(*at, most, work.found[0])
                        then(work.found[0])
            work.ended.set()

    def _keep(self, function: object, key: Key, most: int, value: object) -> None:
        kept = self._kept[function]
        kept[key] = value
        while len(kept) > most:
            kept.popitem(last=False)


def _nothing(value: object) -> None:
    """Do nothing more with a value that is remembered."""


def of_this_server(
    most: int, seconds: float | None = None, on_release: Callable[[Any], None] | None = None
) -> Callable[[Callable[P, T]], CachedFunc[P, T]]:
    """Remember what is the same for everybody: a model, the machine's processors; nothing that was uploaded.

    :param seconds: for how long; for good by default.
    :param on_release: called with what is dropped.
    """
    return st.cache_resource(max_entries=most, ttl=seconds, show_spinner=False, on_release=on_release)
