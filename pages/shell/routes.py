"""Where every screen lives: the one list that the navigation, the links between pages and the tests read."""

from __future__ import annotations

from dataclasses import dataclass

OVERVIEW = "pages/start/overview/overview.py"
DATA = "pages/start/data/data.py"
FEATURES = "pages/method/features/features.py"
EXPLORE = "pages/segments/explore/explore.py"
PROFILE = "pages/segments/profile/profile.py"
TRUST = "pages/method/trust/trust.py"
THEMES = "pages/segments/themes/themes.py"
WHAT_COUNTS = "pages/method/what_counts/what_counts.py"
RFM_TIERS = "pages/segments/rfm_tiers/rfm_tiers.py"
PLAYBOOK = "pages/act/playbook/playbook.py"
OFFERS = "pages/act/offers/offers.py"
WIN_BACK = "pages/act/win_back/win_back.py"
FILES = "pages/act/files/files.py"
RUNS = "pages/track/runs/runs.py"
WHO_MOVED = "pages/track/movement/who_moved.py"
RESULTS = "pages/track/results/results.py"
PEOPLE = "pages/people/members/people.py"
AUDIT = "pages/people/audit/audit.py"


@dataclass(frozen=True)
class Route:
    """One screen: its file, its name in the sidebar and its icon."""

    path: str
    title: str
    icon: str


SECTIONS: dict[str, tuple[Route, ...]] = {
    "": (
        Route(OVERVIEW, "Overview", ":material/space_dashboard:"),
        Route(DATA, "Data", ":material/upload_file:"),
    ),
    "Segments": (
        Route(EXPLORE, "Explore", ":material/scatter_plot:"),
        Route(PROFILE, "Profile", ":material/badge:"),
        Route(RFM_TIERS, "RFM tiers", ":material/grid_on:"),
        Route(THEMES, "Themes", ":material/topic:"),
    ),
    "Act": (
        Route(WIN_BACK, "Win back", ":material/favorite:"),
        Route(OFFERS, "Offers", ":material/redeem:"),
        Route(PLAYBOOK, "Playbook", ":material/menu_book:"),
        Route(FILES, "Files", ":material/download:"),
    ),
    "Track": (
        Route(WHO_MOVED, "Who moved", ":material/swap_horiz:"),
        Route(RESULTS, "Results", ":material/science:"),
        Route(RUNS, "Runs", ":material/history:"),
    ),
    "Method": (
        Route(TRUST, "Trust", ":material/verified:"),
        Route(WHAT_COUNTS, "What counts", ":material/balance:"),
        Route(FEATURES, "Features", ":material/group:"),
    ),
}

PATHS = tuple(route.path for routes in SECTIONS.values() for route in routes)

TEAM: dict[str, tuple[Route, ...]] = {
    "Team": (
        Route(PEOPLE, "People", ":material/group_add:"),
        Route(AUDIT, "Audit", ":material/fact_check:"),
    )
}
"""The screens that there are only where people sign in."""

TEAM_PATHS = tuple(route.path for routes in TEAM.values() for route in routes)
