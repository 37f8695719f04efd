"""The names that people gave to themes, which follow a theme from run to run by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from segmentation.features.table import Feature
from segmentation.runs.run import Run, with_features
from segmentation.text.block import Theme
from segmentation.workspace import Workspace

LONGEST = 60
SAME_THEME = 0.5
"""Two themes are one where they share at least this part of their telling words."""


def rename_theme(workspace: Workspace, theme: Theme, name: str) -> None:
    """Give a theme a name of one's own; an empty one, or the generated one, brings the generated one back."""
    tidy = " ".join(name.split())[:LONGEST]
    stored = _read(workspace)
    [place] = _matched([theme], [words for words, _ in stored])
    with workspace.transaction() as cursor:
        if place is not None:
            cursor.execute("DELETE FROM theme_names WHERE words = ?", [list(stored[place][0])])
        if tidy and tidy != theme.name:
            cursor.execute("INSERT INTO theme_names VALUES (?, ?)", [list(theme.words), tidy])


def given_names(workspace: Workspace, themes: Sequence[Theme]) -> dict[int, str]:
    """Return the names that people gave to these themes, by their place; each name is given once."""
    stored = _read(workspace)
    places = _matched(themes, [words for words, _ in stored])
    return {at: stored[place][1] for at, place in enumerate(places) if place is not None}


def with_theme_names(run: Run, names: dict[int, str]) -> Run:
    """Return the run with these names wherever a theme is named: in its features and in every table."""
    if not names:
        return run
    labels = {f"theme_{at}": f"Theme: {name}" for at, name in names.items()}

    def named(features: tuple[Feature, ...]) -> tuple[Feature, ...]:
        return tuple(replace(one, label=labels.get(one.name, one.label)) for one in features)

    return replace(with_features(run, named), theme_names=names)


def _read(workspace: Workspace) -> list[tuple[tuple[str, ...], str]]:
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT words, name FROM theme_names ORDER BY name, words").fetchall()
    return [(tuple(words), name) for words, name in rows]


def _matched(themes: Sequence[Theme], known: Sequence[tuple[str, ...]]) -> list[int | None]:
    """Pair each theme with the known words that it shares most with, one to one (Hungarian matching)."""
    from scipy.optimize import linear_sum_assignment

    shared = np.array([[_shared(theme.words, words) for words in known] for theme in themes])
    found: list[int | None] = [None] * len(themes)
    if shared.size:
        for at, place in zip(*linear_sum_assignment(-shared), strict=True):
            if shared[at, place] >= SAME_THEME:
                found[int(at)] = int(place)
    return found


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    fewest = min(len(one), len(other))
    return len({*one} & {*other}) / fewest if fewest else float(one == other)
