"""What cells of two uploads share, by samples of them where that is plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.typed_reading import overlap
from segmentation.intake.uploads import cells
from segmentation.intake.uploads.cells import Cells, cell_of
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.uploads.test_other_files import write

FILES = {
    "few": range(100, 140),
    "many": range(100, 3000),
    "nearly": [*range(200, 2900), *range(9000, 9250)],
    "half": [*range(2000, 3000), *range(9000, 10_000)],
    "others": range(5000, 8000),
}


def test_what_two_columns_share_is_exact_where_it_is_much(workspace: Workspace, tmp_path: Path) -> None:
    found = {}
    for name, values in FILES.items():
        path = tmp_path / f"{name}.csv"
        path.write_text("member,note\n" + "".join(f"M{one},{name}\n" for one in values))
        upload = load_file(workspace, path)
        found[name] = cell_of(upload, upload.columns[0])
    with workspace.cursor() as cursor:
        shared = Cells(workspace, cursor)
        for left in found.values():
            for right in found.values():
                exact = overlap(cursor, left, right)
                told = shared.overlap(left, right)
                assert told == pytest.approx(exact, abs=1e-9 if exact > 0.6 else 0.2)


def test_nothing_is_asked_twice_of_files_that_stay(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = cells.Cells._ask
    monkeypatch.setattr(cells.Cells, "_ask", lambda self, *cell: asked.append(str(cell)) or ask(self, *cell))
    sold, returned = write(tmp_path, 120)
    people = tmp_path / "people.csv"
    people.write_text("Customer ID,City\n" + "".join(f"C{n},Town {n % 7}\n" for n in range(40)))
    for path in (sold, returned, people):
        load_file(workspace, path)
    assert asked
    assert len(asked) == len(set(asked))
