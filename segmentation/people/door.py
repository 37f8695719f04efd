"""Who is let in of those whom the provider of identities signs in, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.errors import OptionError
from segmentation.people.visitor import Visitor

LONGEST = 12 * 3600
"""Seconds for which a sign-in is good at most."""

ANYONE, INVITED = "anyone", "invited"
_HOW = 'Write "anyone", "invited", or a list of domains such as ["shop.example"].'


@dataclass(frozen=True)
class Door:
    """How strangers are met.

    :param strangers: whether who was not invited gets a workspace of their own.
    :param domains: strangers of these domains alone, by their verified e-mail; any where it is empty.
    :param seconds: how long a sign-in is good; None for as long as the provider's token, at most `LONGEST`.
    :param ask: whom strangers are told to ask for an invitation.
    """

    strangers: bool = False
    domains: tuple[str, ...] = ()
    seconds: float | None = None
    ask: str = ""

    def lets_in(self, visitor: Visitor) -> bool:
        """Whether a stranger comes in."""
        domain = (visitor.email or "").rpartition("@")[2]
        return self.strangers and (not self.domains or domain in self.domains)


def door_of(settings: Mapping[str, object]) -> Door:
    """Read what was set.

    :param settings: `let_in`, `hours` and `ask`, each may be missing.
    :raises OptionError: if they make no sense.
    """
    let_in, hours, ask = settings.get("let_in", INVITED), settings.get("hours"), settings.get("ask", "")
    if hours is not None and (not _is_number(hours) or not 0 < hours <= LONGEST / 3600):  # type: ignore[operator]
        raise OptionError(f"hours = {hours!r} is no number up to 12.", "Leave it out, or write fewer hours.")
    if not isinstance(ask, str):
        raise OptionError(f"ask = {ask!r} is nobody's name.", "Write whom strangers should ask, in quotes.")
    seconds = None if hours is None else float(hours) * 3600  # type: ignore[arg-type]
    if isinstance(let_in, list) and let_in and all(isinstance(one, str) for one in let_in):
        return Door(True, tuple(one.lower().lstrip("@*.") for one in let_in), seconds, ask.strip())
    if let_in not in (ANYONE, INVITED):
        raise OptionError(f"let_in = {let_in!r} says not who is let in.", _HOW)
    return Door(let_in == ANYONE, (), seconds, ask.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
