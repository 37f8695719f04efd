"""Requests to one shop and nowhere else: tried again when it is busy, never sent on, never endless.

Imported only by who reads a shop: it needs dlt and its requests.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from dlt.sources.helpers.requests.retry import Client
from dlt.sources.helpers.requests.session import Session
from requests import ConnectionError, PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts
from segmentation.connect.shops.peers import pools_within
from segmentation.connect.shops.words import GIVE_THAT, MOVED, TOO_LARGE
from segmentation.errors import SourceError

MEGABYTE = 1 << 20
MOST_MEGABYTES = 64
PIECE = 1 << 16
SECONDS = (20.0, 60.0)
"""To connect, and between two pieces of an answer."""
TRIES = 6
LONGEST_WAIT = 300.0
LOOK_UP = 0.2


class OneShop(HTTPAdapter):
    """Sends requests and reads answers piece by piece: a person can stop it, and none fills the memory.

    `heard` are the headers of the last answer.
    """

    def __init__(self, meanwhile: Callable[[], None], hosts: AllowedHosts = ANY_HOST) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self.poolmanager.pool_classes_by_scheme = pools_within(hosts)
        self._meanwhile, self.hosts = meanwhile, hosts
        self.heard: dict[str, str] = {}

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # noqa: ANN401 - as it is there
        """Send a request.

        :raises HostNotAllowedError: if it may not be asked there.
        :raises SourceError: if the answer leads somewhere else, or is too large.
        """
        self._meanwhile()
        self.hosts.addresses(urlsplit(request.url or "").hostname or "")
        response = super().send(request, **{**options, "stream": True})
        self.heard = {name.lower(): value for name, value in response.headers.items()}
        if response.is_redirect or response.is_permanent_redirect:
            response.close()
            raise SourceError(MOVED.format(where=_host(request)), GIVE_THAT)
        if not options.get("stream"):
            _read_whole(response, self._meanwhile)
        return response


class Nowhere(HTTPAdapter):
    """Refuses to send anything: the token belongs to one address."""

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # noqa: ANN401 - as it is there
        """Send nothing.

        :raises SourceError: always.
        """
        raise SourceError(MOVED.format(where=_host(request)), GIVE_THAT)


def open_session(
    origin: str,
    meanwhile: Callable[[], None],
    again: Callable[[Response], bool],
    hosts: AllowedHosts = ANY_HOST,
) -> Session:
    """Return a session that reaches one origin only and asks again after 429, 5xx and broken connections.

    :param origin: as `https://shop.example/`.
    :param meanwhile: called often, also while waiting; what it raises ends the reading.
    :param again: whether an answer that looks well asks to be asked again.
    """
    session = Client(
        request_timeout=SECONDS,
        raise_for_status=False,
        request_max_attempts=TRIES,
        request_max_retry_delay=LONGEST_WAIT,
        retry_condition=lambda response, _: response is not None and response.ok and again(response),
    ).session
    session.send.retry.sleep = lambda seconds: wait(seconds, meanwhile)
    session.mount("http://", Nowhere())
    session.mount("https://", Nowhere())
    session.mount(origin, OneShop(meanwhile, hosts))
    session.headers["User-Agent"] = "Tessera"
    return session


def wait(seconds: float, meanwhile: Callable[[], None]) -> None:
    """Wait, and look up meanwhile."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        meanwhile()
        time.sleep(min(LOOK_UP, left))


def pieces_of(response: Response, meanwhile: Callable[[], None]) -> Iterator[bytes]:
    """Yield an answer as it comes: one that drips must not keep a person waiting who wants to stop it.

    :raises ConnectionError: if it ends before its end.
    """
    try:
        while piece := response.raw.read1(PIECE, decode_content=True):
            meanwhile()
            yield piece
    except HTTPError as error:
        raise ConnectionError(str(error)) from error
    finally:
        response.close()


def _read_whole(response: Response, meanwhile: Callable[[], None]) -> None:
    pieces, size = [], 0
    for piece in pieces_of(response, meanwhile):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_MEGABYTES * MEGABYTE:
            response.close()
            raise SourceError(TOO_LARGE.format(most=MOST_MEGABYTES))
    response._content = b"".join(pieces)


def _host(request: PreparedRequest) -> str:
    return (request.url or "").split("/")[2]
