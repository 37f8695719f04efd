"""What drivers of warehouses are told, as their own documentation names it; none is on this machine."""

from __future__ import annotations

from typing import Any

import pytest

from segmentation.connect.databases.address import Login, read_address
from segmentation.connect.databases.sql_system import SourceTable
from segmentation.connect.databases.warehouses import Warehouse


class Driver:
    """Stands in for the module of a driver."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def connect(self, db_kwargs: dict[str, str]) -> Any:
        """Keep what it is told."""
        self.told = db_kwargs
        return object()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "snowflake://ann@account/SHOP/PUBLIC?warehouse=W&role=R",
            {
                "username": "ann",
                "password": "geheim",
                "adbc.snowflake.sql.account": "account",
                "adbc.snowflake.sql.db": "SHOP",
                "adbc.snowflake.sql.schema": "PUBLIC",
                "adbc.snowflake.sql.warehouse": "W",
                "adbc.snowflake.sql.role": "R",
            },
        ),
        (
            "bigquery://project/shop",
            {"adbc.bigquery.sql.project_id": "project", "adbc.bigquery.sql.dataset_id": "shop"},
        ),
    ],
)
def test_a_driver_is_told_where_it_is_and_who_reads(
    address: str, told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = Driver()
    monkeypatch.setattr("segmentation.connect.databases.warehouses.driver", lambda system: driver)
    where, user = read_address(address)
    Warehouse(where.system).connect(where, Login(user, "geheim"))
    assert driver.told == told


def test_names_are_quoted_as_each_system_does() -> None:
    table = SourceTable('od"d', "or`ders", False, None)
    quoted = [
        Warehouse(read_address(one)[0].system).quoted(table) for one in ("snowflake://a/d", "bigquery://p/d")
    ]
    assert quoted == ['"od""d"."or`ders"', '`od"d`.`or``ders`']
