"""Who signed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Visitor:
    """A person who signed in; the issuer and its subject say who it is, and nothing else does.

    :param email: only where the issuer says that it is verified; it may be another's one day.
    """

    issuer: str
    subject: str
    email: str | None = None
    name: str | None = None

    @property
    def called(self) -> str:
        """What to call this person on screen."""
        return self.name or self.email or self.subject
