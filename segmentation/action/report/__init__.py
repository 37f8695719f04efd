"""The report: segments, playbook, method and data quality as one HTML page for anybody, and as a workbook."""

from segmentation.action.report.facts import ReportFacts, report_facts
from segmentation.action.report.page import report_html
from segmentation.action.report.workbook import report_xlsx

__all__ = ["ReportFacts", "report_facts", "report_html", "report_xlsx"]
