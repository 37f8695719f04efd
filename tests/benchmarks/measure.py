"""What every benchmark shares: each way measured in a process of its own, by turns, and the table of medians.

A benchmark is a script that calls `run_way` when it is given arguments and `compare` when not. JSON=file
keeps the rows; the peers live in .venv-bench (`make bench PEERS=1`), and a way that cannot run has a row that
says why it was skipped.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PEERS = Path(os.environ.get("BENCH_PYTHON", ".venv-bench/bin/python"))
OURS = Path(sys.executable)
ORANGE = Path(os.environ.get("BENCH_ORANGE", ".venv-bench-orange/bin/python"))

Measured = tuple[float, float, Any]
"""Seconds, megabytes, and the answer."""


@dataclass(frozen=True)
class Row:
    """Medians of one way: seconds, peak megabytes beyond what it was given, and how good its answer is.

    `skipped` says why there are none.
    """

    stage: str
    size: int
    implementation: str
    seconds: float | None
    peak_mb: float | None = None
    quality: float | None = None
    skipped: str | None = None


def peak_mb() -> float:
    """Return the most memory this process has held."""
    about = Path("/proc/self/status")
    if about.exists():  # elsewhere the figure holds what the process was forked from, too
        return int(about.read_text().split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def forget_peak() -> None:
    """Let `peak_mb` begin anew at what is held now, where the system can."""
    asked = Path("/proc/self/clear_refs")
    if asked.exists():
        asked.write_text("5")


def run_way(
    prepare: Callable[[], Any], work: Callable[[Any], Any], grade: Callable[[Any], Any] | None = None
) -> None:
    """Time `work` on what `prepare` gives, imports of `prepare` left out, and print what was measured.

    :param grade: turns what `work` answers into what is printed, its time and memory left out.
    """
    given = prepare()
    forget_peak()
    held, began = peak_mb(), time.perf_counter()
    answer = work(given)
    spent, peak = time.perf_counter() - began, peak_mb() - held
    print(json.dumps([spent, peak, grade(answer) if grade else answer]))


def in_own_process(script: str, arguments: Sequence[str], python: Path) -> Measured:
    """Measure one way; raise with its last words where it fails."""
    if not python.exists():
        raise RuntimeError(f"{python} is not there; make bench PEERS=1 sets it up")
    done = subprocess.run([str(python), script, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no words"])[-1])
    seconds, peak, answer = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak, answer


def by_turns(
    script: str, ways: Mapping[str, Path], arguments: Sequence[str], rounds: int
) -> dict[str, list[Measured] | str]:
    """Measure ways (name: the Python it runs in) one after the other, round by round.

    The ways that WAYS does not name are left out; one that fails has the reason instead.
    """
    asked, default = os.environ.get("WAYS"), int(os.environ.get("ROUNDS", rounds))
    runs: dict[str, list[Measured] | str] = {way: [] for way in ways if not asked or way in asked.split("; ")}
    for _ in range(default):
        for way, measured in runs.items():
            if isinstance(measured, str):
                continue
            try:
                measured.append(in_own_process(script, [way, *arguments], ways[way]))
            except RuntimeError as reason:
                runs[way] = str(reason)
    return runs


def rows_of(
    stage: str,
    size: int,
    runs: Mapping[str, list[Measured] | str],
    grade: Callable[[Sequence[Measured]], float | None] = lambda measured: None,
) -> list[Row]:
    """Take the medians of each way's rounds, and the grade of all of them."""
    return [
        Row(stage, size, way, None, skipped=measured)
        if isinstance(measured, str)
        else Row(
            stage,
            size,
            way,
            statistics.median(run[0] for run in measured),
            statistics.median(run[1] for run in measured),
            grade(measured),
        )
        for way, measured in runs.items()
    ]


def show(rows: Sequence[Row], meaning: str) -> None:
    """Print the rows as a table, each with how much longer it takes than the first of its size."""
    print(f"| stage | size | way | seconds | times ours | peak MB beyond data | {meaning} |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        ours = next(other for other in rows if other.size == row.size).seconds
        start = f"| {row.stage} | {row.size:,} | {row.implementation} |"
        if row.seconds is None:
            print(f"{start} skipped: {row.skipped} | | | |")
            continue
        times = f"{row.seconds / ours:.2f}" if ours else ""
        peak = "" if row.peak_mb is None else f"{row.peak_mb:.0f}"
        quality = "" if row.quality is None else f"{row.quality:.4f}"
        print(f"{start} {row.seconds:.2f} | {times} | {peak} | {quality} |")
    print()
    if kept := os.environ.get("JSON"):
        path = Path(kept)
        before = json.loads(path.read_text()) if path.exists() else []
        path.write_text(json.dumps([*before, *map(asdict, rows)], indent=1))


def surroundings(packages: Sequence[str]) -> str:
    """Say what was measured on: versions, threads, and how busy the machine was."""
    known = []
    for name in packages:
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    threads = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    python = sys.version.split()[0]
    return f"Python {python}, {', '.join(known)}; {threads} threads, load {load:.1f} at this point.\n"


def skipped_on_a_gpu(stage: str, size: int, ways: Sequence[str]) -> dict[str, Row]:
    """Return a row for each of the ways, which need a GPU, where torch finds none."""
    import torch

    if torch.cuda.is_available():
        return {}
    why = "torch finds no GPU on this machine"
    return {way: Row(stage, size, way, None, skipped=why) for way in ways}


def sizes(default: str) -> list[int]:
    """Return the sizes asked for."""
    return [int(size) for size in (os.environ.get("SIZES") or default).split()]
