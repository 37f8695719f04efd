"""Runs the parts one after the other, each in a process of its own that ends with its seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import table
from setting import DEVICE, MODEL, OUT, ROWS, SCALE, TEXTS, Row, rows, say

SECONDS_OF = {
    "ceilings": 30,
    "vectors": 50,
    "labels": 45,
    "memory": 40,
    "together": 45,
    "texts": 110,
    "sweep": 130,
}
"""Estimated for an H200: some 15, 25, 20, 20, 30, 90, 110; the first of each are torch's start."""

LEAST = 5
PATIENCE = float(os.environ.get("PATIENCE", "1"))
"""How many times as long everything may take, for a slow machine."""


def main() -> int:
    """Run what was asked for; return 1 where a check failed or a part broke."""
    until = time.time() + float(os.environ.get("SECONDS_IN_ALL", "450")) * PATIENCE
    ROWS.unlink(missing_ok=True)
    if missing := [str(path) for path in (MODEL, TEXTS) if not path.exists()]:
        sys.stderr.write(f"{', '.join(missing)} is not here: tests/benchmarks/gpu.sh pack writes it.\n")
        return 1
    broken = [part for part in os.environ.get("PARTS", " ".join(SECONDS_OF)).split() if not ran(part, until)]
    table.write()
    sys.stdout.write(f"{table.TABLE.read_text()}\nAll of it is in {OUT}.\n")
    return int(bool(broken) or any(row.right is False for row in rows()))


def ran(part: str, until: float) -> bool:
    """Run a part within its seconds; return whether it came to its end."""
    allowed = min(SECONDS_OF[part] * PATIENCE, until - time.time())
    if allowed < LEAST:
        say(Row("the part", "", why="no time was left for it", part=part))
        return False
    around = {**os.environ, "PART": part, "UNTIL": str(time.time() + 0.85 * allowed)}
    script, began = Path(__file__).with_name(f"{part}.py"), time.time()
    going = subprocess.Popen([sys.executable, str(script)], env=around, start_new_session=True)
    try:
        code = going.wait(allowed)
        said = "" if code == 0 else f"it broke with exit code {code}"
    except subprocess.TimeoutExpired:
        said = f"it was ended after {allowed:.0f} s; what it had found stays"
    finally:
        end(going)
    say(Row("the part", f"device {DEVICE}, scale {SCALE:g}", time.time() - began, "s", why=said, part=part))
    table.write()
    return not said


def end(part: subprocess.Popen[bytes]) -> None:
    """End a part and what it has started, so that nothing of it stays on the device."""
    with suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)
    part.wait()


if __name__ == "__main__":
    sys.exit(main())
