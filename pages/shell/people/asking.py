"""What is claimed of who asks: of the session that a script runs for, or of a request to the server."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextvars import ContextVar

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from pages.shell.held.memory import of_this_server
from pages.shell.people.settings import ONLY, door, providers
from segmentation.errors import NotSignedInError
from segmentation.people import Registry, Visitor
from segmentation.people.audit import Audit
from segmentation.people.claims import Claims, login_of, visitor_of

asking: ContextVar[Claims] = ContextVar("asking", default={})  # noqa: B039 - nobody changes it
"""What is claimed of who sent the request that is answered; downloads are made in its context, too."""


@of_this_server(1, on_release=Registry.close)
def registry() -> Registry:
    """Give the people and workspaces of this server."""
    return Registry()


@of_this_server(1)
def audit() -> Audit:
    """Give the audit of this server."""
    return Audit()


def claims() -> Claims:
    """Return what is claimed of who asks; nothing where nobody is signed in."""
    running = get_script_run_ctx(suppress_warning=True)
    return dict(running.user_info) if running else asking.get()


def who(claimed: Claims) -> Visitor:
    """Tell who it is whose sign-in is good now.

    :raises NotSignedInError: if nobody is signed in, or not any more.
    """
    someone = visitor_of(claimed, time.time(), door())
    if claimed.get("provider", ONLY) not in providers():
        raise NotSignedInError("whoever signed you in does so no longer.", "Sign in again to go on.")
    if registry().has_ended(login_of(claimed)):
        raise NotSignedInError("you have signed out.", "Sign in again to go on.")
    return someone


def is_signed_in(claimed: Claims) -> bool:
    """Whether somebody's sign-in is good now."""
    try:
        return bool(who(claimed))
    except NotSignedInError:
        return False


def claims_of(cookies: Mapping[str, str]) -> Claims:
    """Read what this server signed when somebody signed in; nothing from what was tampered with."""
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "replace")) if value else None

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    try:
        claimed = json.loads(found) if found else {}
    except ValueError:
        return {}
    return claimed if isinstance(claimed, dict) else {}
