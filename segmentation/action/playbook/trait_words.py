"""What the traits of a segment rest on, in words."""

from __future__ import annotations

from segmentation import formats

ALIKE = "Nothing sets them clearly apart from the other customers."
NOT_ORDERED = "The typical customer here has not ordered."
ORDERS_UNKNOWN = "The files do not say how often and when they order."
PAY_UNKNOWN = "The files do not say what they pay."
DISCOUNTS_UNKNOWN = "The files do not say what was discounted."
NO_THEME = "No theme stands out."
NO_PRODUCT = "No product stands out."


def rhythm(orders: float, quiet: float, usual: float, patient: float, quieter: float) -> str:
    """Say how often and how lately they order, beside the shop's own rhythm, in orders and days.

    :param quieter: the share of the segment that has been quiet for longer than 80 % of the shop lets pass.
    """
    return (
        f"The typical customer here has placed {formats.counted(orders)} "
        f"{'order' if orders == 1 else 'orders'} and last ordered {formats.days(quiet)} before the analysis "
        f"date. This shop’s returning customers typically let {formats.days(usual)} pass between "
        f"orders, 80% of them at most {formats.days(patient)}; "
        f"{formats.percent(quieter)} of the segment have been quiet for longer than that."
    )


def share_of_revenue(share: float, revenue_share: float) -> str:
    """Say what they bring, beside how many they are."""
    told = formats.percent(share), formats.percent(revenue_share)
    return f"They are {told[0]} of customers and bring {told[1]} of revenue."


def at_a_discount(inside: float, others: float) -> str:
    """Say how much they buy at a discount."""
    return f"They buy {formats.percent(inside)} at a discount, the others {formats.percent(others)}."


def sent_back(inside: float, others: float) -> str:
    """Say how much they send back."""
    return f"They send back {formats.percent(inside)} of order lines, the others {formats.percent(others)}."


def about_theme(theme: str, inside: float, others: float) -> str:
    """Say how much of their texts is about a theme."""
    told = formats.percent(inside), formats.percent(others)
    return f"{told[0]} of their texts are about {theme}, {told[1]} of the others’."


def bought(product: str, support: float, lift: float) -> str:
    """Say how many bought a product, and how much more often than their share of all purchases."""
    who = f"{formats.percent(support)} bought {formats.quoted(product)}"
    return f"{who}, {formats.times(lift)} as often as all that they buy."
