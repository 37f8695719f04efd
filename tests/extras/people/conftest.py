"""A provider of identities on this machine, and a server on which people sign in through it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from segmentation.intake.uploads.load import load_file
from segmentation.people import Registry, TeamRole, Visitor
from segmentation.people.door import Door
from segmentation.people.team import Team
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.browser import conftest as browser_tests
from tests.browser.conftest import write_hostile_shop
from tests.browser.helpers import serve

chromium = browser_tests.chromium
SECRET = "0123456789abcdef" * 4
USERS = {
    "ann": {"email": "ann@shop.example", "email_verified": True, "name": "Ann"},
    "bob": {"email": "bob@shop.example", "email_verified": True, "name": "Bob"},
    "max": {"email": "viewer@shop.example", "email_verified": False, "name": "Max"},
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """Give the address of a provider that signs in whoever is named."""
    port = free_port()
    claims = [f"--user-claims={json.dumps({'sub': name, **told})}" for name, told in USERS.items()]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2).close()
            break
        except OSError:
            assert time.monotonic() < deadline, "no provider"
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(timeout=20)


@dataclass
class Server:
    """A server on which people sign in: its address, the provider's, and the folder of its data."""

    address: str
    provider: str
    home: Path

    @property
    def registry(self) -> Registry:
        """Open the registry beside the server."""
        return Registry(self.home)


@pytest.fixture(scope="session")
def server(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server where Ann has a shop with segments; nobody else was ever there."""
    folder = tmp_path_factory.mktemp("people")
    home, port = folder / "home", free_port()
    registry = Registry(home)
    ann = Visitor(provider, "ann", "ann@shop.example", "Ann")
    registry.admit(ann, "before", Door(strangers=True))
    with Workspace.open(registry.seats(ann)[0].path) as workspace:
        for path in write_hostile_shop(folder):
            load_file(workspace, path)
        options = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)
        find_segments(workspace, options)
    registry.close()
    secrets = folder / "secrets.toml"
    secrets.write_text(secrets_of(port, provider))
    with serve(home, port, "--secrets.files", str(secrets)):
        yield Server(f"http://localhost:{port}", provider, home)


def secrets_of(port: int, provider: str) -> str:
    """Write the secrets of a server on this port."""
    return f"""
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "tessera"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile", code_challenge_method = "S256" }}
[people]
let_in = "anyone"
"""


def sign_in(page: Page, server: Server, who: str) -> None:
    """Press the button, choose who to be at the provider, and come back."""
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.provider}/**")
    page.locator("button", has_text=who).first.click()
    page.wait_for_url(f"{server.address}/**")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.fixture
def someone(chromium: Browser, server: Server) -> Iterator[Callable[[str, str], Page]]:
    """Give a browser of its own to somebody, who follows a link and signs in."""
    contexts: list[BrowserContext] = []

    def come(who: str, path: str = "") -> Page:
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{server.address}/{path}")
        if who:
            sign_in(page, server, who)
        return page

    yield come
    for context in contexts:
        context.close()


def share(server: Server, role: TeamRole) -> str:
    """Let Bob into Ann's workspace; return its id."""
    registry = server.registry
    [anns, *_] = registry.seats(Visitor(server.provider, "ann"))
    Team(registry, anns.workspace_id, anns).invite("bob@shop.example", role)
    registry.close()
    return anns.workspace_id


def unshare(server: Server) -> None:
    """Let Bob out of Ann's workspace again."""
    registry = server.registry
    [anns, *_] = registry.seats(Visitor(server.provider, "ann"))
    bob = registry.person_id(Visitor(server.provider, "bob"))
    team = Team(registry, anns.workspace_id, anns)
    team.withdraw("bob@shop.example")
    if bob:
        team.remove(bob)
    registry.close()
