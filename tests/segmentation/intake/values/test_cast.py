"""Cells as the raw tables hold them: trimmed, and NULL where nothing was given."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake.values.cast import BLANKS, MISSING, SPACE, tidy


def tidied(cell: str | None, blanks: str = BLANKS) -> str | None:
    query = f"SELECT {tidy('c', blanks)} FROM (SELECT ?::VARCHAR AS c)"
    return duckdb.execute(query, [cell]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Ada", "Ada"),
        ("  Ada Lovelace ", "Ada Lovelace"),
        ("\ufeffAda\t", "Ada"),
        ("\u3000山田\xa0", "山田"),
        ("", None),
        (" \n", None),
        ("NULL", None),
        (" n/a ", None),
        ("\\N", None),
        ("-", None),
        ("-1", "-1"),
        ("nano", "nano"),
        ("it's", "it's"),
        (None, None),
    ],
)
def test_a_cell_is_trimmed_and_missing_is_null(cell: str | None, expected: str | None) -> None:
    assert tidied(cell) == expected


@given(st.text(alphabet=st.sampled_from(BLANKS + "aN-/ulé山()<>#\\"), max_size=9))
def test_any_cell_is_tidied_as_it_would_be_by_hand(cell: str) -> None:
    bare = cell.strip(BLANKS)
    assert tidied(cell) == (None if bare.lower() in MISSING else bare)


@given(st.text(alphabet="aN- /", max_size=9))
def test_where_there_are_only_spaces_the_short_test_is_enough(cell: str) -> None:
    assert tidied(cell, SPACE) == tidied(cell)


@given(st.text(alphabet="aN-/", max_size=9))
def test_where_no_blank_stands_at_an_end_nothing_is_trimmed(cell: str) -> None:
    assert tidied(cell, "") == tidied(cell)
