"""Files in the inbox are offered on the data page and load as a job."""

import time

from streamlit.testing.v1 import AppTest

from pages.shell.workspace import job_manager, workspace
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.inbox import inbox_folder
from tests.pages.helpers import ORDERS, text_of


def test_a_file_in_the_inbox_is_loaded_by_its_button(app: AppTest) -> None:
    app.run()
    (inbox_folder(workspace()) / "orders.csv").write_bytes(ORDERS)
    app.run()
    assert "orders\\.csv" in text_of(app)
    app.button("inbox_load_0").click().run()
    deadline = time.monotonic() + 20
    while job_manager().running and time.monotonic() < deadline:
        time.sleep(0.02)
    app.run()
    assert not app.exception
    assert [upload.file_name for upload in list_uploads(workspace())] == ["orders.csv"]
