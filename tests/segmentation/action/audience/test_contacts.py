"""Contacts as the action room reads them: in the order asked for, and names in parts."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.action.audience.audience import addresses
from segmentation.action.audience.contacts import CONTACT_COLUMNS, load_contacts, load_reach
from segmentation.action.audience.person_names import split_name
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

CUSTOMERS = """customer_id,email,phone,name,newsletter
c1,ann@x.example,,Ann Smith,yes
c2,not an address,+44 20 7946 0018,Bob Jones,no
c3,,123,Cem Kaya,
c4,dot@x.example,020 7946 0019,Dot Lee,yes
"""
IDS = np.array(["c4", "c3", "nobody", "c1", "c2"], dtype=object)


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    load_file(workspace, path)
    build_shop(workspace)
    return workspace


def test_contacts_follow_the_order_asked_for(filled: Workspace) -> None:
    found = load_contacts(filled, IDS)
    assert tuple(found.columns) == CONTACT_COLUMNS
    names = found["full_name"].astype(object).where(found["full_name"].notna(), None)
    assert list(names) == ["Dot Lee", "Cem Kaya", None, "Ann Smith", "Bob Jones"]
    assert list(found["emails"][0]) == ["dot@x.example"]


def test_reach_counts_only_what_can_be_used(filled: Workspace) -> None:
    reach = load_reach(filled, IDS)
    assert reach.email.tolist() == [True, False, False, True, False]
    assert reach.phone.tolist() == [True, False, False, False, True]
    assert reach.nobody.tolist() == [False, True, True, False, False]
    assert reach.consent.tolist() == ["yes", "unknown", "unknown", "yes", "no"]
    assert not reach.objects.any()


def test_addresses_are_shown_of_those_who_agreed(filled: Workspace) -> None:
    assert addresses(filled, IDS).to_dict("records") == [
        {"name": "Dot Lee", "email": "dot@x.example"},
        {"name": "Cem Kaya", "email": ""},
        {"name": "", "email": ""},
        {"name": "Ann Smith", "email": "ann@x.example"},
        {"name": "Bob Jones", "email": ""},
    ]
    assert list(addresses(filled, np.array(["nobody"], dtype=object))) == []


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Ann Smith", ("Ann", "Smith")),
        ("Becker, Anna", ("Anna", "Becker")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Inés García López", ("Inés", "García López")),
        ("Dr. Anna Becker", ("Anna", "Becker")),
        ("Frau Dr. Anna Becker", ("Anna", "Becker")),
        ("Martin King, Jr.", ("Martin", "King")),
        ("Martin King III", ("Martin", "King")),
        ("  Ann   Smith ", ("Ann", "Smith")),
        ("Madonna", ("", "")),
        ("王小明", ("", "")),
        ("Becker GmbH", ("", "")),
        ("Smith & Sons", ("", "")),
        ("Guest 1234", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_whole_name_is_split_only_where_that_is_safe(full: str, parts: tuple[str, str]) -> None:
    assert split_name(full) == parts


@given(st.text(max_size=40))
def test_a_name_has_both_parts_or_none(full: str) -> None:
    first, last = split_name(full)
    assert bool(first) == bool(last)
    assert (first + last).strip() == first + last
