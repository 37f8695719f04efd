"""The optional parts stand over the plain ones: same versions, nothing pulled in anew."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_optional_parts_leave_the_plain_pins_as_they_are() -> None:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert len(pins) > 15
    assert {name: version(name).split("+")[0] for name, _ in pins} == dict(pins)
