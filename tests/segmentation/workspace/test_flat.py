"""Fifty uploads and deletions leave memory and disk where they were."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import json, sys
from pathlib import Path
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import delete_upload
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

def measured():
    status = Path("/proc/self/status").read_text().splitlines()
    memory = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    files = [path for path in Path(sys.argv[1]).rglob("*") if path.is_file()]
    return memory, sum(path.stat().st_size for path in files) / 2**20, len(files)

found, file = [], Path(sys.argv[2])
with Workspace.open(Path(sys.argv[1]) / "w.duckdb") as workspace:
    for number in range(60):
        orders = (f"{n},C{n % 700}-{number},2024-01-{n % 28 + 1:02},{n % 97}.5\\n" for n in range(3_000))
        file.write_text("order_id,customer_id,order_date,amount\\n" + "".join(orders))
        upload = load_file(workspace, file)
        build_shop(workspace)
        delete_upload(workspace, upload.upload_id)
        found.append(measured())
print(json.dumps([found[9], found[-1]]))
"""


@pytest.mark.slow
def test_uploads_and_deletions_leave_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, tmp_path / "home", tmp_path / "orders.csv"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    early, late = json.loads(done.stdout.splitlines()[-1])
    memory, disk, _ = (f"{before:.1f} -> {after:.1f} MB" for before, after in zip(early, late, strict=True))
    print(f"\n50 uploads and deletions: memory {memory}, disk {disk}")
    assert late[0] < 1.1 * early[0]
    assert late[1] <= early[1] + 0.5
    assert late[2] == early[2]
