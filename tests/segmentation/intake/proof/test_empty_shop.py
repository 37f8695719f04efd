"""A shop without any order rings where the files have days and numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.alarm import Code
from segmentation.intake.proof.alarms import alarms
from segmentation.intake.proof.words import alarm_sentence
from segmentation.intake.roles import Kind
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads, set_kind
from segmentation.workspace import Workspace

HEADS = "order_id,customer_id,order_date\n" + "".join(
    f"A{100 + n},{n % 9 + 1},2024-0{n % 9 + 1}-03\n" for n in range(40)
)
LINES = "order_id,sku,pieces,price\n" + "".join(
    f"A{100 + n // 2},S{n % 7},{n % 3 + 1},{n % 5 + 1}.50\n" for n in range(80)
)
PEOPLE = "customer_id,joined,age\n" + "".join(f"{n + 1},2023-0{n % 9 + 1}-11,{30 + n}\n" for n in range(9))
BY_HAND = ["--kind", "heads.csv=other", "--kind", "lines.csv=customers"]
NOBODY = ["--role", "lines.csv:order_id=ignore", "--role", "heads.csv:order_id=ignore"]
NOBODY += ["--role", "heads.csv:customer_id=categorical"]


def test_files_of_which_no_order_came_ring_with_their_columns(
    workspace: Workspace, build: Callable[..., Shop]
) -> None:
    build(people=PEOPLE, lines=LINES)
    lines = next(upload for upload in list_uploads(workspace) if upload.file_name == "lines.csv")
    set_kind(workspace, lines.upload_id, Kind.OTHER)
    [alarm] = alarms(workspace, build_shop(workspace))
    assert (alarm.code, alarm.file_name, alarm.column) == (Code.EMPTY_SHOP, "people.csv", "joined")
    assert (alarm.other_file, alarm.other_column) == ("lines.csv", "price")
    assert "“joined” in people.csv" in alarm_sentence(alarm)
    assert "“price” in lines.csv" in alarm_sentence(alarm)


def test_a_list_of_customers_alone_is_no_empty_shop(workspace: Workspace, build: Callable[..., Shop]) -> None:
    assert alarms(workspace, build(people=PEOPLE)) == ()


def test_run_refuses_an_empty_shop_and_inspect_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "heads.csv", tmp_path / "lines.csv"]
    for path, text in zip(files, (HEADS, LINES), strict=True):
        path.write_text(text, encoding="utf-8")
    given = [*map(str, files), *BY_HAND, *NOBODY]
    assert main(["run", *given, "--out", str(tmp_path / "out"), "--model", "none"]) == 2
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert "No orders found: " in line
    assert "--kind heads.csv=orders" in line
    assert main(["inspect", *given]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert [one["alarm"] for one in first["alarms"]] == ["empty_shop"]
    assert second["alarms"] == []
