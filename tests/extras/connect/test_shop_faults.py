"""What a shop can do wrong: each ends in one clear line, nothing is loaded, and no token goes astray."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts, allowed_hosts_of
from segmentation.connect.shops import guarded
from segmentation.connect.shops.fetch_shop import ShopAsked, fetch_shop
from segmentation.connect.shops.shop_address import ShopToken, read_shop
from segmentation.errors import Cancelled, HostNotAllowedError, SourceError
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.jobs import Progress, silent
from segmentation.workspace import Workspace
from tests.extras.connect.shop_server import (
    SHOPIFY_TOKEN,
    WOO_KEY,
    Served,
    Shopify,
    Trap,
    WooCommerce,
    serving,
)
from tests.extras.connect.shop_world import make_world

WORLD = make_world(11, 30)
SYSTEMS = {"woocommerce": (WooCommerce, WOO_KEY), "shopify": (Shopify, SHOPIFY_TOKEN)}
BOTH = pytest.mark.parametrize("system", list(SYSTEMS))


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less between tries than a shop is given."""
    monkeypatch.setattr(guarded, "LONGEST_WAIT", 0.2)


def fetch(
    workspace: Workspace,
    served: Served,
    system: str,
    on_progress: Progress = silent,
    hosts: AllowedHosts = ANY_HOST,
) -> None:
    shop = read_shop(f"{system}:{served.url}")
    fetch_shop(workspace, shop, ShopToken(SYSTEMS[system][1]), ShopAsked(("orders",)), on_progress, hosts)


@pytest.mark.parametrize(
    ("system", "fault", "said"),
    [
        ("woocommerce", "refused*", "refuses the token"),
        ("woocommerce", "gone*", "no such interface"),
        ("woocommerce", "broken*", "after 6 tries (status 500)"),
        ("woocommerce", "busy*", "after 6 tries (status 429)"),
        ("woocommerce", "no_json*", "not its data"),
        ("woocommerce", "endless*", "again and again"),
        ("woocommerce", "huge*", "larger than 64 MB"),
        ("shopify", "refused*", "refuses the token"),
        ("shopify", "no_json*", "not its data"),
        ("shopify", "throttled*", "Throttled"),
        ("shopify", "denied", "Access denied for orders field"),
        ("shopify", "failed*", "internal_server_error"),
        ("shopify", "torn", "not its data"),
        ("shopify", "short", "ended after"),
    ],
)
def test_each_fault_is_one_clear_line_and_changes_nothing(
    workspace: Workspace, system: str, fault: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world = make_world(11, 120) if fault == "endless*" else WORLD
    with serving(SYSTEMS[system][0], world) as served:
        served.faults = [fault]
        with pytest.raises(SourceError) as caught:
            fetch(workspace, served, system)
    told = str(caught.value)
    assert said in told and "\n" not in told
    assert not list_uploads(workspace)
    secrets = [part for part in SYSTEMS[system][1].split(":")]
    assert not any(secret in told or secret in caplog.text for secret in secrets)
    assert list(workspace.staging.iterdir()) == []


@BOTH
def test_the_token_is_not_sent_on_to_another_host(workspace: Workspace, system: str) -> None:
    with (
        serving(Trap, WORLD) as trap,
        serving(
            SYSTEMS[system][0], WORLD, "sends_on*", elsewhere=trap.url.replace("127.0.0.1", "localhost")
        ) as served,
        pytest.raises(SourceError, match="sends us on"),
    ):
        fetch(workspace, served, system)
    assert trap.asked == []


def test_a_file_elsewhere_is_asked_for_without_the_token(workspace: Workspace) -> None:
    with (
        serving(Trap, WORLD) as trap,
        serving(Shopify, WORLD, elsewhere=trap.url) as served,
        pytest.raises(SourceError),
    ):
        fetch(workspace, served, "shopify")
    assert len(trap.asked) == 1
    assert set(trap.tokens) == {""}


@BOTH
def test_a_person_can_stop_it_while_the_shop_is_silent(
    workspace: Workspace, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "LONGEST_WAIT", 300.0)

    def stop_after(step: str, done: int, total: int) -> None:
        if time.monotonic() - begun > 0.5:
            raise Cancelled

    for fault in ("drips*", "never_done*", "away*"):
        if (system, fault) == ("woocommerce", "never_done*"):
            continue
        begun = time.monotonic()
        with serving(SYSTEMS[system][0], WORLD, fault) as served, pytest.raises(Cancelled):
            fetch(workspace, served, system, stop_after)
        assert time.monotonic() - begun < 5
        if fault == "never_done*":
            assert any("bulkOperationCancel" in asked for asked in served.asked)
    assert not list_uploads(workspace)


def test_one_request_at_a_time_waits_as_long_as_it_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "LONGEST_WAIT", 300.0)
    begun = time.monotonic()
    with serving(WooCommerce, WORLD, "busy") as served:
        fetch(workspace, served, "woocommerce")
    assert time.monotonic() - begun >= 1
    assert len(served.asked) == 2


@BOTH
def test_no_byte_on_the_disk_holds_the_token(
    workspace: Workspace, system: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    (tmp_path / "person").mkdir()
    with serving(SYSTEMS[system][0], WORLD, "busy") as served:
        fetch(workspace, served, system)
        assert any(SYSTEMS[system][1] in token or token.startswith("Basic ") for token in served.tokens)
    workspace.close()
    secrets = [part.encode() for part in SYSTEMS[system][1].split(":")]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".duckdb" for path in files)
    assert not [path for path in files if any(secret in path.read_bytes() for secret in secrets)]
    assert list((tmp_path / "person").rglob("*")) == []
    assert os.environ["RUNTIME__DLTHUB_TELEMETRY"] == "false"


@BOTH
def test_a_host_that_is_not_allowed_hears_nothing(
    workspace: Workspace, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(SYSTEMS[system][0], WORLD) as served:
        with pytest.raises(HostNotAllowedError):
            fetch(workspace, served, system, hosts=AllowedHosts())
        with monkeypatch.context() as led_elsewhere:  # since its name was looked up
            led_elsewhere.setattr(AllowedHosts, "addresses", lambda *_: ("93.184.216.34",))
            with pytest.raises(HostNotAllowedError):
                fetch(workspace, served, system, hosts=allowed_hosts_of({"hosts": ["*"]}))
        assert served.asked == [] and list_uploads(workspace) == ()
        fetch(workspace, served, system, hosts=allowed_hosts_of({"hosts": ["127.0.0.1"]}))
        assert served.asked and list_uploads(workspace)
