"""The map in a real browser: what travels, who is inside an outline, what hovering shows, both themes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.intake.shop import TABLES
from segmentation.pipeline import find_segments, ground
from segmentation.runs import RunOptions, load_customers
from segmentation.workspace import Workspace
from tests.browser.conftest import Watch
from tests.browser.helpers import draw_on_map, expect_map, move_slider, painted_k, place_of_map, rename, serve

CUSTOMERS, DRAWN = 60_000, 50_000
HOSTILE = "<img src=x onerror=alert(1)>"
PADDING = 10  # of the map, in CSS pixels
# How many pixels are of a mark's full colour, how many are faint, and which colours the most have.
PIXELS = """canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const seen = {};
    let faint = 0;
    for (let at = 0; at < data.length; at += 4) {
        const colour = data.slice(at, at + 3).join();
        if (data[at + 3] > 200) seen[colour] = (seen[colour] ?? 0) + 1;
        else if (data[at + 3]) faint++;
    }
    return { faint, colours: Object.keys(seen).sort((a, b) => seen[b] - seen[a]).slice(0, 12) };
}"""


def make_table() -> FeatureTable:
    """Make customers of three kinds, told apart by two features, with names that an attacker would type."""
    rng = np.random.default_rng(0)
    kinds = np.array([[0, 0], [9, 0], [4, 8]])[rng.integers(0, 3, CUSTOMERS)]
    values = pd.DataFrame(kinds + rng.normal(size=(CUSTOMERS, 2)), columns=["first", "second"])
    features = tuple(
        Feature(name, f"{name} {HOSTILE}", "made up", Group.BEHAVIOUR, Unit.NUMBER) for name in values
    )
    ids = np.array([f"{HOSTILE}{number:05d}" for number in range(CUSTOMERS)], dtype=object)
    return FeatureTable(ids, values, features, (), None, None)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give the address of a server with more customers than are drawn, and what it knows of them."""
    home = tmp_path_factory.mktemp("many") / "home"
    parts = {
        "build_shop": lambda *_: SimpleNamespace(
            fingerprint="made up", customer_meaning="a row", has=frozenset(), profile=()
        ),
        "describe": lambda *_: make_table(),
        "read_customers": lambda *_, **__: None,
    }
    with Workspace.open(home / "workspace.duckdb") as workspace, patch.multiple(ground, **parts):
        with workspace.transaction() as cursor:
            cursor.execute(TABLES)
        run = find_segments(
            workspace, RunOptions(k_range=(2, 4), model="none", resamples=1, resamples_of_suggested=1)
        )
        customers = load_customers(workspace, run)
    with serve(home) as address:
        yield address, customers


def open_map(page: Page, shop: tuple[str, pd.DataFrame]) -> int:
    """Open the page and wait for the map; give the number of segments that it shows."""
    page.goto(f"{shop[0]}/explore")
    k = painted_k(page)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return k


def colours_on(page: Page) -> set[str]:
    """Read the colours of the marks, as red, green and blue."""
    return set(page.locator("canvas.points").evaluate(PIXELS)["colours"])


def rgb(colour: str) -> str:
    """Write "#rrggbb" as the canvas tells it."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def test_a_move_brings_new_colours_and_no_places(visitor: Page, shop: tuple[str, pd.DataFrame]) -> None:
    received: list[int] = []
    visitor.on(
        "websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data)))
    )
    k = open_map(visitor, shop)
    places = max(received)
    assert places > DRAWN * 4  # two numbers of two bytes each, and who it is
    before, key = colours_on(visitor), "ArrowRight" if k < 4 else "ArrowLeft"
    received.clear()
    move_slider(visitor, key)
    expect_map(visitor, k + 1 if k < 4 else k - 1)
    assert colours_on(visitor) != before
    assert DRAWN * 2 < sum(received) < places / 3  # a segment and a confidence of one byte each


def test_an_outline_has_the_customers_that_the_server_knows_inside(
    visitor: Page, shop: tuple[str, pd.DataFrame]
) -> None:
    _, customers = shop
    sent: list[int] = []
    visitor.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(len(data))))
    open_map(visitor, shop)
    plane = place_of_map(visitor)
    low, high = (0.25, 0.4), (0.7, 0.9)
    sent.clear()
    draw_on_map(visitor, "lasso", [low, (high[0], low[1]), high, (low[0], high[1]), low])
    told = visitor.get_by_text(re.compile(r"^[\d,]+ of 60,000 customers inside your outline$"))
    number = int(told.inner_text().split()[0].replace(",", ""))
    assert max(sent) < 10_000

    def edges(values: pd.Series, length: float, first: float, last: float) -> tuple[float, float]:
        shares = [(share * length - PADDING) / (length - 2 * PADDING) for share in (first, last)]
        reach = values.max() - values.min()
        return values.min() + shares[0] * reach, values.min() + shares[1] * reach

    width, height = plane["width"], plane["height"]
    across = customers["map_x"].between(*edges(customers["map_x"], width, low[0], high[0]))
    up = customers["map_y"].between(*edges(customers["map_y"], height, 1 - high[1], 1 - low[1]))
    expected = int((across & up).sum())
    assert expected > 1_000
    assert abs(number - expected) < 0.03 * expected  # a pixel more or less on each side


def test_who_draws_sees_how_many_are_inside_before_the_server_answers(
    visitor: Page, shop: tuple[str, pd.DataFrame]
) -> None:
    open_map(visitor, shop)
    inside = visitor.locator(".inside")
    assert inside.inner_text() == ""
    visitor.get_by_role("button", name="draw a box").click()
    plane = place_of_map(visitor)
    visitor.mouse.move(plane["x"] + 5, plane["y"] + 5)
    visitor.mouse.down()
    visitor.mouse.move(plane["x"] + plane["width"] - 5, plane["y"] + plane["height"] - 5, steps=6)
    expect(inside).to_have_text(re.compile(r"^about (60,000|59,9\d\d) inside$"))
    visitor.mouse.up()
    expect(
        visitor.get_by_text(re.compile(r"^[\d,]+ of 60,000 customers inside your outline$"))
    ).to_be_visible()
    visitor.get_by_role("button", name="Forget what was drawn").click()
    expect(inside).to_be_empty()


def test_names_and_customers_from_files_are_only_text(visitor: Page, shop: tuple[str, pd.DataFrame]) -> None:
    open_map(visitor, shop)
    rename(visitor, 0, HOSTILE)
    expect(visitor.locator("div.legend", has_text=HOSTILE)).to_be_visible()
    plane = place_of_map(visitor)
    for step in range(100):
        u, v = step % 10 / 10, step // 10 / 10
        visitor.mouse.move(plane["x"] + u * plane["width"], plane["y"] + v * plane["height"])
        if visitor.locator(".note").is_visible():
            break
    expect(visitor.locator(".note")).to_contain_text(re.compile(rf"{re.escape(HOSTILE)}\d{{5}}.*% sure"))
    assert visitor.locator("img[src='x'], [onerror]").count() == 0


def test_everybody_is_in_the_mist_under_the_points(visitor: Page, shop: tuple[str, pd.DataFrame]) -> None:
    open_map(visitor, shop)
    told = re.compile(r"^60,000 customers\. (50,000|49,99\d) of them drawn; grey mist: all\.")
    expect(visitor.get_by_text(told)).to_be_visible()
    legend = visitor.get_by_role("group", name="Segments on the map")
    for entry in legend.get_by_role("button").all():
        entry.press("Enter")
    expect(legend.locator("[aria-pressed=true]")).to_have_count(0)
    visitor.wait_for_timeout(500)
    pixels = visitor.locator("canvas.points").evaluate(PIXELS)
    assert pixels["colours"] == []
    assert pixels["faint"] > 10_000


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_it_works_in_both_themes_and_a_narrow_window(
    chromium: Browser, shop: tuple[str, pd.DataFrame], theme: str
) -> None:
    watch = Watch()
    context = chromium.new_context(
        viewport={"width": 900, "height": 900}, color_scheme=theme, device_scale_factor=2
    )
    page = context.new_page()
    watch.attach(page)
    k = open_map(page, shop)
    assert {rgb(colour) for colour in ("#3266A4", "#FF6100")[:k]} <= colours_on(page)
    canvas = page.locator("canvas.points")
    assert canvas.evaluate("one => one.width / one.clientWidth") == pytest.approx(2, abs=0.01)
    ink = page.locator(".map").evaluate("one => getComputedStyle(one).color")
    assert ink == {"light": "rgb(15, 21, 27)", "dark": "rgb(230, 235, 240)"}[theme]
    page.get_by_role("combobox", name="Colour by").click()
    page.keyboard.type("Confidence")
    page.keyboard.press("Enter")
    expect(page.locator(".scale")).to_contain_text("Confidence")
    page.locator(".tools").get_by_role("button", name="Zoom in").click()
    context.close()
    assert (watch.outside, watch.errors) == ([], [])
