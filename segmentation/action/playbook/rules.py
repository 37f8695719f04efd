"""The rules of the playbook: a table per line of a play, read from the top; the first that fits is taken.

A rule names the traits that it goes by, so that what it says rests on them and on nothing else. Texts may
name the segment's {theme}, where its taste is clear, and a {product} that it buys more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation import formats
from segmentation.action.playbook.traits import Lifecycle, Price, SendingBack, Taste, Traits, Value

THEME, PRODUCT = "{theme}", "{product}"


@dataclass(frozen=True)
class PlayRule:
    """What to say to segments of these traits; a trait that is not named may be anything."""

    text: str
    lifecycle: tuple[Lifecycle, ...] = ()
    value: tuple[Value, ...] = ()
    price: tuple[Price, ...] = ()
    returns: tuple[SendingBack, ...] = ()
    taste: tuple[Taste, ...] = ()
    all_rounders: bool | None = None

    def fits(self, traits: Traits) -> bool:
        """Whether a segment has the traits."""
        asked = (self.lifecycle, self.value, self.price, self.returns, self.taste)
        found = (traits.lifecycle, traits.value, traits.price, traits.returns, traits.taste)
        return self.all_rounders in (None, traits.all_rounders) and all(
            not wanted or trait in wanted for wanted, trait in zip(asked, found, strict=True)
        )

    @property
    def goes_by(self) -> tuple[str, ...]:
        """The names of the traits that it asks for."""
        traits = ("lifecycle", "value", "price", "returns", "taste", "all_rounders")
        named = tuple(name for name in traits if getattr(self, name))
        return (*named, "product") if PRODUCT in self.text else named


GONE = (Lifecycle.LAPSED, Lifecycle.ONCE)
COMING_BACK = (Lifecycle.REPEAT, Lifecycle.LOYAL)

GOALS = (
    PlayRule("Win a first order.", (Lifecycle.PROSPECT,)),
    PlayRule("Find out who they are before spending on them.", (Lifecycle.UNKNOWN,)),
    PlayRule("Keep them: losing one of these costs most.", (Lifecycle.LOYAL,), (Value.HIGH,)),
    PlayRule("Keep the rhythm going and raise what an order is worth.", (Lifecycle.LOYAL,)),
    PlayRule("Turn a strong first order into a second one.", (Lifecycle.NEW,), (Value.HIGH,)),
    PlayRule("Win the second order while the first is fresh.", (Lifecycle.NEW,)),
    PlayRule(
        "Win back those who have gone quiet, one by one: they are worth it. Keep the others.",
        GONE,
        (Value.HIGH,),
    ),
    PlayRule("Win back at low cost; let go whoever does not answer.", GONE, (Value.LOW,)),
    PlayRule("Win them back.", GONE),
    PlayRule("Protect a valuable habit.", (Lifecycle.REPEAT,), (Value.HIGH,)),
    PlayRule("Raise the number of orders.", (Lifecycle.REPEAT,), (Value.LOW,)),
    PlayRule("Bring the next order forward.", (Lifecycle.REPEAT,)),
)

ANGLES = (
    PlayRule(
        "No angle of their own: nothing sets them apart. Send what everybody gets and see what they choose.",
        all_rounders=True,
    ),
    PlayRule(
        "Thank them, and show them first what is new in {theme}.", (Lifecycle.LOYAL,), taste=(Taste.CLEAR,)
    ),
    PlayRule("Thank them, and show them first what is new.", (Lifecycle.LOYAL,)),
    PlayRule(
        "Help with what they bought, and show what goes with it: {theme}.",
        (Lifecycle.NEW,),
        taste=(Taste.CLEAR,),
    ),
    PlayRule("Help with what they bought, and show what others chose next.", (Lifecycle.NEW,)),
    PlayRule(
        "Say what has come in since they last ordered, beginning with {theme}.", GONE, taste=(Taste.CLEAR,)
    ),
    PlayRule("Say what has come in since they last ordered, and ask why they stayed away.", GONE),
    PlayRule(
        "Suggest the next thing in {theme}, shortly before they would order anyway.",
        (Lifecycle.REPEAT,),
        taste=(Taste.CLEAR,),
    ),
    PlayRule("Remind them shortly before they would order anyway.", (Lifecycle.REPEAT,)),
    PlayRule("Show what others begin with, in {theme}.", (Lifecycle.PROSPECT,), taste=(Taste.CLEAR,)),
    PlayRule("Show what others begin with.", (Lifecycle.PROSPECT,)),
    PlayRule("Ask what they are looking for, around {theme}.", taste=(Taste.CLEAR,)),
    PlayRule("Ask what they are looking for."),
)

OFFERS = (
    PlayRule(
        "None of their own: test one small thing at a time against nothing.",
        price=(Price.MIXED, Price.UNKNOWN),
        all_rounders=True,
    ),
    PlayRule(
        "Nothing that makes more come back: better size, fit or product advice first, no push for volume.",
        returns=(SendingBack.MANY,),
    ),
    PlayRule(
        "No money off: they pay full price. Early access, a sample or a personal service instead.",
        COMING_BACK,
        price=(Price.FULL,),
    ),
    PlayRule("No money off: they pay full price. Free delivery on the next order.", price=(Price.FULL,)),
    PlayRule(
        "Bundles or a threshold (“spend more, save more”) in place of money off single things.",
        COMING_BACK,
        price=(Price.DISCOUNT,),
    ),
    PlayRule("Money off one order, with an end date.", price=(Price.DISCOUNT,)),
    PlayRule("Early access or a small gift before any money off.", COMING_BACK, (Value.HIGH,)),
    PlayRule("Something to add to the order, such as {product}.", COMING_BACK),
    PlayRule("Free delivery above their usual order value.", COMING_BACK),
    PlayRule("A personal invitation with a time-limited extra.", GONE, (Value.HIGH,)),
    PlayRule("One modest incentive, once; nothing after that without an answer.", GONE),
    PlayRule("Free delivery on the second order.", (Lifecycle.NEW,)),
    PlayRule("Free delivery on the first order.", (Lifecycle.PROSPECT,)),
    PlayRule("None yet: the files say too little."),
)


def pick(rules: Sequence[PlayRule], traits: Traits) -> tuple[str, tuple[str, ...]]:
    """Return what the first fitting rule says, and the evidence of the traits that it goes by.

    :raises LookupError: where no rule fits, which a test rules out.
    """
    product = next(iter(traits.products), "")
    for rule in rules:
        if rule.fits(traits) and (product or PRODUCT not in rule.text):
            evidence = tuple(traits.evidence[name] for name in rule.goes_by)
            text = rule.text.replace(THEME, " and ".join(traits.themes))
            return text.replace(PRODUCT, formats.quoted(product)), evidence
    raise LookupError("no rule of the playbook fits")
