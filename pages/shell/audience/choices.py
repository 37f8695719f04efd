"""What is chosen for an audience: where it goes, who is held out, and what only some platforms ask."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shell import cached
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.audience import (
    PLATFORMS,
    SPEND,
    AudienceOptions,
    PeopleList,
    Platform,
    chosen_share,
    keep_share,
    normalise,
)
from segmentation.runs import Run

PLATFORM, HOLD_OUT = "_audience_platform", "_hold_out"
NARROWEST = 200  # CSS pixels, so that a platform is named whole on a phone
FIRST = (Platform.CRM, *(one for one in Platform if one is not Platform.CRM))


def choose_options(run: Run, people: PeopleList) -> AudienceOptions:
    """Draw the choices, the seldom ones folded."""
    with st.grid(2, min_column_width=NARROWEST):
        platform = Platform(
            st.selectbox(
                "For",
                [str(one) for one in FIRST],
                format_func=lambda one: PLATFORMS[Platform(one)].label,
                key=PLATFORM,
                persist_state="session",
            )
        )
        hold_out()
    with st.expander("More choices", icon=":material/tune:"):
        return _of_platform(run, people, _of_shop(AudienceOptions(platform)))


def choose_before(platform: Platform | None, share: float) -> None:
    """Choose the platform, where there is one, and the share to hold out, before a person is asked."""
    if platform is not None:
        st.session_state[PLATFORM] = str(platform)
    st.session_state.pop(HOLD_OUT, None)
    keep_share(workspace(), share)


def hold_out() -> None:
    """Let the share be chosen that stays out of every file."""
    share = chosen_share(workspace())
    chosen = st.slider(
        "Hold out for a test, % of each segment",
        0,
        50,
        round(share * 100),
        key=HOLD_OUT,
        help="These customers stay out of every audience file, so that you can compare them with the others "
        "afterwards. The same customers stay out next time.",
    )
    if chosen != round(share * 100):
        keep_share(workspace(), chosen / 100)


def _of_shop(options: AudienceOptions) -> AudienceOptions:
    """Ask what a shop's contacts leave open."""
    typed = st.text_input(
        "Country of phones without a code",
        key="_audience_country",
        placeholder="GB",
        help="Used where neither the number nor the customer’s country says so.",
        persist_state="session",
    )
    country = normalise.country(typed)
    if typed and not country:
        st.warning(f"“{plain(typed)}” is no country: give its name or its two-letter code.")
    options = replace(options, default_country=country)
    if "contacts.consent" not in cached.shop().has:
        return options
    yes = st.toggle(
        "Only customers who said yes to marketing",
        value=True,
        key="_audience_yes",
        help="Switched off, those who have not answered are in too. Who said no never is.",
    )
    return replace(options, only_yes=yes)


def _of_platform(run: Run, people: PeopleList, options: AudienceOptions) -> AudienceOptions:
    """Ask what only this platform knows."""
    has_spend = people.placed is None and SPEND in {feature.name for feature in run.features}
    if options.platform is Platform.META and has_spend:
        value = st.toggle(
            "Add what each customer spent, for value-based lookalikes", value=False, key="_audience_value"
        )
        return replace(options, value=value)
    if options.platform is Platform.TIKTOK:
        plus = st.toggle(
            "Phones with the plus sign",
            value=True,
            key="_audience_plus",
            help="TikTok’s own pages differ: some ask for the plus, some for digits only. Try the other "
            "where few phones match.",
        )
        return replace(options, plus=plus)
    return options
