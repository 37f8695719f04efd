"""How far a cell is from the average, as the tint behind it: the same on the screen and on paper."""

from __future__ import annotations

ABOVE, BELOW = "0, 101, 159", "255, 98, 4"
FAINTEST, STRONGEST, MOST_OPAQUE = 0.25, 2.0, 0.55


def shade(effect: float) -> str:
    """Tint a cell by its distance from the average in standard deviations; nothing below a quarter of one."""
    if abs(effect) < FAINTEST:
        return ""
    strength = min(abs(effect) / STRONGEST, 1.0) * MOST_OPAQUE
    return f"background-color: rgba({ABOVE if effect > 0 else BELOW}, {strength:.2f})"
