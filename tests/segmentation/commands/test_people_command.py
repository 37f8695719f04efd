"""Who runs the server names the owner, lets people in and removes them; the app may run meanwhile."""

import json
from pathlib import Path
from typing import Any

import pytest

from segmentation.cli import main
from segmentation.people import Registry, TeamRole, Visitor
from segmentation.people.audit import Audit
from segmentation.people.deed import Action, actor_of
from segmentation.people.door import Door

ANN = Visitor("https://id.example", "ann", "ann@shop.example", "Ann")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path))
    return tmp_path


def people(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["people", *arguments]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_an_owner_is_named_before_anybody_signed_in(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = people(capsys, "owner", "ann@shop.example")
    assert told["file"] == str(home / "workspace.duckdb")
    assert told["invited"] == [{"email": "ann@shop.example", "role": "owner"}]
    registry = Registry()
    registry.admit(ANN, "one", Door())
    assert [one.path for one in registry.seats(ANN)][1] == home / "workspace.duckdb"
    assert Audit().check() is None
    assert "ann" not in "".join(path.read_text() for path in (home / "audit").glob("*.jsonl"))


def test_an_owner_without_an_e_mail_has_issuer_and_subject(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = people(capsys, "owner", "--issuer", "https://id.example", "--subject", "ann")
    assert [one["role"] for one in told["members"]] == ["owner"]
    assert len(Registry().seats(ANN)) == 2


@pytest.mark.parametrize("arguments", [["owner"], ["owner", "--issuer", "x"], ["role", "ann", "viewer"]])
def test_what_cannot_be_done_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_roles_are_given_and_people_removed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    registry = Registry()
    registry.admit(ANN, "one", Door(strangers=True))
    people(capsys, "invite", "ann@shop.example", "--role", "viewer")
    told = people(capsys, "role", "Ann@shop.example", "editor")
    assert [(one["email"], one["role"]) for one in told["members"]] == [("ann@shop.example", "editor")]
    [known] = people(capsys, "list")["people"]
    Audit().record(actor_of(known["id"], ANN), "", Action.SIGN_IN)
    removed = people(capsys, "remove", "ann@shop.example")
    assert removed["lines_of_the_audit_without_a_name"] == 1
    assert len(removed["workspaces_without_an_owner"]) == 1
    assert people(capsys, "list")["people"] == []
    assert people(capsys, "audit")["whole"]


def test_somebody_is_removed_from_one_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    Registry().admit(ANN, "one", Door(strangers=True))
    place = people(capsys, "invite", "ann@shop.example", "--role", str(TeamRole.VIEWER))["id"]
    assert people(capsys, "remove", "ann@shop.example", "--workspace", place)["members"] == []


def test_a_broken_audit_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people(capsys, "invite", "ann@shop.example")
    [path] = (home / "audit").glob("*.jsonl")
    path.write_text(path.read_text().replace("invite", "export"))
    told = people(capsys, "audit")
    assert not told["whole"]
    assert told["broken"] == {"file_name": path.name, "line": 1, "why": "changed"}
