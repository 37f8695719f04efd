"""Addresses that lead nowhere, and the name of the first page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shell.address.first_page import FirstPage
from pages.shell.address.not_found import NotFound, streamlits_own
from pages.shell.routes import DATA, PATHS

PASSED_ON = "passed on"
INNER = Starlette(routes=[Route("/{path:path}", lambda request: PlainTextResponse(PASSED_ON))])


@pytest.fixture
def below_shop() -> Iterator[None]:
    """Serve the app below /shop."""
    st.config.set_option("server.baseUrlPath", "shop")
    yield
    st.config.set_option("server.baseUrlPath", "")


@pytest.mark.parametrize("path", ["", *(Path(path).stem for path in PATHS), "explore/"])
def test_pages_are_passed_on(path: str) -> None:
    with TestClient(NotFound(INNER)) as client:
        assert client.get(f"/{path}?k=3").text == PASSED_ON


@pytest.mark.parametrize(
    "path",
    ["_stcore/health", "_stcore/bidi-components/x/map.js", "media/1.html", "static/js/a.js", "favicon.png"],
)
def test_what_streamlit_serves_is_passed_on(path: str) -> None:
    with TestClient(NotFound(INNER)) as client:
        assert client.get(f"/{path}").text == PASSED_ON
    assert path.partition("/")[0] in streamlits_own()


@pytest.mark.parametrize(
    "path", ["retain", "explore/more", "index.html", "explore/_stcore/health", "Explore", "shop"]
)
def test_an_unknown_address_is_answered_with_links_to_every_page(path: str) -> None:
    with TestClient(NotFound(INNER)) as client:
        answer = client.get(f"/{path}")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    for page in PATHS:
        assert f'href="/{Path(page).stem}"' in answer.text


def test_what_was_typed_is_not_repeated() -> None:
    with TestClient(NotFound(INNER)) as client:
        assert "alert" not in client.get("/<script>alert(1)</script>").text


@pytest.mark.usefixtures("below_shop")
def test_below_a_base_only_pages_there_are_known() -> None:
    with TestClient(NotFound(INNER)) as client:
        for path in ("/shop", "/shop/", "/shop/explore", "/shop/_stcore/health"):
            assert client.get(path).text == PASSED_ON
        assert client.get("/explore").status_code == 404
        assert 'href="/shop/explore"' in client.get("/shop/retain").text


def test_the_name_of_the_first_page_leads_to_it() -> None:
    """A link to /data would else open a box that says "Page not found"."""
    inner = Starlette(
        routes=[
            Route("/", lambda request: PlainTextResponse(f"the first page {request.url.query}")),
            Route("/overview", lambda request: PlainTextResponse("another page")),
        ]
    )
    with TestClient(FirstPage(inner, lambda: DATA)) as client:
        assert client.get("/data?k=5").text == "the first page k=5"
        assert client.get("/overview").text == "another page"
        assert client.get("/database").status_code == 404


@pytest.mark.usefixtures("below_shop")
def test_the_name_of_the_first_page_leads_to_it_below_a_base() -> None:
    inner = Starlette(routes=[Route("/shop/", lambda request: PlainTextResponse("the first page"))])
    with TestClient(FirstPage(inner, lambda: DATA)) as client:
        assert client.get("/shop/data").text == "the first page"
