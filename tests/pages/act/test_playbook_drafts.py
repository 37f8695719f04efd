"""Drafts by a language model: off by default, the message shown is the one sent, the answer is only shown."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.latest import latest_run
from pages.shell.routes import PLAYBOOK
from pages.shell.workspace import job_manager
from tests.segmentation.insight.language_model.model_server import ModelServer, model_server

DRAFT = {"draft": {"subject": "New kettles", "body": "Hello {name}, look.", "text_message": "New kettles."}}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
def page(segmented: AppTest, server: ModelServer) -> AppTest:
    """Give the page with the model switched on."""
    opened = segmented.switch_page(PLAYBOOK).run()
    assert opened.toggle("playbook_model_on").value is False
    assert "playbook_send" not in [button.key for button in opened.button]
    opened.toggle("playbook_model_on").set_value(True).run()
    opened.text_input("playbook_model_address").set_value(server.address).run()
    return opened.text_input("playbook_model_model").set_value("toy").run()


def test_the_message_that_is_shown_is_sent_and_the_draft_is_shown(page: AppTest, server: ModelServer) -> None:
    assert server.bodies == []
    shown = [block.value for block in page.code]
    server.says(json.dumps(DRAFT))
    page.button("playbook_send").click().run()
    job = job_manager().latest
    while job and job.active:
        pass
    page.run()
    assert not page.exception
    [body] = server.bodies
    assert [part["content"] for part in body["messages"]] == shown
    assert {"New kettles", "Hello {name}, look.", "New kettles."} <= {block.value for block in page.code}


def test_nobody_is_in_the_message(page: AppTest) -> None:
    run = latest_run()
    assert run is not None
    facts = json.loads(page.code[1].value)
    assert set(facts) <= {"goal", "angle", "offer", "themes", "products"}
    assert "%" not in page.code[1].value
