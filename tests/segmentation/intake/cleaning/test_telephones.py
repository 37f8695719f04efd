"""One telephone in several writings is one person; two telephones never are."""

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

PEOPLE, VISITS = 12, 5


def customers_of(workspace: Workspace, path: Path, header: str, rows: list[str]) -> list[str]:
    path.write_text("\n".join([header, *rows]))
    load_file(workspace, path)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT customer_id FROM shop.customers ORDER BY 1").fetchall()
    return [customer for (customer,) in found]


def orders(writings: list[str]) -> list[str]:
    """Write five orders of each of twelve people, in another writing of their number each time."""
    rows = []
    for at in range(PEOPLE * VISITS):
        phone = writings[(at // PEOPLE + at) % len(writings)].format(2345678 + 104729 * (at % PEOPLE))
        rows.append(f'{at + 1},"{phone}",2024-{at % 12 + 1:02}-{at % 28 + 1:02},{10 + at}')
    return rows


@pytest.mark.parametrize(
    "writings",
    [
        ["8 912 {}", "+7 (912) {}", "912{}", "7912{}"],
        ["0171 {}", "+49 171 {}", "0049171{}", "171{}", "+49 (0) 171/{}"],
        ["079{}", "79{}", "(079) {}"],
        ["8 912 {}", "7912{}"],
        ["(51) 99{}", "+55 51 99{}", "051 99{}"],
    ],
    ids=["Russia", "Germany", "zeros lost", "no plus anywhere", "Brazil"],
)
def test_one_telephone_in_several_writings_is_one_person(
    workspace: Workspace, tmp_path: Path, writings: list[str]
) -> None:
    header = "order_id,phone,order_date,total"
    assert len(customers_of(workspace, tmp_path / "orders.csv", header, orders(writings))) == PEOPLE


def test_telephones_of_two_towns_are_two_people(workspace: Workspace, tmp_path: Path) -> None:
    rows = orders(["212-{}", "+1 312 {}", "1 415 {}"])
    assert (
        len(customers_of(workspace, tmp_path / "orders.csv", "order_id,phone,order_date,total", rows)) == 36
    )


def test_guests_of_one_telephone_in_several_writings_are_one_person(
    workspace: Workspace, tmp_path: Path
) -> None:
    guests = [f"{row},Guest" for row in orders(["0171 {}", "+49 171 {}"])]
    known = [f"{100 + at},,2024-03-{at % 28 + 1:02},{20 + at},{4100 + at % 9}" for at in range(60)]
    header = "order_id,phone,order_date,total,customer_id"
    found = customers_of(workspace, tmp_path / "orders.csv", header, [*guests, *known])
    assert len(found) == PEOPLE + 9
