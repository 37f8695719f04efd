"""Workspaces of earlier versions open, with everything in them."""

import json
from pathlib import Path

import duckdb
import pytest

from segmentation.action.retention.job import load_outlook
from segmentation.action.retention.words import WAYS
from segmentation.features.words import left_out_reason
from segmentation.insight.sentences.segments import segment_sentence
from segmentation.insight.sentences.verdicts import change_words, suggestion_reason
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.intake.words import fault_words
from segmentation.runs import load_run
from segmentation.runs.shifts import load_shifts
from segmentation.text.words import engine_sentence, reading_reason
from segmentation.workspace import Workspace
from segmentation.workspace import database as module
from segmentation.workspace.schema import SCHEMA_VERSION
from segmentation.workspace.stored_sentences import run_of_facts


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """Write a workspace as the first version did: with cells as they stood in the file."""
    (tmp_path / "a.csv").write_text("customer_id,city\nA1,Rome\nA2,Oslo\nA3,Bonn\n")
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        raw = load_file(workspace, tmp_path / "a.csv").raw_table
        with workspace.cursor() as cursor:
            cursor.execute(f"UPDATE {raw} SET c1 = ' Rome\t' WHERE c0 = 'A1'")
            cursor.execute(f"UPDATE {raw} SET c1 = 'n/a' WHERE c0 = 'A2'")
        workspace.set_meta("schema_version", "1")
        workspace.set_meta("name", "my shop")
    return tmp_path / "w.duckdb"


def test_cells_of_the_first_version_are_tidied(version_1: Path) -> None:
    with Workspace.open(version_1) as workspace:
        (upload,) = list_uploads(workspace)
        with workspace.cursor() as cursor:
            rows = cursor.execute(f"FROM {upload.raw_table} ORDER BY line").fetchall()
        assert rows == [(2, "A1", "Rome"), (3, "A2", None), (4, "A3", "Bonn")]
        assert workspace.meta("name") == "my shop"
        assert workspace.meta("schema_version") == str(SCHEMA_VERSION)
    assert [path.name for path in version_1.parent.glob("w.duckdb*")] == ["w.duckdb"]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(module, "upgrade", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        Workspace.open(version_1)
    monkeypatch.undo()
    with Workspace.open(version_1) as workspace:
        assert workspace.meta("schema_version") == str(SCHEMA_VERSION)
        assert workspace.meta("name") == "my shop"


def test_what_an_upgrade_cut_short_leaves_beside_the_file_goes_at_the_next_opening(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Workspace) -> None:
        self.path.with_suffix(".rewriting").write_bytes(b"half")
        raise RuntimeError("disk full")

    monkeypatch.setattr(Workspace, "rewrite", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        Workspace.open(version_1)
    assert len(list(version_1.parent.glob("w.*"))) > 1
    monkeypatch.undo()
    with Workspace.open(version_1) as workspace:
        assert workspace.meta("name") == "my shop"
    assert [path.name for path in version_1.parent.glob("w.*")] == ["w.duckdb"]
    assert b" Rome\t" not in version_1.read_bytes()


def test_deleting_everything_deletes_what_an_upgrade_left(version_1: Path) -> None:
    with Workspace.open(version_1) as workspace:
        version_1.with_name("w.duckdb.version1").write_bytes(b"Rome")
        workspace.delete_everything()
        assert not list(version_1.parent.glob("w.duckdb.version*"))


def test_vectors_of_the_second_version_are_dropped_and_gone_from_the_disk(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        with workspace.cursor() as cursor:
            cursor.execute("CREATE TABLE embeddings AS SELECT 'zanzibarine' AS encoder_key, [0.5] AS vector")
        workspace.set_meta("schema_version", "2")
    assert b"zanzibarine" in (tmp_path / "w.duckdb").read_bytes()
    with Workspace.open(tmp_path / "w.duckdb") as workspace, workspace.cursor() as cursor:
        assert not cursor.execute("FROM duckdb_tables() WHERE table_name = 'embeddings'").fetchall()
    assert b"zanzibarine" not in (tmp_path / "w.duckdb").read_bytes()


RUN_OF_VERSION_3 = json.loads(Path(__file__).with_name("run_of_version_3.json").read_text())
"""A run as version 3 kept it, of a made-up shop; its outlook is that of the sample shop."""

REJECTS_OF_VERSION_3 = (
    "a quotation mark is opened and would take the 1,204 rows after it for one text",
    "7 cells where the header has 8",
    "stands before the header",
)


@pytest.fixture
def version_3(tmp_path: Path) -> Path:
    """Write a workspace as version 3 did: with the sentences that people read."""
    kept = RUN_OF_VERSION_3
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        with workspace.cursor() as cursor:
            cursor.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?)",
                [kept["run_id"], kept["made_at"], kept["fingerprint"], json.dumps(kept["summary"])],
            )
            for line, reason in enumerate(REJECTS_OF_VERSION_3):
                cursor.execute("INSERT INTO rejects VALUES ('u', ?, ?, '')", [line, reason])
        workspace.set_meta("schema_version", "3")
    return tmp_path / "w.duckdb"


def test_a_run_of_the_third_version_still_says_every_sentence_that_it_kept(version_3: Path) -> None:
    kept = RUN_OF_VERSION_3["summary"]
    with Workspace.open(version_3) as workspace:
        run = load_run(workspace)
    assert run is not None
    assert suggestion_reason(run.suggestion) == kept["reason"]
    for k, cut in run.cuts.items():
        assert [segment_sentence(one) for one in cut.portraits] == [
            segment["sentence"].replace("9.5 orders", "9 to 10 orders")  # half an order is worded so now
            for segment in kept["cuts"][str(k)]["segments"]
        ]
    assert [(one.label, left_out_reason(one)) for one in run.left_out] == [
        (one["label"], one["reason"]) for one in kept["left_out"]
    ]
    assert [(reading_reason(one), engine_sentence(one)) for one in run.readings] == [
        (one["reason"], one["engine"]) for one in kept["readings"]
    ]


def test_what_the_third_version_tried_and_foretold_is_kept_under_codes(version_3: Path) -> None:
    kept = RUN_OF_VERSION_3["summary"]
    with Workspace.open(version_3) as workspace:
        shifts = load_shifts(workspace, RUN_OF_VERSION_3["run_id"], 3)
        outlook = load_outlook(workspace, RUN_OF_VERSION_3["run_id"])
    assert shifts is not None and outlook is not None and outlook.churn is not None
    assert [one.change.replace("_", " ") for one in shifts] == [one["change"] for one in kept["shifts"]["3"]]
    assert "Switching off the cleaning rule “Guest orders”" in [
        change_words(s.change, s.what) for s in shifts
    ]
    aucs = {WAYS[way]: quality.auc for way, quality in outlook.churn.qualities.items()}
    assert aucs == {way: one["auc"] for way, one in kept["outlook"]["churn"]["qualities"].items()}


def test_a_margin_of_an_older_version_is_not_taken_for_a_probability(version_3: Path) -> None:
    with duckdb.connect(str(version_3)) as connection:
        run_id = RUN_OF_VERSION_3["run_id"]
        connection.execute(f"CREATE TABLE run_{run_id} (customer_id VARCHAR, confidence_2 FLOAT)")
        connection.execute(f"INSERT INTO run_{run_id} VALUES ('a', 0.08)")
    with Workspace.open(version_3) as workspace:
        run = load_run(workspace)
        with workspace.cursor() as cursor:
            kept = cursor.execute(f"SELECT * FROM run_{run_id}").fetchall()
    assert kept == [("a", None)]
    assert run is not None
    assert run.shown[2][0].typical.tolist() == [298, 112, 22, 286, 46]
    assert [len(one.edge) for one in run.shown[2]] == [0, 0]


def test_no_sentence_of_the_third_version_stays_in_the_file(version_3: Path) -> None:
    with Workspace.open(version_3) as workspace, workspace.cursor() as cursor:
        ((summary,),) = cursor.execute("SELECT summary FROM runs").fetchall()
        rejected = cursor.execute("SELECT reason FROM rejects ORDER BY line").fetchall()
    run = json.loads(summary)
    assert "reason" not in run and not any("sentence" in one for one in run["cuts"]["3"]["segments"])
    reasons = [reason for (reason,) in rejected]
    assert reasons == ["swallows:1204", "cells:7:8", "before_header"]
    assert [fault_words(reason) for reason in reasons] == list(REJECTS_OF_VERSION_3)


@pytest.mark.parametrize(
    ("sentence", "lack", "days"),
    [
        ("The dates cover only 1 day, too little to tell recent from long ago.", "a_week", 1.0),
        ("The dates cover only 2 days, too little to tell recent from long ago.", "a_week", 2.0),
        ("Something that an even older version said.", "unknown", None),
    ],
)
def test_the_days_that_were_too_few_stay_and_what_is_not_known_says_so(
    sentence: str, lack: str, days: float | None
) -> None:
    summary = {"cuts": {}, "readings": [], "left_out": [{"label": "Orders", "reason": sentence}]}
    assert run_of_facts(summary)["left_out"] == [{"label": "Orders", "lack": lack, "days": days}]
