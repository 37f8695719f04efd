"""What every benchmark shares: each way measured in a process of its own, by turns, and the table of medians.

A benchmark is a script that calls `run_way` when it is given arguments and `compare` when not. JSON=file
keeps the rows; the peers live in .venv-bench (`make bench PEERS=1`), and a way that is missing there is left
out with the reason.
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


@dataclass(frozen=True)
class Row:
    """Medians of one way: seconds, peak megabytes beyond what it was given, and how good its answer is."""

    stage: str
    size: int
    implementation: str
    seconds: float
    peak_mb: float
    quality: float | None = None


def peak_mb() -> float:
    """Return the most memory this process has held."""
    about = Path("/proc/self/status")
    if about.exists():  # elsewhere the figure holds what the process was forked from, too
        return int(about.read_text().split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def run_way(
    prepare: Callable[[], Any], work: Callable[[Any], Any], grade: Callable[[Any], Any] | None = None
) -> None:
    """Time `work` on what `prepare` gives, imports of `prepare` left out, and print what was measured.

    :param grade: turns what `work` answers into what is printed, its time and memory left out.
    """
    given = prepare()
    held, began = peak_mb(), time.perf_counter()
    answer = work(given)
    spent, peak = time.perf_counter() - began, peak_mb() - held
    print(json.dumps([spent, peak, grade(answer) if grade else answer]))


def in_own_process(script: str, arguments: Sequence[str], peer: bool = False) -> tuple[float, float, Any]:
    """Return seconds, megabytes and the answer of one way; raise with its last words where it fails."""
    python = str(PEERS) if peer else sys.executable
    done = subprocess.run([python, script, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no words"])[-1])
    seconds, peak, answer = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak, answer


def by_turns(
    script: str, ways: Mapping[str, bool], arguments: Sequence[str], rounds: int
) -> dict[str, list[tuple[float, float, Any]]]:
    """Measure ways (name: is it a peer?) one after the other, round by round."""
    runs: dict[str, list[tuple[float, float, Any]]] = {way: [] for way in ways}
    failed: set[str] = set()
    for _ in range(rounds):
        for way, peer in ways.items():
            if way in failed:
                continue
            try:
                if peer and not PEERS.exists():
                    raise RuntimeError(f"{PEERS} is not there; make bench PEERS=1 sets it up")
                runs[way].append(in_own_process(script, [way, *arguments], peer))
            except RuntimeError as reason:
                failed.add(way)
                print(f"{way} is left out: {reason}\n")
    return {way: measured for way, measured in runs.items() if measured}


def median_row(
    stage: str, size: int, way: str, runs: Sequence[tuple[float, float, Any]], quality: float | None
) -> Row:
    """Take the medians of a way's rounds."""
    return Row(stage, size, way, *(statistics.median(run[i] for run in runs) for i in (0, 1)), quality)


def show(rows: Sequence[Row], meaning: str) -> None:
    """Print the rows as a table, each with how much longer it takes than the first of its size."""
    print(f"| stage | size | way | seconds | times ours | peak MB beyond data | {meaning} |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        ours = next(other for other in rows if other.size == row.size)
        quality = "" if row.quality is None else f"{row.quality:.4f}"
        print(
            f"| {row.stage} | {row.size:,} | {row.implementation} | {row.seconds:.2f} |"
            f" {row.seconds / ours.seconds:.2f} | {row.peak_mb:.0f} | {quality} |"
        )
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


def on_a_gpu() -> bool:
    """Whether there is one; says that its rows are left out where there is none."""
    import torch

    if not torch.cuda.is_available():
        print("Rows of a GPU are left out: torch finds none on this machine.\n")
    return torch.cuda.is_available()


def sizes(default: str) -> list[int]:
    """Return the sizes asked for."""
    return [int(size) for size in (os.environ.get("SIZES") or default).split()]
