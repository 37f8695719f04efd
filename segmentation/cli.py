"""The command line: the same steps without a browser; JSON on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import FrameType

from segmentation.errors import SegmentationError, TryAgainError

COMMANDS = (
    "sample",
    "inspect",
    "fetch",
    "run",
    "recommend",
    "report",
    "audience",
    "results",
    "assign",
    "movement",
    "refresh",
    "retention",
    "forget",
    "people",
)
"""The modules of the commands; only that of the one that is asked for is loaded, since all take seconds."""
TRY_AGAIN = 75
"""As systems have it: a passing failure, which a timer tries again (EX_TEMPFAIL in sysexits.h)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 with one clear line on standard error for bad input (75: later).

    A command that is stopped tidies up and returns 130, or 143 where the system ended it.
    """
    _open_closed_streams()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the whole process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a sign that a terminal cannot show ends nothing
    with _stoppable() as received:
        try:
            given = sys.argv[1:] if arguments is None else arguments
            parsed = _parser(given).parse_args(given)
            _print(parsed.command(parsed))
        except TryAgainError as error:
            return _fail(str(error), TRY_AGAIN)
        except SegmentationError as error:
            return _fail(str(error))
        except OSError as error:
            return _fail(_described(error))
        except BaseException:
            if not received:
                raise
            return _fail("Stopped.", 128 + received[0])  # as shells have it
    return 0


@contextmanager
def _stoppable() -> Iterator[list[int]]:
    """Leave by all the ways out that tidy up when a person or the system stops the command.

    Gives the list of the signals that came: what is raised then may have become another error on its way.
    """
    received: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        received.append(number)
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open_closed_streams() -> None:
    """Give the numbers of closed streams to nothing, here and in our own processes: no pipe may get one."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _print(result: object) -> None:
    """Write the result on standard output, whose encoding may know fewer signs than the result has."""
    if sys.stdout is None:
        raise OSError("standard output is closed: the result could not be written")
    text = json.dumps(result, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(result, indent=2)
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except OSError:
        sys.stdout = None  # or else Python tries again at its end
        raise OSError("standard output is closed: the result could not be written") from None


def _fail(line: str, code: int = 2) -> int:
    sys.stderr.write(" ".join(line.splitlines()) + "\n")
    return code


def _described(error: OSError) -> str:
    """Say what the system refused, of which file, in a line of usual length."""
    name = str(error.filename or "")
    shown = f"{name[:40]}…{name[-20:]}" if len(name) > 100 else name
    return ": ".join(part for part in (shown, error.strerror or str(error)) if part) + "."


def _parser(given: Sequence[str] = ()) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m segmentation", description="Customer segments from a shop's exports."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in given[:1] if given and given[0] in COMMANDS else COMMANDS:
        import_module(f"segmentation.commands.{name}").add_to(commands)
    return parser
