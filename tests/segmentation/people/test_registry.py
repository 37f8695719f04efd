"""Who has which role where: invitations go to verified addresses, owners decide, one of them always stays."""

from pathlib import Path

import pytest

from segmentation.errors import NotAllowedError, NotSignedInError, OptionError
from segmentation.people import Registry, Seat, TeamRole, Visitor
from segmentation.people.door import Door
from segmentation.people.team import (
    Team,
    first_workspace,
    let_in,
    remove_from_server,
    remove_person,
    start_workspace,
)

ANN = Visitor("https://id.example", "ann", "ann@shop.example", "Ann")
BOB = Visitor("https://id.example", "bob", "bob@shop.example", "Bob")
CLOSED, OPEN = Door(), Door(strangers=True)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path)


def arrive(registry: Registry, who: Visitor, login: str = "", door: Door = OPEN) -> list[Seat]:
    registry.admit(who, login or who.subject, door)
    return registry.seats(who)


def roles(registry: Registry, place: str) -> dict[str, str]:
    return {one.called: one.role for one in registry.members(place)}


def test_everybody_has_a_workspace_of_their_own(registry: Registry, tmp_path: Path) -> None:
    [anns], [bobs] = arrive(registry, ANN), arrive(registry, BOB)
    assert (anns.role, anns.name) == (TeamRole.OWNER, "Ann")
    assert anns.path == tmp_path / "workspaces" / anns.workspace_id / "workspace.duckdb"
    assert anns.workspace_id != bobs.workspace_id
    assert arrive(registry, ANN, "again") == [anns]


def test_the_registry_is_its_owners_alone(registry: Registry, tmp_path: Path) -> None:
    assert (tmp_path / "people.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_subject_of_another_issuer_is_another_person(registry: Registry) -> None:
    [anns] = arrive(registry, ANN)
    other = Visitor("https://other.example", "ann", "ann@shop.example", "Ann")
    [others] = arrive(registry, other, "other")
    assert others.workspace_id != anns.workspace_id


def test_who_never_came_has_no_place(registry: Registry) -> None:
    assert registry.seats(ANN) == []


def test_an_invitation_is_bound_to_who_comes_first(registry: Registry) -> None:
    [anns] = arrive(registry, ANN)
    team = Team(registry, anns.workspace_id, anns)
    team.invite(" Bob@Shop.example ", TeamRole.VIEWER)
    assert registry.invitations(anns.workspace_id) == [("bob@shop.example", TeamRole.VIEWER)]
    assert arrive(registry, Visitor("https://id.example", "eve", None), "eve")[1:] == []
    _, shared = arrive(registry, BOB)
    assert (shared.workspace_id, shared.role) == (anns.workspace_id, TeamRole.VIEWER)
    assert registry.invitations(anns.workspace_id) == []
    late = Visitor("https://other.example", "x", "bob@shop.example")
    assert len(arrive(registry, late, "late")) == 1


def test_whom_one_knows_is_let_in_at_once(registry: Registry) -> None:
    [anns], _ = arrive(registry, ANN), arrive(registry, BOB)
    Team(registry, anns.workspace_id, anns).invite("bob@shop.example", TeamRole.EDITOR)
    assert registry.seats(BOB)[1].role is TeamRole.EDITOR


@pytest.mark.parametrize("role", [TeamRole.VIEWER, TeamRole.EDITOR])
def test_only_owners_change_people(registry: Registry, role: TeamRole) -> None:
    [anns], _ = arrive(registry, ANN), arrive(registry, BOB)
    Team(registry, anns.workspace_id, anns).invite("bob@shop.example", role)
    own, shared = registry.seats(BOB)
    with pytest.raises(NotAllowedError):
        Team(registry, shared.workspace_id, shared)
    with pytest.raises(NotAllowedError):
        Team(registry, anns.workspace_id, own)


def test_the_last_owner_stays(registry: Registry) -> None:
    [anns] = arrive(registry, ANN)
    team, ann = Team(registry, anns.workspace_id, anns), registry.person_id(ANN)
    assert ann
    for change in (
        lambda: team.remove(ann),
        lambda: team.set_role(ann, TeamRole.EDITOR),
        lambda: team.invite("ann@shop.example", TeamRole.VIEWER),
    ):
        with pytest.raises(NotAllowedError):
            change()
    arrive(registry, BOB)
    team.invite("bob@shop.example", TeamRole.OWNER)
    team.set_role(ann, TeamRole.VIEWER)
    assert roles(registry, anns.workspace_id) == {"Bob": "owner", "Ann": "viewer"}


def test_who_is_removed_has_no_place_at_once(registry: Registry) -> None:
    [anns], _ = arrive(registry, ANN), arrive(registry, BOB)
    team = Team(registry, anns.workspace_id, anns)
    bob = team.invite("bob@shop.example", TeamRole.VIEWER)
    team.remove(bob)
    assert len(registry.seats(BOB)) == 1


def test_an_invitation_can_be_withdrawn(registry: Registry) -> None:
    [anns] = arrive(registry, ANN)
    team = Team(registry, anns.workspace_id, anns)
    team.invite("bob@shop.example", TeamRole.VIEWER)
    assert team.withdraw("bob@shop.example")
    assert len(arrive(registry, BOB)) == 1


def test_a_workspace_to_share_is_another(registry: Registry) -> None:
    arrive(registry, ANN)
    seat = start_workspace(registry, ANN, "  Spring \n campaign ")
    assert (seat.name, seat.role) == ("Spring campaign", TeamRole.OWNER)
    assert len({one.path for one in registry.seats(ANN)}) == 2


def test_the_workspace_from_before_is_nobodys_by_chance(registry: Registry, tmp_path: Path) -> None:
    assert all(
        one.path.name != "workspace.duckdb" or one.path.parent != tmp_path for one in arrive(registry, BOB)
    )
    place = first_workspace(registry)
    assert place.path == tmp_path / "workspace.duckdb"
    assert first_workspace(registry) == place
    assert registry.members(place.workspace_id) == []
    Team(registry, place.workspace_id).invite("ann@shop.example", TeamRole.OWNER)
    assert [one.path for one in arrive(registry, ANN)][1] == tmp_path / "workspace.duckdb"


def test_an_ended_sign_in_does_not_come_back(registry: Registry) -> None:
    arrive(registry, ANN, "one")
    registry.end("one")
    assert registry.has_ended("one")
    with pytest.raises(NotSignedInError):
        registry.admit(ANN, "one", OPEN)
    assert registry.admit(ANN, "two", OPEN)
    registry.end("never seen")
    assert registry.has_ended("never seen")


def test_strangers_wait_outside_where_only_the_invited_come_in(registry: Registry) -> None:
    with pytest.raises(NotAllowedError):
        registry.admit(BOB, "one", CLOSED)
    assert registry.people() == []
    let_in(registry, "bob@shop.example")
    assert len(arrive(registry, BOB, "two", CLOSED)) == 1
    with pytest.raises(NotAllowedError):
        registry.admit(Visitor("https://id.example", "max"), "three", CLOSED)


def test_who_is_outside_is_told_whom_to_ask_for_which_address(registry: Registry) -> None:
    with pytest.raises(NotAllowedError, match=r"bob@shop.example.*who runs it"):
        registry.admit(BOB, "one", CLOSED)
    with pytest.raises(NotAllowedError, match=r"Cem \(phone 12\)"):
        registry.admit(BOB, "one", Door(ask="Cem (phone 12)"))
    with pytest.raises(NotAllowedError, match="verified"):
        registry.admit(Visitor("https://id.example", "max"), "one", CLOSED)


def test_nobody_awaits_until_somebody_is_named(registry: Registry) -> None:
    assert not registry.awaits_somebody
    let_in(registry, "bob@shop.example")
    assert registry.awaits_somebody
    arrive(registry, BOB, door=CLOSED)
    assert registry.awaits_somebody


def test_a_removed_person_is_signed_out_and_their_files_wait_for_an_owner(registry: Registry) -> None:
    [anns] = arrive(registry, ANN, "one")
    ann = registry.person_id(ANN)
    assert ann
    left = remove_person(registry, ann)
    assert [one.path for one in left] == [anns.path]
    assert registry.people() == []
    assert registry.has_ended("one")
    with pytest.raises(NotAllowedError):
        registry.admit(ANN, "two", CLOSED)


def test_who_decides_on_the_server_removes_nobody_whom_others_need(registry: Registry) -> None:
    arrive(registry, ANN)
    [bobs] = arrive(registry, BOB)
    place = first_workspace(registry)
    ann, bob = registry.person_id(ANN) or "", registry.person_id(BOB) or ""
    Team(registry, place.workspace_id).set_role(ann, TeamRole.OWNER)
    [own, first] = registry.seats(ANN)
    for seat in (own, bobs):
        with pytest.raises(NotAllowedError, match="first workspace"):
            remove_from_server(registry, seat, bob)
    with pytest.raises(NotAllowedError, match="“Our shop” needs an owner"):
        remove_from_server(registry, first, ann)
    Team(registry, bobs.workspace_id, bobs).set_role(ann, TeamRole.VIEWER)
    with pytest.raises(NotAllowedError, match="“Bob” needs an owner"):
        remove_from_server(registry, first, bob)
    Team(registry, bobs.workspace_id, bobs).remove(ann)
    remove_from_server(registry, first, bob)
    assert [one.person_id for one in registry.people()] == [ann]


@pytest.mark.parametrize("text", ["", "ann", "ann@shop", "ann @shop.example", "a@b@c.de"])
def test_what_is_no_address_is_refused(registry: Registry, text: str) -> None:
    [anns] = arrive(registry, ANN)
    with pytest.raises(OptionError):
        Team(registry, anns.workspace_id, anns).invite(text, TeamRole.VIEWER)
