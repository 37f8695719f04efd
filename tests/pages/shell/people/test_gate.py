"""What the server answers to whom: its own addresses, files, and the way back to a page after signing in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages.shell.people.asking import asking, audit, registry
from pages.shell.people.files import OwnFiles
from pages.shell.people.gate import Gate
from pages.shell.people.way_back import WayBack
from segmentation.people.claims import login_of
from tests.pages.shell.people.helpers import AUTH, claims_of

USER = "_streamlit_user"


def callback(request: Request) -> Response:
    answer = RedirectResponse("/")
    if "good" in request.query_params:
        answer.set_cookie(USER, "signed")
    return answer


def who_asks(_: Request) -> Response:
    return JSONResponse(asking.get().get("sub"))


INNER = Starlette(
    routes=[
        Route("/oauth2callback", callback),
        Route("/media/{name}", who_asks),
        Route("/{path:path}", lambda request: PlainTextResponse("passed on")),
    ]
)


def cookie(subject: str, **other: object) -> dict[str, str]:
    claims = json.dumps(claims_of(subject, **other))
    return {USER: create_signed_value(AUTH["cookie_secret"], USER, claims).decode()}


@pytest.fixture
def client(app_of: Callable[..., AppTest]) -> Iterator[TestClient]:
    with TestClient(WayBack(Gate(INNER)), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/upload_file/s/f", "_stcore/agent/interact"])
def test_the_servers_own_addresses_are_for_those_who_signed_in(client: TestClient, path: str) -> None:
    assert client.get(f"/{path}").status_code == 401
    assert client.get(f"/{path}", headers={"cookie": f"{USER}=forged"}).status_code == 401


def test_who_signed_in_is_passed_on(client: TestClient) -> None:
    client.cookies.update(cookie("ann"))
    assert client.get("/_stcore/metrics").text == "passed on"


@pytest.mark.parametrize(
    "over", [{"exp": 1}, {"auth_time": 1}, {"provider": "other"}, {"is_logged_in": False}]
)
def test_a_sign_in_that_is_over_is_none(client: TestClient, over: dict[str, object]) -> None:
    client.cookies.update(cookie("ann", **over))
    assert client.get("/_stcore/metrics").status_code == 401
    assert client.get("/media/a").json() is None


def test_a_file_is_asked_for_by_who_signed_in_and_never_kept(client: TestClient) -> None:
    client.cookies.update(cookie("ann"))
    answer = client.get("/media/a")
    assert answer.json() == "ann"
    assert answer.headers["cache-control"] == "private, no-store"


def test_signing_out_ends_the_sign_in_for_good(client: TestClient) -> None:
    claims = claims_of("ann")
    client.cookies.update(
        {USER: create_signed_value(AUTH["cookie_secret"], USER, json.dumps(claims)).decode()}
    )
    client.get("/auth/logout")
    assert registry().has_ended(login_of(claims))
    assert client.get("/_stcore/metrics").status_code == 401
    assert list(audit().lines()) == []  # of somebody whom the registry never met nothing is known


def test_a_file_belongs_to_whom_it_was_offered(app_of: Callable[..., AppTest]) -> None:
    files, ann, bob = OwnFiles("/media"), claims_of("ann"), claims_of("bob")
    within = asking.set(ann)
    name = files.load_and_get_id(b"of Ann", "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv")
    assert files.get_file(f"{name}.csv").content == b"of Ann"
    for other in (bob, {}, {**ann, "iss": "https://other.example"}):
        asking.set(other)
        with pytest.raises(MediaFileStorageError):
            files.get_file(f"{name}.csv")
    asking.set(bob)
    assert files.load_and_get_id(b"of Ann", "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv") == name
    assert files.get_file(name).content == b"of Ann"  # he made the same one
    files.delete_file(name)
    with pytest.raises(MediaFileStorageError):
        files.get_file(name)
    asking.reset(within)


def test_a_link_is_come_back_to(client: TestClient) -> None:
    client.get("/explore?k=4&workspace=abc")
    back = client.get("/oauth2callback?good=1")
    assert back.headers["location"] == "/explore?k=4&workspace=abc"
    assert client.get("/oauth2callback?good=1").headers["location"] == "/"  # once


@pytest.mark.parametrize(
    "way", ["https://evil.example", "//evil.example", "%2F%2Fevil.example", "data\r\nx: y"]
)
def test_no_other_way_leads_anywhere(client: TestClient, way: str) -> None:
    answer = client.get(
        "/oauth2callback?good=1", headers={"cookie": f"_tessera_back={way}".replace("\r\n", "")}
    )
    assert answer.headers["location"] == "/"


def test_who_did_not_get_in_keeps_the_way(client: TestClient) -> None:
    client.get("/explore?k=4")
    assert client.get("/oauth2callback").headers["location"] == "/"
    assert client.get("/oauth2callback?good=1").headers["location"] == "/explore?k=4"
