"""Audience files: choose a platform and a segment, see who is left out and why, take the file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.act.files.exclusions import exclusions
from pages.act.files.preflight import preflight
from pages.shell import cached, latest
from pages.shell.audiences import AudienceRequest, start_audience
from pages.shell.guard import files_changed, next_step
from pages.shell.jobs import job_panel
from pages.shell.routes import DATA
from pages.shell.words import plain
from pages.shell.workspace import job_manager
from segmentation.action.audience import PLATFORMS, SPEND, AudienceOptions, Platform, normalise
from segmentation.runs import Run, View

CONTACTS = frozenset({"contacts.emails", "contacts.phones"})


def audience_files(view: View) -> None:
    """Draw the choices, and the files once they have been checked."""
    if not latest.is_current(view.run):
        files_changed()
        return
    has = cached.shop().has
    if not has & CONTACTS:
        st.info(
            "None of your files says how to reach your customers. Add a customer or order export with an "
            "e-mail or a phone column, or set that column’s role on the Data page.",
            title="Nobody can be reached yet",
        )
        next_step(DATA, "Go to your data", icon=":material/upload_file:")
        return
    request = _choices(view, has)
    exclusions(request.options.default_country)
    if st.button(
        "Check this audience",
        key="check_audience",
        type="primary",
        icon=":material/fact_check:",
        disabled=job_manager().running is not None,
    ):
        start_audience(view.run, request)
        st.rerun()
    job_panel("audience")
    preflight(request)


def _choices(view: View, has: frozenset[str]) -> AudienceRequest:
    names = view.names
    with st.container(horizontal=True):
        platform = Platform(
            st.selectbox(
                "For",
                [str(one) for one in Platform],
                format_func=lambda one: PLATFORMS[Platform(one)].label,
                key="_audience_platform",
                width=260,
            )
        )
        segment = st.selectbox(
            "Segment",
            [None, *range(view.k)],
            format_func=lambda one: "All segments" if one is None else f"{one + 1} · {plain(names[one])}",
            key="_audience_segment",
            width=340,
        )
        typed = st.text_input(
            "Country of phones without a code",
            key="_audience_country",
            placeholder="GB",
            help="Used where neither the number nor the customer’s country says so.",
            width=240,
        )
    country = normalise.country(typed)
    if typed and not country:
        st.warning(f"“{plain(typed)}” is no country: give its name or its two-letter code.")
    options = AudienceOptions(platform, country)
    if "contacts.consent" in has:
        options = replace(
            options,
            only_yes=st.toggle(
                "Only customers who said yes to marketing",
                value=True,
                key="_audience_yes",
                help="Switched off, those who have not answered are in too. Who said no never is.",
            ),
        )
    return AudienceRequest(view.run.run_id, view.k, segment, _of_platform(view.run, options))


def _of_platform(run: Run, options: AudienceOptions) -> AudienceOptions:
    """Ask what only this platform knows."""
    if options.platform is Platform.META and SPEND in {feature.name for feature in run.features}:
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
