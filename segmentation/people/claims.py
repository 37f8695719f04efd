"""From what a provider of identities claims of somebody, and has signed, to who that is."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.errors import NotSignedInError
from segmentation.people.visitor import Visitor

LONGEST = 12 * 3600
"""Seconds for which a sign-in is good, unless what was claimed ends sooner."""


def visitor_of(claims: Mapping[str, object], now: float) -> Visitor:
    """Tell who somebody is.

    :param claims: those of the ID token, checked already for its signature and audience.
    :param now: seconds since 1970.
    :raises NotSignedInError: if nobody is signed in, or not any more.
    """
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not claims.get("is_logged_in") or not _is_text(issuer) or not _is_text(subject):
        raise NotSignedInError("nobody is signed in here.", "Sign in to go on.")
    if now >= ends_at(claims):
        raise NotSignedInError("your sign-in is over.", "Sign in again to go on.")
    verified = claims.get("email_verified") is True and _is_text(claims.get("email"))
    email = str(claims["email"]).strip().lower() if verified else None
    name = claims.get("name")
    return Visitor(str(issuer), str(subject), email, str(name) if _is_text(name) else None)


def ends_at(claims: Mapping[str, object]) -> float:
    """Return when a sign-in is over, in seconds since 1970; at once if no claim tells when it began."""
    began = [_seconds(claims.get(name)) for name in ("auth_time", "iat") if name in claims]
    return min([_seconds(claims.get("exp")), *(one + LONGEST for one in began)]) if began else 0.0


def _seconds(claim: object) -> float:
    return float(claim) if isinstance(claim, int | float) and not isinstance(claim, bool) else 0.0


def _is_text(claim: object) -> bool:
    return isinstance(claim, str) and bool(claim.strip())
