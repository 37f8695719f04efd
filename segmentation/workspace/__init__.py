"""One workspace, one DuckDB file: what is kept between sessions, and how it is kept whole."""

from segmentation.workspace.database import Workspace, home, quote_identifier

__all__ = ["Workspace", "home", "quote_identifier"]
