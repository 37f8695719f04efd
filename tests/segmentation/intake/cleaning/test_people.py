"""Who is a customer: guests in every writing, addresses typed in for everybody, and names alone."""

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def read(workspace: Workspace, folder: Path, **files: str) -> tuple[Shop, set[str]]:
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text)
        load_file(workspace, path)
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        return shop, {row[0] for row in cursor.execute("SELECT customer_id FROM shop.customers").fetchall()}


def orders(guest: str, first: int = 4100, extra: str = "", value: str = "") -> str:
    """Write 60 orders, each fifth of a guest; `value` is a pattern of the extra column's cells."""
    lines = []
    for n in range(60):
        who = guest if n % 5 == 0 else str(first + n % 9)
        told = value.format(who=f"g{n}" if n % 5 == 0 else f"c{n % 9}", n=1000 + (n if n % 5 == 0 else n % 9))
        lines.append(f"{n},{who},2024-01-{n % 28 + 1:02},{10 + n}" + (f",{told}" if extra else ""))
    return f"order_id,customer_id,order_date,total{',' + extra if extra else ''}\n" + "\n".join(lines)


@pytest.mark.parametrize(
    "guest", ["", "0", "-1", "Guest", "Walk-in customers", "Laufkundschaft", "ゲスト", "0000", "99999"]
)
def test_guests_are_no_customer(workspace: Workspace, tmp_path: Path, guest: str) -> None:
    shop, customers = read(workspace, tmp_path, orders=orders(guest))
    assert customers == {str(4100 + n) for n in range(9)}
    assert bool(shop.notes) is bool(guest)


@pytest.mark.parametrize(
    ("extra", "value"),
    [("email", "{who}@mail.com"), ("phone", "+49 170 555{n}"), ("customer_name", "Ann {who} Smith")],
)
def test_guests_are_told_apart(workspace: Workspace, tmp_path: Path, extra: str, value: str) -> None:
    _, customers = read(workspace, tmp_path, orders=orders("0", extra=extra, value=value))
    assert "0" not in customers
    assert len(customers) == 9 + 12


def test_a_customer_0_among_equals_is_one(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"{n},{n % 9},2024-01-{n % 28 + 1:02},{10 + n}\n" for n in range(60))
    shop, customers = read(workspace, tmp_path, orders="order_id,customer_id,order_date,total\n" + lines)
    assert customers == {str(n) for n in range(9)}
    assert shop.notes == ()


def test_a_customer_whose_number_is_the_first_of_all_may_be_a_good_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    numbers = [*([0] * 9), *([1] * 6), *(n % 29 + 1 for n in range(58))]
    rows = [f"{at},K{n:03},2024-01-{at % 28 + 1:02},{10 + at}" for at, n in enumerate(numbers)]
    shop, customers = read(workspace, tmp_path, orders="\n".join(["id,customer_id,order_date,total", *rows]))
    assert (len(customers), shop.notes) == (30, ())


def test_gifts_to_many_addresses_are_one_customer_s(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(
        f"{n},{4100 + n % 9},2024-01-{n % 28 + 1:02},{10 + n},Ann Lee{n % 9},{n % 9 or n} Long Street\n"
        for n in range(60)
    )
    header = "order_id,customer_id,order_date,total,customer_name,shipping_street\n"
    _, customers = read(workspace, tmp_path, orders=header + lines)
    assert len(customers) == 9


@pytest.mark.parametrize("dummy", ["keine@email.de", "shop@laden.de"])
def test_an_address_typed_in_for_everybody_merges_nobody(
    workspace: Workspace, tmp_path: Path, dummy: str
) -> None:
    lines = "".join(
        f"{n},{700 + n % 20},{f'p{n % 20}@web.de' if n % 20 % 3 else dummy},2024-01-{n % 28 + 1:02},{n}\n"
        for n in range(80)
    )
    _, customers = read(workspace, tmp_path, orders="order_id,customer_id,email,order_date,total\n" + lines)
    assert len(customers) == 20


def test_names_are_customers_where_nothing_is_better(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"{900 + n},2024-01-{n % 28 + 1:02},Ann  Lee{n % 7},{n}\n" for n in range(30))
    shop, customers = read(workspace, tmp_path, orders="Pedido,Fecha,Nombre del cliente,Total\n" + lines)
    assert customers == {f"Ann Lee{n}" for n in range(7)}
    assert "people of one name count as one" in shop.customer_meaning


def test_a_value_of_many_rows_and_no_person_is_no_customer(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f"{n},4109,2024-01-{n % 28 + 1:02},10,,\n"
        if n % 2 == 0
        else f"{n},{4110 + n % 9},2024-01-{n % 28 + 1:02},10,Ann Smith{n % 9},c{n % 9}@mail.com\n"
        for n in range(80)
    )
    header = "order_id,customer_id,order_date,total,customer_name,email\n"
    shop, customers = read(workspace, tmp_path, orders=header + rows)
    assert "4109" not in customers
    assert shop.notes


def test_a_good_customer_of_a_file_that_often_names_nobody_stays_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = "".join(
        f"{n},{4109 if n % 2 == 0 else 4110 + n % 9},2024-01-{n % 28 + 1:02},10,"
        f"{f'c{n % 9}@mail.com' if n % 4 == 1 else ''}\n"
        for n in range(80)
    )
    _, customers = read(workspace, tmp_path, orders="order_id,customer_id,order_date,total,email\n" + rows)
    assert "4109" in customers


def test_a_name_is_one_however_it_is_written(workspace: Workspace, tmp_path: Path) -> None:
    written = ("Ann Smith", "ANN SMITH", "Ann  Smith", "ann smith ", "Ann\u00a0Smith")
    rows = "".join(
        f"{n},{'Ben Jones' if n % 3 else written[n % 5]},2024-01-{n % 28 + 1:02},{10 + n}\n"
        for n in range(60)
    )
    _, customers = read(workspace, tmp_path, orders="order_id,customer_name,order_date,total\n" + rows)
    assert customers == {"Ann Smith", "Ben Jones"}


@pytest.mark.parametrize(
    ("second", "customers"),
    [("Ben Smith", 9), ("Anna Smith", 8), ("A. Smith", 8), ("Ann Jones", 8), ("", 8)],
)
def test_two_people_of_one_address_are_told_by_their_given_names(
    workspace: Workspace, tmp_path: Path, second: str, customers: int
) -> None:
    people = [("Ann Smith", "smith"), (second, "smith"), *((f"Guest{n} Hill", f"h{n}") for n in range(7))]
    rows = "".join(
        f"{n},{4100 + n % 9},2024-01-{n % 28 + 1:02},10,{people[n % 9][0]},{people[n % 9][1]}@mail.com\n"
        for n in range(60)
    )
    header = "order_id,customer_id,order_date,total,customer_name,email\n"
    assert len(read(workspace, tmp_path, orders=header + rows)[1]) == customers


@pytest.mark.parametrize(("second", "customers"), [("長谷川 蓮", 9), ("長谷川 葵", 8)])
def test_where_the_family_stands_first_the_whole_name_tells(
    workspace: Workspace, tmp_path: Path, second: str, customers: int
) -> None:
    people = [("長谷川 葵", "h"), (second, "h"), *((f"森川 湊{n}", f"m{n}") for n in range(7))]
    rows = "".join(
        f"{n},{4100 + n % 9},2024-01-{n % 28 + 1:02},10,{people[n % 9][0]},{people[n % 9][1]}@mail.com\n"
        for n in range(60)
    )
    header = "order_id,customer_id,order_date,total,customer_name,email\n"
    assert len(read(workspace, tmp_path, orders=header + rows)[1]) == customers


def test_an_id_is_one_in_small_and_large_letters(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f"{n},{(f'Ab{n % 9}Xyz', f'AB{n % 9}XYZ', f'ab{n % 9}xyz')[n % 3]},2024-01-{n % 28 + 1:02},{10 + n}\n"
        for n in range(80)
    )
    _, customers = read(workspace, tmp_path, orders="order_id,customer_id,order_date,total\n" + rows)
    assert {one.lower() for one in customers} == {f"ab{n}xyz" for n in range(9)}
    assert len(customers) == 9


def test_ids_whose_letters_are_drawn_stay_apart(workspace: Workspace, tmp_path: Path) -> None:
    drawn = [f"{a}{b}{c}9" for a in "aB" for b in "cDeF" for c in "gHiJkLmN"]
    ids = [*drawn, "AC", "bd"]
    ids = [one if len(one) > 2 else f"{one}g9" for one in ids]
    rows = "".join(f"{n},{ids[n % len(ids)]},2024-01-{n % 28 + 1:02},{10 + n}\n" for n in range(150))
    _, customers = read(workspace, tmp_path, orders="order_id,customer_id,order_date,total\n" + rows)
    assert customers == set(ids)


def test_tills_among_numbers_are_no_customers(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f"{n},{f'KASA{n % 2 + 1}' if n % 5 < 2 else 10200 + n % 21},2024-01-{n % 28 + 1:02},{10 + n}\n"
        for n in range(200)
    )
    _, customers = read(workspace, tmp_path, orders="order_id,customer_id,order_date,total\n" + rows)
    assert customers == {str(10200 + n) for n in range(21)}


def test_a_guest_is_one_in_any_capitals(workspace: Workspace, tmp_path: Path) -> None:
    rows = orders("", extra="customer_name", value="Ana {who}").splitlines()
    names = [f"{row.rpartition(',')[0]},{('Ana Lux', 'ANA LUX')[at % 2]}" if ",,2024" in row else row
             for at, row in enumerate(rows)]  # fmt: skip
    _, customers = read(workspace, tmp_path, orders="\n".join(names))
    assert len(customers) == 10


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (("Ana García", "García, Ana", "ANA GARCIA", "GARCÍA, ANA", "Ana Garcia"), 1),
        (("Γιώργος Παππάς", "ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ", "Παππάς, Γιώργος"), 1),
        (("Işık Çelik", "IŞIK ÇELİK", "Isik Celik"), 1),
        (("Thomas Martin", "Martin Thomas", "Thomas,Martin"), 2),
        (("Trần Hùng", "Trần Hưng", "TRẦN HÙNG"), 2),
        (("たなか がく", "たなか かく"), 2),
        (("राम गुप्ता", "रमा गुप्ता", "रमी गुप्ता"), 3),
    ],
)
@pytest.mark.parametrize("header", ["order_id,customer_name", "order_id,customer_id,customer_name"])
def test_a_person_known_by_name_is_one_in_every_writing(
    workspace: Workspace, tmp_path: Path, names: tuple[str, ...], people: int, header: str
) -> None:
    others = [f"Ben Jones{chr(97 + n)}" for n in range(8)]
    told = [f'"{names[n // 3 % len(names)]}"' if n % 3 == 0 else others[n % 8] for n in range(120)]
    ids = "," if "customer_id" in header else ""
    known = [f"{ids}{one}" if ids and n % 3 == 0 else f"{800 + n % 8}{ids}{one}" if ids else one
             for n, one in enumerate(told)]  # fmt: skip
    rows = "".join(f"{n},{one},2024-01-{n % 28 + 1:02},{10 + n}\n" for n, one in enumerate(known))
    _, customers = read(workspace, tmp_path, orders=f"{header},order_date,total\n{rows}")
    assert len(customers) == 8 + people


def named(whoever: str, share: int, town: str = "", people: str = "Ben Jones{}") -> str:
    """Write 200 orders of 16 people and of `whoever`, one in `share`; people live in a town each."""
    rows = []
    for n in range(200):
        who = whoever if n % share == 0 else people.format(chr(97 + n % 16))
        lives = f",Town{chr(97 + (n // share if n % share == 0 else n) % 16)}" if town else ""
        rows.append(f"{900 + n},{who},2024-{1 + n // 20:02}-{n % 28 + 1:02},{10 + n}{lives}")
    return f"order_id,customer_name,order_date,total{',' + town if town else ''}\n" + "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "is_customer"),
    [
        (named("Kolwiek", 5), False),
        (named("Kolwiek", 14), True),
        (named("Kol Wiek", 5), True),
        (named("Kolwiek", 5, people="Jones{}"), True),
        (named("Kol Wiek", 6, "mjesto"), False),
    ],
)
def test_a_word_that_stands_for_whoever_came_is_no_customer(
    workspace: Workspace, tmp_path: Path, text: str, is_customer: bool
) -> None:
    shop, customers = read(workspace, tmp_path, orders=text)
    assert bool({"Kolwiek", "Kol Wiek"} & customers) is is_customer
    assert len(customers) == 16 + is_customer
    assert bool(shop.notes) is not is_customer


def test_guests_of_one_word_are_nobody(workspace: Workspace, tmp_path: Path) -> None:
    text = orders("", extra="customer_name", value="Ann {who} Smith")
    rows = [f"{row.rpartition(',')[0]},Kolwiek" if ",,2024" in row else row for row in text.splitlines()]
    _, customers = read(workspace, tmp_path, orders="\n".join(rows))
    assert len(customers) == 9


def contacts(role: str, whoever: str, extra: str = "", lives: str = "") -> str:
    """Write 200 orders, three of ten by one contact and the others by 40 of their own."""
    rows = []
    for n in range(200):
        is_guest, at = n % 10 in (0, 3, 7), n * 7 % 40
        own = f"ana.{at}@mail.pt" if role == "email" else f"91{2345678 + 7919 * at}"
        town = f",{lives.format((n + n // 10) % 20 if is_guest else at % 20)}" if extra else ""
        who = whoever if is_guest else own
        rows.append(f"{n},{who},2024-{1 + n // 20:02}-{n % 28 + 1:02},{10 + n}{town}")
    return f"order_id,{role},order_date,total{',' + extra if extra else ''}\n" + "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "customers"),
    [
        (contacts("email", "quiosco@loja.pt"), 28),
        (contacts("phone", "213456789"), 28),
        (contacts("phone", "0123456789"), 28),
        (contacts("email", "quiosco@loja.pt", "town", "Vila{}"), 28),
        (contacts("email", "quiosco@loja.pt", "customer_name", "Rui Lopes{}"), 28 + 20),
        (contacts("phone", "213456789", "customer_name", "Rui Lopes{}"), 28 + 20),
    ],
    ids=["email", "phone", "digits that count", "from everywhere", "email and name", "phone and name"],
)
def test_a_contact_typed_in_for_whoever_came_is_no_customer(
    workspace: Workspace, tmp_path: Path, text: str, customers: int
) -> None:
    shop, found = read(workspace, tmp_path, orders=text)
    assert len(found) == customers
    assert bool(shop.notes) is ("0123456789" not in text)


def test_a_great_customer_of_one_town_is_one(workspace: Workspace, tmp_path: Path) -> None:
    text = contacts("email", "quiosco@loja.pt", "town", "Vila{}")
    rows = [f"{row.rpartition(',')[0]},Porto" if "quiosco" in row else row for row in text.splitlines()]
    _, found = read(workspace, tmp_path, orders="\n".join(rows))
    assert "quiosco@loja.pt" in found


@pytest.mark.parametrize(("titled", "customers"), [(6, 12), (2, 14)])
def test_a_word_before_many_names_that_stand_without_it_is_a_title(
    workspace: Workspace, tmp_path: Path, titled: int, customers: int
) -> None:
    families = ("Roca", "Pons", "Mas", "Vidal")
    names = [f"{first} {last}" for first in ("Sofía", "Mateo", "Irene") for last in families]
    rows = []
    for n in range(72):
        at = n % 12
        name = f"{'Sra.' if at % 2 else 'SR.'} {names[at]}" if at < titled and n // 12 % 2 else names[at]
        rows.append(f"{n},{name},2024-{1 + n // 12:02}-{n % 28 + 1:02},{10 + n}")
    text = "\n".join(["order_id,customer_name,order_date,total", *rows])
    assert len(read(workspace, tmp_path, orders=text)[1]) == customers
