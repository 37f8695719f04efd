"""Connections that look whom they have reached before anything is sent: a name may lead elsewhere by then."""

from __future__ import annotations

import socket
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from segmentation.connect.allowed_hosts import AllowedHosts


def pools_within(hosts: AllowedHosts) -> dict[str, type[HTTPConnectionPool]]:
    """Return the kinds of connections that go only to where these hosts may be asked."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(super()._new_conn(), self.host, hosts)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(super()._new_conn(), self.host, hosts)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls: type[Any] = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls: type[Any] = Secure

    return {"http": PlainPool, "https": SecurePool}


def _checked(reached: socket.socket, host: str, hosts: AllowedHosts) -> socket.socket:
    try:
        hosts.check_address(host, str(reached.getpeername()[0]))
    except BaseException:
        reached.close()
        raise
    return reached
