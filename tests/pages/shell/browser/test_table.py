"""Small tables as plain HTML."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.helpers import folding_tables


def _page() -> None:
    from pages.shell.browser.table import Column, Named, Row, Share, folding_table

    columns = [
        Column("Segment"),
        Column("Kept", numeric=True),
        Column("First", labelled=True),
        Column("Goal"),
    ]
    rows = [
        Row("R&D <b>", (Share(0.5, "50.0%"), "Tea", ("Keep", "only just")), segment=8, chosen=True),
        Row("All", ("–", "", Named(0, "Best"))),
    ]
    folding_table(columns, rows, 'What "they" do')


def drawn() -> AppTest:
    return AppTest.from_function(_page).run()


def test_rows_are_read_as_they_were_given() -> None:
    [table] = folding_tables(drawn())
    assert table.columns.tolist() == ["Segment", "Kept", "First", "Goal"]
    assert table.to_numpy().tolist() == [["9 R&D <b>", "50.0%", "Tea", "Keep"], ["All", "–", "", "1 Best"]]


def test_numbers_and_what_is_labelled_bear_their_title_where_the_table_is_folded() -> None:
    [body] = [element.proto.body for element in drawn().get("html")]
    assert 'class="number" data-label="Kept">50.0% <b class="track"><i style="width:50.0%"></i></b>' in body
    assert '<td data-label="First">Tea</td>' in body
    assert "<td>Keep<small>only just</small></td>" in body


def test_it_is_named_and_the_chosen_row_marked_for_who_does_not_see_it() -> None:
    [body] = [element.proto.body for element in drawn().get("html")]
    assert 'aria-label="What &quot;they&quot; do"' in body
    assert body.count('aria-current="true"') == 1


def _texts() -> None:
    import pandas as pd

    from pages.shell.browser.table import text_table

    frame = {"Segments": [2, 3], "Better": ["guided", "–"], "Explains": ["31.0% (20.0 to 42.0)", "–"]}
    text_table(pd.DataFrame(frame), "What they explain")


def test_numbers_stand_at_the_right_with_their_heads() -> None:
    [body] = [element.proto.body for element in AppTest.from_function(_texts).run().get("html")]
    assert '<th scope="col">Better</th><th scope="col" class="number">Explains</th>' in body
    assert '<th scope="row">2</th><td>guided</td><td class="number"' in body
