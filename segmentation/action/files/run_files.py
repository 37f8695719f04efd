"""The files of one run at one k: what pages offer as downloads and the command line writes into a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from segmentation.action.files import segment_tables
from segmentation.action.files.explanation import explanation_facts
from segmentation.action.files.folder import write_files
from segmentation.clusters.stability_band import stability_band
from segmentation.features.words import left_out_reason
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.facts.segment_rule import SegmentRule
from segmentation.insight.sentences.guidance import guidance_facts
from segmentation.insight.sentences.segments import BANDS, segment_sentence
from segmentation.insight.sentences.verdicts import STANDINGS, standing, suggestion_reason, verdict
from segmentation.insight.sentences.worth import worth_facts
from segmentation.runs import Segment, View
from segmentation.text.block import Reading
from segmentation.text.words import engine_sentence, reading_reason, treatment_sentence


@dataclass(frozen=True)
class RunFiles:
    """One run in k segments; `explanations` and `rules` of them, where they are given, go into segments.json.

    So does `proof`: what is not sure, or cannot be right, about the files behind it.
    """

    view: View
    explanations: tuple[Explanation, ...] = ()
    rules: tuple[SegmentRule, ...] = ()
    proof: Mapping[str, Any] = field(default_factory=dict)

    def assignments(self) -> bytes:
        """Write the segment of every customer as CSV."""
        return segment_tables.assignments_csv(self.view)

    def segment(self, label: int) -> bytes:
        """Write the customers of one segment (0-based) with their features as CSV."""
        return segment_tables.segment_csv(self.view, label)

    def customers(self, rows: np.ndarray) -> bytes:
        """Write the customers in these rows with their features as CSV."""
        return segment_tables.customers_csv(self.view, rows)

    def centroids(self) -> bytes:
        """Write the centroid table as CSV, a row per segment."""
        return segment_tables.centroids_csv(self.view)

    def everything(self) -> bytes:
        """Write all of it as a ZIP."""
        return segment_tables.zip_of_everything(self.view)

    def sweep(self) -> bytes:
        """Write the quality of every k as CSV; stability is that of the least stable segment.

        `came_back` of `resamples` is how often that one came back, `gap_p_value` that of the neighbours with
        the least of a gap; `gap` is the gap statistic and `gap_se` its standard error.
        """
        evidence = {one.k: one for one in self.view.run.suggestion.evidence}
        rows = [
            {
                "k": k,
                "inertia": cut.quality.inertia,
                "silhouette": cut.quality.silhouette,
                "calinski_harabasz": cut.quality.calinski_harabasz,
                "davies_bouldin": cut.quality.davies_bouldin,
                "gap": cut.quality.gap,
                "gap_se": cut.quality.gap_se,
                "min_share": cut.quality.min_share,
                "stability": min(segment.stability for segment in cut.segments),
                "came_back": evidence[k].recovered,
                "resamples": evidence[k].resamples,
                "gap_p_value": evidence[k].gap_p_value,
                "verdict": STANDINGS[standing(self.view.run.suggestion, k)],
                "suggested": k == self.view.run.suggestion.k,
            }
            for k, cut in sorted(self.view.run.cuts.items())
        ]
        return pd.DataFrame(rows).to_csv(index=False).encode()  # numbers alone, in full precision

    def facts(self) -> dict[str, Any]:
        """Return what segments.json holds."""
        view, run, k = self.view, self.view.run, self.view.k
        return {
            "k": k,
            "draft": run.draft,
            "suggestion": {
                "k": run.suggestion.k,
                "reason": suggestion_reason(run.suggestion),
                "structure": str(run.suggestion.structure),
            },
            "verdict": verdict(run.suggestion, k, view.names),
            "resamples": run.suggestion.of(k).resamples,
            "segments": [
                _segment_facts(segment, name, segment_sentence(portrait))
                | {"profile": run.profiles.get(k, {}).get(segment.label)}
                | self._explained(segment.label)
                for segment, name, portrait in zip(view.segments, view.names, view.portraits, strict=True)
            ],
            "customers": run.customers,
            "customer_meaning": run.customer_meaning,
            "analysis_date": run.as_of.isoformat() if run.as_of else None,
            "currency": run.currency,
            "texts": [_reading_facts(reading) for reading in run.readings],
            "blocks": run.block_shares,
            "worth": worth_facts(run.worth, k),
            "guidance": guidance_facts(run.guidance, k, run.features),
            "features": [feature.name for feature in run.features],
            "left_out": [{"feature": left.label, "reason": left_out_reason(left)} for left in run.left_out],
            "seed": run.options.seed,
            "versions": run.versions,
            **self.proof,
        }

    def write(self, folder: Path, more: Mapping[str, bytes] | None = None) -> dict[str, Any]:
        """Write assignments.csv, centroids.csv, sweep.csv and segments.json; return what the last one holds.

        :param more: further files to lie beside them, by name.
        :raises OptionError: if the folder cannot be written.
        """
        facts = self.facts()
        files = {
            "assignments.csv": self.assignments(),
            "centroids.csv": self.centroids(),
            "sweep.csv": self.sweep(),
            "segments.json": json.dumps(facts, ensure_ascii=False, indent=2).encode(),
            **(more or {}),
        }
        write_files(folder, files)
        return facts

    def _explained(self, label: int) -> dict[str, Any]:
        if not self.explanations:
            return {}
        return explanation_facts(self.explanations[label], self.rules[label], self.view.run)


def _reading_facts(reading: Reading) -> dict[str, Any]:
    return {
        "source": reading.source,
        "encoder": reading.encoder,
        "language": reading.language,
        "texts": reading.texts,
        "reason": reading_reason(reading),
        "precision": reading.precision,
        "engine": engine_sentence(reading),
        "draft": reading.draft,
        "treatment": reading.treatment,
        "treatment_reason": treatment_sentence(reading),
    }


def _segment_facts(segment: Segment, name: str, sentence: str) -> dict[str, Any]:
    return {
        "segment": segment.label + 1,
        "name": name,
        "size": segment.size,
        "share": segment.share,
        "revenue_share": segment.revenue_share,
        "stability": segment.stability,
        "stability_band": BANDS[stability_band(segment.stability)],
        "came_back": segment.recovered,
        "sentence": sentence,
    }
