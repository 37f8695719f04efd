"""Which hosts may be asked for somebody: on a server for many people those that its owner has named.

Else whoever may type an address could let the server ask what only the server can reach.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from segmentation.connect.words import ADD_ADDRESS, ADD_HOST, HOW, NO_SUCH_HOST, NOT_NAMED, NOT_PUBLIC
from segmentation.errors import HostNotAllowedError, OptionError, SourceError

ALL = "*"
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_PATTERN = re.compile(rf"\*|(\*\.)?{_NAME.pattern}")
_NAT = ip_network("64:ff9b::/96")
"""Of IPv6 addresses that lead to the IPv4 address at their end (RFC 6052)."""


@dataclass(frozen=True)
class AllowedHosts:
    """Hosts by name, and by address where that is not public.

    A name tells whom to ask, and its owner decides where it leads: to no address of a network of one's own,
    unless that is named as well.

    :param names: as "db.shop.example", "*.shop.example" for all below it, "*" for all.
    :param any: whether any host at any address may be asked, as on a machine of one's own.
    """

    names: tuple[str, ...] = ()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    any: bool = False

    @property
    def none(self) -> bool:
        """Whether no host may be asked at all."""
        return not (self.any or self.names or self.networks)

    @property
    def public(self) -> AllowedHosts:
        """These, and any other at a public address: for where a host that is allowed sends us on to."""
        return replace(self, names=(ALL, *self.names))

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return where a host is that may be asked; nothing where any may be.

        :raises HostNotAllowedError: if it is not allowed, or any of its addresses is not.
        :raises SourceError: if there is no such host.
        """
        self.check_name(host)
        if self.any:
            return ()
        host = _plain(host)
        found = (host,) if _is_address(host) else _resolved(host)
        for address in found:
            self.check_address(host, address)
        return found

    def check_name(self, host: str) -> None:
        """Go on only if a host is allowed by what it is called, wherever that leads; nothing is looked up.

        :raises HostNotAllowedError: if it is not.
        """
        host = _plain(host)
        if _is_address(host):
            self.check_address(host, host)
        elif not self.any and not any(_fits(host, name) for name in self.names):
            raise HostNotAllowedError(NOT_NAMED.format(host=host), ADD_HOST)

    def check_address(self, host: str, address: str) -> None:
        """Go on only if a host may be asked at this address.

        :raises HostNotAllowedError: if it may not.
        """
        at = ip_address(address.partition("%")[0])
        listed = any(at in network for network in self.networks)
        if self.any or listed:
            return
        if _is_address(host):
            raise HostNotAllowedError(NOT_NAMED.format(host=host), ADD_HOST)
        if isinstance(at, IPv6Address) and (inner := _within(at)):
            self.check_address(host, inner)
        elif not at.is_global or at.is_multicast:
            raise HostNotAllowedError(NOT_PUBLIC.format(host=host), ADD_ADDRESS)


ANY_HOST = AllowedHosts(any=True)


def allowed_hosts_of(settings: Mapping[str, object]) -> AllowedHosts:
    """Read what was set.

    :param settings: `hosts`, a list of names, patterns, addresses and networks; may be missing.
    :raises OptionError: if it makes no sense.
    """
    said = settings.get("hosts", [])
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise OptionError(f"hosts = {said!r} is no list of hosts.", HOW)
    names, networks = list[str](), list[IPv4Network | IPv6Network]()
    for one in (text.strip().lower() for text in said):
        try:
            networks.append(ip_network(one, strict=False))
        except ValueError:
            if not _PATTERN.fullmatch(one):
                raise OptionError(f"“{one}” in hosts is no host.", HOW) from None
            names.append(one)
    return AllowedHosts(tuple(names), tuple(networks))


def _plain(host: str) -> str:
    return host.lower().rstrip(".")


def _fits(host: str, name: str) -> bool:
    """Whether a host has a name, or one below it."""
    if not _NAME.fullmatch(host):
        return False
    return name in (ALL, host) or (name.startswith("*.") and host.endswith(name[1:]))


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _resolved(host: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(NO_SUCH_HOST.format(host=host), "Check the name of the host.") from None
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


def _within(at: IPv6Address) -> str | None:
    """Return the IPv4 address that one of IPv6 leads to, None where it leads to itself."""
    inner = at.ipv4_mapped or at.sixtofour or (at.teredo[1] if at.teredo else None)
    if inner is None and at in _NAT:
        inner = IPv4Address(int(at) & 0xFFFFFFFF)
    return str(inner) if inner else None
