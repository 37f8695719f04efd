"""One workspace, one DuckDB file: what is kept between sessions, and how it is kept whole."""

from segmentation.workspace.database import Workspace, quote_identifier

__all__ = ["Workspace", "quote_identifier"]
