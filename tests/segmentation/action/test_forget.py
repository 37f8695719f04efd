"""A forgotten customer is gone: from files, shop, segments, vectors, and the bytes; nobody else is."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from segmentation.action import forget
from segmentation.action.files.export_log import exports_with, log_export
from segmentation.action.forget import forget_customer
from segmentation.action.let_return import how_many_stay_away, let_return
from segmentation.cli import main
from segmentation.errors import OptionError
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.corrections import list_uploads, set_role
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_customers, load_run
from segmentation.runs.kept.views import keep_view
from segmentation.workspace import Workspace
from tests.sample_files import load_sample


@pytest.fixture(scope="module")
def segmented_file(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    folder = tmp_path_factory.mktemp("forget")
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_sample(workspace, folder, customers=150, seed=5)
        find_segments(
            workspace,
            RunOptions(k_range=(2, 3), resamples=2, resamples_of_suggested=2, seed=3),
            load=load_fake,
        )
    return folder / "home" / "workspace.duckdb"


@pytest.fixture
def place(segmented_file: Path, tmp_path: Path) -> Path:
    shutil.copytree(segmented_file.parent, tmp_path / "home")
    return tmp_path / "home" / "workspace.duckdb"


def a_reviewer(workspace: Workspace) -> tuple[str, str, str]:
    with workspace.cursor() as cursor:
        row: tuple[str, str, str] = cursor.execute(
            "SELECT customer_id, emails[1], text FROM shop.reviews JOIN shop.contacts USING (customer_id)"
            " WHERE emails IS NOT NULL AND text IS NOT NULL AND (SELECT count(*) FROM shop.reviews AS r"
            " WHERE r.text = reviews.text) = 1 ORDER BY customer_id LIMIT 1"
        ).fetchall()[0]
    return row


def test_nothing_of_the_customer_is_left_and_everything_of_the_others_is(place: Path) -> None:
    with Workspace.open(place) as workspace:
        build_shop(workspace)
        customer, address, text = a_reviewer(workspace)
        before, rows = load_run(workspace), {one.file_name: one.rows for one in list_uploads(workspace)}
        assert before is not None
        ids = list(load_customers(workspace, before)["customer_id"])
        log_export(workspace, "meta", "1", ["audience-1.csv"], 1, np.array([customer], dtype=object))
        keep_view(workspace, "receipts", "1", [customer, text])
        log_export(workspace, "meta", "2", ["audience-2.csv"], 1, np.array(["x"], dtype=object))
        found = forget_customer(workspace, address.upper())
        assert found.customer_ids == (customer,)
        assert [one.file_names for one in found.exports] == [("audience-1.csv",)]
        assert (found.still_in, found.in_bytes) == ((), 0)
        assert found.searched_for == 3  # id, e-mail and phone
        assert {"customers.csv", "orders.csv", "reviews.csv", "vectors of texts", "segments"} <= set(
            found.deleted
        )
        assert found.deleted["customers.csv"] == 1
        for one in list_uploads(workspace):
            assert one.rows == rows[one.file_name] - found.deleted.get(one.file_name, 0)
        assert text.encode() not in place.read_bytes()
        assert not workspace.beside.views.exists()
        assert not exports_with(workspace, [customer])
        after = load_run(workspace)
        assert after is not None
        assert list(load_customers(workspace, after)["customer_id"]) == [
            one for one in ids if one != customer
        ]
        assert after.customers == before.customers - 1
        for k, cut in after.cuts.items():
            assert sum(segment.size for segment in cut.segments) == after.customers
            for was, now in zip(before.shown[k], after.shown[k], strict=True):
                left = [ids[at] for at in was.typical if ids[at] != customer]
                assert [[one for one in ids if one != customer][at] for at in now.typical] == left
        shop = build_shop(workspace)
        assert shop.customers == before.customers - 1
        assert shop.fingerprint == after.fingerprint, "the segments of the others still hold"
        with pytest.raises(OptionError, match="no customer has the id, e-mail or phone"):
            forget_customer(workspace, address)


def test_a_vector_that_is_left_is_found(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forget, "keep_texts", lambda *_: 0)
    with Workspace.open(place) as workspace:
        build_shop(workspace)
        found = forget_customer(workspace, a_reviewer(workspace)[0])
    assert found.still_in == ("vectors of texts",)
    assert not found.is_gone


def test_the_vector_of_a_text_that_is_no_longer_read_goes_too(place: Path) -> None:
    with Workspace.open(place) as workspace:
        build_shop(workspace)
        customer, _, text = a_reviewer(workspace)
        reviews = next(one for one in list_uploads(workspace) if one.file_name == "reviews.csv")
        column = next(one.name for one in reviews.columns if one.role is Role.REVIEW_TEXT)
        assert text_hash(text) in stored_hashes(workspace)
        set_role(workspace, reviews.upload_id, column, Role.IGNORE)
        found = forget_customer(workspace, customer)
        assert found.is_gone
        assert text_hash(text) not in stored_hashes(workspace)


def text_hash(text: str) -> int:
    return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest()[8:], "little")


def stored_hashes(workspace: Workspace) -> set[int]:
    files = workspace.vectors.glob("*.hashes")
    return {int(one) for path in files for one in np.fromfile(path, "<u8")}


def test_the_command_says_what_was_deleted(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.open(place) as workspace:
        build_shop(workspace)
        customer, _, _ = a_reviewer(workspace)
    assert main(["forget", customer, "--workspace", str(place)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["gone"] is True
    assert printed["deleted"]["customers.csv"] == 1
    assert main(["forget", customer, "--workspace", str(place)]) == 2
    assert customer in capsys.readouterr().err


def test_every_row_with_the_address_goes_also_from_a_file_that_leads_to_nobody(
    workspace: Workspace, tmp_path: Path
) -> None:
    orders = "".join(f"o{n},c{n % 3},2024-0{n + 1}-11,{n}5.50\n" for n in range(6))
    files = {
        "customers": "customer_id,email,objects_to_profiling\nc0,ann@shop.example,yes\n"
        "c1,bob@shop.example,no\nc2,cem@shop.example,no\n",
        "orders": "order_id,customer_id,order_date,amount\n" + orders,
        "colours": "colour,note\nred,ANN@shop.example\nblue,nobody\n",
    }
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content)
        load_file(workspace, tmp_path / f"{name}.csv")
    found = forget_customer(workspace, "c0")
    assert found.is_gone
    assert {name: found.deleted[name] for name in ("customers.csv", "orders.csv", "colours.csv")} == {
        "customers.csv": 1,
        "orders.csv": 2,
        "colours.csv": 1,
    }
    assert build_shop(workspace).customers == 2


ORDERS = "order_id,customer_id,email,order_date,amount\n"
ANN, BOB = "1,ann,ann@shop.example,2024-01-02,5.00\n", "2,bob,bob@shop.example,2024-01-03,7.00\n"


def brought(workspace: Workspace, folder: Path, name: str, *rows: str) -> tuple[int, dict[Rule, int]]:
    """Load a file of orders; return how many customers there are, and what the ledger tells of its rows."""
    path = folder / name
    path.write_text(ORDERS + "".join(rows))
    upload = load_file(workspace, path)
    shop = build_shop(workspace)
    return shop.customers, {e.rule: e.rows for e in shop.ledger if e.upload_id == upload.upload_id}


def test_who_was_forgotten_stays_away_until_an_owner_lets_them_return(
    workspace: Workspace, tmp_path: Path
) -> None:
    assert brought(workspace, tmp_path, "a.csv", ANN, BOB) == (2, {})
    before = build_shop(workspace).fingerprint
    forget_customer(workspace, "ann")
    assert build_shop(workspace).fingerprint == before
    assert build_shop(workspace).notes == ()
    for name, row in {
        "by-id.csv": "3,ANN,,2024-02-02,5.00\n",
        "by-mail.csv": "4,a2, Ann@Shop.example,2024-03-02,5.00\n",
    }.items():
        customers, ledger = brought(workspace, tmp_path, name, row, BOB.replace("2,", name + ",", 1))
        assert (customers, ledger) == (1, {Rule.FORGOTTEN: 1})
    assert "customers were forgotten at their wish and stay away." in build_shop(workspace).notes[0]
    assert build_shop(workspace, Cleaning(off=frozenset({Rule.FORGOTTEN}))).customers == 3
    kept = workspace.meta("forgotten")
    assert kept and "ann" not in kept.lower() and how_many_stay_away(workspace) == 1

    with pytest.raises(OptionError, match="nobody was forgotten"):
        let_return(workspace, "bob")
    let_return(workspace, "ann@shop.example")
    assert how_many_stay_away(workspace) == 0
    assert build_shop(workspace).customers == 1
    assert b"Ann@Shop.example" not in workspace.path.read_bytes()
    assert brought(workspace, tmp_path, "again.csv", ANN.replace("1,", "9,", 1))[0] == 2


def test_nobody_without_an_id_is_taken_for_somebody_who_was_forgotten(
    workspace: Workspace, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("email,age\n" + "".join(f"p{i}@shop.example,{20 + i}\n" for i in range(9)))
    load_file(workspace, people)
    before = build_shop(workspace).customers
    forget_customer(workspace, "p3@shop.example")
    assert build_shop(workspace).customers == before - 1
    people.write_text("email,age\n" + "".join(f"p{i}@shop.example,{30 + i}\n" for i in range(9)))
    load_file(workspace, people, "newer.csv")
    assert build_shop(workspace).customers == before - 1


def test_the_command_lets_somebody_return(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.open(place) as workspace:
        build_shop(workspace)
        customer, address, _ = a_reviewer(workspace)
        forget_customer(workspace, customer)
    assert main(["forget", address, "--workspace", str(place), "--let-return"]) == 0
    assert json.loads(capsys.readouterr().out) == {"may_return": address, "stay_away": 0}
    assert main(["forget", address, "--workspace", str(place), "--let-return"]) == 2
