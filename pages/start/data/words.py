"""Kinds of file in a marketer's words."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.roles import Kind


@dataclass(frozen=True)
class KindWords:
    """A kind of file: its name, what its rows are, and what it makes possible."""

    label: str
    row: str
    makes_possible: str
    icon: str


KINDS = {
    Kind.CUSTOMERS: KindWords(
        "Customers",
        "each row is a customer",
        "Describe segments by country, age, income or plan",
        ":material/person:",
    ),
    Kind.ORDERS: KindWords(
        "Orders",
        "each row is an order or order line",
        "Who buys how often, how much, how lately",
        ":material/receipt_long:",
    ),
    Kind.EVENTS: KindWords(
        "Events",
        "each row is a view, click or cart",
        "Who only browses, and what they look at",
        ":material/ads_click:",
    ),
    Kind.PRODUCTS: KindWords(
        "Products",
        "each row is a product",
        "What people's tastes are, from names and descriptions",
        ":material/sell:",
    ),
    Kind.REVIEWS: KindWords(
        "Reviews",
        "each row is a text by a customer",
        "What people care about, in their own words",
        ":material/reviews:",
    ),
    Kind.RATES: KindWords(
        "Rates of currencies",
        "each row is what a currency was worth on a day",
        "Amounts in currencies that the European Central Bank does not quote",
        ":material/currency_exchange:",
    ),
    Kind.OTHER: KindWords("Something else", "not used", "Kept, and not used", ":material/draft:"),
}

SELDOM = frozenset([Kind.RATES, Kind.OTHER])
"""Kinds of file that are not asked for before they are needed."""

UNSURE = 0.5
"""Below this confidence a guess is to be checked."""

SAID_BY_FILES = "as your files say"
SAID_BY_YOU = "chosen here"
NOT_SAID = "no file says it"
OTHERS_CONVERTED = "others converted"
OTHERS_SET_ASIDE = "others set aside"
NO_AMOUNTS = "no amounts"
NO_DATES = "no order dates"


def sureness(confidence: float) -> tuple[str, str]:
    """Say how sure a guess is, with the colour of its badge."""
    if confidence >= 0.8:
        return "sure", "green"
    return ("likely", "blue") if confidence >= UNSURE else ("please check", "orange")


NO_HOSTS = (
    "Which hosts this server asks is decided by who runs it, and none is named yet. Ask them to write, into "
    'its secrets, the section `[connect]` with `hosts = ["db.shop.example"]`. Files can be dropped in above.'
)
