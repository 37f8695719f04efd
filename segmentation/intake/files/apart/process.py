"""The other side of an opener: it is started when it is needed, listened to with patience, and ended."""

from __future__ import annotations

import atexit
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from segmentation.intake.files.apart import CAN_FORK
from segmentation.intake.files.apart.messages import Telling, receive, send

ROOT = Path(__file__).resolve().parents[4]
LOOK_UP = 0.2
PIPE = 1 << 20
_SETTINGS = {
    "PYTHONPATH": str(ROOT),
    "OPENBLAS_NUM_THREADS": "1",  # a process that forks has one thread
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve a gigabyte that would count as taken
}


class NoAnswer(Exception):
    """Nothing was said for longer than anybody waits."""


class Opener:
    """A process that opens one file at a time, each in a fork of its own where the system can."""

    def __init__(self) -> None:
        self.waits = True
        """Whether it has ended with its last file and waits for the next."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "segmentation.intake.files.apart.opener"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, **_SETTINGS},
            start_new_session=True,
        )
        _widen(cast(BinaryIO, self._process.stdout))
        self._heard: queue.Queue[Telling | None] = queue.Queue(maxsize=1)
        self._listener = threading.Thread(target=self._listen, name="opener", daemon=True)
        self._listener.start()

    def tell(self, words: Mapping[str, Any]) -> None:
        """Say something; to whom it is said may be gone, which is then heard."""
        self.waits = False
        with suppress(OSError):
            send(cast(BinaryIO, self._process.stdin), words)

    def hear(self, patience: float, meanwhile: Callable[[], None]) -> Telling | None:
        """Return what is said next, None where nothing ever will; call `meanwhile` while waiting.

        :raises NoAnswer: if nothing is said for so many seconds.
        """
        given_up = time.monotonic() + patience
        while True:
            try:
                message = self._heard.get(timeout=LOOK_UP)
            except queue.Empty:
                meanwhile()
                if time.monotonic() > given_up:
                    raise NoAnswer from None
                continue
            if message and message.about == "ended":
                self.waits = True
            return message

    def close(self) -> None:
        """End it, with what it has forked."""
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        while self._listener.is_alive():
            with suppress(queue.Empty):
                self._heard.get(timeout=LOOK_UP)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast(BinaryIO, stream).close()

    @property
    def process_id(self) -> int:
        """The process, which leads the group of all that it forks."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def _listen(self) -> None:
        message: Telling | None = Telling({})
        while message is not None:
            try:
                message = receive(cast(BinaryIO, self._process.stdout))
            except (ValueError, OSError, RecursionError):
                message = None
            self._heard.put(message)


def _widen(pipe: BinaryIO) -> None:
    """Let a pipe hold more, so that the two processes change places less often, where the system can."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


_waiting: list[Opener] = []


@contextmanager
def opener() -> Iterator[Opener]:
    """Give an opener that nobody else uses; one that did not come to the end of its file is ended."""
    found = _take()
    try:
        yield found
    finally:
        if CAN_FORK and found.waits and found.is_alive:
            _waiting.append(found)
        else:
            found.close()


def _take() -> Opener:
    while True:
        try:
            found = _waiting.pop()
        except IndexError:
            return Opener()
        if found.is_alive:
            return found
        found.close()


@atexit.register
def _close_all() -> None:
    while _waiting:
        _waiting.pop().close()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_waiting.clear)
