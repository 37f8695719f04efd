"""The headers that keep the pages from asking anything outside this machine."""

import socket

import pytest
import requests
import streamlit.net_util
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_websocket

from pages.shell.security import SecurityHeaders, ask_nobody_outside, content_security_policy


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


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://evil.example", False),
        ("http://169.254.169.254", False),
        ("http://8.8.8.8:8501", False),
        ("null", False),
        ("http://shop.lan:8501", True),
        ("http://localhost:8501", True),
    ],
)
def test_a_page_from_elsewhere_is_refused_without_asking_anybody(
    monkeypatch: pytest.MonkeyPatch, origin: str, allowed: bool
) -> None:
    def ask(*_: object, **__: object) -> None:
        raise AssertionError("asked outside")

    for name in ("get_external_ip", "get_internal_ip"):  # put back at the end
        monkeypatch.setattr(streamlit.net_util, name, getattr(streamlit.net_util, name))
    ask_nobody_outside()
    monkeypatch.setattr(starlette_websocket, "is_host_allowed", lambda _: True)
    monkeypatch.setattr(requests, "get", ask)
    monkeypatch.setattr(socket.socket, "connect", ask)
    assert starlette_websocket._is_origin_allowed(origin, "shop.lan:8501") is allowed
