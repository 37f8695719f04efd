"""Names on the profile: why, and a language model: nothing is sent unasked, suggestions wait for a press."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.latest import latest_run
from pages.shell.routes import PROFILE
from pages.shell.words import plain
from pages.shell.workspace import job_manager, workspace
from tests.pages.helpers import after_restart, text_of
from tests.segmentation.insight.language_model.model_server import ModelServer, model_server

KEY = "sk-very-secret"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
def page(segmented: AppTest) -> AppTest:
    segmented.session_state["names_open"] = True
    return segmented.switch_page(PROFILE).run()


def wait(page: AppTest) -> AppTest:
    """Wait for the answer."""
    job = job_manager().latest
    while job and job.active:
        time.sleep(0.02)
    return page.run()


def switched_on(page: AppTest, server: ModelServer) -> AppTest:
    page.toggle("names_model_on").set_value(True).run()
    page.text_input("names_model_address").set_value(server.address).run()
    return page.text_input("names_model_model").set_value("toy").run()


def names_of_the_latest_run() -> list[str]:
    run = latest_run()
    assert run is not None
    return run.names_at(run.suggestion.k)


def answers(page: AppTest, **first: str) -> str:
    run = latest_run()
    assert run is not None
    numbers = [str(one.label + 1) for one in run.cuts[run.suggestion.k].segments if one.size >= 10]
    names = {number: {"name": f"Tea {number}", "profile": f"They buy tea {number}."} for number in numbers}
    names[numbers[0]] |= first
    return json.dumps(names)


def test_a_name_of_ones_own_is_given_and_taken_back(page: AppTest) -> None:
    generated = page.text_input("profile_name_0").value
    assert "put together by fixed rules" in text_of(page)
    page.text_input("profile_name_0").set_value("  Tea   lovers ").run()
    assert page.header[0].value == "Tea lovers"
    assert f"Generated name: {plain(generated)}" in text_of(page)
    page.text_input("profile_name_0").set_value("").run()
    assert page.text_input("profile_name_0").value == generated
    assert not page.exception


def test_the_language_model_is_folded_away_until_it_is_asked_for(segmented: AppTest) -> None:
    page = segmented.switch_page(PROFILE).run()
    assert [toggle.key for toggle in page.toggle if toggle.key == "names_model_on"] == []


def test_it_is_off_until_switched_on(page: AppTest, server: ModelServer) -> None:
    assert page.toggle("names_model_on").value is False
    assert not page.exception
    assert [button.key for button in page.button if button.key == "names_send"] == []
    switched_on(page, server)
    assert server.bodies == []


def test_what_is_shown_is_sent_and_what_comes_back_waits_for_a_press(
    page: AppTest, server: ModelServer
) -> None:
    switched_on(page, server)
    page.text_input("names_key").set_value(KEY)
    page.button("FormSubmitter:names_key_form-Use this key").click().run()
    server.says(answers(page))
    shown = [code.value for code in page.code]
    page.button("names_send").click().run()
    wait(page)
    assert [part["content"] for part in server.bodies[0]["messages"]] == shown
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in f"{page.main!r} {page.sidebar!r}"
    assert KEY.encode() not in workspace().path.read_bytes()
    before = page.text_input("profile_name_0").value
    assert "Suggested: **Tea 1**" in text_of(page).replace("\\", "")
    assert before != "Tea 1"
    page.button("names_take_0").click().run()
    assert page.text_input("profile_name_0").value == "Tea 1"
    assert names_of_the_latest_run()[:2] != ["Tea 1", "Tea 2"]
    page.button("names_take_all").click().run()
    assert names_of_the_latest_run()[:2] == ["Tea 1", "Tea 2"]
    assert not page.exception
    page = after_restart(PROFILE)
    assert "They buy tea 1" in text_of(page).replace("\\", "")
    page.text_input("profile_name_0").set_value("").run()
    run = latest_run()
    assert run is not None
    assert page.text_input("profile_name_0").value == before == run.cuts[run.suggestion.k].segments[0].name
    page.button("profile_remove_0").click().run()
    assert "They buy tea 1" not in text_of(page).replace("\\", "")


def test_any_fault_leaves_the_generated_names_and_is_told(page: AppTest, server: ModelServer) -> None:
    switched_on(page, server)
    before = page.text_input("profile_name_0").value
    server.gives(b"", 500)
    page.button("names_send").click().run()
    wait(page)
    assert "500" in page.error[0].value and "Nothing was changed" in page.error[0].value
    assert page.text_input("profile_name_0").value == before
    server.says(answers(page, name="Wealthy women"))
    page.button("names_send").click().run()
    wait(page)
    assert "guesses who people are" in text_of(page)
    assert [button.key for button in page.button if button.key == "names_take_0"] == []
    page.button("names_take_all").click().run()
    assert page.text_input("profile_name_0").value == before


def test_a_suggestion_is_only_text(page: AppTest, server: ModelServer) -> None:
    switched_on(page, server)
    server.says(answers(page, name="**[x](y)** $1", profile="# Head :red[x] `code`"))
    page.button("names_send").click().run()
    wait(page)
    assert r"\*\*\[x\]\(y\)\*\* \$1" in text_of(page)
    assert r"\# Head" in text_of(page)


@pytest.mark.parametrize("address", ["nonsense", "http://api.example.com/v1"])
def test_an_address_that_will_not_do_is_told(page: AppTest, server: ModelServer, address: str) -> None:
    switched_on(page, server)
    page.text_input("names_model_address").set_value(address).run()
    assert page.error
    assert not page.exception


def test_the_sidebar_says_what_leaves(page: AppTest, server: ModelServer) -> None:
    switched_on(page, server)
    assert "Nothing leaves this machine" in page.sidebar.caption[0].value
    page.text_input("names_model_address").set_value("https://api.example.com/v1").run()
    assert "Only messages that you send" in page.sidebar.caption[0].value


def test_a_key_goes_only_to_the_address_it_was_given_for(page: AppTest, server: ModelServer) -> None:
    """The address is everybody's setting: another visitor may have changed it meanwhile."""
    switched_on(page, server)
    page.text_input("names_model_address").set_value("http://localhost:1/v1").run()
    page.text_input("names_key").set_value(KEY)
    page.button("FormSubmitter:names_key_form-Use this key").click().run()
    page.text_input("names_model_address").set_value(server.address).run()
    server.says(answers(page))
    page.button("names_send").click().run()
    wait(page)
    assert "authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("its_address", "is_sent"), [("", False), ("http://localhost:1/v1", False), ("=", True)]
)
def test_the_key_of_the_environment_goes_only_to_the_address_beside_it(
    page: AppTest, server: ModelServer, monkeypatch: pytest.MonkeyPatch, its_address: str, is_sent: bool
) -> None:
    monkeypatch.setenv("TESSERA_LANGUAGE_MODEL_KEY", KEY)
    monkeypatch.setenv(
        "TESSERA_LANGUAGE_MODEL_ADDRESS", f"{server.address}/" if its_address == "=" else its_address
    )
    switched_on(page, server)
    server.says(answers(page))
    page.button("names_send").click().run()
    wait(page)
    assert (server.headers[0].get("authorization") == f"Bearer {KEY}") is is_sent
