"""Customers put into frozen segments part by part, by the same functions as on one machine."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pyarrow as pa

from segmentation.features.build import describe_fixed
from segmentation.features.fixed import Fixed
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.runs.guide import reading_of
from segmentation.scale.crowd import Crowd
from segmentation.scale.parts import Part, ShopParts
from segmentation.scale.workers import Workers
from segmentation.stages import Stage
from segmentation.text.again import PartRead, embed_into, place_customers, read_sources, sources_again
from segmentation.text.concepts import with_concepts
from segmentation.text.encoders.protocol import Loader
from segmentation.text.sources import text_queries, texts_of
from segmentation.track.assign import Assigned, Everybody, assign, keep_assigned
from segmentation.track.assign.missing import count_lacking, missing_among
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed

FACTS = b"facts"
"""Where the footer of a part's file says how many there are of what."""

Read = tuple[PartRead, ...] | None
"""What was read of the texts of a part's customers; None where texts have no part in the segments."""


@dataclass(frozen=True)
class AssignedFacts:
    """How many customers lack which feature, are in which segment (by label), and are unlike anybody."""

    lacking: dict[str, int]
    sizes: dict[int, int]
    unlike_anybody: int

    @property
    def customers(self) -> int:
        """How many there are."""
        return sum(self.sizes.values())


@dataclass(frozen=True)
class Placing:
    """How the customers of each part are placed; the same for all parts."""

    frozen: Frozen
    k: int
    shop: Shop
    fixed: Fixed

    @property
    def folder(self) -> str:
        """Name the folder of what is found so."""
        made = (self.frozen.run.run_id, self.k, self.shop.as_of, sorted(self.fixed.known or ()))
        return f"assigned/{hashlib.sha256(repr(made).encode()).hexdigest()[:16]}"


@undisturbed
def assign_in_parts(
    workspace: Workspace,
    frozen: Frozen,
    workers: Workers,
    k: int | None = None,
    on_progress: Progress = silent,
) -> Everybody:
    """Assign all customers as `assign_everybody` does, part by part; parts that are done are not done again.

    :raises SegmentationError: if there are no customers, or texts cannot be read as they were.
    """
    shop = build_shop(workspace, frozen.run.options.cleaning)
    crowd = workers.part(workspace, shop, on_progress)
    placing = Placing(frozen, frozen.k if k is None else k, shop, frozen.fixed)
    names = assign_each(workspace, placing, crowd, workers.load, on_progress)
    assigned = _gather(crowd.parts, names, placing.k)
    missing = missing_among(frozen, facts_of(crowd.parts, names).lacking, len(assigned))
    return keep_assigned(workspace, frozen, assigned, shop.as_of, missing)


def assign_each(
    workspace: Workspace, placing: Placing, crowd: Crowd, load: Loader, on_progress: Progress
) -> list[str]:
    """Assign the customers of every part; return the names of the files that say where they are.

    :param workspace: keeps what is read of texts.
    """
    known = _known(crowd, placing, on_progress)
    placing = replace(placing, fixed=replace(placing.fixed, known=known))
    read = _read(workspace, placing.frozen, crowd, load, on_progress)
    items = ((part, _only(part, read)) for part in crowd.parts)
    names = []
    for name in crowd.each(partial(assign_part, placing), items):
        names.append(name)
        on_progress(Stage.ASSIGNING, len(names), crowd.parts.count)
    return names


def known_in(part: Part, placing: Placing) -> frozenset[str]:
    """Name the features that any customer of a part has a value of; texts are asked for on the way."""
    if placing.frozen.reads_texts:
        for _, query in text_queries(part):
            part.prepare(query)
    values = describe_fixed(part, placing.shop, placing.fixed, placing.shop.as_of).values
    return frozenset(str(name) for name in values if values[name].notna().any())


def assign_part(placing: Placing, item: tuple[Part, Read]) -> str:
    """Assign the customers of a part, unless that is done; return the name of the file that says where."""
    part, read = item
    name = f"{placing.folder}/{part.parts.file(part.number)}"
    if part.parts.folder.has(name):
        return name
    table, text = describe_fixed(part, placing.shop, placing.fixed, placing.shop.as_of), None
    if read is not None and placing.frozen.texts is not None:
        learned, reading = placing.frozen.texts, reading_of(placing.frozen.run.options)
        text, scored = place_customers(sources_again(part, learned), len(table), learned, read, reading)
        table = with_concepts(table, scored)
    found = assign(placing.frozen, table, text, placing.k)
    facts = {
        "lacking": count_lacking(placing.frozen, table),
        "sizes": np.bincount(found.segment, minlength=placing.k).tolist(),
        "unlike_anybody": int(found.unlike_anybody.sum()),
    }
    rows = _table(part, found).replace_schema_metadata({FACTS: json.dumps(facts).encode()})
    part.parts.folder.write_table(name, rows)
    return name


def _known(crowd: Crowd, placing: Placing, on_progress: Progress) -> frozenset[str]:
    known: set[str] = set()
    for done, some in enumerate(crowd.each(partial(known_in, placing=placing), crowd.parts), start=1):
        known |= some
        on_progress(Stage.BUILDING_FEATURES, done, crowd.parts.count)
    return frozenset(known)


def _read(workspace: Workspace, frozen: Frozen, crowd: Crowd, load: Loader, on_progress: Progress) -> Read:
    """Read the texts of all parts, each distinct one once, where they have a part in the segments."""
    if frozen.texts is None or not frozen.reads_texts:
        return None
    sources = {one.name: one for one in texts_of(crowd)}
    on_progress(Stage.LOADING_MODEL, 0, 1)
    reading, embed = reading_of(frozen.run.options), embed_into(workspace, on_progress)
    return read_sources(sources, frozen.texts, reading, embed, load)


def _only(part: Part, read: Read) -> Read:
    if read is None:
        return None
    sources = {one.name: one for one in texts_of(part)}
    return tuple(one.only(sources) for one in read)


def _table(part: Part, found: Assigned) -> pa.Table:
    return pa.table(
        {
            "customer": part.numbered["customer"],
            "customer_id": part.numbered["customer_id"],
            "segment": found.segment,
            "second": found.second,
            "distance": found.distance,
            "margin": found.margin,
            "unlike_anybody": found.unlike_anybody,
        }
    )


def _gather(parts: ShopParts, names: Sequence[str], k: int) -> Assigned:
    whole = pa.concat_tables([parts.folder.read_table(name) for name in names]).sort_by("customer")
    column = {name: np.asarray(whole[name].to_numpy()) for name in whole.column_names[2:]}
    return Assigned(k, np.asarray(whole["customer_id"].to_numpy(), dtype=object), **column)


def facts_of(parts: ShopParts, names: Sequence[str]) -> AssignedFacts:
    """Add up what the footers of the parts' files say."""
    lacking: Counter[str] = Counter()
    sizes: Counter[int] = Counter()
    unlike = 0
    for name in names:
        said = json.loads(parts.folder.read_facts(name)[FACTS])
        lacking.update(said["lacking"])
        sizes.update(dict(enumerate(said["sizes"])))
        unlike += said["unlike_anybody"]
    return AssignedFacts(dict(lacking), dict(sizes), unlike)
