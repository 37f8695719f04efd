"""Two people on one server where people sign in: the pages of one never show anything of the other's."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from pages.shell.held.here import at, places
from pages.shell.people.asking import registry
from pages.shell.routes import DATA, EXPLORE, FEATURES, OVERVIEW, PROFILE, RFM_TIERS, RUNS, TRUST
from pages.shell.workspace import StateKeys, job_manager
from segmentation.device import Device
from segmentation.people import TeamRole, Visitor
from tests.pages.helpers import ORDERS, ROOT, drop_in, forget_caches, text_of
from tests.pages.shell.people.helpers import AUTH

PAGES = (OVERVIEW, DATA, EXPLORE, PROFILE, TRUST, RFM_TIERS, FEATURES, RUNS)
ISSUER = "https://issuer.example"


def claims(name: str) -> dict[str, object]:
    """Give what a provider says of somebody who has just signed in."""
    now = time.time()
    return {
        "is_logged_in": True,
        "iss": ISSUER,
        "sub": name,
        "name": name.capitalize(),
        "iat": now,
        "auth_time": now,
        "exp": now + 3600,
    }


def app_of(name: str, **parameters: str) -> AppTest:
    """Give a tab of somebody who is signed in."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.user = claims(name)
    for key, value in parameters.items():
        app.query_params[key] = value
    return app


def path_of(name: str) -> Path:
    """Return somebody's own workspace, which is made where they never came before."""
    return registry().seats(Visitor(ISSUER, name))[0].path


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a server on which people sign in."""
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("segmentation.device.available_devices", lambda: [Device.CPU])
    monkeypatch.setattr("pages.shell.people.settings._decided", [True])
    secrets = {"auth": AUTH, "people": {"let_in": "anyone"}}
    monkeypatch.setattr(secrets_singleton, "_secrets", secrets)
    forget_caches()
    yield
    forget_caches()


@pytest.fixture
def ann(server: None, home_with_segments: Path) -> AppTest:
    """Give a tab of Ann, who has found segments in a shop."""
    app = app_of("ann").run()
    path = path_of("ann")
    places().close()
    forget_caches()
    shutil.copyfile(home_with_segments / "workspace.duckdb", path)
    return app.run()


def test_one_sees_segments_and_the_other_an_empty_workspace(ann: AppTest) -> None:
    bob = app_of("bob").run()
    for path in PAGES:
        ann.switch_page(path).run()
        bob.switch_page(path).run()
        assert not ann.exception and not bob.exception
    assert ann.switch_page(OVERVIEW).run().metric
    assert not bob.switch_page(OVERVIEW).run().metric


def test_first_views_are_made_as_a_workspace_is_opened(ann: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    places().at(path_of("ann")).starter.close()
    made = list[str]()
    monkeypatch.setattr("pages.shell.waiting.restart.make_ready", lambda run, *_: made.append(run.run_id))
    monkeypatch.setattr(
        "pages.shell.waiting.restart.make_first_views", lambda run: made.append("first views")
    )
    held = places().at(path_of("ann"))
    for _ in range(2):
        held.forget()  # as when nobody was in for long
        ann.run().run()
        held.starter._pool.submit(lambda: None).result(timeout=60)
    assert made[1::2] == ["first views"] * 2
    assert len(set(made)) == 2


def test_files_and_jobs_are_of_one_workspace(ann: AppTest) -> None:
    bob, go = app_of("bob").run(), threading.Event()
    drop_in(bob.switch_page(DATA).run(), ("secret.csv", ORDERS))
    assert "secret" in labels(bob)
    with at(path_of("bob")).entered():
        job = job_manager().start("A secret job", lambda _: go.wait(60))
    assert "A secret job" in text_of(bob.run())
    ann.switch_page(DATA).run()
    assert "secret" not in labels(ann) + text_of(ann)
    go.set()
    while job.active:
        time.sleep(0.01)


def test_who_has_more_than_one_chooses_and_takes_nothing_along(ann: AppTest) -> None:
    bob = app_of("bob").run()
    assert not bob.selectbox
    mine = registry().seats(Visitor(ISSUER, "bob"))[0]
    theirs = share_with_bob()
    bob.session_state["draft"] = "of my own"
    bob.session_state[StateKeys.K] = 5
    bob.run().selectbox(key=f"_workspace_{mine.workspace_id}").select(theirs).run()
    assert not bob.exception
    assert "draft" not in bob.session_state and StateKeys.K not in bob.session_state
    assert bob.query_params["workspace"] == theirs
    assert bob.switch_page(OVERVIEW).run().metric
    bob.selectbox(key=f"_workspace_{theirs}").select(mine.workspace_id).run()
    assert not bob.switch_page(OVERVIEW).run().metric


def test_a_place_that_is_taken_away_shows_nothing_any_more(ann: AppTest) -> None:
    app_of("bob").run()
    bob = app_of("bob", workspace=share_with_bob()).run().switch_page(OVERVIEW).run()
    assert bob.metric
    registry()._db.execute("DELETE FROM members WHERE role = 'viewer'")
    bob.run()
    assert not bob.metric and "not shared with you" in bob.error[0].value


def test_where_all_places_are_taken_the_next_waits_and_then_goes_on(
    ann: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places(), "_most", 1)
    bob = app_of("bob").run()
    assert not bob.exception and not bob.error
    assert [one.title for one in bob.info] == ["Please wait a moment"]
    monkeypatch.setattr(places(), "_idle_seconds", 0.0)
    bob.run()  # what is being made ready for Ann, who has gone, ends
    places().at(path_of("ann")).starter._pool.submit(lambda: None).result(timeout=60)
    bob.run()
    assert not bob.info and bob.title


def labels(app: AppTest) -> str:
    """Give the names of what can be folded open, which are those of the files on the data page."""
    return " ".join(fold.label for fold in app.expander)


def share_with_bob() -> str:
    """Let Bob look at what is Ann's; return its id."""
    ann, bob = (Visitor(ISSUER, name) for name in ("ann", "bob"))
    theirs = registry().seats(ann)[0].workspace_id
    registry()._db.execute(
        "INSERT INTO members VALUES (?, ?, ?)", [theirs, registry().person_id(bob), TeamRole.VIEWER]
    )
    return theirs
