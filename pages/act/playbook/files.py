"""The playbook and the report as files; each is written when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shell import cached
from pages.shell.workspace import MetaKeys, workspace
from segmentation.action.playbook import Edits, Playbook, playbook_csv
from segmentation.action.report import ReportFacts, report_facts, report_html, report_xlsx
from segmentation.runs import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(view: View, playbook: Playbook, edits: Edits) -> None:
    """Offer the report as a page and as a workbook, and the playbook as a table."""
    k, names = view.k, view.names

    def facts() -> ReportFacts:
        return report_facts(workspace().meta(MetaKeys.NAME), view, playbook, edits, shop)

    shop = cached.shop()
    st.subheader("Take it along")
    st.caption(
        "The report is one page with the verdict, the segments, the map, the averages, this playbook, the "
        "method and the state of the data: open it in any browser, print it or send it on. It loads nothing "
        "from anywhere and names no customer. The workbook holds the same numbers."
    )
    with st.container(horizontal=True):
        _button("Report (HTML)", lambda: report_html(facts()), f"report-{k}.html", "text/html", primary=True)
        _button("Report (Excel)", lambda: report_xlsx(facts()), f"report-{k}.xlsx", XLSX)
        _button(
            "Playbook (CSV)", lambda: playbook_csv(playbook, names, edits), f"playbook-{k}.csv", "text/csv"
        )


def _button(label: str, data: Callable[[], bytes], name: str, mime: str, primary: bool = False) -> None:
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime=mime,
        key=f"_download_{name.split('-')[0]}_{name.rpartition('.')[2]}",
        on_click="ignore",
        type="primary" if primary else "secondary",
        icon=":material/download:",
    )
