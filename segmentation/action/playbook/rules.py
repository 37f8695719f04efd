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
class Rule:
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
    Rule("Win a first order.", (Lifecycle.PROSPECT,)),
    Rule("Find out who they are before spending on them.", (Lifecycle.UNKNOWN,)),
    Rule("Keep them: losing one of these costs most.", (Lifecycle.LOYAL,), (Value.HIGH,)),
    Rule("Keep the rhythm going and raise what an order is worth.", (Lifecycle.LOYAL,)),
    Rule("Turn a strong first order into a second one.", (Lifecycle.NEW,), (Value.HIGH,)),
    Rule("Win the second order while the first is fresh.", (Lifecycle.NEW,)),
    Rule(
        "Win back those who have gone quiet, one by one: they are worth it. Keep the others.",
        GONE,
        (Value.HIGH,),
    ),
    Rule("Win back at low cost; let go whoever does not answer.", GONE, (Value.LOW,)),
    Rule("Win them back.", GONE),
    Rule("Protect a valuable habit.", (Lifecycle.REPEAT,), (Value.HIGH,)),
    Rule("Raise the number of orders.", (Lifecycle.REPEAT,), (Value.LOW,)),
    Rule("Bring the next order forward.", (Lifecycle.REPEAT,)),
)

ANGLES = (
    Rule(
        "No angle of their own: nothing sets them apart. Send what everybody gets and see what they choose.",
        all_rounders=True,
    ),
    Rule("Thank them, and show them first what is new in {theme}.", (Lifecycle.LOYAL,), taste=(Taste.CLEAR,)),
    Rule("Thank them, and show them first what is new.", (Lifecycle.LOYAL,)),
    Rule(
        "Help with what they bought, and show what goes with it: {theme}.",
        (Lifecycle.NEW,),
        taste=(Taste.CLEAR,),
    ),
    Rule("Help with what they bought, and show what others chose next.", (Lifecycle.NEW,)),
    Rule("Say what has come in since they last ordered, beginning with {theme}.", GONE, taste=(Taste.CLEAR,)),
    Rule("Say what has come in since they last ordered, and ask why they stayed away.", GONE),
    Rule(
        "Suggest the next thing in {theme}, shortly before they would order anyway.",
        (Lifecycle.REPEAT,),
        taste=(Taste.CLEAR,),
    ),
    Rule("Remind them shortly before they would order anyway.", (Lifecycle.REPEAT,)),
    Rule("Show what others begin with, in {theme}.", (Lifecycle.PROSPECT,), taste=(Taste.CLEAR,)),
    Rule("Show what others begin with.", (Lifecycle.PROSPECT,)),
    Rule("Ask what they are looking for, around {theme}.", taste=(Taste.CLEAR,)),
    Rule("Ask what they are looking for."),
)

OFFERS = (
    Rule(
        "None of their own: test one small thing at a time against nothing.",
        price=(Price.MIXED, Price.UNKNOWN),
        all_rounders=True,
    ),
    Rule(
        "Nothing that makes more come back: better size, fit or product advice first, no push for volume.",
        returns=(SendingBack.MANY,),
    ),
    Rule(
        "No money off: they pay full price. Early access, a sample or a personal service instead.",
        COMING_BACK,
        price=(Price.FULL,),
    ),
    Rule("No money off: they pay full price. Free delivery on the next order.", price=(Price.FULL,)),
    Rule(
        "Bundles or a threshold (“spend more, save more”) in place of money off single things.",
        COMING_BACK,
        price=(Price.DISCOUNT,),
    ),
    Rule("Money off one order, with an end date.", price=(Price.DISCOUNT,)),
    Rule("Early access or a small gift before any money off.", COMING_BACK, (Value.HIGH,)),
    Rule("Something to add to the order, such as {product}.", COMING_BACK),
    Rule("Free delivery above their usual order value.", COMING_BACK),
    Rule("A personal invitation with a time-limited extra.", GONE, (Value.HIGH,)),
    Rule("One modest incentive, once; nothing after that without an answer.", GONE),
    Rule("Free delivery on the second order.", (Lifecycle.NEW,)),
    Rule("Free delivery on the first order.", (Lifecycle.PROSPECT,)),
    Rule("None yet: the files say too little."),
)


def pick(rules: Sequence[Rule], traits: Traits) -> tuple[str, tuple[str, ...]]:
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
