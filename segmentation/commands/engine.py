"""Which engine works: this process, or Ray's workers on this machine or a cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from segmentation.errors import OptionError
from segmentation.scale.storage import Folder
from segmentation.scale.workers import Workers
from segmentation.workspace import Workspace

HERE, RAY = "here", "ray"


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Let it be chosen who works."""
    parser.add_argument(
        "--engine", choices=[HERE, RAY], default=HERE, help="ray: by workers that may be on many machines"
    )
    parser.add_argument("--address", metavar="HOST", help="Ray's cluster (default: workers on this machine)")
    parser.add_argument("--workers", type=int, metavar="N", help="how many workers on this machine")
    parser.add_argument(
        "--parts",
        metavar="FOLDER",
        help="where all workers reach the parts of the shop, also s3://…; they stay there "
        "(default: beside the workspace, until all is done)",
    )


@contextmanager
def workers(parsed: argparse.Namespace, workspace: Workspace) -> Iterator[Workers | None]:
    """Give the workers that were asked for; None where this process does it.

    :raises OptionError: for options of workers without any.
    :raises EngineError: if there are none.
    """
    if parsed.engine == HERE:
        if parsed.address or parsed.workers or parsed.parts:
            raise OptionError("--address, --workers and --parts are for workers.", "Add --engine ray.")
        yield None
        return
    from segmentation.scale.readers import Actors, read_by
    from segmentation.scale.tasks import cluster

    folder = Folder.at(parsed.parts or str(workspace.beside.parts))
    with cluster(parsed.address, parsed.workers) as started:
        yield Workers(started.each, folder, read_by(Actors(started, folder)))
    if not parsed.parts:
        folder.delete()
