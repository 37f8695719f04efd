"""What visitors do: views, carts, purchases and more, by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Each family is one thing a visitor does; two of them in a column make it a column of events.
_ACTIONS = {
    "view": r"(product|page|item|screen)?[ _-]?views?(ed)?([ _-](product|page|item|content|list))?"
    r"|pv|click(ed)?|visit|detail|impression|浏览|点击",
    "cart": r"(add(ed)?[ _-]?(to[ _-]?)?)?(cart|basket)|add(ed)?[ _-]to[ _-](cart|basket|bag)"
    r"|加购|加入购物车",
    "keep": r"fav(ou?rite)?|wish ?list|add(ed)?[ _-]to[ _-]wish ?list|like|收藏",
    "take out": r"remove(d)?[ _-]from[ _-]cart",
    "buy": r"purchase(d)?|buy|bought|placed[ _-]order|ordered|order|transaction|order[ _-]completed"
    r"|购买|下单",
    "check out": r"(begin|start(ed)?|initiate(d)?)?[ _-]?check ?out([ _-]started)?",
    "search": r"(view[ _-])?search([ _-]results)?|搜索",
    "come": r"session[ _-]start|first[ _-]visit|log ?in|sign[ _-]?up",
    "mail": r"(opened|clicked|received)[ _-]email|email[ _-](open|click)(ed)?",
}


_ACTION_FAMILIES = {family: re.compile(pattern) for family, pattern in _ACTIONS.items()}


def known_actions(values: Iterable[str]) -> int:
    """Count the different things visitors do (look, put in the cart, buy …) that lower-case values name."""
    texts = list(values)
    return sum(any(family.fullmatch(text) for text in texts) for family in _ACTION_FAMILIES.values())


_CART = "cart|basket|bag|warenkorb|carrinho|carrito|panier|加购|购物车"


_PURCHASE = "purchase|buy|bought|order|transaction|checkout|kauf|compra|achat|购买|下单"


_VIEW = "view|click|visit|page|pv|browse|浏览|点击"


# Where events are coded from 1 to 4, they usually are views, favourites, carts and purchases.
ACTION = f"""
    CASE WHEN event_type IS NULL OR event_type = '1' THEN 'view'
         WHEN event_type = '3' THEN 'cart' WHEN event_type = '4' THEN 'purchase'
         WHEN regexp_matches(lower(event_type), 'remove|wish|search') THEN 'other'
         WHEN regexp_matches(lower(event_type), '{_CART}') THEN 'cart'
         WHEN regexp_matches(lower(event_type), '{_PURCHASE}') THEN 'purchase'
         WHEN regexp_matches(lower(event_type), '{_VIEW}') THEN 'view'
         ELSE 'other' END"""
