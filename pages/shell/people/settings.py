"""Whether people sign in: where the server's secrets have a section `[auth]`."""

from __future__ import annotations

from streamlit.auth_util import get_secrets_auth_section


def signs_in() -> bool:
    """Whether people have to sign in on this server."""
    return bool(get_secrets_auth_section())
