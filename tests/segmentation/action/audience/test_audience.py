"""Audience files on a shop small enough to be worked out by hand: who is in, who is not and why."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.action.audience import platforms
from segmentation.action.audience.audience import (
    Audience,
    AudienceOptions,
    Chosen,
    Reason,
    file_stem,
    write_audience,
)
from segmentation.action.audience.handover import segment_of
from segmentation.action.audience.hold_out import chosen_share, draw, split
from segmentation.action.audience.people import ListKind, PeopleList
from segmentation.action.audience.platforms import PLATFORMS, Platform, PlatformRules
from segmentation.action.audience.suppression import clear_suppressed, suppress, suppressed_keys
from segmentation.action.files.export_log import exports_with, list_exports, log_export
from segmentation.cli import main
from segmentation.errors import OptionError
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

CUSTOMERS = """customer_id,email,phone,name,country,zip,newsletter,profiling_consent
c1,Test@Example.com,(800) 555-0101,Alex Zoë,United States,90210-1234,yes,yes
c2,bob@shop.example,,Bob,Germany,10115,no,yes
c3,cem@shop.example,,Cem Kaya,Germany,10115,,yes
c4,,,Dot Lee,France,75001,yes,yes
c5,not an address,12,Eve Ray,France,75001,yes,yes
c6,fay@shop.example,020 7946 0018,Fay Low,,,yes,yes
c7,gus@shop.example,,Gus Orr,Spain,28001,yes,no
c8,hal@shop.example,,Hal Poe,Spain,28001,yes,yes
c9,ida@shop.example,,Ida Quy,Spain,28001,yes,yes
d1,jon@shop.example,020 7946 0018,Jon Rae,United Kingdom,SW1A 1AA,yes,yes
"""
IDS = np.array([line.split(",")[0] for line in CUSTOMERS.splitlines()[1:]], dtype=object)
HELD = IDS == "c9"
MAIL = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audience")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    with Workspace.open(folder / "home" / "workspace.duckdb") as opened:
        load_file(opened, folder / "customers.csv")
        build_shop(opened, Cleaning(off=frozenset({Rule.OBJECTIONS, Rule.MERGED, Rule.TEST_CUSTOMERS})))
    return folder / "home"


@pytest.fixture
def filled(filled_home: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    return open_copy(filled_home)


def write(workspace: Workspace, folder: Path, options: AudienceOptions) -> Audience:
    values = np.arange(len(IDS)) - 0.5
    chosen = Chosen(IDS, np.full(len(IDS), 2), HELD, values)
    return write_audience(workspace, chosen, options, folder, "audience-2")


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_each_customer_is_in_or_left_out_for_one_reason(filled: Workspace, tmp_path: Path) -> None:
    suppress(filled, "email\nHAL@shop.example\n", "unsubscribed.csv")
    found = write(filled, tmp_path / "out", AudienceOptions(Platform.KLAVIYO, "GB"))
    assert found.left_out == {
        Reason.OBJECTS: 1,
        Reason.REFUSED: 1,
        Reason.NOT_ASKED: 1,
        Reason.NO_CONTACT: 1,
        Reason.UNUSABLE: 1,
        Reason.SUPPRESSED: 1,
        Reason.HELD_OUT: 1,
        Reason.REPEATED: 1,
    }
    assert list(found.members) == ["c1", "c6"]
    assert found.people + sum(found.left_out.values()) == found.chosen == len(IDS)
    assert read(found.list_of_left_out)[1] == ["c2", "said no to marketing"]
    assert len(read(found.list_of_left_out)) == 9
    assert read(found.files[0]) == [
        ["Email Address", "Phone Number", "First Name", "Last Name", "segment"],
        ["test@example.com", "+18005550101", "Alex", "Zoë", "segment 2"],
        ["fay@shop.example", "+442079460018", "Fay", "Low", "segment 2"],
    ]


STANDING = pd.DataFrame(
    {
        "current_segment": [3, *[2] * 9],
        "previous_segment": pd.array([2, *[None] * 9], dtype="Int64"),
        "changed_on": ["2024-03-09", *[None] * 9],
    }
)


@pytest.mark.parametrize("platform", Platform)
def test_where_customers_stand_is_in_each_file_that_has_room_or_said_beside_it(
    filled: Workspace, tmp_path: Path, platform: Platform
) -> None:
    chosen = Chosen(IDS, np.full(len(IDS), 2), HELD, standing=STANDING)
    found = write_audience(filled, chosen, AudienceOptions(platform, "GB"), tmp_path / "out", "audience-2")
    header, first, *_, last = read(found.files[0])
    said = [warning for warning in found.warnings if "previous segment" in warning]
    if platforms.PLATFORMS[platform].own_columns:
        assert header[-3:] == ["current_segment", "previous_segment", "changed_on"] and not said
        assert first[-3:] == ["3", "2", "2024-03-09"] and last[-3:] == ["2", "", ""]
    else:
        assert said and not {"previous_segment", "changed_on"} & set(header)


def test_a_hashed_file_holds_no_address_no_id_and_no_hash_of_nothing(
    filled: Workspace, tmp_path: Path
) -> None:
    found = write(filled, tmp_path / "out", AudienceOptions(Platform.META, "GB", value=True))
    header, *rows = read(found.files[0])
    assert header == ["email", "phone", "fn", "ln", "zip", "country", "value"]
    assert rows[0][0] == MAIL
    assert rows[0][-1] == "", "a value below zero is no value"
    assert rows[1][-1] == "4.50"
    assert rows[1][4:6] == ["", ""], "fay gave neither postal code nor country"
    text = found.files[0].read_text()
    assert "@" not in text
    assert "c6" not in {cell for row in rows for cell in row}
    assert platforms.digest("") == ""
    assert [warning for warning in found.warnings if "100 people" in warning]
    assert not any("anonym" in warning for warning in found.warnings)


def test_who_has_not_answered_can_be_taken_in_but_never_who_said_no(
    filled: Workspace, tmp_path: Path
) -> None:
    found = write(filled, tmp_path / "out", AudienceOptions(Platform.MAILCHIMP, only_yes=False))
    assert "c3" in found.members
    assert found.left_out[Reason.REFUSED] == 1


def test_a_file_too_large_is_written_in_parts(
    filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLATFORMS, Platform.KLAVIYO, PlatformRules("Klaviyo", False, largest=150))
    found = write(filled, tmp_path / "out", AudienceOptions(Platform.KLAVIYO, "GB"))
    names = [f"audience-2-{found.people}-people-part-{n + 1}.csv" for n in range(len(found.files))]
    assert len(names) > 1
    assert [path.name for path in found.files] == names
    assert all(path.stat().st_size <= 150 for path in found.files)
    parts = [read(path) for path in found.files]
    assert {tuple(part[0]) for part in parts} == {tuple(parts[0][0])}
    assert sum(len(part) - 1 for part in parts) == found.people


def people(kind: ListKind, which: str = "") -> PeopleList:
    return PeopleList(kind, "../A title = anything", "run", 3, lambda: IDS, which)


def test_file_names_say_what_and_when_and_nothing_that_a_person_typed() -> None:
    day = date(2024, 3, 9)
    assert file_stem(people(ListKind.SEGMENT, "2"), "meta", day) == "segment-2-meta-2024-03-09"
    assert file_stem(people(ListKind.TIER, "at_risk"), "crm", day) == "tier-at-risk-crm-2024-03-09"
    assert file_stem(people(ListKind.CELL, "5:4"), "crm", day) == "cell-5-4-crm-2024-03-09"
    assert file_stem(people(ListKind.CONCEPT, "../gift buyer"), "crm", day) == "concept-crm-2024-03-09"
    assert file_stem(people(ListKind.ALL), "customers", day) == "all-customers-2024-03-09"


def test_lists_are_told_apart_by_who_is_on_them_and_kept_by_their_code() -> None:
    first, second = people(ListKind.SEGMENT, "2"), people(ListKind.SEGMENT, "3")
    assert first.code == "segment:2"
    assert people(ListKind.WIN_BACK).code == "winback"
    assert first.digest == people(ListKind.SEGMENT, "2").digest
    others = PeopleList(ListKind.SEGMENT, "", "run", 3, lambda: IDS[::-1], "2")
    assert len({first.digest, second.digest, others.digest}) == 3


CRM = """customer_id,email,phone,first_name,last_name,country,newsletter,sms_consent
c1,zoe@shop.example,+44 20 7946 0018,Zoë,Åberg-Nuñez,United Kingdom,yes,yes
=c2,ann@shop.example,,"=HYPERLINK(""http://x"")",Lee,Deutschland,yes,yes
c3,,+49 30 1234567,李,小龍,DEU,yes,yes
c4,dot@shop.example,+33 1 70 18 99 00,Dot,@SUM(A1),fr,yes,no
c5,eve@shop.example,+33170189901,Eve,Ray,FR,no,yes
c6,fay@shop.example,,Fay,Low,Atlantis,,
"""


def test_a_crm_list_has_names_addresses_and_one_country_of_those_who_agreed(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = tmp_path / "customers.csv"
    source.write_text(CRM, encoding="utf-8")
    load_file(workspace, source)
    build_shop(workspace, Cleaning())
    ids = np.array(["c1", "=c2", "c3", "c4", "c5", "c6"], dtype=object)
    chosen = Chosen(ids, np.array([1, 1, 2, 2, 3, 3]), np.zeros(6, dtype=bool))
    found = write_audience(workspace, chosen, AudienceOptions(Platform.CRM), tmp_path, "winback-crm")
    assert found.files[0].name == "winback-crm-4-people.csv"
    assert found.files[0].read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(found.files[0]) == [
        ["customer_id", "name", "email", "phone", "country", "segment"],
        ["c1", "Zoë Åberg-Nuñez", "zoe@shop.example", "+442079460018", "GB", "1"],
        ["'=c2", 'HYPERLINK("http://x") Lee', "ann@shop.example", "", "DE", "1"],
        ["c3", "李 小龍", "", "+49301234567", "DE", "2"],
        ["c4", "Dot @SUM(A1)", "dot@shop.example", "", "FR", "2"],
    ]
    assert found.left_out == {Reason.REFUSED: 1, Reason.NOT_ASKED: 1}


def test_the_suppression_list_knows_addresses_in_every_form(workspace: Workspace) -> None:
    found = suppress(
        workspace, f"E-Mail;Phone\nann+x@a.example;030 1234567\n{MAIL}\nbad@\n", "list.csv", "DE"
    )
    assert (found.understood, found.unreadable) == (3, ("bad@",))
    keys = suppressed_keys(workspace)
    forms = ("ann+x@a.example", "ann@a.example", "+49301234567", "49301234567", "test@example.com")
    assert keys == {platforms.digest(form) for form in forms}
    suppress(workspace, "ann+x@a.example", "again")
    assert suppressed_keys(workspace) == keys
    clear_suppressed(workspace)
    assert not suppressed_keys(workspace)


def test_the_hold_out_is_a_share_of_each_segment_whatever_the_order() -> None:
    ids = np.array([f"c{n}" for n in range(300)], dtype=object)
    segments = np.repeat([0, 1, 2], [200, 90, 10])
    held = draw(ids, segments, 0.1, seed=1)
    assert [int(held[segments == one].sum()) for one in range(3)] == [20, 9, 1]
    shuffled = np.random.default_rng(0).permutation(300)
    assert set(ids[shuffled][draw(ids[shuffled], segments[shuffled], 0.1, seed=1)]) == set(ids[held])
    assert set(ids[draw(ids, segments, 0.1, seed=2)]) != set(ids[held])


def test_the_hold_out_is_kept_for_the_next_export(workspace: Workspace) -> None:
    ids = np.array([f"c{n}" for n in range(100)], dtype=object)
    first = split(workspace, ids, np.zeros(100, dtype=int), 0.2)
    assert first.sum() == 20
    assert chosen_share(workspace) == 0.2
    more = np.array([f"d{n}" for n in range(50)], dtype=object)
    later = split(workspace, np.append(ids, more), np.append(np.ones(100, dtype=int), np.zeros(50, int)), 0.2)
    assert (later[:100] == first).all()
    assert later[100:].sum() == 10
    assert not split(workspace, ids, np.zeros(100, dtype=int), 0).any()
    with pytest.raises(OptionError, match="hold-out of 70%"):
        split(workspace, ids, np.zeros(100, dtype=int), 0.7)


def test_the_log_knows_which_files_named_somebody(workspace: Workspace) -> None:
    log_export(workspace, "meta", "2", ["audience-2.csv"], 2, np.array(["a", "b"], dtype=object))
    log_export(workspace, "csv", "all", ["customers.csv"], 9)
    log_export(workspace, "tiktok", "1", ["audience-1.csv"], 0, np.array([], dtype=object))
    assert [one.kind for one in list_exports(workspace)] == ["tiktok", "csv", "meta"]
    assert {one.kind for one in exports_with(workspace, ["b"])} == {"meta", "csv"}
    assert {one.kind for one in exports_with(workspace, ["z"])} == {"csv"}


def test_segments_are_named_or_numbered() -> None:
    names = ["Regulars", "2 for 1"]
    assert segment_of(names, "all") is None
    assert segment_of(names, "regulars") == 0
    assert segment_of(names, "2") == 1
    with pytest.raises(OptionError, match="There are: 1 \\(Regulars\\), 2 \\(2 for 1\\), or all"):
        segment_of(names, "3")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    assert main(["sample", str(folder), "--customers", "300", "--seed", "5"]) == 0
    files = [str(folder / name) for name in ("customers.csv", "orders.csv")]
    kept, out = ["--workspace", str(folder / "kept.duckdb")], ["--out", str(folder / "run")]
    assert main(["run", *files, "--model", "none", "--k-range", "2:3", *kept, *out]) == 0
    return folder / "kept.duckdb"


@pytest.mark.parametrize("platform", list(Platform))
def test_the_command_writes_a_file_for_each_platform(
    platform: Platform, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    place = ["--workspace", str(kept), "--out", str(tmp_path)]
    assert main(["audience", *place, "--for", str(platform), "--segment", "all", "--hold-out", "0.1"]) == 0
    printed = json.loads(capsys.readouterr().out)
    (file,) = printed["files"]
    assert len(read(Path(file))) == printed["people"] + 1 > 10
    assert printed["left_out"]["held out for the test"] > 0
    assert printed["people"] + sum(printed["left_out"].values()) == printed["chosen"]
    with Workspace.open(kept) as workspace:
        assert list_exports(workspace)[0].kind == str(platform)


def listed(kept: Path, out: Path, code: str, *more: str) -> list[str]:
    """Give the arguments that write a list for a CRM."""
    place = ["--workspace", str(kept), "--out", str(out), "--for", "crm", "--without-yes"]
    return ["audience", *place, "--list", code, *more]


def test_the_command_takes_every_list(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(listed(kept, tmp_path, "winback")) == 2
    assert "retention --workspace PATH" in capsys.readouterr().err
    assert main(["retention", "--workspace", str(kept), "--out", str(tmp_path / "ahead")]) == 0
    capsys.readouterr()
    chosen = {}
    for code in ("all", "segment:1", "winback", "tier:Champions", "tier:at_risk", "cell:5:5", "borderline"):
        assert main(listed(kept, tmp_path, code)) == 0, code
        printed = json.loads(capsys.readouterr().out)
        assert printed["list"] == code.lower()
        (file,) = printed["files"]
        assert len(read(Path(file))) == printed["people"] + 1
        assert file.endswith(f"-{printed['people']}-people.csv")
        chosen[code] = printed["chosen"]
    assert chosen["all"] == 300
    assert 0 < chosen["cell:5:5"] <= chosen["tier:Champions"] < 300
    assert chosen["winback"] == len(read(tmp_path / "ahead" / "win-back.csv")) - 1
    with Workspace.open(kept) as workspace:
        logged = [one.segment for one in list_exports(workspace)]
    assert {"winback", "tier:champions", "cell:5:5", "borderline"} <= set(logged)


def test_the_command_takes_who_is_near_a_concept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", str(tmp_path), "--customers", "120", "--seed", "4"]) == 0
    files = [str(tmp_path / name) for name in ("customers.csv", "orders.csv", "products.csv")]
    kept = tmp_path / "kept.duckdb"
    made = ["--model", "lexical", "--k-range", "2:3", "--out", str(tmp_path / "run")]
    assert main(["run", *files, *made, "--workspace", str(kept)]) == 0
    capsys.readouterr()
    chosen = []
    for cut in ("50", "70"):
        assert main(listed(kept, tmp_path, "concept:gift", "--cut", cut)) == 0
        chosen.append(json.loads(capsys.readouterr().out)["chosen"])
    assert 120 > chosen[0] > chosen[1]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("movers", "There are: all, segment:N, winback"),
        ("tier:kings", "there is no tier “kings”"),
        ("cell:6:1", "Give two scores of 1 to 5"),
        ("concept:12", "no word"),
        ("concept:gift", "no texts were read"),
        ("segment:9", "there is no segment “9”"),
    ],
)
def test_a_list_that_is_not_there_is_one_clear_line(
    code: str, said: str, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(listed(kept, tmp_path, code)) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--segment": "nobody"}, "there is no segment “nobody”"),
        ({"--default-country": "Mars"}, "“Mars” is no country"),
        ({"--k": "99"}, "there are no 99 segments"),
        ({"--hold-out": "0.9"}, "a hold-out of 90%"),
        ({"--suppress": "missing.csv"}, "missing.csv cannot be read"),
        ({"--workspace": "missing.duckdb"}, "there is no workspace at missing.duckdb"),
    ],
)
def test_a_bad_choice_is_one_clear_line(
    change: dict[str, str], said: str, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"--workspace": str(kept), "--for": "meta", "--segment": "all", "--out": str(tmp_path), **change}
    assert main(["audience", *(part for pair in given.items() for part in pair)]) == 2
    assert said in capsys.readouterr().err


def test_where_no_file_speaks_of_consent_everybody_is_in_and_it_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = tmp_path / "customers.csv"
    source.write_text("customer_id,email,name,country\na1,ann@shop.example,Ann Lee,Austria\n", "utf-8")
    load_file(workspace, source)
    build_shop(workspace, Cleaning())
    chosen = Chosen(np.array(["a1"], dtype=object), np.array([1]), np.zeros(1, dtype=bool))
    found = write_audience(workspace, chosen, AudienceOptions(Platform.CRM), tmp_path, "all-crm")
    assert read(found.files[0])[1] == ["a1", "Ann Lee", "ann@shop.example", "", "AT", "1"]
    assert found.warnings == (
        "No column of your files says who agreed to marketing: make sure that all of them did.",
    )
