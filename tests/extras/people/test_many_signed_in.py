"""Thirty people who signed in, in six workspaces of one server: nobody meets an error, and nothing grows.

`make extras` does it for half a minute. For a measurement on a quiet machine:
`LOAD_SECONDS=300 .venv-extras/bin/python -m pytest -m slow -s tests/extras/people/test_many_signed_in.py`
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)

from segmentation.people import Registry, TeamRole, Visitor
from segmentation.people.door import Door
from segmentation.people.team import Team
from tests.browser.helpers import serve
from tests.browser.scripted import Scripted
from tests.browser.test_many_people import PEOPLE, SECONDS, Visit, home, let_everybody_in

__all__ = ["home"]  # the shop that all of them have

TEAMS = 6
ISSUER = "https://id.example"
SECRET = "0123456789abcdef" * 4
SECRETS = f"""
[auth]
redirect_uri = "http://127.0.0.1/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "tessera"
client_secret = "secret"
server_metadata_url = "{ISSUER}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile", code_challenge_method = "S256" }}
"""


class SignedIn(Visit):
    """A visit of people each of whom has signed in and looks at the workspace of their team."""

    def __init__(self, address: str, workspaces: list[str]) -> None:
        super().__init__(address)
        self._workspaces = workspaces

    def visitor(self, number: int) -> Scripted:
        """Give who comes as this one of many."""
        token = generate_xsrf_token_string()
        signed = create_signed_value(SECRET, "_streamlit_user", json.dumps(claims(number, self.address)))
        return Scripted(
            self.address,
            cookies=f"_streamlit_user={signed.decode('latin-1')}; _streamlit_xsrf={token}",
            token=token,
            query=f"workspace={self._workspaces[number % TEAMS]}",
        )


def claims(number: int, origin: str) -> dict[str, object]:
    """Return what is claimed of one of the people, and signed by the server."""
    now = int(time.time())
    return {
        "origin": origin,
        "is_logged_in": True,
        "iss": ISSUER,
        "sub": f"person-{number}",
        "email": f"person-{number}@shop.example",
        "email_verified": True,
        "iat": now,
        "auth_time": now,
        "exp": now + 6 * 3600,
    }


def make_teams(folder: Path, shop: Path) -> list[str]:
    """Give each of the first people a workspace with the shop, and let the others into one of them."""
    registry, workspaces = Registry(folder), list[str]()
    for owner in range(TEAMS):
        visitor = Visitor(ISSUER, f"person-{owner}", f"person-{owner}@shop.example")
        registry.admit(visitor, f"login-{owner}", Door(strangers=True))
        [seat] = registry.seats(visitor)
        seat.path.parent.mkdir(parents=True)
        shutil.copyfile(shop, seat.path)
        for member in range(owner + TEAMS, PEOPLE, TEAMS):
            Team(registry, seat.workspace_id).invite(f"person-{member}@shop.example", TeamRole.EDITOR)
        workspaces.append(seat.workspace_id)
    registry.close()
    return workspaces


@pytest.mark.slow
@pytest.mark.timeout(int(SECONDS) + 500)
def test_thirty_people_who_have_signed_in(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS)
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
    workspaces = make_teams(tmp_path / "home", home / "workspace.duckdb")
    with serve(tmp_path / "home") as address:
        let_everybody_in(SignedIn(address, workspaces))
