"""Many may be in a workspace at once, or one alone: who writes it anew waits until the others have left."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from segmentation.workspace.faults import busy


class Gate:
    """Lets threads in together, or one alone; a thread that is in comes in again without waiting."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: Counter[int] = Counter()
        self._alone: int | None = None

    def enter(self) -> int:
        """Come in as soon as nobody is alone or about to be; return who this is, for `leave`."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: self._alone in (None, me) or self._inside[me])
            self._inside[me] += 1
        return me

    def leave(self, who: int) -> None:
        """Go out again; any thread may say so."""
        with self._changed:
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]
            self._changed.notify_all()

    @contextmanager
    def alone(self, seconds: float) -> Iterator[None]:
        """Be in alone: newcomers wait at once, those who are in have so many seconds to leave.

        :raises WorkspaceError: if they have not left by then; newcomers were kept out no longer than that.
        """
        me = threading.get_ident()
        with self._changed:
            nested = self._alone == me
            if not nested:
                self._become_alone(me, time.monotonic() + seconds)
        try:
            yield
        finally:
            if not nested:
                self._open()

    def _become_alone(self, me: int, until: float) -> None:
        if not self._changed.wait_for(lambda: self._alone is None, until - time.monotonic()):
            raise busy()
        self._alone = me
        # Whoever is in themselves waits in vain for their own leaving.
        if self._inside[me] or not self._changed.wait_for(lambda: not self._inside, until - time.monotonic()):
            self._open()
            raise busy()

    def _open(self) -> None:
        with self._changed:
            self._alone = None
            self._changed.notify_all()
