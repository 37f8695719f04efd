"""The first page: what comes in, who brings it, three things to do, and whether to believe it."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation import formats
from segmentation.action.playbook.at_a_glance import at_stake, first_actions, money_title, people_of
from segmentation.action.playbook.edits import said
from segmentation.action.playbook.play import Aspect, Play
from segmentation.action.report import words
from segmentation.action.report.drawings import mark, paired_bars
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, element
from segmentation.insight.sentences.segments import structure_verdict
from segmentation.insight.sentences.verdicts import MEANINGS, STANDINGS, standing, verdict

MOST_NAMED = 3
LONGEST = 160


def first_page(facts: ReportFacts) -> Html:
    """Write the page that is read where no other is."""
    return element(
        "header",
        element("p", words.CUSTOMER_SEGMENTS, class_="quiet"),
        element("h1", facts.title),
        element("p", _dates(facts), class_="quiet"),
        element("div", [_figure(value, what) for value, what in _figures(facts)], class_="figures"),
        element("section", _picture(facts)),
        element("section", element("h2", words.FIRST_THINGS), _actions(facts)),
        _verdict(facts),
        class_="cover",
    )


def _dates(facts: ReportFacts) -> str:
    as_of = words.AS_OF.format(date=formats.date(facts.run.as_of)) if facts.run.as_of else ""
    return as_of + words.FOUND_ON.format(date=formats.date(facts.run.made_at))


def _figures(facts: ReportFacts) -> list[tuple[str, str]]:
    plays = facts.playbook.plays
    figures = [(f"{facts.run.customers:,}", words.CUSTOMERS.format(k=facts.k))]
    stakes = [play.figures.stakes for play in plays if play.figures.stakes]
    in_margin = any(one.in_margin for one in stakes)
    if stakes:
        paid = formats.money(sum(one.revenue for one in stakes), facts.run.currency)
        figures.insert(
            0, (paid, (words.MARGIN if in_margin else words.PAID).format(days=formats.days(stakes[0].days)))
        )
    if stakes and all(one.expected is not None for one in stakes):
        expected = formats.money(sum(one.expected or 0.0 for one in stakes), facts.run.currency)
        figures.append((expected, words.MARGIN_EXPECTED if in_margin else words.EXPECTED))
    if at_risk := [one.at_risk for one in stakes if one.at_risk is not None]:
        told = words.MARGIN_AT_RISK if in_margin else words.AT_RISK
        figures.append((formats.money(sum(at_risk), facts.run.currency), told))
    kpis = [play.figures.kpi for play in plays if play.figures.kpi]
    if known := sum(kpi.known for kpi in kpis):
        rate = formats.percent(sum(kpi.again for kpi in kpis) / known)
        figures.append((rate, words.ORDERED_AGAIN.format(days=formats.days(kpis[0].window))))
    return figures


def _figure(value: str, what: str) -> Html:
    return element("div", element("strong", value), what)


def _picture(facts: ReportFacts) -> list[Html]:
    """Draw how customers and, where known, revenue are shared among the segments."""
    segments = facts.cut.segments
    shares, title, told = [[one.share for one in segments]], words.HOW_MANY, words.SHARED
    if all(one.revenue_share is not None for one in segments):
        shares.append([one.revenue_share or 0.0 for one in segments])
        title, told = words.WHO_BRINGS_IT, words.SHARED_WITH_REVENUE
    heading = element("h2", title)
    return [
        heading,
        element("p", told, class_="quiet"),
        element("div", paired_bars(facts.names, shares), class_="table"),
    ]


def _actions(facts: ReportFacts) -> list[Html]:
    actions = first_actions(facts.playbook, facts.edits)
    if not actions:
        return [element("p", words.NO_ACTION)]
    needs = " ".join(facts.playbook.missing)
    return [
        element("ol", [_action(facts, plays) for plays in actions], class_="actions"),
        Html("") if money_title(facts.playbook) else element("p", words.NO_MONEY.format(missing=needs)),
    ]


def _action(facts: ReportFacts, plays: Sequence[Play]) -> Html:
    named = len(plays) <= MOST_NAMED  # the picture above names all of them
    who = [element("span", mark(one.segment), facts.names[one.segment] if named else "") for one in plays]
    goal, offer = (said(plays[0], one, facts.edits) for one in (Aspect.GOAL, Aspect.OFFER))
    return element(
        "li",
        element("strong", formats.shortened(goal, LONGEST)),
        element("p", who, class_="legend"),
        element("p", formats.shortened(offer, LONGEST)),
        element("p", " · ".join(_counts(facts, plays)), class_="quiet"),
    )


def _counts(facts: ReportFacts, plays: Sequence[Play]) -> list[str]:
    """Say how many people and how much money an action is about, and how many to hold out of it."""
    people = sum(people_of(one) for one in plays)
    reached = any(one.figures.reach for one in plays)
    told = [(words.REACHABLE if reached else words.PEOPLE).format(people=people)]
    if title := money_title(facts.playbook):
        money = formats.money(sum(map(at_stake, plays)), facts.run.currency)
        told.append(words.MONEY.format(title=title, money=money))
    if held := sum(one.figures.test.held_out for one in plays if one.figures.test):
        told.append(words.HOLD_OUT.format(people=held))
    return told


def _verdict(facts: ReportFacts) -> Html:
    suggestion = facts.run.suggestion
    kind = standing(suggestion, facts.k)
    return element(
        "div",
        element("strong", f"{STANDINGS[kind]}. "),
        f"{verdict(suggestion, facts.k, facts.names)} {MEANINGS[kind]} {structure_verdict(suggestion)}",
        class_="verdict",
    )
