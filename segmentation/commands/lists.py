"""Which people a command means: the lists that the screens have, by their codes."""

from __future__ import annotations

from segmentation.action.audience.handover import segment_of
from segmentation.action.audience.lists import (
    borderline_people,
    everyone,
    list_of,
    people_near,
    people_of_cell,
    people_of_segment,
    people_of_tier,
)
from segmentation.action.audience.people import ListKind, PeopleList
from segmentation.action.retention import list_win_back, load_outlook, usual_silence
from segmentation.action.retention.win_back import AHEAD
from segmentation.commands.shared import ProgressLine
from segmentation.errors import OptionError
from segmentation.features.rfm import BEST, build_rfm
from segmentation.features.rfm_cuts import load_cuts
from segmentation.features.tier import Tier
from segmentation.runs import View
from segmentation.runs.borderline import find_borderline
from segmentation.runs.concepts import concepts_of_run
from segmentation.runs.unchanged import shop_of_run
from segmentation.text.concepts import tidy_concept
from segmentation.track.frozen import frozen_run
from segmentation.track.movement.cells import Look
from segmentation.track.movement.job import compare_days
from segmentation.track.movement.step_people import people_of_step
from segmentation.track.movement.words import side_of
from segmentation.workspace import Workspace

LISTS = "all, segment:N, winback, tier:NAME, cell:R:V, concept:TEXT, borderline, moved:FROM:TO"


def named_list(workspace: Workspace, view: View, code: str, cut: float) -> PeopleList:
    """Return the list of this code.

    :param cut: the score of a concept from which customers are on its list.
    :raises OptionError: if there is no such list, or not yet.
    """
    kind, _, which = code.partition(":")
    if kind == ListKind.ALL:
        return everyone(view)
    if kind == ListKind.SEGMENT:
        segment = segment_of(view.names, which)
        return everyone(view) if segment is None else people_of_segment(view, segment)
    if kind == ListKind.WIN_BACK:
        return _win_back(workspace, view)
    if kind in (ListKind.TIER, ListKind.CELL):
        return _of_rfm(workspace, view, kind, which)
    if kind == ListKind.CONCEPT:
        return _near(workspace, view, which, cut)
    if kind == ListKind.BORDERLINE:
        return _borderline(workspace, view)
    if kind == ListKind.MOVED:
        return _moved(workspace, view, which)
    raise OptionError(f"there is no list “{code}”.", f"There are: {LISTS}.")


def _win_back(workspace: Workspace, view: View) -> PeopleList:
    found = load_outlook(workspace, view.run.run_id)
    if found is None:
        raise OptionError(
            "nobody has looked ahead at these customers.", "Do it first: retention --workspace PATH."
        )
    if found.churn is None or found.definition is None:
        raise OptionError(found.no_churn)
    silence = usual_silence(found.definition)
    return list_of(
        view,
        ListKind.WIN_BACK,
        lambda: list_win_back(workspace, view, AHEAD, silence)["customer_id"].to_numpy(dtype=object),
    )


def _of_rfm(workspace: Workspace, view: View, kind: str, which: str) -> PeopleList:
    scored = build_rfm(workspace, shop_of_run(workspace, view.run), load_cuts(workspace))
    if kind == ListKind.TIER:
        tier = which.casefold().replace(" ", "_").replace("-", "_")
        if tier not in set(Tier):
            raise OptionError(f"there is no tier “{which}”.", f"There are: {', '.join(Tier)}.")
        return people_of_tier(view, scored, Tier(tier))
    scores = which.split(":")
    if len(scores) != 2 or not all(one.isdecimal() and 1 <= int(one) <= BEST for one in scores):
        raise OptionError(f"there is no cell “{which}”.", "Give two scores of 1 to 5, as cell:5:4.")
    return people_of_cell(view, scored, *map(int, scores))


def _near(workspace: Workspace, view: View, concept: str, cut: float) -> PeopleList:
    shop_of_run(workspace, view.run)
    wanted = [tidy_concept(concept)]
    scored = concepts_of_run(workspace, view.run, view.customer_ids, wanted, ProgressLine())
    if not scored:
        raise OptionError("no texts were read for these segments.", "A concept needs texts.")
    return people_near(view, scored[0], cut)


def _moved(workspace: Workspace, view: View, which: str) -> PeopleList:
    """Return who went from one segment to another in the last month of the data."""
    before, _, after = which.partition(":")
    was, now = side_of(before, view.k, before=True), side_of(after, view.k, before=False)
    if was is None or now is None or now < 0:
        raise OptionError(f"there is no step “{which}”.", "Give two segments, or new, as moved:2:4.")
    found = compare_days(workspace, frozen_run(workspace, view.run.run_id), on_progress=ProgressLine())
    return people_of_step(workspace, view, Look(found, view.k), (was, now))


def _borderline(workspace: Workspace, view: View) -> PeopleList:
    found = find_borderline(workspace, view)
    if found is None:
        raise OptionError(
            "an earlier version found these segments, without confidence.", "Find them anew first."
        )
    return borderline_people(view, found)
