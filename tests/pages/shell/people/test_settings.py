"""A server on which people are to sign in does not start where they could not, or not safely."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from pages.shell.people import admission, settings
from pages.shell.people.asking import registry
from segmentation.errors import OptionError
from segmentation.people.team import first_workspace, let_in
from tests.pages.helpers import forget_caches
from tests.pages.shell.people.helpers import AUTH


@pytest.fixture(autouse=True)
def undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_decided", [])
    monkeypatch.setattr(settings, "find_spec", lambda name: name)


def decide(monkeypatch: pytest.MonkeyPatch, **other: Any) -> None:
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": {**AUTH, **other}})
    settings.decide_on_sign_in()


def test_it_starts_with_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    decide(monkeypatch)
    assert settings.signs_in()
    assert list(settings.providers()) == ["default"]


def test_it_stays_on_when_secrets_break_later(monkeypatch: pytest.MonkeyPatch) -> None:
    decide(monkeypatch)
    monkeypatch.setattr(secrets_singleton, "_secrets", {})
    assert settings.signs_in()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"client_kwargs": {"scope": "openid"}}, "PKCE"),
        ({"client_kwargs": {"code_challenge_method": "plain"}}, "PKCE"),
        ({"client_kwargs": None}, "PKCE"),
        ({"cookie_secret": "short"}, "32"),
        ({"redirect_uri": "https://shop.example"}, "oauth2callback"),
        ({"client_secret": ""}, "client_secret"),
        ({"client_id": None, "server_metadata_url": None}, "client_id, server_metadata_url"),
    ],
)
def test_it_does_not_start_without(monkeypatch: pytest.MonkeyPatch, other: dict[str, Any], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        decide(monkeypatch, **other)


def test_it_does_not_start_with_hosts_or_a_key_that_cannot_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {"auth": AUTH, "connect": {"hosts": "db.shop.example"}}
    monkeypatch.setattr(secrets_singleton, "_secrets", secrets)
    with pytest.raises(OptionError, match="hosts"):
        settings.decide_on_sign_in()
    monkeypatch.setenv("TESSERA_AUDIT_KEY", "short")
    with pytest.raises(OptionError, match="TESSERA_AUDIT_KEY"):
        decide(monkeypatch)


def test_every_provider_has_to_ask_for_pkce(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}
    with pytest.raises(OptionError, match=r"\[auth.other\].*PKCE"):
        decide(monkeypatch, other=named)


def test_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda name: None if name == "authlib" else name)
    with pytest.raises(OptionError, match=r"requirements-people\.txt"):
        decide(monkeypatch)


def test_secrets_that_cannot_be_read_open_no_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth]\nredirect_uri = ")
    monkeypatch.setattr(settings.st, "get_option", lambda name: [str(broken)])
    with pytest.raises(OptionError, match="cannot be read"):
        settings.decide_on_sign_in()
    assert st is settings.st


def test_nobody_can_come_in_is_said_to_who_starts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path))
    forget_caches()
    decide(monkeypatch)
    admission.tell_if_nobody_is_invited()
    assert "people owner" in caplog.text
    caplog.clear()
    first_workspace(registry())
    let_in(registry(), "ann@shop.example")
    admission.tell_if_nobody_is_invited()
    assert caplog.text == ""
    forget_caches()


def test_an_empty_section_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": {}})
    with pytest.raises(OptionError):
        settings.decide_on_sign_in()
    monkeypatch.setattr(secrets_singleton, "_secrets", {"other": {}})
    settings.decide_on_sign_in()
    assert not settings.signs_in()
