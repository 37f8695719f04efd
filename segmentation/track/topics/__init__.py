"""What customers of a segment write about, month by month, and what of it rises or falls."""

from segmentation.track.topics.changes import LATELY, ThemeChange, theme_changes
from segmentation.track.topics.months import ThemeMonths, load_theme_months

__all__ = ["LATELY", "ThemeChange", "ThemeMonths", "load_theme_months", "theme_changes"]
