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
ABOUT = (
    "For anybody, in any browser or printed: money, three actions, the segments, and all behind them. "
    "It names no customer and loads nothing from anywhere."
)
ABOUT_WORKBOOK = "The same numbers, with charts."
ABOUT_TABLE = "Every line of every play, with what it rests on."


def downloads(view: View, playbook: Playbook, edits: Edits) -> None:
    """Offer the report as a page and as a workbook, and the playbook as a table."""
    k, names = view.k, view.names

    def facts() -> ReportFacts:
        return report_facts(workspace().meta(MetaKeys.NAME), view, playbook, edits, shop)

    shop = cached.shop()
    _button("Report (HTML)", lambda: report_html(facts()), f"report-{k}.html", "text/html", ABOUT)
    _button("Report (Excel)", lambda: report_xlsx(facts()), f"report-{k}.xlsx", XLSX, ABOUT_WORKBOOK)
    table = f"playbook-{k}.csv"
    _button("Playbook (CSV)", lambda: playbook_csv(playbook, names, edits), table, "text/csv", ABOUT_TABLE)


def _button(label: str, data: Callable[[], bytes], name: str, mime: str, about: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime=mime,
        key=f"_download_{name.split('-')[0]}_{name.rpartition('.')[2]}",
        on_click="ignore",
        help=about,
        icon=":material/download:",
    )
