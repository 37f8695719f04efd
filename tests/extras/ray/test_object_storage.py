"""The parts of a shop lie in an object storage as they lie in a folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from moto.server import ThreadedMotoServer

from segmentation.scale.assign import assign_in_parts
from segmentation.scale.storage import Folder
from segmentation.scale.workers import Workers
from segmentation.track.assign import assign_everybody
from segmentation.track.assign.files import assigned_csv
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made-up")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"s3://shop?endpoint_override={host}:{port}&scheme=http&allow_bucket_creation=true"
    finally:
        server.stop()


def test_parts_in_a_bucket_are_assigned_as_the_whole_is(
    shop: Workspace, bucket: str, load_fake: Callable
) -> None:
    folder = Folder.at(bucket).folder("parts")
    found = assign_in_parts(shop, frozen_run(shop), Workers(map, folder, load_fake, 2))
    assert assigned_csv(found) == assigned_csv(assign_everybody(shop, frozen_run(shop), load=load_fake))
    names = folder.files()
    assert sum("/assigned/" in f"/{name}" for name in names) == 2
    assert folder.local is None and any(name.endswith("/done") for name in names)
    folder.delete()
    assert folder.files() == []
