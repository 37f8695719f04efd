"""Whether people sign in, and how: what the server's secrets say in `[auth]` and `[people]`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section
from streamlit.runtime.secrets import secrets_singleton

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts, allowed_hosts_of
from segmentation.errors import OptionError
from segmentation.people.audit import audit_key
from segmentation.people.door import Door, door_of

NEEDED = ("client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32
ONLY = "default"
"""What Streamlit calls a provider that has no name of its own."""


_decided: list[bool] = []
"""Holds the decision once the server has started: secrets that break later must not open the door."""


def signs_in() -> bool:
    """Whether people have to sign in on this server."""
    return _decided[0] if _decided else _wanted()


def providers() -> dict[str, Mapping[str, object]]:
    """Return the settings of every provider of identities by its name."""
    auth = _auth()
    named = {name: part for name, part in auth.items() if isinstance(part, Mapping) and "client_id" in part}
    return {**({ONLY: auth} if "client_id" in auth else {}), **named}


def door() -> Door:
    """Return who is let in, and for how long."""
    return door_of(dict(secrets_singleton.get("people", {})) if signs_in() else {})


def allowed_hosts() -> AllowedHosts:
    """Return which hosts the server may ask for its visitors: where people sign in, those that are named."""
    return allowed_hosts_of(dict(secrets_singleton.get("connect", {}))) if signs_in() else ANY_HOST


def decide_on_sign_in() -> None:
    """Decide as the server starts whether people sign in, and check that they can do so safely.

    :raises OptionError: if something is missing, in words for who runs the server.
    """
    if broken := [path for path in map(Path, st.get_option("secrets.files")) if _is_broken(path)]:
        raise OptionError(f"the secrets in {broken[0]} cannot be read.", "Mend that file, or take it away.")
    _decided[:] = [_wanted()]
    if signs_in():
        _check()


def _auth() -> dict[str, Any]:
    return dict(get_secrets_auth_section() or {})


def _wanted() -> bool:
    return secrets_singleton.load_if_toml_exists() and "auth" in secrets_singleton


def _is_broken(path: Path) -> bool:
    """Whether there are secrets that are not understood: they may have wanted people to sign in."""
    try:
        return path.is_file() and tomllib.loads(path.read_text(encoding="utf-8")) is None
    except (OSError, UnicodeError, tomllib.TOMLDecodeError):
        return True


def _check() -> None:
    if not find_spec("authlib") or not find_spec("httpx"):
        raise OptionError(
            "the secrets have a section [auth], but what signs people in is not installed.",
            "Install it: .venv/bin/pip install -r requirements-people.txt (or take the section out).",
        )
    door()
    allowed_hosts()
    audit_key()
    auth = _auth()
    if not str(auth.get("redirect_uri", "")).endswith("/oauth2callback"):
        raise OptionError(
            "redirect_uri in [auth] is not the address of this app with /oauth2callback at its end.",
            'Write redirect_uri = "https://YOUR-ADDRESS/oauth2callback", as registered at the provider.',
        )
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise OptionError(
            f"cookie_secret in [auth] has fewer than {SHORTEST_SECRET} characters: it could be guessed.",
            'Make one: python -c "import secrets; print(secrets.token_hex(32))".',
        )
    if not st.get_option("server.enableXsrfProtection"):
        raise OptionError("server.enableXsrfProtection is off.", "Leave it on: nobody can sign in without.")
    _check_providers()


def _check_providers() -> None:
    if not providers():
        raise OptionError("[auth] names no provider of identities.", f"It takes {', '.join(NEEDED)}.")
    for name, settings in providers().items():
        section = "[auth]" if name == ONLY else f"[auth.{name}]"
        if missing := [key for key in NEEDED if not settings.get(key)]:
            raise OptionError(f"{section} lacks {', '.join(missing)}.", "The provider tells them.")
        kwargs = settings.get("client_kwargs")
        if not isinstance(kwargs, Mapping) or kwargs.get("code_challenge_method") != "S256":
            raise OptionError(
                f"{section} does not ask for PKCE, without which a code on its way could be stolen.",
                'Write client_kwargs = { scope = "openid email profile", code_challenge_method = "S256" }.',
            )
