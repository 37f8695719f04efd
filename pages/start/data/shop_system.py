"""Orders, customers and products of a shop system: which shop, its token, a job."""

from __future__ import annotations

import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.guard import correct, show_error
from pages.shell.people.rights import may, require
from pages.shell.people.settings import allowed_hosts
from pages.shell.workspace import StateKeys, job_manager, workspace
from pages.start.data.words import NO_HOSTS
from segmentation.connect.kept import kept_tables
from segmentation.connect.shops.fetch_shop import FromShop, ShopAsked, fetch_shop, is_installed
from segmentation.connect.shops.shop_address import (
    ShopAddress,
    ShopSystem,
    ShopToken,
    is_shop,
    read_shop,
)
from segmentation.errors import OptionError, SegmentationError
from segmentation.jobs import Job, Progress
from segmentation.people import Right

NAMES = {ShopSystem.SHOPIFY: "Shopify", ShopSystem.WOOCOMMERCE: "WooCommerce"}
PLACES = {ShopSystem.SHOPIFY: "my-shop.myshopify.com", ShopSystem.WOOCOMMERCE: "https://shop.example"}
TOKENS = {
    ShopSystem.SHOPIFY: (("Access token", "shpat_…"),),
    ShopSystem.WOOCOMMERCE: (("Key", "ck_…"), ("Secret", "cs_…")),
}
WHAT_IT_NEEDS = {
    ShopSystem.SHOPIFY: "The token of an app of your own (Settings, Apps, Develop apps) with read_orders, "
    "read_all_orders, read_customers and read_products.",
    ShopSystem.WOOCOMMERCE: "A key that may read (WooCommerce, Settings, Advanced, REST API).",
}
ABOUT = "Your shop is only read, and the token is forgotten once that is done."
IN_FULL = "Everything again, not only what changed"
IN_FULL_HELP = "Orders that were deleted in the shop are noticed only so."


def from_shop_system() -> None:
    """Offer to read a shop system, folded away; nothing where what reads it is not here, or to a viewer."""
    if may(Right.EDIT) and is_installed():
        fold("From your shop system", "from_shop_system", _shop_system)


def _shop_system() -> None:
    """Ask which shop and for its token, and load what it holds."""
    if allowed_hosts().none:
        st.info(NO_HOSTS, icon=":material/lock:")
        return
    before = next((one.source for one in reversed(kept_tables(workspace())) if is_shop(one.source)), "")
    kept = read_shop(before) if before else None
    typed_before: ShopAddress | None = st.session_state.get(StateKeys.SHOP_SYSTEM, kept)
    systems = list(ShopSystem)
    system = st.radio(
        "System",
        systems,
        index=systems.index(typed_before.system) if typed_before else 0,
        format_func=NAMES.__getitem__,
        horizontal=True,
        key="shop_system",
        label_visibility="collapsed",
    )
    with st.form(f"shop_{system}", border=False, clear_on_submit=True):
        place = st.text_input(
            "Address of the shop",
            typed_before.url if typed_before and typed_before.system is system else "",
            placeholder=PLACES[system],
        )
        with st.container(horizontal=True):
            typed = [
                st.text_input(label, placeholder=form, type="password", autocomplete="off")
                for label, form in TOKENS[system]
            ]
        st.caption(f"{WHAT_IT_NEEDS[system]} {ABOUT}")
        in_full = st.checkbox(IN_FULL, help=IN_FULL_HELP) if kept else False
        busy = job_manager().running is not None
        pressed = st.form_submit_button("Load", type="primary", icon=":material/storefront:", disabled=busy)
    if pressed:
        _start(system, place, typed, in_full)


def _start(system: ShopSystem, place: str, typed: list[str], in_full: bool) -> None:
    try:
        shop = read_shop(f"{system}:{place.strip()}")
        if not all(part.strip() for part in typed):
            raise OptionError("the token is missing.", "Type or paste it.")
    except SegmentationError as error:
        show_error(error)
        return
    st.session_state[StateKeys.SHOP_SYSTEM] = shop
    correct(lambda: start_reading(shop, ShopToken(":".join(part.strip() for part in typed)), in_full))


def start_reading(shop: ShopAddress, token: ShopToken, in_full: bool = False) -> Job:
    """Queue the reading of a shop as a job, which any tab can watch and cancel.

    :raises HostNotAllowedError: if this server may not ask it.
    :raises NotAllowedError: to a viewer, for whom the server calls nobody.
    """
    require(Right.EDIT)
    hosts = allowed_hosts()
    hosts.addresses(shop.host)
    opened = workspace()

    def work(on_progress: Progress) -> tuple[FromShop, ...]:
        return fetch_shop(opened, shop, token, ShopAsked(in_full=in_full), on_progress, hosts)

    where = shop.url.partition("://")[2]
    return job_manager().start(f"Load {NAMES[shop.system]} of {where}", work)
