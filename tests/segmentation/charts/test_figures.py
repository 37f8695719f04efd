import numpy as np
import pandas as pd
import pytest

from segmentation.charts import figures as charts

NAMES = ["Regulars", "<img src=x>"]

# Severity 1.0 of Machado, Oliveira, Fernandes (2009), on linear RGB; the first is full colour vision.
EYES = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colours: tuple[str, ...]) -> np.ndarray:
    bits = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in colours]) / 255
    return np.where(bits <= 0.04045, bits / 12.92, ((bits + 0.055) / 1.055) ** 2.4)


def cielab(rgb: np.ndarray) -> np.ndarray:
    x, y, z = np.cbrt(np.clip(rgb, 0, 1) @ TO_XYZ.T / [0.9505, 1, 1.089]).T
    return np.column_stack([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("background", ["#FFFFFF", "#12181F"])
def test_colours_stand_out_on_both_themes(background: str) -> None:
    shine = linear((*charts.PALETTE, background)) @ TO_XYZ[1] + 0.05
    contrast = np.maximum(shine[:-1] / shine[-1], shine[-1] / shine[:-1])
    assert (contrast >= 3).all()


@pytest.mark.parametrize("eye", EYES)
def test_colours_differ_for_every_eye(eye: str) -> None:
    seen = cielab(linear(charts.PALETTE) @ np.array(EYES[eye]).T)
    distances = np.linalg.norm(seen[:, None] - seen[None], axis=2)
    assert distances[~np.eye(len(seen), dtype=bool)].min() >= 20


def test_nine_segments_and_more_get_the_colours_again_with_another_marker() -> None:
    assert charts.style_of(0) == (charts.PALETTE[0], "circle")
    assert charts.style_of(8) == (charts.PALETTE[0], "diamond")
    assert len({charts.style_of(segment) for segment in range(64)}) == 64


VALUES = pd.DataFrame(
    {
        "x": [0.0, 1.0, -9.0],
        "y": [0.1, 0.2, 0.4],
        "customer": ["c1", "<script>alert(1)</script>", "c&4"],
    }
)
SEGMENTS = np.array([0, 1, 1], dtype=np.uint8)


def test_a_scatter_has_a_trace_per_segment_in_its_colour() -> None:
    pair = charts.feature_pair(VALUES, "Orders", "Net spend")
    figure = charts.feature_scatter(pair, SEGMENTS, ["A", "B", "C"])
    assert [trace.name for trace in figure.data] == ["A", "B", "C"]
    assert [trace.marker.color for trace in figure.data] == list(charts.PALETTE[:3])
    assert [trace.x.tolist() for trace in figure.data] == [[0.0], [1.0, -9.0], []]
    assert figure.layout.paper_bgcolor == charts.CLEAR


def test_text_of_users_is_never_html() -> None:
    pair = charts.feature_pair(VALUES, "Net spend <b>", "Return share", log_x=True)
    figure = charts.feature_scatter(pair, SEGMENTS, NAMES)
    assert figure.data[1].name == "&lt;img src=x&gt;"
    assert figure.data[1].text[0] == (
        "&lt;script&gt;alert(1)&lt;/script&gt;<br>Net spend &lt;b&gt;: 1<br>Return share: 0.2"
    )
    assert figure.layout.xaxis.title.text == "Net spend &lt;b&gt;"
    assert figure.data[1].hovertemplate == "%{text}<br>%{fullData.name}<extra></extra>"


def test_a_scatter_places_skewed_values_by_logarithm() -> None:
    pair = charts.feature_pair(VALUES, "Net spend", "Return share", log_x=True)
    np.testing.assert_allclose(pair.x, [0.0, np.log10(2), -1.0])
    figure = charts.feature_scatter(pair, SEGMENTS, NAMES)
    assert list(figure.layout.xaxis.ticktext) == ["−1", "0", "1"]


def test_a_scatter_writes_years_without_thousands() -> None:
    values = pd.DataFrame({"x": [1970.0], "y": [1234.0], "customer": ["ann"]})
    pair = charts.feature_pair(values, "Born", "Orders", units=("year", "count"))
    assert pair.texts == ["ann<br>Born: 1970<br>Orders: 1,234"]


def test_the_signed_logarithm_can_be_undone() -> None:
    values = np.array([-1e6, -1.0, 0.0, 0.5, 1e9])
    np.testing.assert_allclose(charts.inverse_signed_log10(charts.signed_log10(values)), values)


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("values", [[1.0, 2.0, 1000.0, np.nan], [5.0, 5.0], [np.nan]])
def test_a_histogram_counts_everyone_who_has_a_value(values: list[float], log: bool) -> None:
    figure = charts.feature_histogram(np.array(values), "Net spend", log)
    assert sum(figure.data[0].y) == np.isfinite(values).sum()


def test_the_quality_curve_marks_the_suggestion() -> None:
    quality = pd.DataFrame({"k": [2, 3, 4], "stability": [0.9, 0.8, 0.7], "silhouette": [0.4, 0.3, 0.2]})
    texts = [note.text for note in charts.quality_curve(quality, suggested=3).layout.annotations]
    assert texts[2:] == ["suggested: 3"]
    assert [trace.name for trace in charts.quality_curve(quality).data] == [
        "Stability",
        "Separation",
    ]


def test_a_page_can_mark_a_k_where_the_quality_curve_draws_it() -> None:
    ks = [2, 3, 4]
    quality = pd.DataFrame({"k": ks, "stability": [0.9, 0.8, 0.7], "silhouette": [0.4, 0.3, 0.2]})
    layout = charts.quality_curve(quality).layout
    assert (layout.margin.l, layout.margin.r, layout.xaxis.range) == (40, 8, (1.5, 4.5))
    assert (layout.height, layout.margin.t, layout.margin.b) == (400, 60, 56)
    for axis in ("xaxis", "yaxis", "yaxis2"):
        assert (layout[axis].fixedrange, layout[axis].automargin) == (True, False)
    upper, lower = charts.places_on_curve(ks, 3)
    assert upper == {"left": "calc(40px + (100% - 48px) * 0.5000)", "top": "60.0px", "height": "113.6px"}
    assert lower == {**upper, "top": "230.4px"}
