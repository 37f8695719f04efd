"""Roles and kinds from headers and values."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

Loader = Callable[[str], Upload]


@pytest.fixture
def load(workspace: Workspace, tmp_path: Path) -> Loader:
    def loader(text: str) -> Upload:
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        return load_file(workspace, path)

    return loader


def column(header: str, values: list[str]) -> str:
    rows = [f"{i};{value}" for i, value in enumerate(values)]
    return f"n;{header}\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("header", "values", "role", "value_format"),
    [
        ("order date", ["13/01/2020", "02/01/2020", "03/02/2020"], Role.TIMESTAMP, "%d/%m/%Y"),
        ("order date", ["01/13/2020", "01/02/2020", "02/03/2020"], Role.TIMESTAMP, "%m/%d/%Y"),
        ("Datum", ["31.12.2020", "01.02.2021", "02.02.2021"], Role.TIMESTAMP, "%d.%m.%Y"),
        ("fecha", ["31-Jul-18", "1-Aug-18", "2-Aug-18"], Role.TIMESTAMP, "%d-%b-%y"),
        ("date", ["19970101", "19970118", "19971231"], Role.TIMESTAMP, "%Y%m%d"),
        ("time", ["1351123200", "1351123300", "1351123400"], Role.TIMESTAMP, "unix_seconds"),
        ("日期", ["2020年1月5日", "2020年2月15日", "2020年3月25日"], Role.TIMESTAMP, "%Y年%m月%d日"),
        (
            "event_time",
            ["2019-10-01 00:00:00 UTC", "2019-10-01 00:00:01 UTC"],
            Role.TIMESTAMP,
            "%Y-%m-%d %H:%M:%S UTC",
        ),
        (
            "created at",
            ["2019-10-01T10:00:00Z", "2019-10-02T10:00:01Z"],
            Role.TIMESTAMP,
            "%Y-%m-%dT%H:%M:%SZ",
        ),
        ("Betrag", ["1.234,50 €", "7,25 €", "12,00 €"], Role.AMOUNT, "decimal_comma"),
        ("total", ["$1,234.50", "$7.25", "$(12.00)"], Role.AMOUNT, "decimal_point"),
        ("desconto", ["10%", "5%", "12%"], Role.DISCOUNT, "percent"),
        ("region code", ["1", "2", "3"] * 4, Role.CATEGORICAL, ""),
        ("vip flag", ["0", "1", "1"], Role.CATEGORICAL, ""),
        ("plz", ["01234", "80331", "10115"], Role.POSTAL_CODE, ""),
        ("height", ["170", "NA", "180", "null", "165"], Role.NUMERIC, ""),
        ("colour", ["red", "blue"] * 5, Role.CATEGORICAL, ""),
        ("colour", ["red"] * 5, Role.IGNORE, ""),
        ("token", [f"x{i}y" for i in range(30)], Role.IGNORE, ""),
        ("order date", ["soon", "later", "never", "2020-01-01"], Role.IGNORE, ""),
    ],
)
def test_role_of_a_column(
    load: Loader, header: str, values: list[str], role: Role, value_format: str
) -> None:
    upload = load(column(header, values))
    assert (upload.columns[1].role, upload.columns[1].value_format) == (role, value_format)


def test_day_and_month_that_cannot_be_told_apart_are_said_to_be_unsure(load: Loader) -> None:
    upload = load(column("date", ["01/02/2020", "02/03/2020", "05/04/2020"]))
    assert "other way round" in upload.columns[1].reason


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        (
            "Bestellnummer;Kundennummer;Bestelldatum;Artikelnummer;Menge;Einzelpreis\n"
            "B1;K1;01.02.2020;A1;1;2,50\nB2;K1;15.02.2020;A2;2;3,50\nB3;K2;16.02.2020;A1;1;2,50\n",
            Kind.ORDERS,
            ["order_id", "customer_id", "timestamp", "product_id", "quantity", "unit_price"],
        ),
        (
            "订单编号,用户编号,下单时间,商品名称,数量,金额\n"
            "a1,u1,2020-01-01 10:00,杯子,1,20\n"
            "a2,u2,2020-01-02 11:00,盘子,2,30\na3,u1,2020-01-03 12:00,杯子,3,60\n",
            Kind.ORDERS,
            ["order_id", "customer_id", "timestamp", "product_name", "quantity", "amount"],
        ),
        (
            "id cliente,fecha,id pedido,importe\n"
            "c1,2020-01-31,p1,10.5\nc2,2020-02-01,p2,11\nc1,2020-02-02,p3,12\n",
            Kind.ORDERS,
            ["customer_id", "timestamp", "order_id", "amount"],
        ),
        (
            "id,name,price,description\n1,Cup,2.5,A cup for tea\n2,Pot,9.5,A pot for tea\n3,Tray,5,A tray\n",
            Kind.PRODUCTS,
            ["product_id", "product_name", "unit_price", "description"],
        ),
        (
            "user_id,event,product_id,ts,timestamp\nu1,view,p1,1,2020-01-01\nu1,cart,p1,2,2020-01-01\n"
            "u2,purchase,p2,3,2020-01-02\nu2,view,p2,4,2020-01-02\n",
            Kind.EVENTS,
            ["customer_id", "event_type", "product_id", "ignore", "timestamp"],
        ),
    ],
)
def test_kind_and_roles_of_a_file(load: Loader, text: str, kind: Kind, roles: list[str]) -> None:
    upload = load(text)
    assert (upload.kind, [str(c.role) for c in upload.columns]) == (kind, roles)
