"""What is asked first of what a file leaves open, and what no more once all files are there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.linking.weigh_answers import weigh_answers
from segmentation.intake.meaning.doubts import OpenQuestion, ReadAs
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.meaning.orders.order_state_columns import as_said
from segmentation.intake.roles import Role, Upload
from segmentation.intake.shop import TABLES
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.corrections import get_upload
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.understood import keep_understood
from segmentation.intake.values.cast import HUNDREDTHS
from segmentation.intake.values.order_states import State
from segmentation.workspace import Workspace

STATES = ["red", "red", "red", "blue", "green", "green", "grey", *["white"] * 33]


def lost(state: str) -> OpenQuestion:
    said = as_said({state: State.UNPAID})
    answers = (ReadAs("plain"), ReadAs(said, roles={4: Role.ORDER_STATUS}, formats={4: said}))
    return OpenQuestion(Question.SOLD, state, answers)


@pytest.fixture
def asked(workspace: Workspace, tmp_path: Path) -> Upload:
    rows = [f"{9001 + n},2024-03-{1 + n % 28:02},K{n % 9},10.00,{state}" for n, state in enumerate(STATES)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["order_id,order_date,customer_id,total,state", *rows]) + "\n")
    upload = load_file(workspace, path)
    hundredths = OpenQuestion(
        Question.HUNDREDTHS, "total", (ReadAs("as_written"), ReadAs("hundredths", formats={3: HUNDREDTHS}))
    )
    with workspace.transaction() as cursor:
        keep_understood(cursor, upload, [*map(lost, ("blue", "grey", "green", "red")), hundredths])
    return get_upload(workspace, upload.upload_id)


def codes(upload: Upload) -> list[str]:
    return [doubt.code for doubt in upload.doubts]


def test_what_most_hangs_on_is_asked_first_and_the_rest_after_an_answer(
    workspace: Workspace, asked: Upload
) -> None:
    assert codes(asked) == ["hundredths:total", "sold:red", "sold:green"]
    answered = answer_doubt(workspace, asked.upload_id, "hundredths:total", 0)
    assert codes(answered) == ["sold:red", "sold:green", "sold:blue"]


def test_a_question_whose_answers_make_one_shop_gives_way_to_the_next(
    workspace: Workspace, asked: Upload
) -> None:
    with workspace.transaction() as cursor:

        def fill(uploads: object) -> None:
            """Sell for 100 under each answer, but less where grey rows are lost."""
            [upload] = uploads  # type: ignore[misc]
            fewer = 50 if "grey" in upload.columns[4].value_format else 100
            _sell(cursor, fewer)

        assert [doubt.code for doubt in weigh_answers(cursor, [asked], fill)] == ["sold:grey"]


def test_of_many_rows_it_is_said_whose_figures_answers_have(
    workspace: Workspace, asked: Upload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.csv").write_text("customer_id,city\n" + "".join(f"K{n},Bern\n" for n in range(9)))
    load_file(workspace, tmp_path / "people.csv")
    monkeypatch.setattr("segmentation.intake.linking.weigh_answers.MOST_ROWS", 10)
    monkeypatch.setattr("segmentation.intake.linking.weigh_answers.MOST_FILLED", 2 * (len(STATES) + 9))
    first, *others = build_shop(workspace).doubts
    assert not first.question.endswith("this file alone.)")
    assert others and all(one.question.endswith("this file alone.)") for one in others)


def test_the_likelier_answer_counts_as_given_at_once(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"{901 + n},2024-03-{1 + n % 28:02},K{n % 9},{1 + n % 3},{10 + n}.5,{n % 4}" for n in range(60)]
    path.write_text("\n".join(["order_id,order_date,customer_id,quantity,unit_price,rabat", *rows]) + "\n")
    load_file(workspace, path)
    (asked,) = build_shop(workspace).doubts
    answer_doubt(workspace, asked.upload_id, asked.code, asked.taken)
    (given,) = build_shop(workspace).doubts
    assert (asked.answered, given.answered) == (False, True)


def _sell(cursor: duckdb.DuckDBPyConnection, amount: int) -> None:
    cursor.execute(TABLES)
    cursor.execute(
        "INSERT INTO shop.lines (customer_id, order_id, ordered_at, amount, is_return)"
        " VALUES ('K1', '9001', '2024-03-01', ?, false)",
        [amount],
    )
