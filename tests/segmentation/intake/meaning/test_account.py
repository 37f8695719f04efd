"""Movements of an account: its running balance is never what was paid, nor is what lowers it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.money.account import Account, find_account
from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ROWS = np.arange(40)
IN = np.where(ROWS % 5 == 4, np.nan, 10.0 + ROWS * 7 % 31)
OUT = np.where(ROWS % 5 == 4, 4.5 + ROWS, np.nan)
BALANCE = 300 + np.cumsum(np.nan_to_num(IN) - np.nan_to_num(OUT))


def cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.2f}"


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_balance_and_what_raises_and_lowers_it(newest: bool, sign: int) -> None:
    numbers = {3: sign * OUT, 5: BALANCE, 8: IN, 9: np.arange(40.0) % 6}
    if newest:
        numbers = {place: values[::-1] for place, values in numbers.items()}
    assert find_account(numbers) == Account(5, 8, 3)


def test_one_column_may_move_it_both_ways() -> None:
    moved = np.nan_to_num(IN) - np.nan_to_num(OUT)
    assert find_account({0: moved, 1: BALANCE}) == Account(1, 0)


def test_sums_that_do_not_run_on_are_no_balance() -> None:
    total = np.nan_to_num(IN) + np.nan_to_num(OUT)
    assert find_account({0: IN, 1: OUT, 2: total, 3: np.full(40, 7.0), 4: ROWS.astype(np.float64)}) is None


def test_numbers_of_orders_beside_one_piece_each_are_no_balance() -> None:
    assert find_account({0: ROWS + 1000.0, 1: np.ones(40), 2: np.full(40, 10.0)}) is None


def test_the_balance_of_a_file_is_no_amount_and_which_side_was_paid_is_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [f"{1 + at % 28:02}.{1 + at // 28:02}.2024,B{at + 500},K{at * 3 % 11 + 100},"
            f"{cell(OUT[at])},{cell(IN[at])},{BALANCE[at]:.2f}" for at in ROWS]  # fmt: skip
    header = "Buchungsdatum,Belegnummer,Kundennummer,Soll,Haben,Saldo"
    (tmp_path / "konto.csv").write_text("\n".join([header, *rows]) + "\n")
    upload = load_file(workspace, tmp_path / "konto.csv")
    amount = upload.column_of(Role.AMOUNT)
    assert amount is not None
    assert amount.name == "Haben"
    asked = next(doubt for doubt in upload.doubts if doubt.code == "side:Haben")
    assert [option.revenue for option in asked.options] == pytest.approx([np.nansum(IN), np.nansum(OUT)])


def test_rows_of_an_account_are_no_customers(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"RC{at + 500}XJ,2024-03-{1 + at % 28:02} 10:{at:02}:00,{254711000000 + at * 3 % 11 * 7919},"
            f"{np.nan_to_num(IN[at]):,.2f},{-np.nan_to_num(OUT[at]):,.2f},{BALANCE[at]:,.2f}"
            .replace(",0.00", ",").replace(",-0.00", ",") for at in ROWS]  # fmt: skip
    header = "Namba,Muda,Simu,Kilicholipwa,Kilichotolewa,Salio"
    (tmp_path / "taarifa.csv").write_text("\n".join([header, *rows]))
    upload = load_file(workspace, tmp_path / "taarifa.csv")
    amount = upload.column_of(Role.AMOUNT)
    assert amount is not None
    assert (upload.kind, amount.name) == (Kind.ORDERS, "Kilicholipwa")


def test_of_what_moves_the_balance_customers_paid_what_the_seller_did_not_get_as_well(
    workspace: Workspace, tmp_path: Path
) -> None:
    gross = 10.0 + ROWS * 7 % 31
    cut = np.round(0.03 * gross + 0.4, 2)
    balance = np.cumsum(gross - cut)
    rows = [f"{1 + at % 28:02}/03/2024,T{at + 500},k{at * 3 % 11}@shop.example,"
            f"{gross[at]:.2f},{-cut[at]:.2f},{gross[at] - cut[at]:.2f},{balance[at]:.2f}"
            for at in ROWS]  # fmt: skip
    header = "Date,Transaction ID,Email,Gross,Fee,Net,Balance"
    (tmp_path / "account.csv").write_text("\n".join([header, *rows]) + "\n")
    amount = load_file(workspace, tmp_path / "account.csv").column_of(Role.AMOUNT)
    assert amount is not None
    assert amount.name == "Gross"


@pytest.mark.parametrize("newest", [False, True])
def test_payments_that_failed_leave_the_balance_as_it_was(newest: bool) -> None:
    failed = ROWS % 7 == 3
    balance = 300 + np.cumsum(np.where(failed, 0, np.nan_to_num(IN) - np.nan_to_num(OUT)))
    numbers = {3: -OUT, 5: balance, 8: IN}
    if newest:
        numbers = {place: values[::-1] for place, values in numbers.items()}
    assert find_account(numbers) == Account(5, 8, 3)


def test_who_paid_into_an_account_is_named_beside_a_telephone(workspace: Workspace, tmp_path: Path) -> None:
    names = [
        f"2547{at * 7919 + 11000000} - {first} {last}"
        for at, (first, last) in enumerate(
            (first, last)
            for first in ("ASHA", "JUMA", "NEEMA", "OTIENO")
            for last in ("MWANGI", "AKINYI", "ODERO")
        )
    ]
    rows = [f"RC{at + 500}XJ,2024-03-{1 + at % 28:02} 10:{at:02}:00,{names[at * 7 % 12]},"
            f"{np.nan_to_num(IN[at]):.2f},{np.nan_to_num(OUT[at]):.2f},{BALANCE[at]:.2f}"
            .replace(",0.00", ",") for at in ROWS]  # fmt: skip
    header = "Receipt No.,Completion Time,Other Party Info,Paid In,Withdrawn,Balance"
    (tmp_path / "till.csv").write_text("\n".join([header, *rows]) + "\n")
    upload = load_file(workspace, tmp_path / "till.csv")
    assert {column.name: column.role for column in upload.columns}["Other Party Info"] is Role.NAME
    build_shop(workspace)
    with workspace.cursor() as cursor:
        query = "SELECT count(DISTINCT customer_id), sum(amount)::DOUBLE FROM shop.lines"
        assert cursor.execute(query).fetchall() == [(12, pytest.approx(np.nansum(IN)))]


def test_in_an_account_any_words_that_come_again_may_name_who_paid(
    workspace: Workspace, tmp_path: Path
) -> None:
    names = [f"{first} {last}" for first in ("Aline", "Hugo", "Ines")
             for last in ("Favre", "Blanc", "Rochat", "Perret")]  # fmt: skip
    rows = [f"{1 + at // 2:02}.{3 + at % 2:02}.2023;{names[at * 7 % 12]};{cell(-OUT[at])};{cell(IN[at])};"
            f"{BALANCE[at]:.2f}"
            for at in ROWS]  # fmt: skip
    (tmp_path / "compte.csv").write_text("\n".join(["Date;Texte comptable;Débit;Crédit;Solde", *rows]))
    upload = load_file(workspace, tmp_path / "compte.csv")
    assert (upload.kind, upload.columns[1].role) == (Kind.ORDERS, Role.NAME)
