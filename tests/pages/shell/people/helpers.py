"""What a provider claims of people, and what secrets say."""

from __future__ import annotations

import time
from typing import Any

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "0123456789abcdef" * 4,
    "client_id": "tessera",
    "client_secret": "secret",
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
    "client_kwargs": {"scope": "openid email profile", "code_challenge_method": "S256"},
}


def claims_of(subject: str, **other: Any) -> dict[str, Any]:
    """Return what is claimed of somebody who signed in a minute ago."""
    now = int(time.time())
    return {
        "is_logged_in": True,
        "provider": "default",
        "iss": "https://id.example",
        "sub": subject,
        "iat": now - 60,
        "auth_time": now - 60,
        "exp": now + 3600,
        "nonce": subject,
        "email": f"{subject}@shop.example",
        "email_verified": True,
        "name": subject.capitalize(),
        **other,
    }
