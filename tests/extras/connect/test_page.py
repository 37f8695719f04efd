"""The page Data takes tables of a database: a fold, a list, a job; the password is gone after it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation.intake.uploads.corrections import list_uploads
from tests.extras.connect.postgres_server import PASSWORD, USER, Server
from tests.pages.conftest import app
from tests.pages.helpers import wait_for_the_job

__all__ = ["app"]


def typed(app: AppTest, address: str, password: str) -> AppTest:
    app.text_input[0].set_value(address)
    app.text_input[1].set_value(USER)
    app.text_input[2].set_value(password)
    [listing] = [one for one in app.button if one.label == "List tables"]
    return listing.click().run()


def test_tables_are_listed_ticked_and_loaded(app: AppTest, postgres: Server, tmp_path: Path) -> None:
    address = postgres.address.replace(f"{USER}@", "")
    app.session_state["from_database"] = True
    app.run()
    assert "From a database" in [one.label for one in app.expander]
    typed(app, address, f"{PASSWORD} not")
    [error] = app.error
    assert "password authentication failed" in error.value and PASSWORD not in error.value

    typed(app, address, PASSWORD)
    assert not app.exception and not app.error
    tables = app.multiselect(key="database_tables")
    assert "customers (about 150 rows)" in tables.options and tables.value == []
    tables.set_value(["customers", "orders"]).run()
    app.button("database_load").click().run()
    wait_for_the_job()
    app.run()
    assert not app.exception
    assert [upload.file_name for upload in list_uploads(workspace())] == ["customers", "orders"]
    assert StateKeys.DATABASE not in app.session_state
    assert PASSWORD not in repr(dict(app.session_state._state.filtered_state)) + repr(job_manager().latest)
    files = [path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert files and not any(PASSWORD.encode() in one for one in files)
    assert app.text_input[0].value == address  # where it is, is kept; who reads is not
    assert app.text_input[1].value == app.text_input[2].value == ""
