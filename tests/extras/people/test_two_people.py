"""Two people on one server at once: nobody reaches another's page, job, download, memory or link."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from segmentation.people import TeamRole
from segmentation.people.audit import Audit
from tests.browser.helpers import press_download
from tests.extras.people.conftest import SECRET, Server, share, unshare

COOKIE = "_streamlit_user"
Come = Callable[..., Page]


def answer(address: str, cookies: str = "") -> int:
    """Ask for an address, with these cookies alone; return the status."""
    request = urllib.request.Request(address, headers={"Cookie": cookies} if cookies else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as found:
            return int(found.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def cookies_of(context: BrowserContext) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())


def asks_to_sign_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)


def test_two_people_at_once(someone: Come, server: Server) -> None:
    anns = someone("ann", "files?k=2")
    assert "/files?k=2" in anns.url  # a link leads there, though its visitor had to sign in first
    [workspace] = re.findall(r"workspace=(\w{32})", anns.url)
    bobs = someone("bob")
    expect(bobs.get_by_role("button", name="Try the sample shop")).to_be_visible()  # nothing of Ann's

    # Her download is hers, while both are there.
    asked: list[str] = []
    anns.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    taken = press_download(anns, 0)
    assert "segment" in Path(taken.path()).read_text(encoding="utf-8-sig").splitlines()[0]
    [address] = [one for one in asked if not one.endswith(".svg")]
    assert answer(address, cookies_of(anns.context)) == 200
    assert answer(address, cookies_of(bobs.context)) == 404
    assert answer(address) == 404

    # Her link, her upload, the server's own addresses.
    bobs.goto(f"{server.address}/explore?k=2&workspace={workspace}")
    expect(bobs.get_by_text("not shared with you")).to_be_visible()
    expect(bobs.locator("canvas")).to_have_count(0)
    bobs.get_by_role("button", name="Open my own workspace").click()
    expect(bobs.get_by_text("Nothing to show yet")).to_be_visible()
    for path in ("_stcore/metrics", "_stcore/upload_file/some-session/some-file"):
        assert answer(f"{server.address}/{path}") == 401

    # A job of his is no job of hers.
    bobs.goto(f"{server.address}/data")
    bobs.get_by_role("button", name="Try the sample shop").click()
    expect(bobs.get_by_role("progressbar").first).to_be_visible()
    anns.goto(f"{server.address}/data")
    expect(anns.get_by_role("button", name="Find segments")).to_be_enabled()
    expect(anns.get_by_role("progressbar")).to_have_count(0)
    anns.reload()
    expect(anns.get_by_role("button", name="Find segments")).to_be_enabled()
    bobs.get_by_role("button", name="Cancel").first.click()

    audit = Audit(server.home)
    assert audit.check() is None
    exports = [line for line in audit.lines() if line.action == "export"]
    assert [(one.person["email"], one.workspace_id, one.object) for one in exports] == [
        ("ann@shop.example", workspace, taken.suggested_filename)
    ]
    assert {"rows", "segment", "digest"} == set(exports[0].counts)


def test_a_viewer_looks_and_takes_tables_and_changes_nothing(someone: Come, server: Server) -> None:
    workspace = share(server, TeamRole.VIEWER)
    try:
        page = someone("bob", f"data?workspace={workspace}")
        expect(page.get_by_text("Shared with Ann (owner)")).to_be_visible()
        page.get_by_role("button", name="Find segments").click()
        expect(page.get_by_text("you are a viewer")).to_be_visible()
        page.goto(f"{server.address}/files?k=2&workspace={workspace}")
        assert Path(press_download(page, 0).path()).stat().st_size > 100
        page.goto(f"{server.address}/audit?workspace={workspace}")
        expect(page.get_by_text("this takes an owner")).to_be_visible()
        unshare(server)
        page.reload()
        expect(page.get_by_text("not shared with you")).to_be_visible()
    finally:
        unshare(server)


def test_an_address_that_nobody_verified_takes_up_no_invitation(someone: Come, server: Server) -> None:
    page = someone("max", "people")
    expect(page.get_by_text("You are an owner here.")).to_be_visible()
    expect(page.get_by_text("viewer@shop.example")).to_have_count(0)


def test_a_sign_out_in_one_tab_ends_the_others(someone: Come, server: Server) -> None:
    page = someone("ann", "data")
    other = page.context.new_page()
    other.goto(f"{server.address}/data")
    expect(other.get_by_role("button", name="Find segments")).to_be_visible()
    cookies = cookies_of(page.context)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{server.provider}/**")
    other.get_by_role("link", name="Explore").first.click()
    asks_to_sign_in(other)
    kept = someone("")  # whoever kept the cookie is not let in by it either
    name, _, value = next(one for one in cookies.split("; ") if one.startswith(f"{COOKIE}=")).partition("=")
    kept.context.add_cookies([{"name": name, "value": value, "url": server.address}])
    kept.reload()
    asks_to_sign_in(kept)
    assert [line.action for line in Audit(server.home).lines()][-1] == "sign_out"


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -1},
        {"auth_time": -13 * 3600, "exp": 3600},
        {"iss": ""},
    ],
    ids=["expired", "thirteen hours old", "without issuer"],
)
def test_a_cookie_that_is_not_good_any_more_opens_nothing(
    someone: Come, server: Server, claims: dict[str, object]
) -> None:
    page = someone("")
    page.context.add_cookies([signed(server, claims)])
    page.reload()
    asks_to_sign_in(page)


def test_a_cookie_that_was_tampered_with_opens_nothing(someone: Come, server: Server) -> None:
    page = someone("")
    good = signed(server, {})
    page.context.add_cookies([good])
    page.reload()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.context.add_cookies([{**good, "value": good["value"].replace("m", "n", 1)}])
    page.reload()
    asks_to_sign_in(page)


def signed(server: Server, claims: dict[str, object]) -> dict[str, str]:
    """Make the cookie of a sign-in as the server itself does; numbers are seconds from now."""
    now = int(time.time())
    told = {"iat": -60, "auth_time": -60, "exp": 3600, "nonce": str(claims), **claims}
    times = {name: now + value if isinstance(value, int) else value for name, value in told.items()}
    who = {
        "is_logged_in": True,
        "iss": server.provider,
        "sub": "ann",
        "origin": server.address,
        "provider": "default",
    }
    value = create_signed_value(SECRET, COOKIE, json.dumps({**who, **times}))
    return {"name": COOKIE, "value": value.decode(), "url": server.address}
