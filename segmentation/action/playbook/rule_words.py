"""What the rules of the playbook say, in words."""

from __future__ import annotations

from enum import StrEnum


class Says(StrEnum):
    """What a rule says: of the goal, of the angle, and of the offer."""

    FIRST_ORDER = "first_order"
    FIND_OUT = "find_out"
    KEEP = "keep"
    RAISE_ORDERS_WORTH = "raise_orders_worth"
    SECOND_FROM_FIRST = "second_from_first"
    SECOND_WHILE_FRESH = "second_while_fresh"
    WIN_BACK_ONE_BY_ONE = "win_back_one_by_one"
    WIN_BACK_CHEAPLY = "win_back_cheaply"
    WIN_BACK = "win_back"
    PROTECT_HABIT = "protect_habit"
    MORE_ORDERS = "more_orders"
    SOONER = "sooner"
    NO_ANGLE = "no_angle"
    THANK_WITH_THEME = "thank_with_theme"
    THANK = "thank"
    GOES_WITH_THEME = "goes_with_theme"
    GOES_WITH = "goes_with"
    NEWS_WITH_THEME = "news_with_theme"
    NEWS_AND_ASK = "news_and_ask"
    NEXT_IN_THEME = "next_in_theme"
    REMIND = "remind"
    BEGINNERS_IN_THEME = "beginners_in_theme"
    BEGINNERS = "beginners"
    ASK_AROUND_THEME = "ask_around_theme"
    ASK = "ask"
    TEST_NOTHING = "test_nothing"
    ADVICE_FIRST = "advice_first"
    EARLY_ACCESS_NO_DISCOUNT = "early_access_no_discount"
    FREE_DELIVERY_NO_DISCOUNT = "free_delivery_no_discount"
    BUNDLE = "bundle"
    MONEY_OFF = "money_off"
    GIFT_BEFORE_DISCOUNT = "gift_before_discount"
    ADD_TO_ORDER = "add_to_order"
    FREE_DELIVERY_ABOVE = "free_delivery_above"
    INVITATION = "invitation"
    ONE_INCENTIVE = "one_incentive"
    FREE_DELIVERY_SECOND = "free_delivery_second"
    FREE_DELIVERY_FIRST = "free_delivery_first"
    NO_OFFER = "no_offer"


SAYS = {
    Says.FIRST_ORDER: "Win a first order.",
    Says.FIND_OUT: "Find out who they are before spending on them.",
    Says.KEEP: "Keep them: losing one of these costs most.",
    Says.RAISE_ORDERS_WORTH: "Keep the rhythm going and raise what an order is worth.",
    Says.SECOND_FROM_FIRST: "Turn a strong first order into a second one.",
    Says.SECOND_WHILE_FRESH: "Win the second order while the first is fresh.",
    Says.WIN_BACK_ONE_BY_ONE: (
        "Win back those who have gone quiet, one by one: they are worth it. Keep the others."
    ),
    Says.WIN_BACK_CHEAPLY: "Win back at low cost; let go whoever does not answer.",
    Says.WIN_BACK: "Win them back.",
    Says.PROTECT_HABIT: "Protect a valuable habit.",
    Says.MORE_ORDERS: "Raise the number of orders.",
    Says.SOONER: "Bring the next order forward.",
    Says.NO_ANGLE: (
        "No angle of their own: nothing sets them apart. Send what everybody gets and see what they choose."
    ),
    Says.THANK_WITH_THEME: "Thank them, and show them first what is new in {theme}.",
    Says.THANK: "Thank them, and show them first what is new.",
    Says.GOES_WITH_THEME: "Help with what they bought, and show what goes with it: {theme}.",
    Says.GOES_WITH: "Help with what they bought, and show what others chose next.",
    Says.NEWS_WITH_THEME: "Say what has come in since they last ordered, beginning with {theme}.",
    Says.NEWS_AND_ASK: "Say what has come in since they last ordered, and ask why they stayed away.",
    Says.NEXT_IN_THEME: "Suggest the next thing in {theme}, shortly before they would order anyway.",
    Says.REMIND: "Remind them shortly before they would order anyway.",
    Says.BEGINNERS_IN_THEME: "Show what others begin with, in {theme}.",
    Says.BEGINNERS: "Show what others begin with.",
    Says.ASK_AROUND_THEME: "Ask what they are looking for, around {theme}.",
    Says.ASK: "Ask what they are looking for.",
    Says.TEST_NOTHING: "None of their own: test one small thing at a time against nothing.",
    Says.ADVICE_FIRST: (
        "Nothing that makes more come back: better size, fit or product advice first, no push for volume."
    ),
    Says.EARLY_ACCESS_NO_DISCOUNT: (
        "No money off: they pay full price. Early access, a sample or a personal service instead."
    ),
    Says.FREE_DELIVERY_NO_DISCOUNT: "No money off: they pay full price. Free delivery on the next order.",
    Says.BUNDLE: "Bundles or a threshold (“spend more, save more”) in place of money off single things.",
    Says.MONEY_OFF: "Money off one order, with an end date.",
    Says.GIFT_BEFORE_DISCOUNT: "Early access or a small gift before any money off.",
    Says.ADD_TO_ORDER: "Something to add to the order, such as {product}.",
    Says.FREE_DELIVERY_ABOVE: "Free delivery above their usual order value.",
    Says.INVITATION: "A personal invitation with a time-limited extra.",
    Says.ONE_INCENTIVE: "One modest incentive, once; nothing after that without an answer.",
    Says.FREE_DELIVERY_SECOND: "Free delivery on the second order.",
    Says.FREE_DELIVERY_FIRST: "Free delivery on the first order.",
    Says.NO_OFFER: "None yet: the files say too little.",
}
"""The texts; some name the {theme} of a segment, or a {product} that it buys more often."""
BRIEFLY = {
    Says.FIRST_ORDER: "First order",
    Says.FIND_OUT: "Get to know them",
    Says.KEEP: "Keep",
    Says.RAISE_ORDERS_WORTH: "Larger orders",
    Says.SECOND_FROM_FIRST: "Second order",
    Says.SECOND_WHILE_FRESH: "Second order",
    Says.WIN_BACK_ONE_BY_ONE: "Win back the quiet",
    Says.WIN_BACK_CHEAPLY: "Win back cheaply",
    Says.WIN_BACK: "Win back",
    Says.PROTECT_HABIT: "Protect the habit",
    Says.MORE_ORDERS: "More orders",
    Says.SOONER: "Next order sooner",
    Says.TEST_NOTHING: "None: test small things",
    Says.ADVICE_FIRST: "Better advice, no push",
    Says.EARLY_ACCESS_NO_DISCOUNT: "Early access",
    Says.FREE_DELIVERY_NO_DISCOUNT: "Free delivery",
    Says.BUNDLE: "Bundle or threshold",
    Says.MONEY_OFF: "Money off",
    Says.GIFT_BEFORE_DISCOUNT: "Small gift",
    Says.ADD_TO_ORDER: "An extra to the order",
    Says.FREE_DELIVERY_ABOVE: "Free delivery above usual",
    Says.INVITATION: "Personal invitation",
    Says.ONE_INCENTIVE: "One modest incentive",
    Says.FREE_DELIVERY_SECOND: "Free delivery",
    Says.FREE_DELIVERY_FIRST: "Free delivery",
    Says.NO_OFFER: "None yet",
}
"""Goals and offers in the few words of a table."""
