"""A segment's mark beside its name, on whichever page it is spoken of."""

from segmentation.charts import figures as charts

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
