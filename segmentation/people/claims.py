"""From what a provider of identities claims of somebody, and has signed, to who that is and until when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from segmentation.errors import NotSignedInError
from segmentation.people.door import LONGEST, Door
from segmentation.people.visitor import Visitor

Claims = Mapping[str, object]
"""Those of an ID token, checked already for its signature and audience; empty where nobody is signed in."""


def visitor_of(claims: Claims, now: float, door: Door) -> Visitor:
    """Tell who somebody is.

    :param now: seconds since 1970.
    :raises NotSignedInError: if nobody is signed in, or not any more.
    """
    issuer, subject = _text(claims, "iss"), _text(claims, "sub")
    if claims.get("is_logged_in") is not True or issuer is None or subject is None:
        raise NotSignedInError("nobody is signed in here.", "Sign in to go on.")
    if now >= ends_at(claims, door):
        raise NotSignedInError("your sign-in is over.", "Sign in again to go on.")
    email = _text(claims, "email") if claims.get("email_verified") is True else None
    return Visitor(issuer, subject, email.lower() if email else None, _text(claims, "name"))


def ends_at(claims: Claims, door: Door) -> float:
    """Return when a sign-in is over, in seconds since 1970; at once if no claim tells when it began."""
    began = min((_seconds(claims[name]) for name in ("auth_time", "iat") if name in claims), default=0.0)
    if door.seconds is not None:
        return began + door.seconds
    return min(_seconds(claims.get("exp")), began + LONGEST)


def login_of(claims: Claims) -> str:
    """Name this one sign-in, which a person may have several of, so that it can be ended."""
    parts = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce", "at_hash")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _seconds(claim: object) -> float:
    return float(claim) if isinstance(claim, int | float) and not isinstance(claim, bool) else 0.0


def _text(claims: Claims, name: str) -> str | None:
    claim = claims.get(name)
    return claim.strip() if isinstance(claim, str) and claim.strip() else None
