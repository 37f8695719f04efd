"""The headers that keep the pages from asking anything outside this machine."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shell.first_page import FirstPage
from pages.shell.security import SecurityHeaders, content_security_policy


def test_policy_allows_inline_scripts_by_hash_only() -> None:
    directives = dict(part.split(" ", 1) for part in content_security_policy().split("; "))
    assert directives["default-src"] == "'self'"
    assert directives["script-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in directives["script-src"]
    assert directives["frame-ancestors"] == "'none'"


def test_every_answer_carries_the_headers() -> None:
    inner = Starlette(routes=[Route("/", lambda request: PlainTextResponse("ok"))])
    with TestClient(SecurityHeaders(inner)) as client:
        for address in ("/", "/missing"):
            headers = client.get(address).headers
            assert headers["content-security-policy"] == content_security_policy()
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"


def test_the_name_of_the_first_page_leads_to_it() -> None:
    """A link to /data would else open a box that says "Page not found"."""
    inner = Starlette(routes=[Route("/", lambda request: PlainTextResponse("the first page"))])
    with TestClient(FirstPage(inner)) as client:
        assert client.get("/data").text == "the first page"
        assert client.get("/database").status_code == 404
