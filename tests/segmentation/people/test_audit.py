"""The audit shows what was changed in it, taken out or cut off, and lets a person be forgotten."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.errors import OptionError
from segmentation.people import Visitor
from segmentation.people.audit import KEY, Audit, Broken
from segmentation.people.deed import COMMAND_LINE, Action, Ending, Flaw, actor_of

ANN = actor_of("a1", Visitor("https://id.example", "ann", "ann@shop.example", "Ann"))
BOB = actor_of("b2", Visitor("https://id.example", "bob"))


def filled(folder: Path, lines: int = 5) -> Audit:
    audit = Audit(folder)
    for number in range(lines):
        audit.record((ANN, BOB)[number % 2], "w1", Action.EXPORT, f"file-{number}.csv", {"rows": number})
    return audit


def file_of(audit: Audit) -> Path:
    [path] = audit.folder.glob("*.jsonl")
    return path


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    audit.record(ANN, "w1", Action.EXPORT, "best.csv", {"rows": 12, "digest": "ab"})
    audit.record(COMMAND_LINE, "w1", Action.SET_ROLE, "b2", ending=Ending.REFUSED)
    first, second = audit.lines()
    assert (first.actor_id, first.action, first.object) == ("a1", "export", "best.csv")
    assert first.counts == {"rows": 12, "digest": "ab"}
    assert first.person == {"issuer": "https://id.example", "subject": "ann", "email": "ann@shop.example"}
    assert first.at.utcoffset().total_seconds() == 0
    assert (second.actor_id, second.person, second.ending) == ("command line", {}, "refused")


def test_it_is_the_owners_alone(tmp_path: Path) -> None:
    audit = filled(tmp_path)
    assert audit.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in audit.folder.iterdir()} == {0o600}


def test_whole_is_whole(tmp_path: Path) -> None:
    assert Audit(tmp_path).check() is None
    assert filled(tmp_path).check() is None


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_change_of_a_character_shows(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    audit = filled(tmp_path_factory.mktemp("audit"), 3)
    text = file_of(audit).read_text()
    place = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(st.sampled_from('0aZ{"').filter(lambda one: one != text[place]))
    file_of(audit).write_text(text[:place] + other + text[place + 1 :])
    assert audit.check() is not None


@given(lost=st.integers(0, 4), number=st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_lines_that_are_missing_show(
    tmp_path_factory: pytest.TempPathFactory, lost: int, number: int
) -> None:
    audit = filled(tmp_path_factory.mktemp("audit"))
    lines = file_of(audit).read_text().splitlines(keepends=True)
    kept = lines[:lost] + lines[lost + number :]
    file_of(audit).write_text("".join(kept))
    broken = audit.check()
    assert broken is not None
    assert broken.why is (Flaw.GAP if lost + number < 5 else Flaw.CUT)


def test_a_cut_end_shows_where_the_head_is_taken_away_too(tmp_path: Path) -> None:
    audit = filled(tmp_path)
    file_of(audit).write_text("".join(file_of(audit).read_text().splitlines(keepends=True)[:3]))
    (audit.folder / "head").unlink()
    broken = audit.check()
    assert broken is not None
    assert (broken.line, broken.why) == (3, Flaw.CUT)


def test_lines_in_another_order_show(tmp_path: Path) -> None:
    audit = filled(tmp_path)
    lines = file_of(audit).read_text().splitlines(keepends=True)
    file_of(audit).write_text("".join([lines[1], lines[0], *lines[2:]]))
    assert audit.check() == (broken := audit.check())
    assert broken is not None
    assert (broken.line, broken.why) == (1, Flaw.GAP)


def test_another_name_in_a_line_shows(tmp_path: Path) -> None:
    audit = filled(tmp_path)
    file_of(audit).write_text(file_of(audit).read_text().replace("ann@shop.example", "eve@shop.example"))
    broken = audit.check()
    assert broken is not None
    assert broken.why is Flaw.OTHER_PERSON


def test_the_chain_goes_on_over_months(tmp_path: Path) -> None:
    audit = filled(tmp_path, 2)
    file_of(audit).rename(audit.folder / "2020-01.jsonl")
    audit.record(ANN, "w1", Action.RUN)
    assert len(list(audit.folder.glob("*.jsonl"))) == 2
    assert audit.check() is None
    (audit.folder / "2020-01.jsonl").unlink()
    assert audit.check() is not None


def test_a_person_who_is_forgotten_leaves_an_id(tmp_path: Path) -> None:
    audit = filled(tmp_path)
    assert audit.forget("a1") == 3
    assert "ann" not in file_of(audit).read_text()
    assert [line.actor_id for line in audit.lines()] == ["a1", "b2", "a1", "b2", "a1"]
    assert audit.check() is None
    audit.record(BOB, "w1", Action.RUN)
    assert audit.check() is None


def test_an_e_mail_cannot_be_tried_out_of_a_seal(tmp_path: Path) -> None:
    audit = filled(tmp_path, 3)
    seals = [json.loads(line)["seal"] for line in file_of(audit).read_text().splitlines()]
    assert len(set(seals)) == 3


def record_many(folder: Path) -> None:
    audit = Audit(folder)
    for _ in range(20):
        audit.record(ANN, "w1", Action.RUN)


def test_who_writes_takes_turns_by_the_lock_of_a_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as three:  # each with an audit of its own, as processes have
        list(three.map(record_many, [tmp_path] * 3))
    audit = Audit(tmp_path)
    assert len(list(audit.lines())) == 60
    assert audit.check() is None


def test_with_a_key_nobody_else_writes_a_line_that_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, 1)
    monkeypatch.setenv(KEY, "0123456789abcdef" * 4)
    audit = filled(tmp_path, 2)
    assert audit.check() is None
    assert audit.keyed() == (1, 3)
    lines = file_of(audit).read_text().splitlines()
    monkeypatch.setenv(KEY, "another key, of thirty-two letters")
    assert Audit(tmp_path).check() == Broken(file_of(audit).name, 2, Flaw.CHANGED)
    monkeypatch.delenv(KEY)
    assert Audit(tmp_path).check() == Broken(file_of(audit).name, 2, Flaw.NO_KEY)
    filled(tmp_path, 1)  # whoever writes without it
    monkeypatch.setenv(KEY, "0123456789abcdef" * 4)
    assert Audit(tmp_path).check() == Broken(file_of(audit).name, 4, Flaw.WITHOUT_KEY)
    file_of(audit).write_text("\n".join(lines) + "\n")
    monkeypatch.setenv(KEY, "short")
    with pytest.raises(OptionError, match="32"):
        Audit(tmp_path)
