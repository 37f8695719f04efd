"""The rules of the playbook: a table per line of a play, read from the top; the first that fits is taken.

A rule names the traits that it goes by, so that what it says rests on them and on nothing else. Texts may
name the segment's {theme}, where its taste is clear, and a {product} that it buys more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation import formats
from segmentation.action.playbook.rule_words import BRIEFLY, SAYS, Says
from segmentation.action.playbook.traits import Lifecycle, Price, SendingBack, Taste, Traits, Value

THEME, PRODUCT = "{theme}", "{product}"


@dataclass(frozen=True)
class PlayRule:
    """What to say to segments of these traits; a trait that is not named may be anything."""

    says: Says
    lifecycle: tuple[Lifecycle, ...] = ()
    value: tuple[Value, ...] = ()
    price: tuple[Price, ...] = ()
    returns: tuple[SendingBack, ...] = ()
    taste: tuple[Taste, ...] = ()
    all_rounders: bool | None = None

    @property
    def text(self) -> str:
        """The words, with the places of a theme or product where it names one."""
        return SAYS[self.says]

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
    PlayRule(Says.FIRST_ORDER, (Lifecycle.PROSPECT,)),
    PlayRule(Says.FIND_OUT, (Lifecycle.UNKNOWN,)),
    PlayRule(Says.KEEP, (Lifecycle.LOYAL,), (Value.HIGH,)),
    PlayRule(Says.RAISE_ORDERS_WORTH, (Lifecycle.LOYAL,)),
    PlayRule(Says.SECOND_FROM_FIRST, (Lifecycle.NEW,), (Value.HIGH,)),
    PlayRule(Says.SECOND_WHILE_FRESH, (Lifecycle.NEW,)),
    PlayRule(
        Says.WIN_BACK_ONE_BY_ONE,
        GONE,
        (Value.HIGH,),
    ),
    PlayRule(Says.WIN_BACK_CHEAPLY, GONE, (Value.LOW,)),
    PlayRule(Says.WIN_BACK, GONE),
    PlayRule(Says.PROTECT_HABIT, (Lifecycle.REPEAT,), (Value.HIGH,)),
    PlayRule(Says.MORE_ORDERS, (Lifecycle.REPEAT,), (Value.LOW,)),
    PlayRule(Says.SOONER, (Lifecycle.REPEAT,)),
)

ANGLES = (
    PlayRule(
        Says.NO_ANGLE,
        all_rounders=True,
    ),
    PlayRule(Says.THANK_WITH_THEME, (Lifecycle.LOYAL,), taste=(Taste.CLEAR,)),
    PlayRule(Says.THANK, (Lifecycle.LOYAL,)),
    PlayRule(
        Says.GOES_WITH_THEME,
        (Lifecycle.NEW,),
        taste=(Taste.CLEAR,),
    ),
    PlayRule(Says.GOES_WITH, (Lifecycle.NEW,)),
    PlayRule(Says.NEWS_WITH_THEME, GONE, taste=(Taste.CLEAR,)),
    PlayRule(Says.NEWS_AND_ASK, GONE),
    PlayRule(
        Says.NEXT_IN_THEME,
        (Lifecycle.REPEAT,),
        taste=(Taste.CLEAR,),
    ),
    PlayRule(Says.REMIND, (Lifecycle.REPEAT,)),
    PlayRule(Says.BEGINNERS_IN_THEME, (Lifecycle.PROSPECT,), taste=(Taste.CLEAR,)),
    PlayRule(Says.BEGINNERS, (Lifecycle.PROSPECT,)),
    PlayRule(Says.ASK_AROUND_THEME, taste=(Taste.CLEAR,)),
    PlayRule(Says.ASK),
)

OFFERS = (
    PlayRule(
        Says.TEST_NOTHING,
        price=(Price.MIXED, Price.UNKNOWN),
        all_rounders=True,
    ),
    PlayRule(
        Says.ADVICE_FIRST,
        returns=(SendingBack.MANY,),
    ),
    PlayRule(
        Says.EARLY_ACCESS_NO_DISCOUNT,
        COMING_BACK,
        price=(Price.FULL,),
    ),
    PlayRule(Says.FREE_DELIVERY_NO_DISCOUNT, price=(Price.FULL,)),
    PlayRule(
        Says.BUNDLE,
        COMING_BACK,
        price=(Price.DISCOUNT,),
    ),
    PlayRule(Says.MONEY_OFF, price=(Price.DISCOUNT,)),
    PlayRule(Says.GIFT_BEFORE_DISCOUNT, COMING_BACK, (Value.HIGH,)),
    PlayRule(Says.ADD_TO_ORDER, COMING_BACK),
    PlayRule(Says.FREE_DELIVERY_ABOVE, COMING_BACK),
    PlayRule(Says.INVITATION, GONE, (Value.HIGH,)),
    PlayRule(Says.ONE_INCENTIVE, GONE),
    PlayRule(Says.FREE_DELIVERY_SECOND, (Lifecycle.NEW,)),
    PlayRule(Says.FREE_DELIVERY_FIRST, (Lifecycle.PROSPECT,)),
    PlayRule(Says.NO_OFFER),
)


def pick(rules: Sequence[PlayRule], traits: Traits) -> tuple[str, tuple[str, ...]]:
    """Return what the first fitting rule says, and the evidence of the traits that it goes by.

    :raises LookupError: where no rule fits, which a test rules out.
    """
    rule = _first(rules, traits)
    evidence = tuple(traits.evidence[name] for name in rule.goes_by)
    text = rule.text.replace(THEME, " and ".join(formats.quoted(one) for one in traits.themes))
    return text.replace(PRODUCT, formats.quoted(*traits.products[:1])), evidence


def briefly(rules: Sequence[PlayRule], traits: Traits) -> str:
    """Return the same in the few words of a table; for goals and offers alone.

    :raises LookupError: where no rule fits, which a test rules out.
    """
    return BRIEFLY[_first(rules, traits).says]


def _first(rules: Sequence[PlayRule], traits: Traits) -> PlayRule:
    for rule in rules:
        if rule.fits(traits) and (traits.products or PRODUCT not in rule.text):
            return rule
    raise LookupError("no rule of the playbook fits")
