"""The ledger adds up for every file, whatever is in it and whichever rules are on."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.errors import NoCustomersError
from segmentation.intake.cleaning.ledger import ledger_table
from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ORDERS = "order_id,customer_id,email,order_date,product_id,product_name,quantity,unit_price,status,currency"
CUSTOMERS = "customer_id,email,name,age"
order = st.tuples(
    st.sampled_from(["100", "101", "102", "C102", "C103", "104", ""]),
    st.sampled_from(["k1", "k2", "k3", "k4", ""]),
    st.sampled_from(["a@x.com", "A@x.com", "test@x.com", "b@y.com", "", ""]),
    st.sampled_from(["2020-01-01 10:00", "2020-01-02 11:30", "2020-03-01 09:15", "1970-01-01 00:00", ""]),
    st.sampled_from(["1001", "1002", "POST"]),
    st.sampled_from(["cup", "pot", "postage"]),
    st.sampled_from(["1", "2", "-1", "-2", "3"]),
    st.sampled_from(["1.50", "2", "0", "-4"]),
    st.sampled_from(["done", "done", "cancelled", "returned"]),
    st.sampled_from(["EUR", "EUR", "USD"]),
)
customer = st.tuples(
    st.sampled_from(["k1", "k2", "k3", "k9", ""]),
    st.sampled_from(["a@x.com", "test@x.com", "b@y.com", "eve@staff.y.com", ""]),
    st.sampled_from(["Ann", "Bob", "Test User"]),
    st.sampled_from(["20", "30", "44", "999"]),
)
cleanings = st.builds(
    Cleaning,
    st.frozensets(st.sampled_from([rule for rule in Rule if RULES[rule].default])),
    st.frozensets(st.sampled_from([rule for rule in Rule if not RULES[rule].default])),
)


def write(path: Path, header: str, rows: list[tuple[str, ...]]) -> Path:
    path.write_text("\n".join([header, *(",".join(row) for row in rows), ""]))
    return path


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    orders=st.lists(order, min_size=3, max_size=30),
    customers=st.lists(customer, min_size=2, max_size=8),
    cleaning=cleanings,
)
def test_rows_read_are_rows_used_and_rows_set_aside(
    orders: list[tuple[str, ...]], customers: list[tuple[str, ...]], cleaning: Cleaning
) -> None:
    with TemporaryDirectory() as folder, Workspace.open(Path(folder) / "home" / "w.duckdb") as workspace:
        load_file(workspace, write(Path(folder) / "orders.csv", ORDERS, orders))
        load_file(workspace, write(Path(folder) / "customers.csv", CUSTOMERS, customers))
        try:
            shop = build_shop(workspace, cleaning)
        except NoCustomersError:
            return
        lines = workspace.cursor().execute("SELECT count(*) FROM shop.lines WHERE NOT is_return").fetchall()
    for file, written in zip(shop.files, (orders, customers), strict=True):
        aside = [entry for entry in shop.set_aside if entry.upload_id == file.upload_id]
        assert file.read == len(written)
        assert file.read == file.used + sum(entry.rows for entry in aside)
        assert len({entry.rule for entry in aside}) == len(aside)
        assert all(cleaning.applies(entry.rule) for entry in aside)
    assert lines[0][0] <= shop.files[0].used
    assert all(entry.rows > 0 for entry in shop.ledger)
    assert len(ledger_table(shop)) == len(shop.ledger) + 2 * len(shop.files)
