"""Delimiters, headers and ragged rows."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.dialect import Dialect, clean_names, sniff
from segmentation.intake.files.text_records import Reject, Row, read_records
from segmentation.intake.words import fault_words


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("text", "delimiter", "names"),
    [
        ("a,b\n1,2\n3,4\n", ",", ("a", "b")),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";", ("a", "b")),
        ("a\tb\n1\t2\n", "\t", ("a", "b")),
        ("a|b|c\n1|2|3\n", "|", ("a", "b", "c")),
        (" id  day amount\n 01 19970101  1.5\n 02 19970102 11.77\n", "whitespace", ("id", "day", "amount")),
        ("review\nI like it, a lot\nno, not really, sorry\n", "", ("review",)),
        ("full name\nAda Lovelace\nAlan Turing\n", "", ("full name",)),
        ("text;note\nyes, well;a\nno, not, really;b\n", ";", ("text", "note")),
        ("Sales report 2020\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n1,2,3\n", ",", ("a", "b", "c")),
        ("Sales report,,\n,,\na,b,c\n1,2,3\n4,5,6\n", ",", ("a", "b", "c")),
        ("1,2.5\n2,3.5\n", ",", ("column 1", "column 2")),
        ("customer,2019,2020\na,1,2\nb,3,4\n", ",", ("customer", "2019", "2020")),
    ],
)
def test_sniff(text: str, delimiter: str, names: tuple[str, ...]) -> None:
    dialect = sniff(lines(text))
    assert (dialect.delimiter, dialect.names) == (delimiter, names)


def test_rows_that_do_not_line_up_are_refused_not_made_one_column() -> None:
    text = "id,name,comment\n1,a,b,c,d\n2\n3,x,y,z\n4,a,b,c,d,e\n5,a\n6,b,b,b,b,b,b\n"
    with pytest.raises(UnreadableFileError, match="3 columns, but the rows have 1 to 7"):
        sniff(lines(text))


def test_blank_lines_only_is_empty() -> None:
    with pytest.raises(EmptyFileError):
        sniff(["\n", "  \n"])


def test_headers_are_trimmed_named_and_made_unique() -> None:
    assert clean_names(["﻿id ", "", "a", "a", " a  b "]) == ("id", "column 2", "a", "a (2)", "a b")


def test_ragged_rows_are_rejected_with_line_and_reason() -> None:
    text = 'a,b\n1,"x\ny"\n2\n3,4,5\n\n6,7,\n'
    records = list(read_records(lines(text), Dialect(",", 0, ("a", "b"))))
    assert records == [
        Row(2, ["1", "x\ny"]),
        Reject(4, "cells:1:2", "2"),
        Reject(5, "cells:3:2", "3,4,5"),
        Row(7, ["6", "7"]),
    ]
    assert fault_words("cells:3:2") == "3 cells where the header has 2"


def test_a_stray_quotation_mark_costs_one_line() -> None:
    text = 'a,b\n1,"x\n2,y\n3,z\n'
    records = list(read_records(lines(text), Dialect(",", 0, ("a", "b"))))
    assert [record.line for record in records if isinstance(record, Row)] in ([3, 4], [2])
    assert sum(isinstance(record, Reject) for record in records) <= 1


@given(st.lists(st.tuples(*[st.text(alphabet='ab,;"\n é', max_size=6)] * 3), min_size=3, max_size=20))
def test_what_was_written_is_read_back(table: list[tuple[str, str, str]]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(["x", "y", "z"])
    writer.writerows(table)
    text = io.StringIO(file.getvalue(), newline="")
    records = list(read_records(text, Dialect(",", 0, ("x", "y", "z"))))
    assert [tuple(record.cells) for record in records if isinstance(record, Row)] == table


@pytest.mark.parametrize("closing", ["", 'said" he'])
def test_a_quotation_mark_that_would_swallow_rows_costs_its_own_line_only(closing: str) -> None:
    rows = [f"{i},fine,{i}\n" for i in range(30)]
    rows[9] = '9,"open,9\n'
    rows[19] = f"19,fine {closing},19\n"
    records = list(read_records(["id,note,n\n", *rows], Dialect(",", 0, ("id", "note", "n"))))
    rejected = [record for record in records if isinstance(record, Reject)]
    assert [record.line for record in records if isinstance(record, Row)] == [
        n for n in range(2, 32) if n != 11
    ]
    assert [(record.line, record.content) for record in rejected] == [(11, '9,"open,9')]
    assert "would take" in fault_words(rejected[0].reason)


def test_a_quotation_mark_swallows_neither_the_last_rows_nor_rows_of_two_cells() -> None:
    texts = ["id,note\n", *(f"c{i},fine\n" for i in range(9)), 'c9,"open\n', "c10,fine\n", "c11,fine\n"]
    records = list(read_records(texts, Dialect(",", 0, ("id", "note"))))
    assert [record.line for record in records if isinstance(record, Reject)] == [11]
    assert sum(isinstance(record, Row) for record in records) == 11


def test_a_text_whose_lines_have_a_comma_each_is_one_cell() -> None:
    text = "Dear all,\nthank you, again\nfor the cup, it is nice\nyours, Ada"
    records = list(read_records(lines(f'id,note\nc1,"{text}"\n'), Dialect(",", 0, ("id", "note"))))
    assert records == [Row(2, ["c1", text])]


def test_a_text_of_many_lines_is_one_cell() -> None:
    poem = "\n".join(f"line {i}, with a comma" for i in range(50))
    records = list(read_records(lines(f'id,note,n\n1,"{poem}",2\n'), Dialect(",", 0, ("id", "note", "n"))))
    assert records == [Row(2, ["1", poem, "2"])]


def test_a_cell_of_five_megabytes_is_a_cell() -> None:
    records = list(read_records(["id,note\n", f'1,"{"x" * (5 << 20)}"\n'], Dialect(",", 0, ("id", "note"))))
    assert [len(record.cells[1]) for record in records if isinstance(record, Row)] == [5 << 20]
