"""The section with the play of every segment, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from segmentation.action.playbook.edits import said
from segmentation.action.playbook.play import Aspect, Play
from segmentation.action.playbook.words import LABELS
from segmentation.action.report import words
from segmentation.action.report.drawings import mark
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, bullets, element


def plays_section(facts: ReportFacts) -> Html:
    """Write the play of every segment; what several of them rest on is told once, behind them."""
    missing, common = " ".join(facts.playbook.missing), _common(facts.playbook.plays)
    return element(
        "section",
        element("h2", words.PLAYS),
        element("p", words.ABOUT_PLAYS, class_="quiet small"),
        [_play(facts, play, common) for play in facts.playbook.plays],
        element("h3", words.COMMON) if common else "",
        bullets(tuple(common)) if common else "",
        element("p", words.WOULD_ADD.format(missing=missing), class_="small") if missing else "",
        class_="annex",
    )


def _common(plays: Collection[Play]) -> tuple[str, ...]:
    """Return the sentences that lines of several plays rest on, in their order."""
    counts = Counter(
        one for play in plays for one in {said: 0 for line in play.lines.values() for said in line.evidence}
    )
    return tuple(one for one, plays_with_it in counts.items() if plays_with_it > 1)


def _play(facts: ReportFacts, play: Play, common: Collection[str]) -> Html:
    description = play.description
    tastes = {"Themes": description.themes, "Words": description.words}
    if not play.lines[Aspect.PRODUCTS].evidence:
        tastes[words.BOUGHT_MORE] = description.products
    return element(
        "article",
        element("h3", mark(play.segment), facts.names[play.segment]),
        element("p", element("strong", words.DO_NOT_ACT), play.warning, class_="warning")
        if play.warning
        else "",
        element("p", " ".join(description.sentences)),
        [
            element("p", element("strong", f"{label}. "), " · ".join(told), class_="small quiet")
            for label, told in tastes.items()
            if told
        ],
        element("dl", _lines(facts, play, common)),
        class_="play",
    )


def _lines(facts: ReportFacts, play: Play, common: Collection[str]) -> list[Html]:
    """Write the lines; what several of them rest on is told with the first."""
    told, lines = set(common), []
    for aspect, line in play.lines.items():
        if said(play, aspect, facts.edits):
            lines.append(_line(facts, play, aspect, [one for one in line.evidence if one not in told]))
            told |= set(line.evidence)
    return lines


def _line(facts: ReportFacts, play: Play, aspect: Aspect, evidence: Sequence[str]) -> Html:
    line = play.lines[aspect]
    edited = (play.segment, aspect) in facts.edits
    own = words.WRITTEN_OVER.format(text=line.text) if edited and line.text else ""
    return element(
        "div",
        element("dt", LABELS[aspect]),
        element("dd", said(play, aspect, facts.edits)),
        element("dd", own, class_="quiet small") if own else "",
        element("dd", " ".join(evidence), class_="quiet small") if evidence else "",
    )
