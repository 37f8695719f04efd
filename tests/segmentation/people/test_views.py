"""What a role may not do is refused by the workspace itself, and what pages need still works."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from segmentation.action.audience.contacts import read_contacts, shown_contacts
from segmentation.errors import NotAllowedError
from segmentation.intake.cleaning.ledger import ledger_sample
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.rows_of_orders import FileLines, as_written
from segmentation.intake.uploads.corrections import list_uploads, preview, rejects
from segmentation.intake.uploads.load import load_file
from segmentation.people import TeamRole, seen_by
from segmentation.workspace import Workspace

ORDERS = "order,customer,date,amount\n" + "".join(
    f"{n},C{n % 7},2024-01-{n % 28 + 1:02},{n}.50\n" for n in range(40)
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace.duckdb") as opened:
        yield opened


def loaded(workspace: Workspace, tmp_path: Path) -> Workspace:
    (tmp_path / "orders.csv").write_text(ORDERS)
    load_file(workspace, tmp_path / "orders.csv")
    return workspace


def test_an_owner_has_the_workspace_itself(workspace: Workspace) -> None:
    assert seen_by(workspace, TeamRole.OWNER) is workspace


@pytest.mark.parametrize("role", [TeamRole.VIEWER, TeamRole.EDITOR])
def test_only_owners_delete(workspace: Workspace, role: TeamRole) -> None:
    view = seen_by(workspace, role)
    with pytest.raises(NotAllowedError), view.deletion():
        pass
    with pytest.raises(NotAllowedError):
        view.delete_everything()


def test_an_editor_writes(workspace: Workspace) -> None:
    seen_by(workspace, TeamRole.EDITOR).set_meta("name", "Corner shop")
    assert workspace.meta("name") == "Corner shop"


def test_a_viewer_writes_nothing(workspace: Workspace) -> None:
    view = seen_by(workspace, TeamRole.VIEWER)
    with pytest.raises(NotAllowedError):
        view.set_meta("name", "Mine")
    with pytest.raises(NotAllowedError), view.transaction():
        pass
    with pytest.raises(NotAllowedError), view.cursor() as cursor:
        cursor.execute("INSERT INTO meta VALUES ('name', 'Mine')")
    with pytest.raises(NotAllowedError), view.cursor() as cursor:
        cursor.execute("CREATE TABLE mine AS SELECT 1 AS one")
    assert workspace.meta("name") is None


def test_a_viewer_may_make_tables_of_their_own(workspace: Workspace) -> None:
    with seen_by(workspace, TeamRole.VIEWER).cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE mine AS SELECT 42 AS one")
        assert cursor.execute("FROM mine").fetchall() == [(42,)]


def test_a_viewer_who_comes_first_fills_the_shop(workspace: Workspace, tmp_path: Path) -> None:
    view = seen_by(loaded(workspace, tmp_path), TeamRole.VIEWER)
    shop = build_shop(view)
    with view.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM shop.customers").fetchall() == [(7,)]
    with pytest.raises(NotAllowedError), view.transaction():
        pass
    assert build_shop(workspace).fingerprint == shop.fingerprint


def test_a_view_sees_what_others_change(workspace: Workspace) -> None:
    view = seen_by(workspace, TeamRole.VIEWER)
    workspace.set_meta("name", "Before")
    assert view.meta("name") == "Before"
    workspace.delete_everything()
    assert view.meta("name") is None


def test_closing_a_view_closes_nothing(workspace: Workspace) -> None:
    seen_by(workspace, TeamRole.VIEWER).close()
    assert workspace.meta("name") is None


def test_a_viewer_reads_no_contacts(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("customer,email\nC1,c1@shop.example\nC2,c2@shop.example\n")
    load_file(loaded(workspace, tmp_path), tmp_path / "customers.csv")
    build_shop(workspace)
    ids = np.array(["C1", "C2"], dtype=object)
    assert list(shown_contacts(workspace, ids)) == ["email"]
    assert [len(part) for part in read_contacts(workspace, ids)] == [2]
    view = seen_by(workspace, TeamRole.VIEWER)
    assert shown_contacts(view, ids).shape == (2, 0)
    with pytest.raises(NotAllowedError):
        list(read_contacts(view, ids))


def test_a_viewer_reads_no_rows_as_files_have_them(workspace: Workspace, tmp_path: Path) -> None:
    [upload] = list_uploads(loaded(workspace, tmp_path))
    assert len(preview(seen_by(workspace, TeamRole.EDITOR), upload.upload_id)) == 5
    view = seen_by(workspace, TeamRole.VIEWER)
    for read in (preview, rejects):
        with pytest.raises(NotAllowedError):
            read(view, upload.upload_id)
    with pytest.raises(NotAllowedError):
        ledger_sample(view, upload.upload_id, Rule.CANCELLED)
    with pytest.raises(NotAllowedError):
        as_written(view, FileLines(upload.upload_id, upload.file_name, (2,)))
