"""The figures of a play in words: when and how often to write, what to measure and test, what is at risk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from segmentation import formats
from segmentation.action.playbook.play import Aspect, Kpi, Line, SegmentReach, Stakes
from segmentation.action.playbook.timing import BestTime, Habit
from segmentation.action.playbook.traits import Lifecycle
from segmentation.action.recommend.per_segment import SegmentOffers, ThemedProduct
from segmentation.action.recommend.words import NEW_HERE, bought_by, theme_clause, themed_title
from segmentation.action.retention.words import AT_RISK
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.facts.product_lift import LiftedProduct
from segmentation.insight.sentences.segments import product_clause, why_no_products

LABELS = {
    Aspect.GOAL: "Goal",
    Aspect.ANGLE: "Message angle",
    Aspect.OFFER: "Offer idea",
    Aspect.PRODUCTS: "Products to offer",
    Aspect.CHANNEL: "Channel",
    Aspect.WEEKDAY: "Best weekday",
    Aspect.HOUR: "Best hour",
    Aspect.CADENCE: "How often to write",
    Aspect.KPI: "What to measure, and where it stands",
    Aspect.TEST: "How to test it",
    Aspect.STAKES: "Money paid and at risk",
    Aspect.REACH: "Who can be reached",
    Aspect.NOTES: "Notes",
    Aspect.OWNER: "Owner",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RHYTHMS = (
    (10.5, "About once a week"),
    (21.5, "About every two weeks"),
    (45.5, "About once a month"),
    (75.5, "About every two months"),
    (150.5, "About once a quarter"),
)
RARELY = "About twice a year"
FEWEST_RETURNING = 5
NO_DATES = "Not known: the files hold no orders with dates. Upload orders with their dates."
NO_TIMES = "Not known: the order files give days but no times. Upload orders with the time of day."
NO_CONTACTS = "Upload a customer file with e-mail addresses or phone numbers."
MOST_ALIKE = 3
MOST_OFFERED = 3


def weekday_line(best: BestTime | None) -> Line:
    """Say on which weekday to write."""
    return _time_line(best, list(WEEKDAYS), "weekday", "on a {slot}") if best else Line(NO_DATES)


def hour_line(best: BestTime | None, dated: bool) -> Line:
    """Say at which time of day to write; the clock is that of the export."""
    if best is None:
        return Line(NO_TIMES if dated else NO_DATES)
    hours = [f"{formats.hour(at)} to {formats.hour(at + 1)}" for at in range(24)]
    return _time_line(best, hours, "hour", "from {slot}")


def _time_line(best: BestTime, slots: list[str], kind: str, when: str) -> Line:
    if best.slot is None:
        return Line(
            f"No {kind} stands out.", (f"Their {best.orders:,} orders show no {kind} beyond chance.",)
        )
    slot = slots[best.slot]
    placed = f"{formats.percent(best.share)} of their {best.orders:,} orders come {when.format(slot=slot)}"
    beside = f"{placed}, {formats.percent(best.others)} of the other customers’"
    near = [slots[other] for other in best.alike]
    nearly = f" ({_listed(near)} nearly as much)" if 0 < len(near) <= MOST_ALIKE else ""
    text, why = {
        Habit.OWN: (f"{slot}{nearly}.", f"{beside}: more than chance."),
        Habit.SHOP: (
            f"{slot}{nearly}, as in the whole shop.",
            f"{beside}; the whole shop’s busiest {kind}, and they do not avoid it.",
        ),
        Habit.EVEN: (f"{slot}{nearly}.", f"{beside}: more than orders spread evenly would."),
    }[best.habit]
    return Line(formats.capitalised(text), (why,))


def cadence_line(lifecycle: Lifecycle, gap: float | None, returning: int, shop_gap: float) -> Line:
    """Say how often to write, by the typical days between orders, NaN or None where not known."""
    if gap is None:
        return Line(NO_DATES)
    shop = f"This shop’s returning customers typically let {formats.days(shop_gap)} pass between orders."
    own = f"{returning:,} of them ordered on two days or more, typically {formats.days(gap)} apart."
    if lifecycle in (Lifecycle.LAPSED, Lifecycle.ONCE, Lifecycle.PROSPECT):
        return Line("A short series: three messages, a week or more apart; then stop.", (shop,))
    if lifecycle == Lifecycle.NEW:
        if not shop_gap > 0:
            return Line("One reminder; nobody here has come back yet to learn a rhythm from.")
        return Line(f"A first reminder before {formats.days(shop_gap)} have passed, one more after.", (shop,))
    if returning < FEWEST_RETURNING or not gap > 0:
        return Line(
            "Not known: too few of them came back to show a rhythm.", (own,) if returning else (shop,)
        )
    often = next((words for limit, words in RHYTHMS if gap < limit), RARELY)
    return Line(f"{often}, no more often than they order.", (own,))


def kpi_line(kpi: Kpi | None, currency: str | None) -> Line:
    """Name what to measure, and where it stands today."""
    if kpi is None:
        return Line(NO_DATES)
    if not kpi.known:
        return Line(
            "First orders: none so far."
            if not kpi.window_orders
            else f"Customers who order again within {kpi.window} days; nobody could yet.",
            (f"Nobody of them had ordered before {formats.date(kpi.start)}.",),
        )
    text = f"{formats.percent(kpi.rate)} ordered again in the last {formats.days(kpi.window)}"
    evidence = [
        f"{kpi.again:,} of the {kpi.known:,} who had ordered before {formats.date(kpi.start)} ordered from "
        f"then to {formats.date(kpi.end)}."
    ]
    if kpi.order_value is not None:
        text += f"; an order was worth {formats.worth(kpi.order_value, currency, kpi.in_margin)}"
        paid = formats.worth(kpi.window_revenue, currency, kpi.in_margin)
        evidence.append(f"{kpi.window_orders:,} orders in that time, worth {paid} before returns.")
    return Line(f"{text}.", tuple(evidence))


def stakes_line(stakes: Stakes | None, currency: str | None) -> Line:
    """Say what they paid, what may be lost of it, and what is expected of them."""
    if stakes is None:
        return Line("Not known: upload orders with their dates and amounts.")
    money = partial(formats.worth, currency=currency, in_margin=stakes.in_margin)
    paid, did = money(stakes.revenue), "brought" if stakes.in_margin else "paid"
    evidence = [f"They {did} {paid}, less returns, in the last {formats.days(stakes.days)}."]
    text = f"{paid} in the last year" if stakes.days >= 365 else f"{paid} in {formats.days(stakes.days)}"
    if stakes.at_risk is not None:
        text += f"; {money(stakes.at_risk)} of the next year is at risk"
        evidence.append(stakes.why_at_risk)
    if stakes.expected is not None:
        text += f"; {money(stakes.expected)} expected in the next year"
        evidence.append(stakes.why)
    if stakes.missing and stakes.at_risk is None:
        text += f", {money(stakes.missing)} less"
    return Line(f"{text}.", tuple(evidence))


def reach_line(reach: SegmentReach | None) -> Line:
    """Say how many can be reached by which way."""
    if reach is None or not reach.customers:
        return Line(f"Not known. {NO_CONTACTS}")
    of = [
        f"{formats.percent(count / reach.customers)} {how}"
        for count, how in (
            (reach.email, "by e-mail"),
            (reach.phone, "by phone"),
            (reach.neither, "not at all"),
        )
    ]
    evidence = [
        f"Of {reach.customers:,} customers {reach.email:,} can be written to by e-mail, {reach.phone:,} by "
        f"phone, {reach.both:,} both ways."
    ]
    if reach.agreed + reach.refused:
        evidence.append(
            f"{reach.agreed:,} agreed to marketing; {reach.refused:,} refused and count as not reachable."
        )
    if reach.agreed + reach.refused < reach.customers:
        unasked = reach.customers - reach.agreed - reach.refused
        evidence.append(f"No file says whether {unasked:,} agreed: check before you write to them.")
    if reach.objectors:
        evidence.append(f"{reach.objectors:,} object to profiling and are left out.")
    return Line(f"{', '.join(of)}.", tuple(evidence))


def products_line(found: Explanation, offers: SegmentOffers | None) -> Line:
    """Name products to offer: what they buy more often and, where known, what matches their themes."""
    if offers is None:
        if not found.products:
            return Line(why_no_products(found.has_products))
        return Line(f"{_names(found.products)}.", tuple(f"{product_clause(one)}." for one in found.products))
    parts = (
        ("", offers.lifted),
        (f"{themed_title(offers.themed).lower()}: ", offers.themed),
        (f"{NEW_HERE.lower()}: ", offers.unsold),
    )
    told = [f"{how}{_names(products)}" for how, products in parts if products]
    if not told:
        return Line("No product stands out for them.")
    evidence = [f"{product_clause(one)}." for one in offers.lifted[:MOST_OFFERED]]
    evidence += [
        f"{formats.quoted(one.name)}: {theme_clause(one)}, {bought_by(one)}."
        for one in (*offers.themed[:MOST_OFFERED], *offers.unsold[:MOST_OFFERED])
    ]
    return Line(f"{formats.capitalised('; '.join(told))}.", tuple(evidence))


def _names(products: Sequence[LiftedProduct] | Sequence[ThemedProduct]) -> str:
    return formats.quoted(*(one.name for one in products[:MOST_OFFERED]))


def channel_line(reach: SegmentReach | None) -> Line:
    """Choose the way to write to a segment by the addresses that there are."""
    if reach is None:
        return Line(
            "In the shop, on the parcel or by ads: the files hold no address to write to.", (NO_CONTACTS,)
        )
    evidence = reach_line(reach).evidence
    if not reach.email + reach.phone:
        return Line("In the shop, on the parcel or by ads: nobody here can be written to.", evidence)
    if reach.email >= reach.phone:
        rest = reach.phone - reach.both
        then = f", text messages for the {rest:,} without" if rest else ""
        return Line(f"E-mail{then}.", evidence)
    rest = reach.email - reach.both
    then = f", e-mail for the {rest:,} without" if rest else ""
    return Line(f"Text messages{then}.", evidence)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


HOW_PLAYED = {
    "Goal, angle and offer": (
        "Each is picked from a table of rules by what the typical customer of the segment does: how often "
        "and how lately they order, what part of revenue they bring, whether they buy at a discount, how "
        "much they send back, and which themes stand out. The first rule that fits is taken; *Why* shows "
        "what it went by. Age, gender, family and other columns of the customer file are never used."
    ),
    "Gone quiet": (
        "A customer counts as quiet after more days without an order than 80% of this shop’s returning "
        "customers let pass on average; after a single order sooner, after the days that the typical "
        "returning customer lets pass."
    ),
    "Best weekday and hour": (
        "When their orders come, by the clock of your export. A time is called their own only where their "
        "share of orders then is above that of all other customers and chance is no explanation (shares "
        "over customers, so that one keen customer makes no habit; false finds held to 5%). Else it is "
        "the busiest time of the whole shop, unless they avoid it, or none."
    ),
    "What to measure": (
        "The share of those who had ordered before that ordered again in the last days of the files, at "
        "most 90. Segments are made from the same orders, so their baselines differ partly by "
        "construction: compare a message with its hold-out group, never one segment with another."
    ),
    "How to test it": (
        "The customers held out get no message; whoever orders is counted in both groups. The size "
        "follows from comparing two shares (normal approximation; Fleiss, Levin and Paik 2003), two-sided "
        "at 5%, with an 80% chance to find the lift. Where more than half order anyway, the lift is "
        "counted on those who do not. Once a campaign was read back on Results, the next test looks for "
        "the lift that is expected after it, whichever lift is chosen above."
    ),
    "Money paid and at risk": (
        "What the segment paid, less returns, in the last 365 days of the files, and what its customers are "
        "expected to pay in the next 365: how often they order and until when by MBG/NBD, how much by "
        "gamma-gamma, or by a plain way where that foretells as well. Once the Win back page has worked out "
        f"who may stop buying, so much of the next 365 days is at risk. {AT_RISK}"
    ),
}
