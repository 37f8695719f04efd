"""Where every screen lives: the one list that the navigation, the links between pages and the tests read."""

from __future__ import annotations

from dataclasses import dataclass

DATA = "pages/prepare/data/data.py"
CUSTOMERS = "pages/prepare/customers/customers.py"
EXPLORE = "pages/segment/explore/explore.py"
PROFILE = "pages/segment/profile/profile.py"
TRUST = "pages/segment/trust/trust.py"
THEMES = "pages/segment/themes/themes.py"
WEIGH = "pages/segment/weigh/weigh.py"
RFM = "pages/segment/rfm/rfm.py"
PLAYBOOK = "pages/act/playbook/playbook.py"
NAMES = "pages/segment/names/names.py"
RECOMMEND = "pages/act/recommend/recommend.py"
RETAIN = "pages/act/retain/retain.py"
EXPORT = "pages/act/export/export.py"


@dataclass(frozen=True)
class Route:
    """One screen: its file, its name in the sidebar and its icon."""

    path: str
    title: str
    icon: str


SECTIONS: dict[str, tuple[Route, ...]] = {
    "Prepare": (
        Route(DATA, "Data", ":material/upload_file:"),
        Route(CUSTOMERS, "Customers", ":material/group:"),
    ),
    "Segment": (
        Route(EXPLORE, "Explore", ":material/scatter_plot:"),
        Route(PROFILE, "Profile", ":material/badge:"),
        Route(TRUST, "Trust", ":material/verified:"),
        Route(NAMES, "Names", ":material/edit_note:"),
        Route(THEMES, "Themes & concepts", ":material/topic:"),
        Route(WEIGH, "What counts", ":material/balance:"),
        Route(RFM, "RFM tiers", ":material/grid_on:"),
    ),
    "Act": (
        Route(RECOMMEND, "Recommend", ":material/redeem:"),
        Route(PLAYBOOK, "Playbook", ":material/menu_book:"),
        Route(RETAIN, "Retain", ":material/favorite:"),
        Route(EXPORT, "Download", ":material/download:"),
    ),
}

PATHS = tuple(route.path for routes in SECTIONS.values() for route in routes)
