"""The section that says what to do with each segment."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.action.playbook.edits import said
from segmentation.action.playbook.play import Aspect, Play
from segmentation.action.playbook.words import LABELS
from segmentation.action.report.drawings import mark
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, bullets, element
from segmentation.action.report.segments import size_of


def plays_section(facts: ReportFacts) -> Html:
    """Write the play of every segment, a page each on paper."""
    about = (
        "One play for each segment, made by plain rules from what the shop’s files show; below each line is "
        "what it rests on. Lines that a person wrote are marked."
    )
    missing = " ".join(facts.playbook.missing)
    return element(
        "section",
        element("h2", "What to do"),
        element("p", about, class_="quiet"),
        element("p", f"What would add more: {missing}", class_="quiet small") if missing else "",
        [_play(facts, play, first=not number) for number, play in enumerate(facts.playbook.plays)],
    )


def _play(facts: ReportFacts, play: Play, first: bool) -> Html:
    description = play.description
    tastes = {
        "Themes": description.themes,
        "Words": description.words,
        "Bought more often": description.products,
    }
    return element(
        "article",
        element("h3", mark(play.segment), facts.names[play.segment]),
        element("p", size_of(play), " ", element("span", play.band.capitalize(), class_="badge")),
        element("p", element("strong", "Do not act on this one yet. "), play.warning, class_="warning")
        if play.warning
        else "",
        bullets(description.sentences),
        [
            element("p", element("strong", f"{label}. "), " · ".join(told), class_="small")
            for label, told in tastes.items()
            if told
        ],
        element("div", _lines(facts, play), class_="lines"),
        class_="play first" if first else "play",
    )


def _lines(facts: ReportFacts, play: Play) -> list[Html]:
    """Write the lines; what several of them rest on is told with the first."""
    told: set[str] = set()
    lines = []
    for aspect, line in play.lines.items():
        lines.append(_line(facts, play, aspect, [one for one in line.evidence if one not in told]))
        told |= set(line.evidence)
    return lines


def _line(facts: ReportFacts, play: Play, aspect: Aspect, evidence: Sequence[str]) -> Html:
    text, line = said(play, aspect, facts.edits), play.lines[aspect]
    if not text:
        return Html("")
    edited = (play.segment, aspect) in facts.edits
    own = f"Written by a person. Generated: {line.text}" if edited and line.text else ""
    return element(
        "div",
        element("h4", LABELS[aspect]),
        element("p", text),
        element("p", own, class_="quiet small") if own else "",
        element("p", " ".join(evidence), class_="quiet small") if evidence else "",
        class_="line",
    )
