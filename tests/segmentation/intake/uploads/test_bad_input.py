"""Bad input gives a clear error or a sensible table, and leaves nothing half-loaded."""

from pathlib import Path

import pytest

from segmentation.errors import EmptyFileError, NoCustomersError, SegmentationError, UnreadableFileError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.corrections import list_uploads, rejects
from segmentation.intake.uploads.load import load_file
from segmentation.stages import Stage
from segmentation.workspace import Workspace


def save(folder: Path, content: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def tables(workspace: Workspace) -> int:
    with workspace.cursor() as cursor:
        return len(cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name LIKE 'raw_%'").fetchall())


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFileError),
        (b"\n\n  \n", EmptyFileError),
        (b"customer_id,age\n", EmptyFileError),
        (b"customer_id\n", EmptyFileError),
        (b"PK\x03\x04\x00\x00", UnreadableFileError),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00" * 99, UnreadableFileError),
        (b"PAR1 this is no parquet PAR1", UnreadableFileError),
        (b"a,b,c\n1\n2,3,4,5,6\n7,8\n9,9,9,9\n", UnreadableFileError),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(
    workspace: Workspace, tmp_path: Path, content: bytes, error: type[SegmentationError]
) -> None:
    with pytest.raises(error) as caught:
        load_file(workspace, save(tmp_path, content))
    assert caught.value.found
    assert caught.value.remedy
    assert (list_uploads(workspace), tables(workspace), list(workspace.staging.iterdir())) == ((), 0, [])


def test_a_missing_file_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="there is no file"):
        load_file(workspace, tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("content", "customers"),
    [
        ("customer_id,age\n7,30\n", 1),
        ("age\n30\n31\n", 2),
        ("a\n1\n", 1),
        ("customer_id,age,age,age\n1,2,3,4\n2,3,4,5\n", 2),
        ("customer_id,plan,score\n1,x,5\n2,x,5\n3,x,5\n", 3),
        (",,\n1,2,x\n3,4,y\n", 2),
        ("customer_id,order date\n1,soon\n2,later\n3,2020-01-01\n", 3),
    ],
)
def test_an_odd_table_is_a_table(workspace: Workspace, tmp_path: Path, content: str, customers: int) -> None:
    load_file(workspace, save(tmp_path, content))
    assert build_shop(workspace).customers == customers


def test_three_hundred_columns(workspace: Workspace, tmp_path: Path) -> None:
    header = ",".join(["customer_id", *(f"x{i}" for i in range(299))])
    rows = [",".join([str(row), *(str((row * i) % 17) for i in range(299))]) for row in range(30)]
    upload = load_file(workspace, save(tmp_path, "\n".join([header, *rows])))
    assert (upload.rows, len(upload.columns)) == (30, 300)
    # Of x0 to x298 every 17th is 0 throughout: 18 constant columns.
    assert len(build_shop(workspace).profile) == 281


def test_constant_columns_describe_nobody(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, save(tmp_path, "id,plan,price\n1,x,5\n2,x,5\n"))
    assert [column.role for column in upload.columns[1:]] == [Role.IGNORE, Role.IGNORE]


def test_bytes_of_another_encoding_cost_their_row_only(workspace: Workspace, tmp_path: Path) -> None:
    good = "".join(f"{i},café crème à la carte\n" for i in range(50)).encode()
    upload = load_file(workspace, save(tmp_path, b"customer_id,drink\n" + good + b"99,caf\xe9\n"))
    assert (upload.encoding, upload.rows, upload.rejected) == ("UTF-8", 50, 1)
    found = rejects(workspace, upload.upload_id)
    assert found.to_dict("records") == [
        {"line": 52, "reason": "bytes that are not text in the file's encoding", "content": "99,caf�"}
    ]


def test_a_path_in_the_display_name_is_only_a_name(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, save(tmp_path, "customer_id,age\n1,2\n2,3\n"), "../../etc/passwd")
    assert upload.file_name == "passwd"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.csv", "home"]


def test_nothing_uploaded_is_said(workspace: Workspace) -> None:
    with pytest.raises(NoCustomersError, match="no file has been uploaded"):
        build_shop(workspace)


def test_a_cancelled_load_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    from segmentation.errors import Cancelled

    def cancel(step: str, done: int, total: int) -> None:
        if step == Stage.UNDERSTANDING_COLUMNS:
            raise Cancelled

    with pytest.raises(Cancelled):
        load_file(workspace, save(tmp_path, "customer_id,age\n1,2\n2,3\n"), on_progress=cancel)
    assert (list_uploads(workspace), tables(workspace)) == ((), 0)
