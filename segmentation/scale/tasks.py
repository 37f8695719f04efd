"""Ray: work on many items at once, on the cores of this machine or of a cluster."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segmentation
from segmentation.errors import EngineError, SegmentationError

OBJECT_STORE = 300_000_000
"""Bytes that results wait in on the way between workers of this machine: what is large goes by files."""

TRIES = 4
"""Times that Ray is started: on a busy machine it does not wait long enough for itself."""

RETRIES = 10
"""Times that work is done again whose worker has died, as one does that runs out of memory."""

AHEAD = 2
"""Items per core that are worked on or wait."""

_BEFORE = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
_OF_WORKERS = {"TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Cluster:
    """The workers: how many cores and GPUs they have together."""

    cores: int
    gpus: int

    def each(self, work: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        """Return work(item) of every item in order; work whose worker has died is done again by another."""
        import ray

        @ray.remote(num_cpus=1, max_retries=RETRIES)
        def worked_on(work: Callable[[Any], Any], item: Any) -> Any:  # noqa: ANN401 - of any kind
            return work(item)

        shared, waiting = ray.put(work), deque[Any]()
        for item in items:
            waiting.append(worked_on.remote(shared, item))
            if len(waiting) >= AHEAD * self.cores:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


@contextmanager
def cluster(address: str | None, workers: int | None = None) -> Iterator[Cluster]:
    """Give the workers of the cluster at an address, or start some on this machine.

    :param workers: how many here, by default one for each core.
    :raises EngineError: if Ray is not installed, or there is no cluster at the address.
    """
    os.environ.update({name: value for name, value in _BEFORE.items() if name not in os.environ})
    if address is None:
        os.environ.setdefault("RAY_AUTH_MODE", "disabled")
    try:
        import ray
    except ImportError as error:
        raise EngineError(
            "Ray is not installed.", "Install it: pip install -r requirements-ray.txt"
        ) from error
    folder = Path(tempfile.mkdtemp(prefix="ray", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108
    try:
        with _own_signals():
            _start(_settings(address, workers, folder))
        found = ray.cluster_resources()
        yield Cluster(int(found.get("CPU", 1)), int(found.get("GPU", 0)))
    finally:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _own_signals() -> Iterator[None]:
    """Leave what ends this program as it was: Ray would end it in a way of its own."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _start(settings: dict[str, Any]) -> None:
    """Start workers, or join those of a cluster.

    :raises EngineError: if they do not start, or there is no cluster.
    """
    import ray

    for left in reversed(range(TRIES)):
        try:
            ray.init(**settings)
            return
        except Exception as error:  # Ray has no class of its own for it
            ray.shutdown()
            if not left or "timed out" not in str(error):
                raise EngineError(
                    f"Ray’s workers at “{settings['address']}” cannot be reached ({error}).",
                    "A cluster is started by “ray start --head”, with the same versions of Python and Ray.",
                ) from error


def _settings(address: str | None, workers: int | None, folder: Path) -> dict[str, Any]:
    shared = {"log_to_driver": False, "logging_level": "error"}
    if address is not None:
        package = str(Path(segmentation.__file__).parent)
        return {
            **shared,
            "address": address,
            "runtime_env": {"env_vars": _OF_WORKERS, "py_modules": [package]},
        }
    return {
        **shared,
        "address": "local",
        "num_cpus": workers or os.cpu_count(),
        "include_dashboard": False,
        "object_store_memory": OBJECT_STORE,
        "_temp_dir": str(folder),  # a short one: sockets have paths of at most 107 bytes
        "runtime_env": {"env_vars": _OF_WORKERS},
    }


def _result(waiting: Any) -> Any:  # noqa: ANN401 - of any kind
    import ray

    try:
        return ray.get(waiting)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, SegmentationError):
            raise error.cause from error
        raise
