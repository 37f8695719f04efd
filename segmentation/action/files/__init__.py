"""The files of a run: segments, centroids, tiers and what explains them, safe to open in a spreadsheet."""

from segmentation.action.files.export_log import list_exports, log_export
from segmentation.action.files.rfm_tiers import tier_grid, tier_table, tiers_by_segment, tiers_csv
from segmentation.action.files.run_files import RunFiles
from segmentation.action.files.safe_csv import to_csv_bytes, told_in
from segmentation.action.files.segment_tables import placed_csv, segment_file_name

__all__ = [
    "RunFiles",
    "list_exports",
    "log_export",
    "placed_csv",
    "segment_file_name",
    "tier_grid",
    "tier_table",
    "tiers_by_segment",
    "tiers_csv",
    "to_csv_bytes",
    "told_in",
]
