"""Cells as the raw tables hold them: trimmed, and NULL where nothing was given."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake.files import pieces
from segmentation.intake.values.cast import BLANKS, MISSING


def tidied(cell: str | None) -> str | None:
    return pieces.tidied(pa.array([cell], pa.string()))[0].as_py()


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
