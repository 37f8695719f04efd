"""The words for alarms: what is out of the ordinary, by how much, and beside which months."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation import formats
from segmentation.clusters.suggest import Structure
from segmentation.insight.feature_words.wording import listed, plain_label, value_of
from segmentation.insight.sentences.segments import segment_sentence
from segmentation.track.alarms.alarm_facts import Alarms, MixAlarm, MovedAlarm, NewKindAlarm, SlowMixAlarm
from segmentation.track.alarms.old_and_new import OldAndNew
from segmentation.track.alarms.usual import FEWEST, LATELY, Usual

MIX_TITLE = "The mix of your customers changed"
NEW_KIND_TITLE = "A new kind of customer arrived"
STRANGERS_TITLE = "More customers than usual are unlike anybody"
MOVED_TITLE = "{feature} moved"

STRUCTURES = {
    Structure.SEGMENTS: "segments with gaps between them",
    Structure.SLICES: "useful slices without gaps",
    Structure.NONE: "nothing that holds",
}

SLOW_MIX_TITLE = "The mix of your customers has drifted"

HOW_RUNG = """
**Alarms** compare the month up to the last day of the data with the month before it, in the segments as they
were found. Each has to be more than chance makes, large enough to matter, and more than in any earlier month:
three deviations above the average of the six before, and above the largest of them and of those at the same
time a year before.

- **Mix**: the shares of all customers in the segments (chi-square, p below 1%, and more than three points).
- **Mix since the segments were found**: changes too small for any single month. The share must have gone
  farther than at the pace of the twelve months before: their average change and three of their deviations,
  as they add up over so many months. It needs that year, and two months since.
- **New kind**: those who did something and are farther from their segment than 99% of customers were who had
  no part in finding it; more than 2% of them, by the lower end of a 95% interval. Where most of them lie
  together they are a group of their own, and the other alarms leave them out.
- **A feature moved**: of those who did something, by averages and distributions (p below 1%, held together
  for all features), more than a fifth of a standard deviation, and not because the mix changed.

Left out is what time alone moves for who does nothing: {by_time}. Months in which the shop had less than half
of its customers of today say nothing of what is usual.
"""


def alarm_titles(alarms: Alarms) -> list[str]:
    """Name each alarm that rang, the gravest first."""
    new = [new_kind_title(alarms.new_kind)] if alarms.new_kind else []
    mix = [MIX_TITLE] if alarms.mix else [SLOW_MIX_TITLE] if alarms.slow_mix else []
    return [*new, *mix, *map(moved_title, alarms.moved)]


def alarms_line(alarms: Alarms) -> str:
    """Say in one line what rang, for a page on which it is not the matter."""
    titles = alarm_titles(alarms)
    told = titles[0] if len(titles) == 1 else f"{titles[0]}, and {_counted(len(titles) - 1, 'more alarm')}"
    return f"{told}, in the month to {formats.date(alarms.until)}."


def mix_sentence(alarm: MixAlarm, names: Sequence[str], alarms: Alarms) -> str:
    """Say which segment's share changed most, by how much, and what is usual."""
    grew = "grew" if alarm.points > 0 else "shrank"
    shares = [formats.percent(side[alarm.label]) for side in (alarm.before, alarm.after)]
    return (
        f"{names[alarm.label]} {grew} from {shares[0]} to {shares[1]} of all customers in the month to "
        f"{formats.date(alarms.until)}: {_points(alarm.points)}. {_usual(alarm.usual, _points)}"
    )


def slow_mix_sentence(alarm: SlowMixAlarm, names: Sequence[str]) -> str:
    """Say which segment's share went farthest since the segments were found, and how far is usual."""
    grew = "grew" if alarm.after[alarm.label] > alarm.before[alarm.label] else "shrank"
    shares = [formats.percent(side[alarm.label]) for side in (alarm.before, alarm.after)]
    return (
        f"{names[alarm.label]} {grew} from {shares[0]} to {shares[1]} of all customers in the {alarm.months} "
        f"months since {formats.date(alarm.since)}, little by little. At the pace of the year before it "
        f"would have been at most {_points(alarm.bar)}."
    )


def new_kind_title(alarm: NewKindAlarm) -> str:
    """Say whether they are a kind of their own."""
    return NEW_KIND_TITLE if alarm.together else STRANGERS_TITLE


def new_kind_sentence(alarm: NewKindAlarm, names: Sequence[str]) -> str:
    """Say how many are unlike anybody, whether they are a group, and where they are counted meanwhile."""
    share = formats.percent(alarm.people / alarm.active)
    told = f"{alarm.people:,} of {alarm.active:,} customers who did something ({share}) are unlike anybody"
    group = (
        f"{alarm.together:,} of them are a group of their own"
        if alarm.together
        else "they have nothing in common, so that they are no group"
    )
    counted = f"Most of them are counted in {names[alarm.most_in]}, for want of a better place"
    return f"{told}; {group}. {_usual(alarm.usual, formats.percent)} {counted}."


def apart_sentence(alarm: NewKindAlarm) -> str:
    """Say what sets them apart from all other customers."""
    return segment_sentence(alarm.portrait)


def moved_title(alarm: MovedAlarm) -> str:
    """Name the feature that moved."""
    return MOVED_TITLE.format(feature=formats.capitalised(plain_label(alarm.feature)))


def moved_sentence(alarm: MovedAlarm, currency: str | None) -> str:
    """Say what the feature was and is, how far that is, and what is usual."""
    before, after = (value_of(alarm.feature, one, currency) for one in (alarm.before, alarm.after))
    middle = "typically" if alarm.is_median else "on average"
    ways = (
        f"from {before} to {after}" if before != after else f"around {after}, more or less spread than before"
    )
    return (
        f"Of customers who did something, {middle} {ways}: {_deviations(alarm.shift.moved)}. "
        f"{_usual(alarm.usual, _deviations)}"
    )


def quiet_sentence(alarms: Alarms) -> str:
    """Say that nothing rang, or what cannot ring yet."""
    months = len(alarms.months)
    if sum(one.back in LATELY for one in alarms.months) == FEWEST:
        return f"Nothing is out of the ordinary beside {_counted(months, 'earlier month')}."
    there = f"There {'is' if months == 1 else 'are'} {_counted(months, 'earlier month')}"
    return f"{there}, and {FEWEST} say what is usual: until then only a new kind of customer rings."


def season_sentence(alarms: Alarms) -> str:
    """Say that nobody knows whether it is the season; nothing where a year is known."""
    known = [alarms.mix.usual] if alarms.mix else []
    known += [one.usual for one in alarms.moved]
    if not known or all(one.season for one in known):
        return ""
    return f"Your files hold no earlier {alarms.until:%B} to compare with: it may be the season."


def proposal_sentences(found: OldAndNew) -> list[str]:
    """Say how many stay, which number of segments it would be, and which names would go on."""
    staying = formats.percent(found.staying / max(found.customers, 1))
    carried = sum(pair.carries for pair in found.pairs)
    numbers = (
        f"{found.old_k} segments before and after"
        if found.old_k == found.new_k
        else f"{found.new_k} segments in place of {found.old_k}"
    )
    told = [
        f"{staying} of {found.customers:,} customers would stay in their segment, "
        f"{found.changing:,} would change.",
        f"{numbers}, of which {carried} keep their name.",
    ]
    if found.old_structure != found.new_structure:
        was, now = (STRUCTURES[one] for one in (found.old_structure, found.new_structure))
        told.append(f"What was found as {was} is {now} now.")
    return told


def left_out(alarms: Alarms) -> str:
    """Name the features that time alone moves."""
    names = [plain_label(feature) for feature in alarms.by_time]
    return listed(names) if names else "nothing here"


def _usual(usual: Usual, write: object) -> str:
    if not callable(write) or usual.most is None:
        return f"There are too few earlier months ({usual.months}) to say what is usual."
    months = _counted(usual.months, "earlier month")
    return f"In the {months} it was at most {write(usual.most)}."


def _points(share: float) -> str:
    return f"{abs(share) * 100:.1f} points"


def _deviations(moved: float) -> str:
    return f"{moved:.2f} standard deviations"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
