"""A segment's mark beside its name, on whichever page it is spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from pandas.io.formats.style import Styler

from segmentation.charts import figures as charts

MARK = " "
"""The header of a table's column of markers."""

GLYPHS = charts.GLYPHS


def glyph(segment: int) -> str:
    """Return a segment's marker as a character."""
    return GLYPHS[charts.style_of(segment).symbol]


def swatch(segment: int) -> str:
    """Draw a segment's marker, number and colour; the charts show it by the same marker and colour."""
    colour = charts.style_of(segment).colour
    return (
        f'<div aria-hidden="true" style="display:flex;align-items:center;gap:8px">'
        f'<span style="line-height:1;color:{colour}">{glyph(segment)}</span><strong>{segment + 1}</strong>'
        f'<div style="flex:1;height:6px;border-radius:3px;background:{colour}"></div></div>'
    )


def dots(key: str, segments: Sequence[int]) -> str:
    """Write the style that colours the marks with which the pills of this key begin, one for each segment."""
    rules = (
        f".st-key-{key} button:nth-of-type({place}) p::first-letter {{color: {charts.style_of(one).colour}}}"
        for place, one in enumerate(segments, start=1)
    )
    return f"<style>{''.join(rules)}</style>"


def coloured(table: Styler, segments: Sequence[int | None], column: str = MARK) -> Styler:
    """Colour the markers in a column of a table, whose rows belong to these segments (0-based) or to none."""
    colours = ["" if one is None else f"color: {charts.style_of(one).colour}" for one in segments]
    return table.apply(lambda _: colours, subset=[column])
