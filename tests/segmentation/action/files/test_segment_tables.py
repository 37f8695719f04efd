import csv
import io
import zipfile
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.action.files.segment_tables import (
    assignments_csv,
    centroids_csv,
    segment_csv,
    segment_file_name,
    zip_of_everything,
)
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.centroids import centroid_table

NAMES = ["Frequent big spenders", "=cmd|' /C calc'!A0"]
STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def table() -> FeatureTable:
    features = (
        Feature("monetary", "Net spend", "", Group.BEHAVIOUR, Unit.MONEY, skewed=True),
        Feature("profile.a", "=HYPERLINK(1)", "", Group.PROFILE, Unit.NUMBER),
        Feature("profile.b", "customer_id", "", Group.PROFILE, Unit.NUMBER),
    )
    values = pd.DataFrame(
        {"monetary": [10.5, -20.0, 30.0], "profile.a": [1.0, float("nan"), 2.0], "profile.b": [7.0, 8.0, 9.0]}
    )
    return FeatureTable(np.array(["顾客一", "007", "=2+5"], dtype=object), values, features, (), None, "GBP")


LABELS = np.array([0, 0, 1], dtype=np.uint8)
CONFIDENCE = np.array([0.25, 0.75, 1.0], dtype=np.float32)


@dataclass
class Seen:
    """As much of a View as files ask for."""

    table: FeatureTable
    labels: np.ndarray
    names: list[str]
    confidence: np.ndarray
    standing: pd.DataFrame | None = None

    @property
    def customer_ids(self) -> np.ndarray:
        """Who they are."""
        return self.table.customer_ids

    @property
    def cut(self) -> SimpleNamespace:
        """The segments."""
        return SimpleNamespace(centroids=centroid_table(self.table, self.labels, len(self.names)))


@pytest.fixture
def view(table: FeatureTable) -> Seen:
    return Seen(table, LABELS, NAMES, CONFIDENCE)


def test_assignments(view: Seen) -> None:
    assert read(assignments_csv(view)) == [
        ["customer_id", "segment", "segment_name", "confidence"],
        ["顾客一", "1", "Frequent big spenders", "0.25"],
        ["007", "1", "Frequent big spenders", "0.75"],
        ["'=2+5", "2", "'=cmd|' /C calc'!A0", "1"],
    ]


def test_customers_of_a_segment_surest_first_with_readable_headers(view: Seen) -> None:
    assert read(segment_csv(view, 0)) == [
        [
            "customer_id",
            "segment",
            "segment_name",
            "confidence",
            "Net spend (GBP)",
            "'=HYPERLINK(1)",
            "customer_id (2)",
        ],
        ["007", "1", "Frequent big spenders", "0.75", "-20", "", "8"],
        ["顾客一", "1", "Frequent big spenders", "0.25", "10.5", "1", "7"],
    ]


def test_centroids_have_a_row_per_segment(view: Seen) -> None:
    rows = read(centroids_csv(view))
    assert rows[0][:6] == ["segment", "segment_name", "customers", "share", "revenue_share", "monetary"]
    assert [row[2] for row in rows[1:]] == ["2", "1"]
    assert [row[5] for row in rows[1:]] == ["-4.75", "30"]


def test_the_zip_holds_everything_and_repeats_byte_for_byte(view: Seen) -> None:
    content = zip_of_everything(view)
    assert content == zip_of_everything(view)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [
            "assignments.csv",
            "centroids.csv",
            "segments/1-frequent-big-spenders.csv",
            "segments/2-cmd-c-calc-a0.csv",
        ]
        assert archive.read("segments/2-cmd-c-calc-a0.csv") == segment_csv(view, 1)


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Frequent big spenders", "1-frequent-big-spenders.csv"),
        ("Trail running · Läufer", "1-trail-running-läufer.csv"),
        ("../../etc/passwd", "1-etc-passwd.csv"),
        ("C:\\x", "1-c-x.csv"),
        ("露营", "1-露营.csv"),
        ("…", "1-segment.csv"),
        ("x" * 300, f"1-{'x' * 60}.csv"),
    ],
)
def test_file_names_are_no_paths(name: str, file_name: str) -> None:
    assert segment_file_name(0, name) == file_name


_cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_risky = st.builds(lambda start, rest: start + rest, st.sampled_from(STARTS_A_FORMULA), _cell)
_number = st.integers(-999, -1).map(str)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_cell, _risky, _number), min_size=1, max_size=6))
def test_what_is_written_reads_back_and_never_runs(ids: list[str]) -> None:
    count = len(ids)
    table = FeatureTable(np.array(ids, dtype=object), pd.DataFrame(index=range(count)), (), (), None, None)
    content = assignments_csv(Seen(table, np.zeros(count, np.uint8), ["A"], np.ones(count, np.float32)))
    back = [row[0] for row in read(content)[1:]]
    assert len(back) == count
    for original, written in zip(ids, back, strict=True):
        assert written in (original, "'" + original)
        if written.startswith(STARTS_A_FORMULA):
            float(written)
        if original.startswith("-") and original[1:].isascii() and original[1:].isdigit():
            assert written == original
