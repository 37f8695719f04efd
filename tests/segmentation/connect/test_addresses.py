"""Addresses of databases and of stored files, which never hold what is secret."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.cli import main
from segmentation.connect.databases.address import Login, System, read_address
from segmentation.connect.storage.stored import Stored, file_or_stored
from segmentation.errors import OptionError

LETTERS = st.text("abcXYZ09-_.:/@?#%&' \\", min_size=6, max_size=20)


@pytest.mark.parametrize(
    ("text", "shown", "user"),
    [
        ("postgres://ann@db.shop.org/shop", "postgresql://db.shop.org/shop", "ann"),
        (
            "postgresql://db:5433/a%20b?sslmode=require",
            "postgresql://db:5433/a%20b?sslmode=require",
            "",
        ),
        ("postgresql://[::1]:5433/db", "postgresql://[::1]:5433/db", ""),
        ("sqlite:///var/shop.db", "sqlite:///var/shop.db", ""),
        ("snowflake://ann@acc/db/schema?warehouse=W", "snowflake://acc/db/schema?warehouse=W", "ann"),
        ("bigquery://project/dataset", "bigquery://project/dataset", ""),
    ],
)
def test_an_address_is_shown_without_its_user(text: str, shown: str, user: str) -> None:
    address, found = read_address(text)
    assert (str(address), found) == (shown, user)
    assert read_address(shown)[0] == address


@pytest.mark.parametrize(
    "text",
    [
        "mysql://h/db",
        "orders.csv",
        "postgresql://host",
        "postgresql://h:port/db",
        "postgresql://h/db?passfile=/x",
    ],
)
def test_an_address_that_cannot_be_used_says_how_to_write_one(text: str) -> None:
    with pytest.raises(OptionError, match="postgresql"):
        read_address(text)


@given(LETTERS)
def test_an_address_with_a_password_is_refused_and_not_repeated(secret: str) -> None:
    """However it is written: what is no address then is not taken for one of another host."""
    secret = f"Wort{secret}Wort"
    for system in (System.POSTGRESQL, System.SNOWFLAKE):
        for written in {secret, quote(secret, safe="")}:
            with pytest.raises(OptionError) as raised:
                read_address(f"{system}://ann:{written}@host/db")
            assert written not in str(raised.value)


def test_a_login_shows_nothing() -> None:
    login = Login("ann", "ge heim/1")
    assert "ann" not in repr(login) and "heim" not in repr(login)
    assert login.hidden("x ge heim/1 y ge%20heim%2F1 z ge%20heim/1") == "x … y … z …"


@pytest.mark.parametrize("text", ["orders.csv", "/tmp/a b.csv", "C:/x.csv", "http://x/y.csv"])
def test_anything_else_is_a_file_on_this_machine(text: str) -> None:
    assert file_or_stored(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("s3://shop/in/orders%201.csv?region=eu-west-1", "orders 1.csv"),
        ("gs://shop/orders/", "orders"),
        ("abfs://container@account.dfs.core.windows.net/o.parquet", "o.parquet"),
        ("s3://shop/a@b.csv", "a@b.csv"),
    ],
)
def test_a_stored_file_is_called_like_the_end_of_its_path(text: str, name: str) -> None:
    stored = file_or_stored(text)
    assert isinstance(stored, Stored) and stored.name == name and "?" not in str(stored)


@given(LETTERS)
def test_the_address_of_a_stored_file_holds_no_key(secret: str) -> None:
    secret = f"Wort{secret}Wort"
    for scheme in ("s3", "gs", "abfs"):
        with pytest.raises(OptionError) as raised:
            file_or_stored(f"{scheme}://key:{secret}@shop/orders.csv")
        assert secret not in str(raised.value)


def test_a_part_that_is_not_installed_says_which_file_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("segmentation.connect.databases.sql_system.is_installed", lambda system: False)
    assert main(["fetch", "--from", "postgresql://h/db", "--list"]) == 2
    assert "requirements-connect.txt" in capsys.readouterr().err
    assert main(["fetch", "--from", "snowflake://a/db", "--list"]) == 2
    assert "adbc-driver-snowflake" in capsys.readouterr().err
