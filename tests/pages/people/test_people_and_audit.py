"""Owners decide who is in a workspace and read what was done there; nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.people.audit.words import ACTIONS, BROKEN, ENDINGS
from pages.shell.people.asking import audit, registry
from pages.shell.people.visitor import WORKSPACE
from pages.shell.routes import AUDIT, DATA, EXPLORE, PEOPLE
from segmentation.people import TeamRole
from segmentation.people.deed import Action, Ending, Flaw
from segmentation.people.team import Team, first_workspace
from tests.pages.helpers import answer_dialog, text_of

AppOf = Callable[..., AppTest]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def invited(app: AppTest, email: str, role: str) -> AppTest:
    app.switch_page(PEOPLE).run()
    app.text_input(key="_invite_email").set_value(email)
    app.selectbox(key="_invite_role").set_value(role)
    return press(app, "Invite")


def table(app: AppTest, column: str) -> list[Any]:
    return list(app.dataframe[0].value[column])


def test_who_is_invited_comes_in_with_the_role(app_of: AppOf) -> None:
    anns = invited(app_of("ann").run(), "bob@shop.example", "editor")
    assert "invited as editor" in text_of(anns)
    bobs = app_of("bob")
    bobs.query_params[WORKSPACE] = anns.query_params[WORKSPACE]
    bobs.run().switch_page(PEOPLE).run()
    assert table(bobs, "Role") == ["Owner", "Editor"]
    assert "You are an editor here." in text_of(bobs)
    assert "Invite" not in [button.label for button in bobs.button]
    bobs.switch_page(AUDIT).run()
    assert "takes an owner" in bobs.error[0].value
    assert not bobs.dataframe


@pytest.mark.parametrize("path", [DATA, EXPLORE])
def test_pages_say_with_whom_a_workspace_is_shared(app_of: AppOf, path: str) -> None:
    app_of("bob").run()
    app = app_of("ann").run()
    app.switch_page(path).run()
    assert "Only you can open this workspace" in text_of(app)
    invited(app, "bob@shop.example", "viewer").switch_page(path).run()
    assert "Shared with Bob (viewer)" in text_of(app)


def test_the_last_owner_can_neither_leave_nor_step_down(app_of: AppOf) -> None:
    app = app_of("ann").run()
    app.switch_page(PEOPLE).run()
    assert "needs an owner" in press(app, "Change the role").error[0].value
    assert "needs an owner" in answer_dialog(app, "_remove", "confirm_remove").error[0].value
    assert table(app, "Role") == ["Owner"]


def test_who_is_removed_is_out_at_once_and_it_is_written_down(app_of: AppOf) -> None:
    app_of("bob").run()
    anns = invited(app_of("ann").run(), "bob@shop.example", "viewer")
    bobs = app_of("bob")
    bobs.query_params[WORKSPACE] = anns.query_params[WORKSPACE]
    assert not bobs.run().error
    bob = anns.selectbox(key="_change_who").options.index("Bob (viewer)")
    anns.selectbox(key="_change_who").select_index(bob).run()
    answer_dialog(anns, "_remove", "cancel_remove")
    assert table(anns, "Role") == ["Owner", "Viewer"]
    answer_dialog(anns, "_remove", "confirm_remove")
    assert table(anns, "Role") == ["Owner"]
    assert "not shared with you" in bobs.run().error[0].value
    assert [line.action for line in audit().lines()][-1] == Action.REMOVE


def test_an_owner_of_the_first_workspace_takes_somebody_off_the_server(app_of: AppOf) -> None:
    bobs, anns = app_of("bob").run(), app_of("ann")
    place = first_workspace(registry())
    anns.query_params[WORKSPACE] = place.workspace_id
    Team(registry(), place.workspace_id).invite("ann@shop.example", TeamRole.OWNER)
    invited(anns.run(), "bob@shop.example", "viewer")
    assert "bob@shop.example" in {line.person.get("email") for line in audit().lines()}
    anns.selectbox(key="_change_who").select_index(1).run()
    press(anns, "Remove").checkbox(key="_remove_everywhere").check()
    answer_dialog(anns, "_remove", "confirm_remove")
    assert [one.visitor.subject for one in registry().people()] == ["ann"]
    assert "bob@shop.example" not in {line.person.get("email") for line in audit().lines()}
    assert audit().check() is None
    assert "You have signed out" in text_of(bobs.run())


def test_a_viewer_starts_nothing(app_of: AppOf) -> None:
    app_of("bob").run()
    anns = invited(app_of("ann").run(), "bob@shop.example", "viewer")
    bobs = app_of("bob")
    bobs.query_params[WORKSPACE] = anns.query_params[WORKSPACE]
    bobs.run().switch_page(DATA).run()
    press(bobs, "Try the sample shop")
    assert [error.value for error in bobs.error if "you are a viewer" in error.value]
    assert [(line.action, line.ending) for line in audit().lines()][-1] == (Action.RUN, Ending.REFUSED)


def test_another_workspace_is_started_and_looked_at(app_of: AppOf) -> None:
    app = app_of("ann").run()
    own = app.query_params[WORKSPACE]
    app.switch_page(PEOPLE).run()
    app.text_input(key="_new_workspace").set_value("Spring")
    press(app, "Start it")
    assert app.query_params[WORKSPACE] != own
    assert [place.name for place in registry().workspaces()] == ["Ann", "Spring"]


def test_the_audit_tells_what_was_done_here_and_is_filtered(app_of: AppOf) -> None:
    app_of("bob").run()
    app = invited(app_of("ann").run(), "bob@shop.example", "viewer")
    app.switch_page(AUDIT).run()
    assert table(app, "What") == ["Invited somebody", "Signed in", "Signed in"]
    assert table(app, "Of what")[0] == "Bob"
    assert "was changed or taken out" in app.success[0].value
    app.multiselect(key="_audit_what").set_value(["Invited somebody"]).run()
    assert table(app, "Who") == ["ann@shop.example"]


def test_a_changed_line_is_told(app_of: AppOf) -> None:
    app = app_of("ann").run()
    [path] = audit().folder.glob("*.jsonl")
    path.write_text(path.read_text().replace("sign_in", "sign_up"))
    app.switch_page(AUDIT).run()
    assert app.error[0].proto.title == "The audit is not whole"


def test_every_code_has_words() -> None:
    assert (set(ACTIONS), set(ENDINGS), set(BROKEN)) == (set(Action), set(Ending), set(Flaw))
