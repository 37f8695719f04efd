"""What ARCHITECTURE.md names is there, and every room has its line in it."""

from __future__ import annotations

import re

from tests.browser.helpers import ROOT

WRITTEN = (ROOT / "ARCHITECTURE.md").read_text()


def rooms() -> set[str]:
    return {
        f"{folder.relative_to(ROOT)}/"
        for top in ("segmentation", "pages")
        for folder in (ROOT / top, *(ROOT / top).rglob("*"))
        if folder.is_dir()
        and any(path.is_file() for path in folder.iterdir())
        and folder.name != "__pycache__"
    }


def test_every_room_has_a_line_of_its_own_and_every_line_is_a_room() -> None:
    lines = re.findall(r"^\| `([\w/]+/)` \|", WRITTEN, flags=re.MULTILINE)
    assert len(lines) == len(set(lines))
    assert set(lines) >= rooms()
    assert all((ROOT / line).is_dir() for line in lines)


def test_every_folder_and_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:segmentation|pages|tests|\.ci)/[\w/.]*)`", WRITTEN))
    assert {"segmentation/runs/store.py", "pages/act/", ".ci/house.py"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_verb_and_module_that_is_named_is_there() -> None:
    from segmentation import __all__ as verbs

    asked = re.findall(r"from segmentation import ([\w, ]+)", WRITTEN)
    assert asked and {verb for one in asked for verb in one.split(", ")} <= set(verbs)
