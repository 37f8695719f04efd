"""Who is not signed in, or no longer, sees nothing but that they have to; others see their own workspace."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from pages.shell.people.asking import audit, registry
from pages.shell.routes import DATA, PATHS, TEAM_PATHS
from segmentation.people.claims import login_of
from segmentation.people.team import let_in
from tests.pages.helpers import text_of
from tests.pages.shell.people.helpers import claims_of

NOW = int(time.time())
BAD = {
    "nobody": {"is_logged_in": False},
    "expired": {"exp": NOW - 1},
    "too long ago": {"auth_time": NOW - 13 * 3600, "exp": NOW + 3600},
    "no issuer": {"iss": None},
    "no subject": {"sub": ""},
    "of another provider": {"provider": "other"},
    "never began": {"iat": None, "auth_time": None},
}


def asks_to_sign_in(app: AppTest) -> bool:
    """Whether the page asks to sign in and shows nothing else."""
    return [title.value for title in app.title] == ["Please sign in"] and not app.sidebar.children


@pytest.mark.parametrize("claims", BAD.values(), ids=BAD)
def test_who_is_not_signed_in_is_asked_to(
    app_of: Callable[..., AppTest], claims: dict[str, Any], tmp_path: Path
) -> None:
    app = app_of("ann", **claims).run()
    assert asks_to_sign_in(app)
    assert not app.exception
    assert [button.label for button in app.button] == ["Sign in"]
    assert not (tmp_path / "home" / "workspaces").exists()


@pytest.mark.parametrize("path", [*PATHS, *TEAM_PATHS])
def test_no_page_answers_without_a_sign_in(app_of: Callable[..., AppTest], path: str) -> None:
    app = app_of("ann", is_logged_in=False).run()
    app.switch_page(path).run()
    assert asks_to_sign_in(app)


def test_a_sign_in_that_ends_ends_the_visit(app_of: Callable[..., AppTest]) -> None:
    app = app_of("ann").run()
    assert [title.value for title in app.title] == ["Data"]
    app.user = claims_of("ann", exp=NOW - 1)
    assert asks_to_sign_in(app.run())
    assert "is over" in text_of(app)


def test_a_sign_out_elsewhere_ends_the_visit(app_of: Callable[..., AppTest]) -> None:
    app = app_of("ann").run()
    registry().end(login_of(app.user))
    assert asks_to_sign_in(app.run())


def test_everybody_has_a_workspace_of_their_own(app_of: Callable[..., AppTest], tmp_path: Path) -> None:
    app_of("ann").run()
    anns = {path.name for path in (tmp_path / "home" / "workspaces").iterdir()}
    app_of("bob").run()
    assert len({path.name for path in (tmp_path / "home" / "workspaces").iterdir()} - anns) == 1
    assert not (tmp_path / "home" / "workspace.duckdb").exists()


def test_a_link_to_a_workspace_that_is_not_shared_leads_nowhere(app_of: Callable[..., AppTest]) -> None:
    anns = app_of("ann").run().query_params["workspace"]
    bobs = app_of("bob")
    bobs.query_params["workspace"] = anns
    bobs.run()
    assert "not shared with you" in bobs.error[0].value
    assert not bobs.title
    bobs.button(key="_own_workspace").click().run()
    assert [title.value for title in bobs.title] == ["Data"]
    assert bobs.query_params["workspace"] != anns


def test_an_unverified_e_mail_takes_up_no_invitation(app_of: Callable[..., AppTest]) -> None:
    app = app_of("ann").run()
    anns = app.query_params["workspace"]
    app.switch_page(TEAM_PATHS[0]).run()
    app.text_input(key="_invite_email").set_value("bob@shop.example")
    app.button[[button.label for button in app.button].index("Invite")].click().run()
    assert registry().invitations(anns)
    bobs = app_of("bob", email_verified=False)
    bobs.query_params["workspace"] = anns
    assert "not shared with you" in bobs.run().error[0].value
    assert registry().invitations(anns)


def test_strangers_are_told_calmly_whom_to_ask(app_of: Callable[..., AppTest]) -> None:
    secrets_singleton._secrets["people"] = {"ask": "Ann, ann@shop.example"}
    app = app_of("eve").run()
    assert [title.value for title in app.title] == ["You are not invited yet"]
    assert "eve" in text_of(app) and "Ann, ann" in text_of(app)
    assert not (app.error or app.exception or app.sidebar.children)
    assert [button.label for button in app.button] == ["Sign out"]
    assert registry().people() == []
    let_in(registry(), "eve@shop.example")
    assert [title.value for title in app.run().title] == ["Data"]


def test_signing_in_is_written_down_once(app_of: Callable[..., AppTest]) -> None:
    app_of("ann").run().run()
    assert [(line.action, line.person["email"]) for line in audit().lines()] == [
        ("sign_in", "ann@shop.example")
    ]
    assert audit().check() is None


def test_without_secrets_nobody_signs_in(app: AppTest, tmp_path: Path) -> None:
    app.switch_page(DATA).run()
    assert [title.value for title in app.title] == ["Data"]
    assert not (tmp_path / "home" / "people.sqlite").exists()
    assert not (tmp_path / "home" / "audit").exists()
