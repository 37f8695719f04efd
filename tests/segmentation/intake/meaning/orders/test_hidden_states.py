"""Columns that may say what became of orders, in words and under headers that no list knows."""

from __future__ import annotations

import random

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role, Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

ICELANDIC = "Númer,Dagsetning,Netfang,Heild,Afgreiðsla"
STATES = ("Greitt", "Sent", "Greitt", "Greitt", "Hætt við", "Sent", "Greitt")


def orders(words: tuple[str, ...], buyers: int = 23) -> list[str]:
    return [
        f"{7000 + at},2024-{1 + at // 20:02}-{1 + at % 28:02},k{10 + at % buyers}@postur.is,"
        f"{20 + at * 37 % 89}.25,{words[at * at % 83 % len(words)]}"
        for at in range(90)
    ]


def asked(upload: Upload) -> dict[str, float | None]:
    (doubt,) = [doubt for doubt in upload.doubts if doubt.code.startswith("sold:")]
    return {option.answer: option.revenue for option in doubt.options}


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def test_states_in_a_language_of_no_list_are_asked_about(load: Write, workspace: Workspace) -> None:
    rows = orders(STATES)
    upload = load(ICELANDIC, rows)
    lost = sum(float(row.split(",")[3]) for row in rows if "Hætt" in row)
    total = sum(float(row.split(",")[3]) for row in rows)
    answers = asked(upload)
    assert next(iter(answers)) == "Yes, all rows count"
    assert answers["No: rows of “Hætt við” were not sold"] == total - lost
    doubt = next(doubt for doubt in upload.doubts if doubt.code.startswith("sold:"))
    place = list(answers).index("No: rows of “Hætt við” were not sold")
    answer_doubt(workspace, upload.upload_id, doubt.code, place)
    assert spend(workspace) == total - lost


def test_what_brings_no_money_was_not_sold(load: Write, workspace: Workspace) -> None:
    rows = [
        f"{7000 + at},2024-{1 + at // 20:02}-{1 + at % 28:02},K{at % 9 + 10},{('cup', 'pot', 'pan')[at % 3]},"
        f"{1 + at % 2},{10 + at % 3}.50,{0 if at % 13 == 5 else (1 + at % 2) * (10.5 + at % 3)},"
        f"{'grey' if at % 13 == 5 else 'blue' if at % 2 else 'green'} route"
        for at in range(91)
    ]
    cells = [row.split(",") for row in rows]
    paid = sum(float(row[6]) for row in cells)
    unpaid = sum(float(row[4]) * float(row[5]) for row in cells if row[6] == "0")
    upload = load("Order ID,Order Date,Customer ID,Product,Qty,List Price,Paid,Track", rows)
    assert list(asked(upload).items())[:2] == [
        ("No: rows of “grey route” were not sold", paid),
        ("Yes, all rows count", paid + unpaid),
    ]
    assert spend(workspace) == paid


def test_what_repeats_an_earlier_purchase_takes_it_back(load: Write, workspace: Workspace) -> None:
    sold = [
        f"{7000 + at},2024-{1 + at // 20:02}-{1 + at % 20:02} 10:00,K{at % 13 + 10},Shitje,"
        f"{'abcdefghijklmnopq'[at % 17]}ota,{5 + at * 37 % 89}.5"
        for at in range(90)
    ]
    back = [
        row.replace("70", "80", 1).replace(" 10:00", " 10:40").replace("Shitje", "Kthim") for row in sold[::9]
    ]
    total, given = (sum(float(row.split(",")[-1]) for row in some) for some in (sold, back))
    upload = load(
        "Fatura,Data,Klienti,Lloji,Artikulli,Vlera", sorted([*sold, *back], key=lambda row: row.split(",")[1])
    )
    assert next(iter(asked(upload).items())) == (
        "No: rows of “Kthim” take back what was sold before",
        total - given,
    )
    assert spend(workspace) == total - given


def test_parts_of_what_an_order_cost_take_nothing_back(load: Write) -> None:
    rows = []
    for at in range(120):
        head, total = (
            f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02} 10:{at % 60:02},K{at % 13 + 10}",
            20 + at * 37 % 89,
        )
        parts = [("Koarta", total - 5), ("Skeaŋka", 5)] if at % 8 == 3 else [("Koarta", total)]
        rows += [f"{head},{total}.00,{way},{paid}.00" for way, paid in parts]
    upload = load("Kuitti,Áigi,Miellahttu,Submi,Máksinvuohki,Máksojuvvon", rows)
    assert not any("take back" in option.answer for doubt in upload.doubts for option in doubt.options)


WORDS = {
    "known headers": ("Order No,Date,E-mail,Total,Track", ("blueish", "greenish", "greyish")),
    "ways that the encoder knows": ("Nr,Dags,Póstfang,Heild,Leið", ("tarjeta", "efectivo", "transferencia")),
}


@pytest.mark.parametrize(("header", "words"), WORDS.values(), ids=list(WORDS))
def test_other_words_are_not_asked_about(load: Write, header: str, words: tuple[str, ...]) -> None:
    upload = load(header, orders(words))
    assert not [doubt for doubt in upload.doubts if doubt.code.startswith("sold:")]
    assert next(c.role for c in upload.columns if c.position == 4) is Role.CATEGORICAL


def test_a_habit_of_the_buyer_is_not_asked_about(load: Write) -> None:
    rows = [f"{row.rsplit(',', 1)[0]},{STATES[int(row.split('@')[0][-1]) % 5]}" for row in orders(STATES)]
    assert not [doubt for doubt in load(ICELANDIC, rows).doubts if doubt.code.startswith("sold:")]


def test_codes_under_a_header_of_states_are_asked_about(load: Write) -> None:
    header = "id_order,date_add,id_customer,current_state,total_paid"
    rows = [
        f"{7000 + at},2024-03-{1 + at % 28:02},{at % 9 + 10},{'4552464'[at * at % 83 % 7]},"
        f"{20 + at * 37 % 89}.25"
        for at in range(90)
    ]
    paid = sum(float(row.split(",")[4]) for row in rows if row.split(",")[3] != "6")
    assert asked(load(header, rows))["No: rows of “6” were not sold"] == paid


SOLD_AS = "Order No,Order Date,E-mail,Total"


def test_a_word_for_lost_that_a_list_knows_counts_under_any_header(load: Write, workspace: Workspace) -> None:
    words = ("Bezuelt", "Op Rechnung", "Verschéckt", "Bezuelt", "Storniert", "Bezuelt", "Rembourséiert")
    rows = orders(words)
    sold = sum(float(row.split(",")[3]) for row in rows if "Storn" not in row and "Rembours" not in row)
    upload = load(f"{SOLD_AS},Zoustand", rows)
    assert next(iter(asked(upload).values())) == sold
    assert spend(workspace) == sold
    unpaid = sum(float(row.split(",")[3]) for row in rows if "Op Rechnung" in row)
    assert sold - unpaid in asked(upload).values()


STRANGE = {
    "Cyflwr": ("Wedi talu", "Anfonwyd", "Wedi talu", "Wedi talu", "Wedi’i ganslo", "Wedi talu"),
    "Egoera": ("Ordainduta", "Bidalita", "Ordainduta", "Ordainduta", "Ezeztatuta", "Ordainduta"),
    "Hali": ("Imelipwa", "Imetumwa", "Imelipwa", "Imelipwa", "Imeghairiwa", "Imelipwa"),
}


@pytest.mark.parametrize(("name", "words"), STRANGE.items(), ids=list(STRANGE))
def test_words_of_a_language_that_nothing_reads_are_asked_about_beside_known_headers(
    load: Write, name: str, words: tuple[str, ...]
) -> None:
    rows = orders(words)
    sold = sum(float(row.split(",")[3]) for row in rows if words[4] not in row)
    assert asked(load(f"{SOLD_AS},{name}", rows))[f"No: rows of “{words[4]}” were not sold"] == sold


def test_names_under_a_header_that_is_read_are_not_asked_about(load: Write) -> None:
    upload = load(f"{SOLD_AS},Packed by", orders(("Jolanta", "Zbyszek", "Grażyna")))
    assert not [doubt for doubt in upload.doubts if doubt.code.startswith("sold:")]


def test_short_forms_of_carriers_are_not_asked_about(load: Write) -> None:
    upload = load(f"{SOLD_AS},Cludwr", orders(("DHL", "UPS", "DPD", "DHL", "GLS")))
    assert not [doubt for doubt in upload.doubts if doubt.code.startswith("sold:")]


def documents(kinds: tuple[str, str], backs: int = 11) -> list[str]:
    """Sales of some people, and after some of them a document that takes a part of it back."""
    rows = []
    for at in range(90):
        day, paid = f"{1 + at % 28:02}.{1 + at // 28:02}.2024", 20 + at * 37 % 89
        buyer, hour = f"m{at % 13}@pochta.uz", 9 + at % 7
        rows.append(f"{kinds[0]};S-{700 + at};{day} {hour:02}:00:00;{buyer};;{paid},50")
        if at % 8 == 3 and at // 8 < backs:
            part = paid if at % 16 == 3 else paid // 2
            rows.append(f"{kinds[1]};Q-{30 + at};{day} {hour + 1:02}:30:00;{buyer};S-{700 + at};{part},50")
    return rows


def sums(rows: list[str], kind: str) -> float:
    return sum(float(row.split(";")[-1].replace(",", ".")) for row in rows if row.startswith(kind))


def test_what_names_the_document_that_it_is_of_takes_it_back(load: Write, workspace: Workspace) -> None:
    rows = documents(("Sotuv", "Qaytim"))
    upload = load("Hujjat turi;Raqami;Sanasi;Mijoz;Asosi;Summasi", rows)
    answer, revenue = next(iter(asked(upload).items()))
    left = sums(rows, "Sotuv") - sums(rows, "Qaytim")
    assert (answer, revenue) == ("No: rows of “Qaytim” take back what was sold before", left)
    assert spend(workspace) == left


def test_what_buyers_may_have_taken_back_is_among_the_answers(load: Write) -> None:
    rows = [";".join([*row.split(";")[:4], row.split(";")[5]]) for row in documents(("Sotuv", "Qaytim"))]
    answers = asked(load("Hujjat turi;Raqami;Sanasi;Mijoz;Summasi", rows))
    left = sums(rows, "Sotuv") - sums(rows, "Qaytim")
    assert answers["No: rows of “Qaytim” take back what was sold before"] == left


@pytest.mark.parametrize(
    ("header", "sides"), [("Strona Wn/Ma", ("Wn", "Ma")), ("Debe o Haber", ("D", "H")), ("DC", ("C", "D"))]
)
def test_sides_of_an_account_that_the_header_names_take_back(
    load: Write, workspace: Workspace, header: str, sides: tuple[str, str]
) -> None:
    rows = [";".join([*row.split(";")[:4], row.split(";")[5]]) for row in documents(sides)]
    upload = load(f"{header};Invoice No;Date;Customer E-mail;Amount", rows)
    left = sums(rows, f"{sides[0]};") - sums(rows, f"{sides[1]};")
    answer = f"No: rows of “{sides[1]}” take back what was sold before"
    assert next(iter(asked(upload).items())) == (answer, left)
    assert spend(workspace) == left


GOODS = "Pöntun;Dagur;Netfang;Vara;Fjöldi;Verð;Samtals"
LINES = ("Afhent", "Afhent", "Skilað", "Afhent", "Afhent", "Afhent", "Afturkallað", "Afhent", "Afhent")


def order_lines(words: tuple[str, ...], by_article: bool = False) -> list[str]:
    """Lines of orders, each with a word of its own, or with one that its article mostly has."""
    rows = []
    for at in range(420):
        article, pieces = at * 7919 % 31, 1 + at * at % 7 % 3
        place = article + (at * at % 97 < 9) if by_article else at * at * 31 % 103
        rows.append(
            f"{7000 + at // 3};{1 + at // 15:02}.03.2024;k{at // 3 * 5 % 41}@postur.is;ker{article};"
            f"{pieces};{300 + article * 131};{pieces * (300 + article * 131)};{words[place % len(words)]}"
        )
    return rows


@pytest.mark.parametrize("words", [LINES, (*LINES, "Á leiðinni", "Á leiðinni", "Á leiðinni")])
def test_states_of_single_lines_are_asked_about(load: Write, words: tuple[str, ...]) -> None:
    rows = order_lines(words)
    sold = sum(float(row.split(";")[6]) for row in rows if not row.endswith(("Skilað", "Afturkallað")))
    answers = asked(load(f"{GOODS};Staða", rows))
    assert any(answer.startswith("No: ") and revenue == sold for answer, revenue in answers.items())


@pytest.mark.parametrize("header", ["Litur", "Colour"])
def test_what_goes_with_articles_is_not_asked_about(load: Write, header: str) -> None:
    words = ("Svartur", "Svartur", "Blár", "Svartur", "Grænn", "Svartur")
    upload = load(f"{GOODS};{header}", order_lines(words, by_article=True))
    assert not [doubt for doubt in upload.doubts if doubt.code.startswith("sold:")]


def test_that_all_but_the_commonest_were_not_sold_is_among_the_answers(load: Write) -> None:
    told = [row.split(";", 1) for row in documents(("Sotuv", "Qaytim"))]
    rows = [
        f"{row};{'CH' if kind == 'Qaytim' else 'Y' if at % 11 == 5 else 'N'}"
        for at, (kind, row) in enumerate(told)
    ]
    answers = asked(load("Raqami;Sanasi;Mijoz;Asosi;Summasi;CANCELED", rows))
    left = sum(float(row.split(";")[4].replace(",", ".")) for row in rows if row.endswith(";N"))
    assert answers["No: rows of “CH” and “Y” were not sold"] == left


def spread(words: dict[str, int], rows: int = 240, seed: int = 7) -> list[str]:
    """Words by chance, each as often as it weighs."""
    return random.Random(seed).choices(list(words), list(words.values()), k=rows)


STATE = {"Dhammaystiran": 85, "La joojiyay": 9, "La soo celiyay": 6}
WAYS = {"Caddaan": 6, "Kaadh": 3, "Dirid": 1}
DEPOTS = {"Hargeysa": 1, "Boosaaso": 1, "Kismaayo": 1}


def somali(columns: dict[str, list[str]]) -> tuple[str, list[str]]:
    rows = [
        f"{4000 + at},2024-{1 + at // 24:02}-{1 + at % 24:02},k{at * at % 97 % 41}@example.org,"
        + ",".join([f"{8 + at * 37 % 389}.50", *words])
        for at, words in enumerate(zip(*columns.values(), strict=True))
    ]
    return ",".join(["Lambarka dalabka,Taariikhda,Iimaylka,Wadarta", *columns]), rows


def asked_columns(upload: Upload) -> list[str]:
    return [doubt.code.removeprefix("sold:") for doubt in upload.doubts if doubt.code.startswith("sold:")]


def test_values_that_are_about_as_common_are_a_category(load: Write) -> None:
    assert not asked_columns(load(*somali({"Bakhaarka": spread(DEPOTS)})))


def test_of_several_columns_the_likest_to_states_is_asked_about(load: Write) -> None:
    columns = {"Bakhaarka": spread(DEPOTS), "Habka": spread(WAYS, seed=8), "Xaaladda": spread(STATE)}
    assert asked_columns(load(*somali(columns))) == ["Xaaladda"]


def test_two_words_of_which_each_is_common_are_no_states(load: Write) -> None:
    columns = {
        "Qaabka": spread({"Mooto": 5, "Baabuur": 4}),
        "Xaaladda": spread({"Bixin": 92, "Joogso": 8}, seed=3),
    }
    assert asked_columns(load(*somali(columns))) == ["Xaaladda"]


def test_a_word_that_only_the_latest_orders_have_is_a_state(load: Write) -> None:
    words = [word if at < 215 else "La diray" for at, word in enumerate(spread({"Bixin": 60, "Joogso": 20}))]
    columns = {"Marinka": spread({"Dukaan": 90, "Barta": 6, "Wac": 4}, seed=9), "Xaaladda": words}
    assert asked_columns(load(*somali(columns))) == ["Xaaladda"]


def test_what_buyers_lean_to_is_a_category(load: Write) -> None:
    header, rows = somali({"Habka": spread(WAYS, 480)})
    likes = {f"k{at * at % 97 % 41}@example.org": way for at, way in enumerate(spread(WAYS, 97, seed=3))}
    leaning = [
        row.rsplit(",", 1)[0] + f",{likes[row.split(',')[2]]}" if at % 2 else row
        for at, row in enumerate(rows)
    ]
    assert not asked_columns(load(header, leaning))


def test_beside_known_states_no_strange_words_are_asked_about(load: Write) -> None:
    header, rows = somali(
        {"Marinka": spread({"Dukaan": 90, "Barta": 6, "Wac": 4}), "Status": spread(dict(paid=9, cancelled=1))}
    )
    assert not asked_columns(load(header, rows))
