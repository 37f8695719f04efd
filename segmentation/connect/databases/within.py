"""Where a database is asked on a server that may not ask everywhere."""

from __future__ import annotations

from dataclasses import replace

from segmentation.connect.allowed_hosts import AllowedHosts
from segmentation.connect.databases.address import Address, System
from segmentation.connect.words import HOST_ITSELF, OWN_FILES
from segmentation.errors import HostNotAllowedError

SNOWFLAKE = "{account}.snowflakecomputing.com"


def within(address: Address, hosts: AllowedHosts) -> Address:
    """Return the address to connect to, with the places that were checked: names may lead elsewhere later.

    :raises HostNotAllowedError: if it may not be asked, or is the server's own: a file, a socket, its rights.
    :raises SourceError: if there is no such host.
    """
    if hosts.any:
        return address
    if address.system is System.SNOWFLAKE:
        hosts.addresses(SNOWFLAKE.format(account=address.host))
        return address
    if address.system is not System.POSTGRESQL or not address.host or _names_own(address):
        raise HostNotAllowedError(OWN_FILES, HOST_ITSELF)
    found = hosts.addresses(address.host)
    each = ",".join([address.host] * len(found))
    return replace(address, options=(*address.options, ("host", each), ("hostaddr", ",".join(found))))


def _names_own(address: Address) -> bool:
    """Whether options name a socket, another host or a file of the server."""
    said = dict(address.options)
    return "host" in said or said.get("sslrootcert", "system") != "system"
