"""Tables of a database as files: where it is, who reads, which; the password is held in memory only."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.guard import show_error
from pages.shell.people.rights import may, require
from pages.shell.people.settings import allowed_hosts
from pages.shell.words import count
from pages.shell.workspace import StateKeys, job_manager, workspace
from pages.start.data.words import NO_HOSTS
from segmentation.connect.databases.address import FORMS, Address, Login, System, read_address
from segmentation.connect.databases.fetch import Fetched, TablesAsked, fetch
from segmentation.connect.databases.opened import list_tables
from segmentation.connect.databases.sql_system import SourceTable, is_installed
from segmentation.connect.kept import kept_tables
from segmentation.connect.shops.shop_address import is_shop
from segmentation.errors import OptionError, SegmentationError
from segmentation.jobs import Job, Progress
from segmentation.people import Right

OFFERED = (System.POSTGRESQL, System.SNOWFLAKE)
"""Those whose reader is somebody who says so here: no rights of the server's own are lent to its visitors."""

ABOUT = "It is only read. The password is forgotten once the tables are loaded."
SINCE = "Next time only newer rows, by this column"
SINCE_HELP = (
    "A moment of change, as updated_at, or a growing number; of tables with a primary key. Rows that were "
    "deleted are not noticed so: leave it empty now and then to load tables in full."
)


@dataclass(frozen=True)
class Reached:
    """A database that somebody has reached, with what may be read there."""

    address: Address
    login: Login
    tables: tuple[SourceTable, ...]


def from_database() -> None:
    """Offer tables of a database, folded away; nothing where no driver is on this machine, or to a viewer."""
    if may(Right.EDIT) and any(map(is_installed, OFFERED)):
        fold("From a database", "from_database", _database)


def _database() -> None:
    if allowed_hosts().none:
        st.info(NO_HOSTS, icon=":material/lock:")
        return
    reached: Reached | None = st.session_state.get(StateKeys.DATABASE)
    if reached is None:
        _reach()
    else:
        _choose(reached)


def _reach() -> None:
    """Ask where the database is and who reads it, and list its tables."""
    kept = [one for one in kept_tables(workspace()) if not is_shop(one.source)]
    with st.form("database", border=False, enter_to_submit=True):
        text = st.text_input(
            "Address",
            kept[-1].source if kept else "",
            placeholder=FORMS[System.POSTGRESQL].replace("user@", ""),
        )
        with st.container(horizontal=True):
            user = st.text_input("User")
            password = st.text_input("Password", type="password", autocomplete="off")
        st.caption(ABOUT)
        pressed = st.form_submit_button("List tables", icon=":material/table_rows:")
    if not pressed:
        return
    try:
        st.session_state[StateKeys.DATABASE] = reach(text, user, password)
    except SegmentationError as error:
        show_error(error)
    else:
        st.rerun()


def reach(text: str, user: str, password: str) -> Reached:
    """Open a database and list its tables.

    :raises HostNotAllowedError: if this server may not ask it.
    :raises NotAllowedError: to a viewer, for whom the server calls nobody.
    :raises SegmentationError: if it is none that is offered, or cannot be reached.
    """
    require(Right.EDIT)
    address, named = read_address(text)
    login = Login(user.strip() or named, password)
    if address.system not in OFFERED:
        raise OptionError(f"{address.system} is not read from here.", f"Write {FORMS[System.POSTGRESQL]}.")
    if not (login.user and login.password):
        raise OptionError("the user or the password is missing.", "Type both.")
    return Reached(address, login, tuple(list_tables(address, login, allowed_hosts())))


def _choose(reached: Reached) -> None:
    """Let tables be ticked and loaded; those that were loaded before are ticked already."""
    about = {table.shown: table for table in reached.tables}
    kept = kept_tables(workspace(), str(reached.address))
    chosen = st.multiselect(
        f"Tables of {reached.address}",
        list(about),
        [one.table for one in kept if one.table in about],
        format_func=lambda name: _described(about[name]),
        key="database_tables",
        placeholder="Choose tables",
    )
    since = st.text_input(
        SINCE,
        next((one.since for one in kept if one.since), ""),
        help=SINCE_HELP,
        key="database_since",
        placeholder="updated_at",
    )
    with st.container(horizontal=True):
        busy = job_manager().running is not None
        if st.button("Load", key="database_load", type="primary", disabled=busy or not chosen):
            start_fetching(reached, TablesAsked(tuple(chosen), since.strip()))
            _leave()
        if st.button("Another database", key="database_leave"):
            _leave()


def _leave() -> None:
    del st.session_state[StateKeys.DATABASE]
    st.rerun()


def _described(table: SourceTable) -> str:
    if table.is_view:
        return f"{table.shown} (view)"
    return table.shown if table.rows is None else f"{table.shown} (about {count(table.rows, 'row')})"


def start_fetching(reached: Reached, asked: TablesAsked) -> Job:
    """Queue the loading of tables as a job, which any tab can watch and cancel."""
    opened, hosts = workspace(), allowed_hosts()

    def work(on_progress: Progress) -> tuple[Fetched, ...]:
        return fetch(opened, reached.address, reached.login, asked, on_progress, hosts)

    return job_manager().start(f"Load tables of {reached.address}", work)
