"""The download page: which files it offers, under which names, and what is in them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell import latest
from pages.shell.routes import EXPLORE, FILES
from segmentation.action.files.run_files import RunFiles
from segmentation.runs import Run

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA = "=HYPERLINK(1)"


@dataclass
class Offered:
    """A download button as the page made it; AppTest shows neither its file name nor its bytes."""

    file_name: str
    mime: str
    data: Callable[[], bytes]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Offered]:
    """Collect the download buttons of the latest run of a page by their keys."""
    buttons: dict[str, Offered] = {}
    original = st.download_button

    def note(label: str, **options: object) -> bool:
        buttons[str(options["key"])] = Offered(*(options[name] for name in ("file_name", "mime", "data")))  # type: ignore[arg-type]
        return original(label, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", note)
    return buttons


@pytest.fixture
def export(segmented: AppTest, offered: dict[str, Offered]) -> AppTest:
    """Give the page of a small sample shop."""
    return segmented.switch_page(FILES).run()


def the_run() -> Run:
    """Give the run on screen."""
    run = latest.latest_run()
    assert run is not None
    return run


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a file as a spreadsheet does."""
    assert content.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_empty_it_says_what_to_do_and_links_there(app: AppTest) -> None:
    app.switch_page(FILES).run()
    assert not app.exception
    assert "press Find segments" in app.info[0].value
    assert [link.proto.label for link in app.get("page_link")] == ["Go to your data"]
    assert not app.get("download_button")


def test_every_segment_and_everything_together_can_be_taken(
    export: AppTest, offered: dict[str, Offered]
) -> None:
    export.selectbox("_export_k").set_value(4).run()
    assert not export.exception
    files = RunFiles(latest.view(the_run(), 4))
    assert offered["_download_zip"].file_name == "segments-4.zip"
    assert offered["_download_zip"].data() == files.everything()
    assert offered["_download_assignments"].file_name == "customers-in-4-segments.csv"
    assert offered["_download_assignments"].data() == files.assignments()
    assert offered["_download_centroids"].file_name == "segment-table-4.csv"
    assert offered["_download_centroids"].data() == files.centroids()
    for segment in the_run().cuts[4].segments:
        export.selectbox("_files_whom").set_value(segment.label).run()
        button = offered[f"_download_segment_{segment.label}"]
        assert button.file_name.startswith(f"{segment.label + 1}-")
        assert (button.file_name[-4:], button.mime) == (".csv", "text/csv")
        assert button.data() == files.segment(segment.label)


def test_it_opens_at_the_number_chosen_on_the_map(export: AppTest) -> None:
    assert export.selectbox("_export_k").value == the_run().suggestion.k
    export.switch_page(EXPLORE).run().select_slider("explore_k").set_value(7).run()
    export.switch_page(FILES).run()
    assert export.selectbox("_export_k").value == 7


def test_a_file_holds_a_row_per_customer_of_its_segment(export: AppTest, offered: dict[str, Offered]) -> None:
    cut = the_run().cuts[the_run().suggestion.k]
    seen: list[str] = []
    for segment in cut.segments:
        export.selectbox("_files_whom").set_value(segment.label).run()
        rows = rows_of(offered[f"_download_segment_{segment.label}"].data())
        assert len(rows) == segment.size
        assert {row["segment"] for row in rows} == {str(segment.label + 1)}
        seen += [row["customer_id"] for row in rows]
    everyone = rows_of(offered["_download_assignments"].data())
    assert len(everyone) == the_run().customers
    assert sorted(seen) == sorted(row["customer_id"] for row in everyone)


def test_the_zip_holds_every_file(export: AppTest, offered: dict[str, Offered]) -> None:
    run = the_run()
    with zipfile.ZipFile(io.BytesIO(offered["_download_zip"].data())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names[:2] == ["assignments.csv", "centroids.csv"]
        assert len(names) == 2 + run.suggestion.k
        assert all(archive.read(name).startswith(BYTE_ORDER_MARK) for name in names)


def test_names_of_ones_own_are_in_the_files_and_never_run_there(
    export: AppTest, offered: dict[str, Offered]
) -> None:
    latest.rename(0, FORMULA)
    latest.rename(1, "Späte Käufer 露营")
    for segment, name in enumerate(["1-hyperlink-1.csv", "2-späte-käufer-露营.csv"]):
        export.run().selectbox("_files_whom").set_value(segment).run()
        assert offered[f"_download_segment_{segment}"].file_name == name
    written = {row["segment_name"] for row in rows_of(offered["_download_assignments"].data())}
    assert written == {f"'{FORMULA}", "Späte Käufer 露营", *the_run().names_at(the_run().suggestion.k)[2:]}
    assert FORMULA in export.selectbox("_files_whom").options[1]
