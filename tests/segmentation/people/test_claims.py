"""Who somebody is, by what the provider claims; a sign-in ends, and an e-mail counts only when verified."""

from typing import Any

import pytest

from segmentation.errors import NotSignedInError, OptionError
from segmentation.people import Visitor
from segmentation.people.claims import login_of, visitor_of
from segmentation.people.door import Door, door_of

NOW = 1_800_000_000.0
HOUR = 3600
ANN = {
    "is_logged_in": True,
    "iss": "https://id.example",
    "sub": "ann",
    "iat": NOW - HOUR,
    "auth_time": NOW - HOUR,
    "exp": NOW + HOUR,
    "email": "Ann@Shop.example",
    "email_verified": True,
    "name": "Ann",
}


def told(**other: Any) -> Visitor:
    return visitor_of({**ANN, **other}, NOW, Door())


def test_identity_is_issuer_and_subject() -> None:
    assert told() == Visitor("https://id.example", "ann", "ann@shop.example", "Ann")
    assert told(iss="https://other.example") != told()


@pytest.mark.parametrize("verified", [False, None, "true", 1, "yes"])
def test_an_e_mail_that_is_not_verified_is_none(verified: object) -> None:
    assert told(email_verified=verified).email is None


@pytest.mark.parametrize(
    "claims",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iss": ""},
        {"sub": None},
        {"sub": 7},
        {"exp": NOW},
        {"exp": None},
        {"exp": "never"},
        {"exp": NOW + 40 * HOUR, "auth_time": NOW - 12 * HOUR},
        {"exp": NOW + 40 * HOUR, "iat": NOW - 12 * HOUR},
        {"auth_time": None},
        {"iat": True},
    ],
)
def test_nobody_is_signed_in(claims: dict[str, object]) -> None:
    with pytest.raises(NotSignedInError):
        told(**claims)


def test_nothing_claimed_is_nobody() -> None:
    with pytest.raises(NotSignedInError):
        visitor_of({}, NOW, Door())
    with pytest.raises(NotSignedInError):
        visitor_of(
            {name: value for name, value in ANN.items() if name not in ("iat", "auth_time")}, NOW, Door()
        )


def test_hours_that_were_set_count_from_the_sign_in() -> None:
    door = door_of({"hours": 8})
    assert visitor_of({**ANN, "exp": NOW - 1}, NOW, door)
    with pytest.raises(NotSignedInError):
        visitor_of({**ANN, "auth_time": NOW - 8 * HOUR}, NOW, door)


@pytest.mark.parametrize("settings", [{"hours": 13}, {"hours": 0}, {"hours": "8"}, {"hours": True}])
def test_hours_beyond_twelve_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(OptionError):
        door_of(settings)


def test_each_sign_in_has_a_name_of_its_own() -> None:
    assert login_of(ANN) == login_of(dict(ANN))
    assert len({login_of({**ANN, "nonce": one}) for one in "abc"} | {login_of({**ANN, "iat": 1})}) == 4


def test_who_is_let_in() -> None:
    ann, eve = Visitor("i", "ann", "ann@shop.example"), Visitor("i", "eve", "eve@shop.example.evil.org")
    unverified = Visitor("i", "max")
    assert not door_of({}).lets_in(ann)
    assert door_of({}) == door_of({"let_in": "invited"}) == Door()
    assert door_of({"let_in": "anyone"}).lets_in(unverified)
    ours = door_of({"let_in": ["Shop.example"]})
    assert [ours.lets_in(one) for one in (ann, eve, unverified)] == [True, False, False]


@pytest.mark.parametrize("let_in", ["everybody", [], [1], None, True])
def test_what_cannot_be_meant_is_refused(let_in: object) -> None:
    with pytest.raises(OptionError):
        door_of({"let_in": let_in})


def test_whom_to_ask_is_a_name() -> None:
    assert door_of({"ask": " Ann, ann@shop.example "}).ask == "Ann, ann@shop.example"
    with pytest.raises(OptionError, match="ask"):
        door_of({"ask": 5})
