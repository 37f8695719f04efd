"""Files in a storage that speaks S3, on this machine: the same customers as from local files."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
from moto.server import ThreadedMotoServer

from segmentation.cli import main

SECRET = "Geheim/Schluessel+42"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "tester",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="shop")
    yield client
    for item in client.list_objects_v2(Bucket="shop").get("Contents", []):
        client.delete_object(Bucket="shop", Key=item["Key"])
    client.close()


def inspected(capsys: pytest.CaptureFixture[str], *files: str | Path) -> list[dict[str, Any]]:
    assert main(["inspect", *map(str, files)]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_csv_in_storage_is_read_as_the_same_file_here(
    bucket: Any, csvs: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bucket.upload_file(str(csvs["orders"]), "shop", "in/orders.csv")
    assert inspected(capsys, "s3://shop/in/orders.csv") == inspected(capsys, csvs["orders"])


def test_run_finds_the_same_segments_of_a_folder_of_parts(
    bucket: Any, csvs: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect() as database:
        source = f"read_csv('{csvs['orders']}', all_varchar = true)"
        database.execute(
            f"COPY (SELECT *, order_date[:4] AS year FROM {source}) TO '{tmp_path / 'parts'}'"
            " (FORMAT parquet, PARTITION_BY (year))"
        )
    for path in (tmp_path / "parts").rglob("*.parquet"):
        bucket.upload_file(str(path), "shop", f"orders/{path.relative_to(tmp_path / 'parts')}")
    bucket.put_object(Bucket="shop", Key="orders/_SUCCESS", Body=b"")
    options = ["--model", "none", "--k", "3", "--k-range", "2:4"]
    assert main(["run", "s3://shop/orders", "--out", str(tmp_path / "stored"), *options]) == 0
    assert main(["run", str(csvs["orders"]), "--out", str(tmp_path / "local"), *options]) == 0
    stored, local = ((tmp_path / name / "assignments.csv").read_text() for name in ("stored", "local"))
    assert stored == local and stored.count("\n") > 100
    capsys.readouterr()
    [found] = inspected(capsys, "s3://shop/orders")
    assert found["file"] == "orders.parquet" and found["columns"][-1]["name"] == "year"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("s3://shop/nothing.csv", "there is no file s3://shop/nothing.csv"),
        ("s3://nowhere/orders.csv", "there is no file"),
        (f"s3://tester:{SECRET.replace('/', '%2F')}@shop/orders.csv", "holds a key"),
        (f"s3://tester:{SECRET}@shop/orders.csv", "holds a key"),
        ("s3://shop/orders.csv?secret_key=x", "cannot be read"),
        ("s3://shop/lake", "Delta Lake"),
    ],
)
def test_what_is_wrong_is_one_line_without_keys(
    bucket: Any, address: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bucket.put_object(Bucket="shop", Key="lake/_delta_log/0.json", Body=b"{}")
    bucket.put_object(Bucket="shop", Key="lake/0.parquet", Body=b"PAR1")
    assert main(["inspect", address]) == 2
    told = capsys.readouterr()
    [line] = told.err.strip().splitlines()
    assert says in line and SECRET not in line and SECRET.replace("/", "%2F") not in line and not told.out
