"""Vectors come back as they were kept, whatever was cut short, and not at all once they are forgotten."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.errors import WorkspaceError
from segmentation.intake.uploads.corrections import delete_upload
from segmentation.intake.uploads.load import load_file
from segmentation.text.encoders.vectors import (
    add_vectors,
    forget_other_versions,
    holds_others,
    keep_texts,
    read_vectors,
)
from segmentation.workspace import Workspace
from segmentation.workspace.trial import trial_of

HASHES = np.array([7, 2**64 - 1, 3], dtype=np.uint64)
VECTORS = np.array([[7, 0.7], [64, 0.64], [3, 0.3]], dtype=np.float32)
ROOT = Path(__file__).resolve().parents[4]


def encoder(key: str = "tiny@1", dimensions: int = 2) -> Any:
    """Give what an encoder is called by."""
    return SimpleNamespace(name=key.partition("@")[0], key=key, dimensions=dimensions)


def held(workspace: Workspace, hashes: np.ndarray, reader: Any = None) -> dict[int, list[float]]:
    """Return the vectors that are kept of these texts."""
    reader = reader or encoder()
    into = np.full((len(hashes), reader.dimensions), np.nan, dtype=np.float32)
    known = read_vectors(workspace, reader, hashes, into)
    assert np.isnan(into[~known]).all()
    return {int(key): row.tolist() for key, row in zip(hashes[known], into[known], strict=True)}


def expected(*places: int) -> dict[int, list[float]]:
    """Return the vectors of these places."""
    return {int(HASHES[at]): VECTORS[at].tolist() for at in places}


def files(workspace: Workspace) -> tuple[Path, Path]:
    """Return the files of the one encoder: hashes, vectors."""
    hashes, _, vectors = sorted(workspace.vectors.iterdir())
    return hashes, vectors


def parts(workspace: Workspace) -> dict[str, Path]:
    """Return the files of the one encoder by their endings."""
    return {path.suffix[1:]: path for path in workspace.vectors.iterdir()}


def test_what_is_kept_is_found_in_any_order_after_a_restart(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert held(workspace, HASHES) == {}
        add_vectors(workspace, encoder(), HASHES[:1], VECTORS[:1])
        add_vectors(workspace, encoder(), HASHES[1:], VECTORS[1:])
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        wanted = np.array([3, 5, 7, 2**64 - 1, 0], dtype=np.uint64)
        assert held(workspace, wanted) == expected(0, 1, 2)


def test_folder_and_files_are_private_and_name_no_encoder(workspace: Workspace) -> None:
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    assert stat.S_IMODE(workspace.vectors.stat().st_mode) == 0o700
    for path in parts(workspace).values():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "tiny" not in path.name


@pytest.mark.parametrize("orphans", [3, 8, 17])
def test_killed_between_vectors_and_hashes_no_row_is_wrong(workspace: Workspace, orphans: int) -> None:
    add_vectors(workspace, encoder(), HASHES[:1], VECTORS[:1])
    with files(workspace)[1].open("ab") as file:
        file.write(b"\x11" * orphans)
    assert held(workspace, HASHES) == expected(0)
    add_vectors(workspace, encoder(), HASHES[1:], VECTORS[1:])
    assert held(workspace, HASHES) == expected(0, 1, 2)


@pytest.mark.parametrize("lost", [1, 8, 13])
@pytest.mark.parametrize("which", ["hashes", "sums", "vectors"])
def test_cut_short_only_whole_rows_count(workspace: Workspace, which: str, lost: int) -> None:
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    path = parts(workspace)[which]
    path.write_bytes(path.read_bytes()[:-lost])
    whole = range(1 if lost > 8 else 2)
    assert held(workspace, HASHES) == expected(*whole)
    add_vectors(workspace, encoder(), HASHES[2:], VECTORS[2:])
    assert held(workspace, HASHES) == expected(*whole, 2)


@pytest.mark.parametrize("which", ["hashes", "sums", "vectors"])
@pytest.mark.parametrize("altered", ["one bit", "zeros", "nan", "moved"])
def test_an_altered_row_is_read_anew_and_the_others_stay(
    workspace: Workspace, which: str, altered: str
) -> None:
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    path = parts(workspace)[which]
    content = bytearray(path.read_bytes())
    if altered == "one bit":
        content[11] ^= 4
    elif altered == "moved":
        content[:16] = content[8:16] + content[:8]
    else:
        content[8:16] = bytes(8) if altered == "zeros" else np.full(2, np.nan, "<f4").tobytes()
    path.write_bytes(content)
    whole = (2,) if altered == "moved" else (0, 2)
    assert held(workspace, HASHES) == expected(*whole)
    add_vectors(workspace, encoder(), HASHES[:2], VECTORS[:2])
    assert held(workspace, HASHES) == expected(0, 1, 2)
    assert keep_texts(workspace, HASHES[2:]) >= 2
    assert held(workspace, HASHES) == expected(2)
    assert VECTORS[0].tobytes() not in parts(workspace)["vectors"].read_bytes(), "under whatever hash"


@given(at=st.integers(min_value=0, max_value=10_000), bit=st.integers(min_value=0, max_value=7))
def test_no_changed_bit_is_ever_used(lasting: Workspace, at: int, bit: int) -> None:
    lasting.delete_vectors()
    add_vectors(lasting, encoder(), HASHES, VECTORS)
    path = sorted(lasting.vectors.iterdir())[at % 3]
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1 << bit
    path.write_bytes(content)
    right = expected(0, 1, 2)
    found = held(lasting, HASHES)
    assert len(found) == 2
    assert found.items() <= right.items()


@pytest.mark.parametrize("which", ["hashes", "sums", "vectors"])
@pytest.mark.parametrize("left", ["nothing", "another's"])
def test_a_missing_part_is_read_anew(workspace: Workspace, which: str, left: str) -> None:
    add_vectors(workspace, encoder("other@1"), HASHES, 2 * VECTORS)
    theirs = parts(workspace)[which].read_bytes()
    workspace.delete_vectors()
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    parts(workspace)[which].unlink()
    if left == "another's":
        (workspace.vectors / f"{files_stem(workspace)}.{which}").write_bytes(theirs)
    if which != "hashes" or left == "nothing":  # both encoders have read the same texts
        assert held(workspace, HASHES) == {}
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    assert held(workspace, HASHES) == expected(0, 1, 2)


def files_stem(workspace: Workspace) -> str:
    """Return what the files of the one encoder are called."""
    return next(workspace.vectors.iterdir()).stem


def test_vectors_of_a_version_without_checksums_are_read_anew_and_overwritten(workspace: Workspace) -> None:
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    parts(workspace)["sums"].unlink()
    assert held(workspace, HASHES) == {}
    assert keep_texts(workspace, HASHES) == 0
    assert {path.stat().st_size for path in workspace.vectors.iterdir()} == {0}


def test_what_is_no_number_is_not_kept(workspace: Workspace) -> None:
    add_vectors(workspace, encoder(), HASHES, np.array([[1, np.nan], [np.inf, 1], [3, 0.3]], np.float32))
    assert held(workspace, HASHES) == expected(2)


def test_stray_files_harm_nothing_and_go_with_everything(workspace: Workspace) -> None:
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    strays = ["notes.vectors", "a-b-2.vectors", ".DS_Store", "x-2.hashes", f"{'0' * 16}-{'1' * 16}-2.vectors"]
    for name in strays:
        (workspace.vectors / name).write_bytes(b"stray")
    (workspace.vectors / f"{'0' * 16}-{'2' * 16}-2.vectors").mkdir()
    (workspace.vectors / "folder").mkdir()
    (workspace.vectors / "folder" / "file").write_text("stray")
    assert held(workspace, HASHES) == expected(0, 1, 2)
    assert keep_texts(workspace, HASHES[:1]) == 2
    assert not holds_others(workspace, HASHES[:1])
    forget_other_versions(workspace, encoder())
    workspace.delete_everything()
    assert list(workspace.vectors.iterdir()) == []


def test_a_forgotten_text_leaves_neither_hash_nor_vector(workspace: Workspace) -> None:
    for key in ("tiny@1", "other@1"):
        add_vectors(workspace, encoder(key), HASHES, VECTORS)
    others = np.array([HASHES[0], HASHES[2], 5], dtype=np.uint64)
    assert holds_others(workspace, others)
    assert keep_texts(workspace, others) == 2
    assert not holds_others(workspace, others)
    for path in workspace.vectors.iterdir():
        assert not {b"\xff" * 8, VECTORS[1].tobytes()} & {
            path.read_bytes()[at : at + 8] for at in range(0, 24, 8)
        }
    for key in ("tiny@1", "other@1"):
        assert held(workspace, HASHES, encoder(key)) == expected(0, 2)


def test_forgetting_also_ends_what_a_crash_left_of_it(workspace: Workspace) -> None:
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    hashes, vectors = files(workspace)
    hashes.write_bytes(bytes(8) + hashes.read_bytes()[8:])  # its hash was forgotten, its vector not yet
    with vectors.open("ab") as file:
        file.write(b"\x11" * 8)
    assert keep_texts(workspace, HASHES[1:]) == 0
    assert vectors.read_bytes() == bytes(8) + VECTORS[1:].tobytes()


def test_a_trial_reads_vectors_and_changes_none(workspace: Workspace) -> None:
    add_vectors(workspace, encoder(), HASHES[:2], VECTORS[:2])
    with trial_of(workspace) as trial:
        add_vectors(trial, encoder(), HASHES[2:], VECTORS[2:])
        forget_other_versions(trial, encoder("tiny@2"))
        assert held(trial, HASHES) == expected(0, 1)
    assert held(workspace, HASHES) == expected(0, 1)


def test_an_encoder_fitted_anew_leaves_no_old_vectors(workspace: Workspace) -> None:
    for key in ("tiny@1", "tiny@2", "tinier@1"):
        add_vectors(workspace, encoder(key), HASHES, VECTORS)
    forget_other_versions(workspace, encoder("tiny@2"))
    assert held(workspace, HASHES) == {}
    for key in ("tiny@2", "tinier@1"):
        assert held(workspace, HASHES, encoder(key)) == expected(0, 1, 2)


def test_with_an_upload_go_the_vectors(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("customer_id,city\n1,Ulm\n2,Bonn\n")
    upload = load_file(workspace, tmp_path / "people.csv")
    add_vectors(workspace, encoder(), HASHES, VECTORS)
    delete_upload(workspace, upload.upload_id)
    assert list(workspace.vectors.iterdir()) == []


@pytest.mark.parametrize("delete", ["everything", "the file, by hand"])
def test_with_the_workspace_go_its_vectors(tmp_path: Path, delete: str) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        add_vectors(workspace, encoder(), HASHES, VECTORS)
        if delete == "everything":
            workspace.delete_everything()
            assert list(workspace.vectors.iterdir()) == []
    if delete != "everything":
        (tmp_path / "w.duckdb").unlink()
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert held(workspace, HASHES) == {}


def test_a_full_disk_is_said_and_what_was_kept_stays(tmp_path: Path) -> None:
    """The limit on file sizes stands in for a full disk; it is a process's own, so a child has it."""
    code = (
        "import resource, signal, sys\n"
        "import numpy as np\n"
        "from types import SimpleNamespace\n"
        "from segmentation.errors import WorkspaceError\n"
        "from segmentation.text.encoders.vectors import add_vectors\n"
        "from segmentation.workspace import Workspace\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "encoder = SimpleNamespace(name='tiny', key='tiny@1', dimensions=2)\n"
        "with Workspace.open(sys.argv[1]) as workspace:\n"
        "    add_vectors(workspace, encoder, np.array([7], 'u8'), np.array([[7, 0.7]], 'f4'))\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))\n"
        "    many = np.arange(1, 1_000_000, dtype='u8')\n"
        "    try: add_vectors(workspace, encoder, many, np.ones((999_999, 2), 'f4'))\n"
        "    except WorkspaceError as error: print('said:', error)\n"
    )
    path = tmp_path / "w.duckdb"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert "said:" in done.stdout and "there is no room left" in done.stdout, done.stderr[-2000:]
    with Workspace.open(path) as workspace:
        assert held(workspace, HASHES) == expected(0)
        add_vectors(workspace, encoder(), HASHES[1:], VECTORS[1:])
        assert held(workspace, HASHES) == expected(0, 1, 2)


def test_a_disk_that_may_only_be_read_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(WorkspaceError, match="may not be written to"):
        add_vectors(workspace, encoder(), HASHES, VECTORS)


KEYS = {"a@1": 3, "b@1": 1}
Step = st.tuples(
    st.sampled_from(["forget", *KEYS]), st.lists(st.integers(min_value=0, max_value=9), max_size=6)
)


@pytest.fixture(scope="module")
def lasting() -> Iterator[Workspace]:
    """Give a workspace that all examples use; each begins by deleting its vectors."""
    with Workspace.temporary() as workspace:
        yield workspace


@settings(max_examples=50)
@given(steps=st.lists(Step, max_size=8))
def test_any_sequence_is_as_a_dictionary(lasting: Workspace, steps: list[tuple[str, list[int]]]) -> None:
    lasting.delete_vectors()
    known: dict[str, dict[int, list[float]]] = {key: {} for key in KEYS}
    for number, (what, texts) in enumerate(steps):
        if what == "forget":
            others = np.array([text for text in range(10) if text not in texts], dtype=np.uint64)
            assert keep_texts(lasting, others) == sum(key in d for d in known.values() for key in set(texts))
            for kept in known.values():
                for text in texts:
                    kept.pop(text, None)
        else:
            new = [text for text in dict.fromkeys(texts) if text not in known[what]]
            rows = np.random.default_rng(number).random((len(new), KEYS[what]), dtype=np.float32)
            add_vectors(lasting, encoder(what, KEYS[what]), np.array(new, dtype=np.uint64), rows)
            found = dict(zip(new, rows.tolist(), strict=True))
            found.pop(0, None)  # 0 stands for what is forgotten
            known[what] |= found
    for key, kept in known.items():
        everything = np.arange(10, dtype=np.uint64)[:: 1 if key == "a@1" else -1]
        assert held(lasting, everything, encoder(key, KEYS[key])) == kept
