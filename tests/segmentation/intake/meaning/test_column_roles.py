"""How many columns are understood without help, of every real file and of exports as shops write them.

`pytest -s -k columns_right` shows the shares and every column that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.intake.roles import Column, Role, Upload
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.expected_roles import EXPECTED
from tests.segmentation.intake.meaning.fresh_exports import FRESH_EXPORTS
from tests.segmentation.intake.meaning.more_exports import MORE_EXPORTS
from tests.segmentation.intake.meaning.shop_exports import EXPORTS

TARGET = 0.97
ALL_EXPORTS = EXPORTS | MORE_EXPORTS | FRESH_EXPORTS
KEYS = {
    "customer_id",
    "order_id",
    "product_id",
    "timestamp",
    "amount",
    "unit_price",
    "quantity",
    "review_text",
}


class Score:
    """Counts the columns whose role is right, and says which are wrong."""

    def __init__(self) -> None:
        self.columns = 0
        self.wrong: list[str] = []
        self.wrong_keys: list[str] = []
        self.wrong_kinds: list[str] = []

    @property
    def share(self) -> float:
        """Share of the columns right."""
        return 1 - len(self.wrong) / self.columns

    def add(self, file: str, upload: Upload, kind: str, roles: list[str]) -> None:
        """Compare one file with what is expected of it: a kind, and roles for each column."""
        if str(upload.kind) not in kind.split():
            self.wrong_kinds.append(f"{file}: {upload.kind}, not {kind}")
        for column, expected in zip(upload.columns, roles, strict=True):
            self.columns += 1
            if str(column.role) not in expected.split():
                self._note(file, column, expected)

    def report(self, title: str) -> None:
        """Print the figures and what is wrong."""
        right = self.columns - len(self.wrong)
        print(f"\n{title}: {right} of {self.columns} columns right ({self.share:.1%})")
        print("\n".join(self.wrong_kinds + self.wrong))

    def _note(self, file: str, column: Column, expected: str) -> None:
        line = f"{file} | {column.name}: {column.role}, not {expected} ({column.reason})"
        self.wrong.append(line)
        if KEYS & {str(column.role), *expected.split()}:
            self.wrong_keys.append(line)


@pytest.mark.slow
def test_columns_right_in_real_files(shared_data: Path, load_real: Callable[..., Workspace]) -> None:
    score = Score()
    for file, (kind, expected) in EXPECTED.items():
        [upload] = list_uploads(load_real(file))
        names = [column.name for column in upload.columns]
        assert names == list(expected)
        score.add(file, upload, kind, [expected[name] for name in names])
    score.report("Real files")
    assert (score.wrong_kinds, score.wrong_keys) == ([], [])
    assert score.share >= TARGET


def test_every_real_file_is_expected(shared_data: Path) -> None:
    tables = {path.relative_to(shared_data).as_posix() for path in shared_data.glob("*/*")}
    assert tables == set(EXPECTED)


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Upload]:
    """Give the uploads of all exports."""
    folder = tmp_path_factory.mktemp("exports")
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        return {
            name: load_file(workspace, export.write(folder / f"{name}.csv"))
            for name, export in ALL_EXPORTS.items()
        }


@pytest.mark.slow
def test_columns_right_in_exports(uploads: dict[str, Upload]) -> None:
    score = Score()
    for name, export in ALL_EXPORTS.items():
        upload = uploads[name]
        score.add(name, upload, export.kind, export.roles)
    score.report("Exports")
    assert (score.wrong_kinds, score.wrong_keys) == ([], [])
    assert score.share >= TARGET


@pytest.mark.slow
def test_no_id_and_no_row_number_is_ever_a_number_to_average(uploads: dict[str, Upload]) -> None:
    for name, export in ALL_EXPORTS.items():
        for column, expected in zip(uploads[name].columns, export.roles, strict=True):
            if set(expected.split()) <= {"ignore", "customer_id", "order_id", "product_id", "session_id"}:
                assert column.role not in (Role.NUMERIC, Role.CATEGORICAL), (name, column)
