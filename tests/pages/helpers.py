"""What the tests of several pages need."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell.workspace import job_manager, workspace
from segmentation.runs import Run, load_run

ROOT = Path(__file__).resolve().parents[2]
ORDERS = b"""order_id,customer_id,order_date,product_name,quantity,unit_price
1,ann,2024-01-03,Blue teapot,1,20.00
2,ann,2024-02-03,Green cup,2,5.50
3,bob,2024-01-10,Blue teapot,1,20.00
4,bob,2024-03-01,Oak tray,1,31.00
5,cem,2024-03-09,Green cup,6,5.50
6,dot,2024-02-20,Oak tray,1,31.00
7,dot,2024-03-15,Tea towel,3,4.00
8,eve,2024-01-28,Tea towel,1,4.00
"""


def drop_in(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the data page as a browser does."""
    [uploader] = app.file_uploader
    return uploader.set_value([(name, content, "text/csv") for name, content in files]).run()


def answer_dialog(app: AppTest, opener: str, answer: str) -> AppTest:
    """Open a dialog and press a button in it; AppTest runs whole scripts, so its opener too."""
    app.button(opener).click().run()
    app.button(opener).click()
    return app.button(answer).click().run()


def text_of(app: AppTest) -> str:
    """Give all running text of the page."""
    texts = (*app.markdown, *app.caption, *app.title, *app.header, *app.info)
    return "\n".join(element.value for element in texts)


def sent_with(app: AppTest, part: str) -> dict[str, Any]:
    """Give what is sent to the one element of our own whose data have this part."""
    sent = [json.loads(element.proto.json) for element in app.get("bidi_component") if element.proto.json]
    [found] = [one for one in sent if part in one]
    return dict(found)


def folding_tables(app: AppTest) -> list[pd.DataFrame]:
    """Give the plain tables of the page as they are read: the first lines of their cells, without bars."""
    written = (element.proto.body.replace("&nbsp;", " ") for element in app.get("html"))
    bodies = [body.partition("</style>")[2] for body in written]
    return [_table_of(ElementTree.fromstring(body)) for body in bodies if "<table" in body]


def _table_of(drawn: ElementTree.Element) -> pd.DataFrame:
    head, *rows = ([_text(cell) for cell in row] for row in drawn.iter("tr"))
    return pd.DataFrame(rows, columns=head)


def _text(cell: ElementTree.Element) -> str:
    mark = cell.find("span")
    return ((cell.text or "") if mark is None else (mark.tail or "")).strip()


def open_folds(app: AppTest, *keys: str) -> AppTest:
    """Open what is folded, by its keys."""
    unfold(app, *keys).run()
    assert not app.exception
    return app


def tile(app: AppTest, label: str) -> tuple[str, str]:
    """Give the figure on a tile and what stands below it."""
    [found] = [metric for metric in app.metric if metric.label == label]
    return found.value, found.delta


def the_run() -> Run:
    """Give the newest run of the workspace, which there must be."""
    run = load_run(workspace())
    assert run is not None
    return run


def wait_for_the_job() -> None:
    """Wait until the job that was started has ended, and not by an error."""
    job = job_manager().latest
    assert job is not None
    job_manager()._pool.submit(lambda: None).result(timeout=120)
    assert job.error is None


def unfold(app: AppTest, *keys: str) -> AppTest:
    """Open these folds, which are drawn with the next run."""
    for key in keys:
        app.session_state[key] = True
    return app


def forget_caches() -> None:
    """Forget what the server holds in memory, the open workspace too, as a restart does."""
    st.cache_data.clear()
    st.cache_resource.clear()


def after_restart(path: str) -> AppTest:
    """Open a page of a server that was stopped and started again."""
    forget_caches()
    return AppTest.from_file(ROOT / "app.py", default_timeout=60).switch_page(path).run()
