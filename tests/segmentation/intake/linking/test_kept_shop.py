"""Files are linked once: the shop is kept with what it was made of."""

from pathlib import Path

import pytest

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking import build as link
from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.corrections import delete_upload, list_uploads, set_role
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,product,amount,note
1,Ada,2024-01-03 10:00,Mug,5.00,a
2,Ada,2024-02-03 11:00,Lamp,20.00,b
2,Ada,2024-02-03 11:00,Lamp,20.00,b
3,Bob,2024-03-03 12:00,Mug,5.00,c
4,,2024-03-04 12:00,Mug,5.00,d
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "orders.csv").write_text(ORDERS)
    return tmp_path / "orders.csv"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often the tables are filled."""
    counted: list[int] = []
    original = link._fill
    monkeypatch.setattr(link, "_fill", lambda *args: counted.append(1) or original(*args))
    return counted


def lines(workspace: Workspace) -> int:
    with workspace.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM shop.lines").fetchall()[0][0]


def test_the_same_files_and_rules_are_linked_once(path: Path, tmp_path: Path, built: list[int]) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        load_file(workspace, path)
        first = build_shop(workspace)
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert build_shop(workspace) == first
        assert lines(workspace) == 3
    assert len(built) == 1


def test_a_switched_rule_a_role_or_a_file_links_anew(
    workspace: Workspace, path: Path, tmp_path: Path, built: list[int]
) -> None:
    upload = load_file(workspace, path)
    build_shop(workspace)
    build_shop(workspace, Cleaning(off=frozenset({Rule.REPEATS})))
    assert (len(built), lines(workspace)) == (2, 4)
    assert build_shop(workspace).customers == 2
    assert (len(built), lines(workspace)) == (3, 3)
    set_role(workspace, upload.upload_id, "product", Role.IGNORE)
    build_shop(workspace)
    assert len(built) == 4
    (tmp_path / "more.csv").write_text("customer_id,age\nAda,36\nCyd,40\n")
    load_file(workspace, tmp_path / "more.csv")
    assert build_shop(workspace).customers == 3
    assert len(built) == 5


def test_a_deleted_file_that_comes_back_is_linked_again(
    workspace: Workspace, path: Path, built: list[int]
) -> None:
    load_file(workspace, path)
    build_shop(workspace)
    delete_upload(workspace, list_uploads(workspace)[0].upload_id)
    load_file(workspace, path)
    assert build_shop(workspace).customers == 2
    assert (len(built), lines(workspace)) == (2, 3)


def test_a_shop_that_failed_half_way_is_not_kept(
    workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_file(workspace, path)

    def fail(*_: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(link, "last_date", fail)
    with pytest.raises(RuntimeError, match="killed"):
        build_shop(workspace)
    monkeypatch.undo()
    assert build_shop(workspace).customers == 2
    assert lines(workspace) == 3
