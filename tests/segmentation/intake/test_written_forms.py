"""Every way in which dates, numbers and ids are written, from a file to what the shop takes it for."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.typed_reading import make_source
from segmentation.intake.uploads.corrections import set_role
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.summary import summarise
from segmentation.workspace import Workspace, quote_identifier

Load = Callable[..., Upload]
ORDERS = "order_id,customer_id,order date,amount\n"


@pytest.fixture
def load(workspace: Workspace, tmp_path: Path) -> Load:
    """Give a function that writes a file and loads it."""

    def loader(content: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Upload:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return load_file(workspace, path)

    return loader


def read_back(workspace: Workspace, upload: Upload, field: str) -> list[str]:
    """Return a field of the typed table as text, in file order."""
    with workspace.cursor() as cursor:
        source = make_source(cursor, upload, alone=True)
        rows = cursor.execute(f"SELECT {field}::VARCHAR FROM {source.typed_view} ORDER BY line").fetchall()
    return [value for (value,) in rows]


def orders(dates: list[str] | None = None, amounts: list[str] | None = None, delimiter: str = ";") -> str:
    """Write ten orders of three customers, whose dates or amounts are given in turn."""
    rows = [
        [f"b{i}", f"k{i % 3}", (dates or ["2020-01-01", "2020-01-02"])[i % len(dates or "ab")],
         (amounts or ["1", "2"])[i % len(amounts or "ab")]]
        for i in range(12)
    ]  # fmt: skip
    return "\n".join(delimiter.join(row) for row in [ORDERS.strip().split(","), *rows]) + "\n"


def column(upload: Upload, name: str) -> Column:
    return next(found for found in upload.columns if found.name == name)


@pytest.mark.parametrize(
    ("written", "moments"),
    [
        (["45123.5", "45124"], ["2023-07-16 12:00:00", "2023-07-17 00:00:00"]),
        (["45123,25", "45124,75"], ["2023-07-16 06:00:00", "2023-07-17 18:00:00"]),
        (["1690000000", "1690000060"], ["2023-07-22 04:26:40", "2023-07-22 04:27:40"]),
        (["1690000000123", "1690000060000"], ["2023-07-22 04:26:40.123", "2023-07-22 04:27:40"]),
        (
            ["2023-07-22T10:00:00+02:00", "2023-07-22T10:00:00Z"],
            ["2023-07-22 10:00:00", "2023-07-22 10:00:00"],
        ),
        (
            ["2023-07-22 10:00:00 +0200", "2023-07-23 10:00:00 -0500"],
            ["2023-07-22 10:00:00", "2023-07-23 10:00:00"],
        ),
        (["19970101", "19971231"], ["1997-01-01 00:00:00", "1997-12-31 00:00:00"]),
        (["22/07/2023 09", "23/07/2023 17"], ["2023-07-22 09:00:00", "2023-07-23 17:00:00"]),
        (["07/22/2023 9:05 PM", "07/01/2023 12:00 AM"], ["2023-07-22 21:05:00", "2023-07-01 00:00:00"]),
        (["09:05 22/07/2023", "17:30 01/08/2023"], ["2023-07-22 09:05:00", "2023-08-01 17:30:00"]),
        (["13.07.23", "01.08.23"], ["2023-07-13 00:00:00", "2023-08-01 00:00:00"]),
        (["Jul 22, 2023", "Aug 1, 2023"], ["2023-07-22 00:00:00", "2023-08-01 00:00:00"]),
        (["Jul-22-23", "Aug-01-23"], ["2023-07-22 00:00:00", "2023-08-01 00:00:00"]),
        (
            ["Sat, 22 Jul 2023 10:00:00 GMT", "Tue, 01 Aug 2023 10:00:00 GMT"],
            ["2023-07-22 10:00:00", "2023-08-01 10:00:00"],
        ),
        (["5 janv. 2023", "1er août 2023"], ["2023-01-05 00:00:00", "2023-08-01 00:00:00"]),
        (["12. März 2024", "3. Dez. 2023"], ["2024-03-12 00:00:00", "2023-12-03 00:00:00"]),
        (["3 de abril de 2022", "12 de mayo de 2022"], ["2022-04-03 00:00:00", "2022-05-12 00:00:00"]),
        (["3 mar 2022", "12 ene 2022"], ["2022-03-03 00:00:00", "2022-01-12 00:00:00"]),
        (["05/fev/2023 09:05", "06/out/2023 17:30"], ["2023-02-05 09:05:00", "2023-10-06 17:30:00"]),
        (["5 gennaio 2023, 10:05", "7 sett 2023, 11:00"], ["2023-01-05 10:05:00", "2023-09-07 11:00:00"]),
        (["7 mrt 2024 om 10:05", "8 mei 2024 om 11:00"], ["2024-03-07 10:05:00", "2024-05-08 11:00:00"]),
        (["lundi 5 juin 2023", "Mi., 12. Juli 2023"], ["2023-06-05 00:00:00", "2023-07-12 00:00:00"]),
        (["3rd Sept 2023", "21st of June 2023"], ["2023-09-03 00:00:00", "2023-06-21 00:00:00"]),
        (
            ["sáb, 22 de jul. de 2023 às 14h05", "ter, 1 de ago. de 2023 às 9h30"],
            ["2023-07-22 14:05:00", "2023-08-01 09:30:00"],
        ),
        (["2023年7月22日", "2023年8月1日"], ["2023-07-22 00:00:00", "2023-08-01 00:00:00"]),
    ],
)
def test_dates(workspace: Workspace, load: Load, written: list[str], moments: list[str]) -> None:
    upload = load(orders(dates=written))
    assert (upload.kind, column(upload, "order date").role) == (Kind.ORDERS, Role.TIMESTAMP)
    assert read_back(workspace, upload, "moment")[:2] == moments


@pytest.mark.parametrize(
    ("written", "order", "unsure"),
    [
        (["13/01/2020", "02/03/2020"], "day first", False),
        (["01/13/2020", "02/03/2020"], "month first", False),
        (["01/02/2020", "02/03/2020"], "", True),
    ],
)
def test_day_or_month_first_is_decided_by_the_whole_column_and_doubt_is_said(
    load: Load, written: list[str], order: str, unsure: bool
) -> None:
    reason = column(load(orders(dates=written)), "order date").reason
    assert order in reason
    assert ("other way round" in reason) == unsure


def dates_and_times(times: list[str], date: str = "13/07/2023", header: str = "Time") -> str:
    rows = "".join(f"b{i},k{i % 3},{date},{times[i % len(times)]},5\n" for i in range(12))
    return f"order_id,customer_id,Date,{header},amount\n{rows}"


@pytest.mark.parametrize(
    ("date", "times", "moments"),
    [
        ("13/07/2023", ["9:05", "17:30"], ["2023-07-13 09:05:00", "2023-07-13 17:30:00"]),
        ("20230713", ["090507", "173000"], ["2023-07-13 09:05:07", "2023-07-13 17:30:00"]),
        ("2023-07-13", ["09:05:07", ""], ["2023-07-13 09:05:07", "2023-07-13 00:00:00"]),
        ("2023-07-13 00:00:00", ["9:05 PM", "12:10AM"], ["2023-07-13 21:05:00", "2023-07-13 00:10:00"]),
    ],
)
def test_a_date_and_the_time_beside_it_are_one_moment(
    workspace: Workspace, load: Load, date: str, times: list[str], moments: list[str]
) -> None:
    upload = load(dates_and_times(times, date))
    assert column(upload, "Time").role is Role.TIMESTAMP
    assert "those of the dates in “Date”, read as one moment" in column(upload, "Time").reason
    assert read_back(workspace, upload, "moment")[:2] == moments
    assert f"{summarise(workspace, upload).last:%H:%M:%S}" == max(moments)[-8:]


@pytest.mark.parametrize(("date", "header"), [("13/07/2023 10:00", "Time"), ("13/07/2023", "Delivery time")])
def test_a_time_of_something_else_is_not_joined(
    workspace: Workspace, load: Load, date: str, header: str
) -> None:
    upload = load(dates_and_times(["9:05", "17:30"], date, header))
    assert column(upload, header).role is not Role.TIMESTAMP
    assert read_back(workspace, upload, "moment")[0] in ("2023-07-13 10:00:00", "2023-07-13 00:00:00")


def test_joining_date_and_time_can_be_undone_and_done_by_hand(workspace: Workspace, load: Load) -> None:
    upload = load(dates_and_times(["9:05", "17:30"]))
    parted = set_role(workspace, upload.upload_id, "Time", Role.IGNORE)
    assert read_back(workspace, parted, "moment")[0] == "2023-07-13 00:00:00"
    joined = set_role(workspace, upload.upload_id, "Time", Role.TIMESTAMP)
    assert read_back(workspace, joined, "moment")[0] == "2023-07-13 09:05:00"
    lone = set_role(workspace, upload.upload_id, "Date", Role.IGNORE)
    assert (column(lone, "Time").role, column(lone, "Time").reason) == (
        Role.IGNORE,
        "a time of day, and no column says the day",
    )


def test_words_beside_numbers_are_no_dates(load: Load) -> None:
    upload = load(orders(dates=["12 XL 2023", "3 mars bars 20"]))
    assert column(upload, "order date").role is not Role.TIMESTAMP


def test_impossible_dates_are_missing_and_counted(workspace: Workspace, load: Load) -> None:
    upload = load(orders(dates=["2023-02-31", "2023-03-01", "2023-03-02"]))
    assert "4 of 12 are no dates" in column(upload, "order date").reason
    assert read_back(workspace, upload, "moment")[:2] == [None, "2023-03-01 00:00:00"]


@pytest.mark.parametrize(
    ("written", "amounts"),
    [
        (["1234.5", "7"], ["1234.5000", "7.0000"]),
        (["1.234,50", "7,25"], ["1234.5000", "7.2500"]),
        (["1,234.50", "7.25"], ["1234.5000", "7.2500"]),
        (["1 234,50 €", "7,25 €"], ["1234.5000", "7.2500"]),
        (["$1,234.50", "$(7.25)"], ["1234.5000", "-7.2500"]),
        (["R$ 1.234,50", "R$ 7,00"], ["1234.5000", "7.0000"]),
        (["￥1,234", "￥7"], ["1234.0000", "7.0000"]),
        (["1'234.50 CHF", "7.00 CHF"], ["1234.5000", "7.0000"]),
        (["1 234,50 zł", "7,25 zł"], ["1234.5000", "7.2500"]),
        (["1 234,50 kr", "7,25 kr"], ["1234.5000", "7.2500"]),
        (["₩12,000", "₩7,500"], ["12000.0000", "7500.0000"]),
        (["$12.990", "$990"], ["12990.0000", "990.0000"]),
        (["€1.459", "€1.389"], ["1.4590", "1.3890"]),
        (["1.5E+3", "2"], ["1500.0000", "2.0000"]),
        (["1,234", "22,500"], ["1234.0000", "22500.0000"]),
    ],
)
def test_amounts(workspace: Workspace, load: Load, written: list[str], amounts: list[str]) -> None:
    upload = load(orders(amounts=written))
    assert column(upload, "amount").role is Role.AMOUNT
    assert read_back(workspace, upload, "amount")[:2] == amounts


def test_pieces_with_three_decimals_are_read_as_the_prices_beside_them(
    workspace: Workspace, load: Load
) -> None:
    rows = "".join(f"b{i};k{i % 3};2020-01-{i + 1:02};{i % 4 + 1},000;{i + 3},50\n" for i in range(12))
    upload = load("order_id;customer_id;date;quantity;price\n" + rows)
    assert read_back(workspace, upload, "quantity")[:2] == ["1.0", "2.0"]


def test_percentages(workspace: Workspace, load: Load) -> None:
    upload = load(
        "order_id,customer_id,date,price,discount\n"
        + "".join(f"o{i},c{i % 3},2020-01-0{i},9,{i}.5%\n" for i in range(1, 9))
    )
    assert column(upload, "discount").value_format == "percent"
    assert read_back(workspace, upload, "discount")[:2] == ["1.5", "2.5"]


def test_ids_join_though_a_tool_made_floats_of_one_files(workspace: Workspace, load: Load) -> None:
    load(
        "customer_id,age,postcode\n" + "".join(f"{i},{20 + i},0{1000 + i}\n" for i in range(12345, 12357)),
        "people.csv",
    )
    load(
        "order_id,customer_id,date,amount\n"
        + "".join(f"{i},{12345 + i % 12}.0,2020-01-{i + 1:02},5\n" for i in range(24)),
        "orders.csv",
    )
    shop = build_shop(workspace)
    assert shop.customers == 12
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT count(*), min(customer_id), max(customer_id) FROM shop.lines"
        ).fetchall()
    assert found == [(24, "12345", "12356")]


def test_leading_zeros_and_nineteen_digits_are_kept(workspace: Workspace, load: Load) -> None:
    upload = load(
        ORDERS + "".join(f"{2053013555631882000 + i},{i % 3:05},2020-01-{i + 1:02},5\n" for i in range(12))
    )
    assert read_back(workspace, upload, "order_id || '/' || customer_id")[:2] == [
        "2053013555631882000/00000",
        "2053013555631882001/00001",
    ]


def test_ids_that_lost_digits_are_said(load: Load) -> None:
    upload = load(ORDERS + "".join(f"{i}.23E+18,c{i % 3},2020-01-0{i},5\n" for i in range(1, 9)))
    assert "digits are lost" in upload.columns[0].reason
    assert upload.columns[0].confidence == 0.5


def test_headers_that_are_blank_repeated_or_end_in_blanks(load: Load) -> None:
    upload = load("customer_id , ,age,age,\n1,x,30,40,\n2,y,31,41,\n3,x,32,42,\n")
    assert [found.name for found in upload.columns] == [
        "customer_id",
        "column 2",
        "age",
        "age (2)",
        "column 5",
    ]
    assert upload.columns[4].reason == "it is empty"


def test_a_file_without_a_header(load: Load) -> None:
    rows = "".join(
        f"{10_000 + i},{4000 + i // 2 % 15 * 13},2020-01-{i % 28 + 1:02},{i % 4 + 1},{i % 3 + 2}.5,"
        f"{(i % 4 + 1) * (i % 3 + 2.5)}\n"
        for i in range(40)
    )
    upload = load(rows)
    assert upload.rows == 40
    assert [str(found.role) for found in upload.columns] == [
        "order_id", "customer_id", "timestamp", "quantity", "unit_price", "amount",
    ]  # fmt: skip


def test_rows_of_nothing_but_delimiters_are_no_rows(load: Load) -> None:
    upload = load("Our customers;;\n;;\n\ncustomer id;age;city\n1;30;Bern\n2;31;Genf\n;;\n;;\n")
    assert (upload.rows, upload.rejected) == (2, 2)
    assert [found.name for found in upload.columns] == ["customer id", "age", "city"]


def test_columns_aligned_by_blanks(load: Load) -> None:
    upload = load(
        " id       date amount\n" + "".join(f" {i:05} 199701{i + 1:02} {i * 7.5:6.2f}\n" for i in range(12))
    )
    assert (upload.delimiter, upload.columns[1].value_format) == ("whitespace", "%Y%m%d")


def test_a_zipped_file_is_the_same(load: Load) -> None:
    upload = load(gzip.compress(orders().encode()), "orders.csv.gz")
    assert (upload.kind, upload.rows) == (Kind.ORDERS, 12)


LINES = [
    {
        "id": 1001 + i,
        "customer": {"id": 7 + i % 3, "email": f"p{i % 3}@shop.example"},
        "created_at": f"2024-01-{i + 1:02}T03:04:05+01:00",
        "total_price": "30.00",
        "line_items": [
            {"id": 50 + 2 * i, "sku": "a", "quantity": 2, "price": "10.00"},
            {"id": 51 + 2 * i, "sku": f"b{i}", "quantity": 1, "price": "10.00"},
        ],
        "tax_lines": [{"rate": 0.2}],
    }
    for i in range(6)
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(LINES),
        "\n".join(map(json.dumps, LINES)),
        "".join(json.dumps(order, indent=1) for order in LINES),
        json.dumps({"orders": LINES}),
    ],
)
def test_order_lines_within_orders_become_rows(workspace: Workspace, load: Load, text: str) -> None:
    upload = load(text, "orders.json")
    assert (upload.kind, upload.rows, upload.delimiter) == (Kind.ORDERS, 12, "line_items")
    roles = {found.name: str(found.role) for found in upload.columns}
    assert roles == {
        "id": "order_id",
        "customer.id": "customer_id",
        "customer.email": "email",
        "created_at": "timestamp",
        "total_price": "numeric",
        "tax_lines": "ignore",
        "line_items.id": "ignore",
        "line_items.sku": "product_id",
        "line_items.quantity": "quantity",
        "line_items.price": "unit_price",
    }
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        total = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0]
    assert (shop.customers, total) == (3, 180.0)


def test_a_list_of_addresses_is_no_reason_to_repeat_a_customer(load: Load) -> None:
    people = [{"id": i, "age": 20 + i, "addresses": [{"city": "Bern"}, {"city": "Genf"}]} for i in range(5)]
    upload = load(json.dumps(people), "people.json")
    assert (upload.rows, column(upload, "addresses").role) == (5, Role.IGNORE)


def test_the_total_of_an_order_on_each_of_its_lines_is_not_counted_twice(
    workspace: Workspace, load: Load
) -> None:
    rows = "".join(
        f"o{i // 2},c{i // 2 % 3},2020-01-{i // 2 + 1:02},p{i % 5},{i % 2 + 1},4,12\n" for i in range(24)
    )
    upload = load("order,customer id,date,sku,qty,price,total\n" + rows)
    assert column(upload, "total").role is Role.NUMERIC
    build_shop(workspace)
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall() == [(144.0,)]


@pytest.mark.parametrize(
    ("header", "values", "role"),
    [
        ("status", ["delivered"], Role.ORDER_STATUS),
        ("Bestellstatus", ["storniert"], Role.ORDER_STATUS),
        ("status", ["gold", "silver"], Role.CATEGORICAL),
        ("region code", ["1", "2", "3"], Role.CATEGORICAL),
        ("newsletter", ["0", "1"], Role.CONSENT),
        ("vip", ["0", "1"], Role.CATEGORICAL),
        ("postal code", ["1001", "1002", "1003"], Role.POSTAL_CODE),
        ("row number", [str(i) for i in range(36)], Role.IGNORE),
        ("token", [f"{i}abc" for i in range(36)], Role.IGNORE),
        ("plan", ["basic"], Role.IGNORE),
        ("score given", [str(i) if i % 2 else "No score" for i in range(36)], Role.NUMERIC),
        ("lead_behaviour_profile", ["cat", "wolf", "eagle"], Role.CATEGORICAL),
        ("declared_monthly_revenue", ["0", "1000", "5000"], Role.NUMERIC),
    ],
)
def test_what_is_no_number_to_average_and_no_category(
    load: Load, header: str, values: list[str], role: Role
) -> None:
    rows = "".join(f"c{i},{20 + i},{values[i % len(values)]}\n" for i in range(36))
    upload = load(f"customer_id,age,{header}\n{rows}")
    assert upload.columns[2].role is role


@pytest.mark.parametrize(
    ("values", "guessed"),
    [(["view", "cart", "purchase"], False), (["1", "2", "3", "4"], True), (["a", "b"], True)],
)
def test_events_are_known_by_their_values_and_a_guess_is_said(
    load: Load, values: list[str], guessed: bool
) -> None:
    rows = "".join(
        f"u{i % 4},p{i % 5},{values[i % len(values)]},2020-01-01 10:00:{i:02}\n" for i in range(24)
    )
    upload = load(f"user_id,item_id,behavior_type,time\n{rows}")
    assert (upload.kind, upload.columns[2].role) == (Kind.EVENTS, Role.EVENT_TYPE)
    assert ("is a guess" in upload.columns[2].reason) == guessed


def test_codes_of_events_are_looking_keeping_carting_and_buying(workspace: Workspace, load: Load) -> None:
    rows = "".join(f"u{i % 4},p{i % 5},{i % 4 + 1},2020-01-01 10:00:{i:02}\n" for i in range(24))
    load(f"user_id,item_id,behavior_type,time\n{rows}")
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT action, count(*) FROM shop.events GROUP BY 1 ORDER BY 1").fetchall()
    assert found == [("cart", 6), ("other", 6), ("purchase", 6), ("view", 6)]


def test_the_raw_table_keeps_what_was_written(workspace: Workspace, load: Load) -> None:
    upload = load(orders(dates=["45123.5", "45124"]))
    with workspace.cursor() as cursor:
        query = f"SELECT c2 FROM {quote_identifier(upload.raw_table)} ORDER BY line LIMIT 2"
        assert cursor.execute(query).fetchall() == [("45123.5",), ("45124",)]
