"""Whatever the bytes, a file is a table or a clear refusal, and never half of one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.errors import SegmentationError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.describe import describe
from segmentation.intake.uploads.load import load_tables
from segmentation.workspace import Workspace, quote_identifier

NASTY = [
    "",
    " ",
    '"',
    '""',
    "'; DROP TABLE uploads; --",
    "<img src=x onerror=alert(1)>",
    "=1+1",
    "-",
    "null",
    "NaN",
    "\u202e\U0001f600",
    "a\nb",
    "1,5",
    "1e400",
    "99999999999999999999",
    "2024-02-30",
    "12/31/9999",
    "\ufeff",
    "c1",
    "name@example.com",
    "x" * 10_000,
]
CELLS = st.one_of(st.sampled_from(NASTY), st.text(max_size=8), st.integers().map(str), st.dates().map(str))
HEADERS = st.one_of(
    st.sampled_from(
        ["customer_id", "order_id", "date", "amount", "price", "email", "review", "Age", '"q"', "姓名"]
    ),
    st.text(max_size=12),
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Draw a table as some tool, some person or some fault would write it."""
    width = draw(st.integers(1, 6))
    header = draw(st.lists(HEADERS, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=max(1, width - 1), max_size=width + 1), max_size=12))
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    quote = draw(st.booleans())
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "gb18030"]))
    lines = [delimiter.join(_cell(cell, quote) for cell in row) for row in [header, *rows]]
    return end.join(lines).encode(encoding, errors="replace")


def _cell(text: str, quote: bool) -> str:
    return '"' + text.replace('"', '""') + '"' if quote else text


@pytest.fixture(scope="module")
def shared_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("hostile") / "w.duckdb")


def swallow(workspace: Workspace, content: bytes, name: str = "hostile.csv") -> None:
    """Load the bytes, use them, delete them; whatever happens, the workspace must be whole after it."""
    path = workspace.staging / "incoming"
    path.write_bytes(content)
    try:
        for upload in load_tables(workspace, path, name):
            describe(upload)
            with workspace.cursor() as cursor:
                query = f"SELECT count(*) FROM {quote_identifier(upload.raw_table)}"
                assert cursor.execute(query).fetchall() == [(upload.rows,)]
        build_shop(workspace)
    except SegmentationError as error:
        assert error.found
    finally:
        path.unlink()
        for upload in list_uploads(workspace):
            forget(workspace, upload.upload_id)
    with workspace.cursor() as cursor:
        raw = "SELECT count(*) FROM duckdb_tables() WHERE starts_with(table_name, 'raw_')"
        assert cursor.execute(raw).fetchall() == [(0,)]


def forget(workspace: Workspace, upload_id: str) -> None:
    """Do what deleting does, without rewriting the file each time."""
    with workspace.transaction() as cursor:
        cursor.execute(f"DROP TABLE {quote_identifier(f'raw_{upload_id}')}")
        for table in ("uploads", "upload_columns", "rejects"):
            cursor.execute(f"DELETE FROM {table} WHERE upload_id = ?", [upload_id])


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(content=files())
def test_60_made_files_are_tables_or_refusals(shared_workspace: Workspace, content: bytes) -> None:
    swallow(shared_workspace, content)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(
    max_examples=2_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(content=files())
def test_2000_made_files_are_tables_or_refusals(shared_workspace: Workspace, content: bytes) -> None:
    swallow(shared_workspace, content)


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Change, cut, double or drop some bytes."""
    changed = bytearray(content[: rng.randrange(200, 20_000)])
    for _ in range(rng.randrange(1, 30)):
        at = rng.randrange(len(changed))
        kind = rng.randrange(3)
        if kind == 0:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randrange(1, 20)]
        else:
            changed[at:at] = changed[at : at + rng.randrange(1, 40)]
        if not changed:
            break
    return bytes(changed)


@pytest.mark.parametrize(
    "seed", [*range(10), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(10, 30))]
)
def test_mutated_copies_of_real_files(shared_data: Path, shared_workspace: Workspace, seed: int) -> None:
    rng = random.Random(seed)
    paths = sorted(
        path
        for path in shared_data.rglob("*.*")
        if path.suffix in (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
    )
    path = rng.choice(paths)
    with path.open("rb") as stream:
        swallow(shared_workspace, mutated(stream.read(30_000), rng), path.name)


@pytest.mark.parametrize(
    "header",
    [
        'a"b',
        "a'; DROP TABLE uploads; --",
        "<script>alert(1)</script>",
        "\U0001f600",
        "h" * 10_000,
        "../../etc/passwd",
    ],
)
def test_strange_column_names_stay_names(workspace: Workspace, tmp_path: Path, header: str) -> None:
    quoted = '"' + header.replace('"', '""') + '"'
    path = tmp_path / "strange.csv"
    path.write_text(
        f"customer_id,{quoted}\n" + "".join(f"c{n},{n % 5}\n" for n in range(20)), encoding="utf-8"
    )
    (upload,) = load_tables(workspace, path, file_name="../../outside.csv")
    assert upload.columns[1].name == header
    assert upload.file_name == "outside.csv"
    assert build_shop(workspace).customers == 20


def test_a_cell_of_five_megabytes(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    path.write_text(
        "customer_id,note\n" + "".join(f"c{n},ok\n" for n in range(20)) + f"c20,{'y' * 5_000_000}\n"
    )
    (upload,) = load_tables(workspace, path)
    assert upload.rows + upload.rejected == 21
