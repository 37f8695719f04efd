"""Sums that stand twice, in the currency of the row and in one for all rows."""

from __future__ import annotations

from pathlib import Path

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

RATES = {"NOK": 1.0, "SEK": 0.98, "USD": 10.6}


def sales() -> list[tuple[int, str, str, float, float]]:
    """Orders of some buyers: number, day, currency, what was paid in it, and in kroner."""
    found = []
    for at in range(60):
        code, paid = ("NOK", "SEK", "NOK", "USD")[at % 4], 20 + at * 37 % 89 + 0.5
        kroner = round(paid * RATES[code] * (1 + at % 3 / 100), 2) if code != "NOK" else paid
        found.append((at, f"2024-03-{1 + at % 28:02}", code, paid, kroner))
    return found


def read(
    workspace: Workspace, folder: Path, header: str, rows: list[str]
) -> tuple[Upload, float, str | None]:
    """Return the file as it is read, its spend and the currency of that."""
    (folder / "salg.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    upload = load_file(workspace, folder / "salg.csv")
    return upload, *spend(workspace)


def spend(workspace: Workspace) -> tuple[float, str | None]:
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        [(found,)] = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    return round(found, 2), shop.currency


def in_kroner() -> float:
    return round(sum(kroner for *_, kroner in sales()), 2)


def test_a_column_of_one_currency_counts(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        f"{7000 + at},{day},k{at % 13}@post.no,{code},{paid},{kroner}"
        for at, day, code, paid, kroner in sales()
    ]
    header = "Ordrenr,Dato,E-post,Valuta,Beløp,Beløp NOK"
    upload, found, currency = read(workspace, tmp_path, header, rows)
    assert (found, currency) == (in_kroner(), "NOK")
    assert not upload.doubts


def test_where_no_header_says_which_it_is_asked(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        f"{7000 + at},{day},k{at % 13}@post.no,{kroner},{paid},{code}"
        for at, day, code, paid, kroner in sales()
    ]
    upload, found, currency = read(workspace, tmp_path, "Ordrenr,Dato,E-post,Beløp,Omsetning,Valuta", rows)
    assert (found, currency) == (in_kroner(), "NOK")
    (doubt,) = upload.doubts
    assert doubt.code == "home:Beløp"
    assert [option.revenue for option in doubt.options] == [in_kroner(), sum(paid for *_, paid, _ in sales())]
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert spend(workspace)[0] == sum(paid for *_, paid, _ in sales())


def test_the_rate_beside_says_it_where_no_row_is_of_that_currency(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        f"{7000 + at},{day},k{at % 13}@post.no,{code},{paid},{RATES[code]},{round(paid * RATES[code], 2)}"
        for at, day, code, paid, _ in sales()
        if code != "NOK"
    ]
    kroner = sum(float(row.split(",")[-1]) for row in rows)
    upload, found, _ = read(workspace, tmp_path, "Ordrenr,Dato,E-post,Valuta,Beløp,Kurs,Omregnet", rows)
    assert found == round(kroner, 2)
    assert not upload.doubts


def test_a_sum_that_is_alike_in_all_currencies_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        f"{7000 + at},{day},k{at % 13}@post.no,{code},{paid},{paid}" for at, day, code, paid, _ in sales()
    ]
    _, found, _ = read(workspace, tmp_path, "Ordrenr,Dato,E-post,Valuta,Beløp,Betalt", rows)
    assert found == sum(paid for _, _, code, paid, _ in sales() if code == "NOK")
