"""Campaign results in words: differences in points, money, what cannot be told yet, and why none is told."""

from __future__ import annotations

from segmentation import formats
from segmentation.action.files.kept_results import LastResult
from segmentation.algorithms.effects.rates import Between
from segmentation.track.results.facts import Effect, Note, Noted, Refusal, Refused, Result, Verdict

_REFUSALS = {
    Refusal.NOBODY_HELD_OUT: "Nobody was held out of this file, so there is nobody to compare with. Hand the "
    "next one over with a hold-out.",
    Refusal.CONTAMINATED: "{number:,} of those held out were sent it all the same. Compared with them, any "
    "difference would be wrong.",
    Refusal.DRAWN_AFTER_SEND: "The file was made, and its hold-out drawn, on {day}: after the send. Who was "
    "left out then was not left out by chance. Check the day of the send.",
    Refusal.NO_ORDERS: "Your files hold no orders with dates: add an order export, or a result file.",
    Refusal.NOT_CLOSED: "The data end on {day}, before the window does: add a newer order export. Until then "
    "only counts are shown, since whoever looks at a difference early and often finds one by chance.",
    Refusal.BROKEN_RATIO: "The sizes of the two groups do not fit the share that was held out (by chance "
    "{chance} of the time): some people were lost on one side.",
}
_NOTES = {
    Note.OTHER_CAMPAIGNS: "{number:,} of these people were on another file, too, handed over within the "
    "length of the window: the difference is what all of it brought.",
    Note.HELD_OUT_GOT_OTHERS: "{number:,} of those held out were on another file handed over within the "
    "length of the window, which makes the difference smaller.",
    Note.LOST: "{number:,} of these people are no longer found in your files, and are left out of both "
    "sides.",
    Note.UNMATCHED: "{number:,} rows of the result file name nobody whom your files know.",
    Note.STRANGERS: "{number:,} rows of the result file are about customers who were not part of this.",
    Note.NOT_SENT: "{number:,} on the file were not sent it. They count as if they had been: only so are "
    "both groups alike.",
    Note.ONLY_SENT: "The result file is silent of those held out, so your orders tell who ordered.",
}
SHARES_WORDS = {
    Verdict.MORE: "more ordered",
    Verdict.FEWER: "fewer ordered",
    Verdict.ALIKE: "no difference of {points}",
    Verdict.UNCLEAR: "cannot tell yet",
    Verdict.NO_CONTROL: "nobody to compare with",
}
POINT = 100
NEXT_TIME = "Expected next time"
EXPECTED = "What is expected next time"
MORE_REVENUE, MORE_MARGIN = "More revenue", "More margin"
AFTER_COST, PROFIT = "Revenue less its cost", "Profit, its cost taken off"
FEW_BUYERS = "Fewer than a hundred people paid: the money says little yet."
WITHOUT_LARGEST = "One order is a large part of it: without that, {amount}."
KEPT = "The playbook then says what it brought last time, and sizes the next test by it."
KEPT_SINCE = "Kept for the playbook: sent on {day}, {days}."
HOW_READ = {
    "Who is compared": "Everybody on the file, whether or not the message arrived or was opened, with those "
    "who would have been on it and were held out by chance. Comparing openers with others would compare "
    "keen people with the rest.",
    "Share who ordered": "Who ordered at least once in the window, in points of percent. Intervals are "
    "Newcombe’s (from Wilson’s), which hold the truth 95% of the time also where few were held out; "
    "the textbook interval would do so only 70 to 90% of the time.",
    "All together": "The segments’ differences, weighted by Mantel and Haenszel, so that a segment that "
    "orders more often and had another share held out misleads nobody.",
    EXPECTED: "Each segment’s difference, drawn towards the common one by how little it "
    "says itself (empirical Bayes). Segments differ where a test of interaction says so, corrected for their "
    "number.",
    "What it says": "All together by the interval; of a segment “more ordered” is said only where it stands "
    "among as many segments as there are (Holm), so that chance makes no winner.",
    "Money": "What was paid in the window before returns, per customer, nothing included; the wider of "
    "Welch’s interval and one with a common variance, and once more without an order above a tenth of "
    "what its group paid. With fewer than a hundred buyers it says little. Where "
    "costs are known for four fifths of revenue it is margin (of a result file: at the shop’s share).",
    "Cannot tell yet": "How many customers more, split as here, a test needs to find a rise of a fifth (one "
    "point at least) four times out of five.",
}


def lift_words(lift: Between) -> str:
    """Write a difference with its interval: "+1.2 points, 0.3 to 2.1"."""
    return formats.points_between(lift.value, lift.low, lift.high)


def money_words(amount: Between, currency: str | None) -> str:
    """Write an amount with its interval."""
    return f"{formats.money(amount.value, currency)} ({money_ends(amount, currency)})"


def money_ends(amount: Between, currency: str | None) -> str:
    """Write the ends of an interval of money."""
    return f"{formats.money(amount.low, currency)} to {formats.money(amount.high, currency)}"


def people_ends(extra: Between) -> str:
    """Write the ends of how many customers more."""
    return " to ".join(formats.number(round(one)) for one in (extra.low, extra.high))


def more_title(result: Result) -> str:
    """Name the money that a campaign brought."""
    return MORE_MARGIN if result.in_margin else MORE_REVENUE


def left_title(result: Result) -> str:
    """Name what is left of it after the campaign's own cost."""
    return PROFIT if result.in_margin else AFTER_COST


def kept_words(last: LastResult) -> str:
    """Say which reading is kept."""
    return KEPT_SINCE.format(day=formats.date(last.sent_on), days=formats.days(last.days))


def verdict_words(effect: Effect) -> str:
    """Say what can be told of an effect, and how many customers more would tell."""
    said = SHARES_WORDS[effect.verdict].format(
        points=f"{formats.points(effect.looked_for or 0).lstrip('+')} points"
    )
    if effect.verdict is not Verdict.UNCLEAR:
        return said
    if effect.needed is None:
        return f"{said}, and no number of customers could"
    return f"{said}, {effect.needed:,} more people needed" if effect.needed else said


def refusal_words(refused: Refused) -> str:
    """Say why no difference is told."""
    return _REFUSALS[refused.why].format(
        number=int(refused.number),
        day=formats.date(refused.day) if refused.day else "",
        chance=f"less than {0.001:.1%}",
    )


def note_words(noted: Noted) -> str:
    """Say what to know beside the numbers."""
    return _NOTES[noted.what].format(number=noted.number)


def headline(result: Result) -> str:
    """Say in a sentence what the campaign brought."""
    effect = result.pooled
    if effect is None or effect.lift is None:
        return f"{result.treated:,} were on the file and {result.held:,} held out."
    shares = (
        f"{formats.percent(effect.rate)} of {effect.treated:,} ordered, and "
        f"{formats.percent(effect.held_rate)} of {effect.held:,} held out"
    )
    told = {
        Verdict.MORE: f"It brought orders: {lift_words(effect.lift)}",
        Verdict.FEWER: f"It cost orders: {lift_words(effect.lift)}",
    }.get(effect.verdict, f"{formats.capitalised(verdict_words(effect))}: {lift_words(effect.lift)}")
    return f"{told}. {shares}."
