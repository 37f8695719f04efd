"""Shopify by its GraphQL interface: a bulk operation for each table, whose file is read as it comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from dlt.sources.helpers.requests.session import Session
from dlt.sources.helpers.rest_client import RESTClient
from requests import Response

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts
from segmentation.connect.shops.guarded import (
    MEGABYTE,
    MOST_MEGABYTES,
    OneShop,
    open_session,
    pieces_of,
    wait,
)
from segmentation.connect.shops.shop_address import ShopAddress, ShopToken, is_this_machine
from segmentation.connect.shops.shop_table import HowFar, Record, TableAsked, at
from segmentation.connect.shops.shopify_queries import CANCEL, LOOK, START, TIME_ZONE, everything
from segmentation.connect.shops.shopify_tables import CHILDREN, ZONE
from segmentation.connect.shops.words import (
    BULK_ENDED,
    LATER,
    NO_JSON,
    NOTHING_LOST,
    OTHER_HOST,
    SAYS,
    TOO_LARGE,
    TORN,
)
from segmentation.errors import SourceError
from segmentation.intake.files.json_links import PARENT

VERSION = "2026-01"
FIRSTLOOK, LAST_PAUSE = 0.5, 10.0
"""Seconds between two looks at a bulk operation: soon at first, then seldom."""
LEAVE_SECONDS = 5.0
MOST_CHARACTERS = 300
_RUNNING = {"CREATED", "RUNNING", "CANCELING"}


def read_shopify(
    shop: ShopAddress,
    token: ShopToken,
    asked: TableAsked,
    meanwhile: Callable[[HowFar], None],
    hosts: AllowedHosts = ANY_HOST,
) -> Iterator[Record]:
    """Yield the records of a table, each with its children and the shop's time zone.

    :raises SourceError: if Shopify refuses or ends the reading, or its file is none of its kind.
    """
    said = HowFar()

    def look_up() -> None:
        meanwhile(said)

    with open_session(shop.origin, look_up, _is_throttled, hosts) as session:
        client = RESTClient(
            f"{shop.url}/admin/api/{VERSION}/",
            headers={"X-Shopify-Access-Token": token.text},
            session=session,
        )
        zone = at(_ask(client, TIME_ZONE, {}), "shop", "ianaTimezone")
        operation = _ran(client, asked, lambda seconds: wait(seconds, look_up))
    total = int(at(operation, "objectCount") or 0)
    for record in _grouped(_lines(at(operation, "url"), look_up, hosts.public)):
        said = HowFar(said.done + 1 + len(record[CHILDREN]), total)
        yield record | {ZONE: zone}
    if said.done < total:
        raise SourceError(TORN.format(done=said.done, total=total), LATER)


def _ask(client: RESTClient, query: str, variables: dict[str, str]) -> dict[str, Any]:
    """Ask one question.

    :raises SourceError: if the answer is an error, or none.
    """
    response = client.post("graphql.json", json={"query": query, "variables": variables})
    response.raise_for_status()
    answer = response.json()
    errors = answer.get("errors") if isinstance(answer, dict) else None
    if errors:
        raise _told(errors)
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), dict):
        raise SourceError(NO_JSON, NOTHING_LOST)
    return dict(answer["data"])


def _told(errors: object) -> SourceError:
    first = errors[0] if isinstance(errors, list) and errors else errors
    message = at(first, "message") or str(first)
    return SourceError(
        SAYS.format(message=" ".join(message.split())[:MOST_CHARACTERS].rstrip(".")), NOTHING_LOST
    )


def _is_throttled(response: Response) -> bool:
    """Whether an answer only says that too much was asked lately."""
    return b'"THROTTLED"' in response.content


def _ran(client: RESTClient, asked: TableAsked, pause: Callable[[float], None]) -> Record:
    """Let Shopify gather a table into a file; stop it there where a person stops it here."""
    query = everything(asked.table.name, asked.table.fields, asked.since)
    started = _ask(client, START, {"query": query}).get("bulkOperationRunQuery") or {}
    if started.get("userErrors"):
        raise _told(started["userErrors"])
    number = at(started, "bulkOperation", "id")
    seconds, operation = FIRSTLOOK, _looked(client, number)
    try:
        while at(operation, "status") in _RUNNING:
            pause(seconds)
            seconds, operation = min(2 * seconds, LAST_PAUSE), _looked(client, number)
    except BaseException:
        _leave(client, number)
        raise
    if at(operation, "status") != "COMPLETED":
        why = at(operation, "errorCode") or at(operation, "status")
        raise SourceError(BULK_ENDED.format(table=asked.table.name, status=why.lower()), NOTHING_LOST)
    return operation


def _looked(client: RESTClient, number: str) -> Record:
    return _ask(client, LOOK, {"id": number}).get("node") or {}


def _leave(client: RESTClient, number: str) -> None:
    """Tell Shopify to stop, once: the shop may be gone, which is what ends the reading."""
    with suppress(Exception), Session(LEAVE_SECONDS, False) as session:
        before = client.session.get_adapter(client.base_url)
        session.mount(client.base_url, OneShop(lambda: None, before.hosts))
        plain = RESTClient(client.base_url, headers=client.headers, session=session)
        body = {"query": CANCEL, "variables": {"id": number}}
        plain.post("graphql.json", json=body, allow_redirects=False)


def _lines(url: str, meanwhile: Callable[[], None], hosts: AllowedHosts) -> Iterator[Any]:
    """Yield the objects of a file that Shopify has gathered; it is asked for without the token.

    :raises SourceError: if it is not on an encrypted address, or its lines are no objects.
    """
    if not url:
        return  # as Shopify has it where there is nothing
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_this_machine(parts.hostname or ""):
        raise SourceError(OTHER_HOST, NOTHING_LOST)
    with (
        open_session(f"{parts.scheme}://{parts.netloc}/", meanwhile, lambda _: False, hosts) as session,
        session.get(url, stream=True, allow_redirects=False) as response,
    ):
        response.raise_for_status()
        for line in _split(pieces_of(response, meanwhile)):
            try:
                yield json.loads(line)
            except ValueError:
                raise SourceError(NO_JSON, NOTHING_LOST) from None


def _split(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file.

    :raises SourceError: if a line does not end.
    """
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from filter(None, lines)
        if len(rest) > MOST_MEGABYTES * MEGABYTE:
            raise SourceError(TOO_LARGE.format(most=MOST_MEGABYTES), NOTHING_LOST)
    if rest.strip():
        yield rest


def _grouped(items: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield each object with its children, which follow it.

    :raises SourceError: if a child follows another than its parent, or something is no object.
    """
    current: dict[str, Any] | None = None
    for item in items:
        if not isinstance(item, dict) or (
            PARENT in item and (current is None or item[PARENT] != current["id"])
        ):
            raise SourceError(NO_JSON, NOTHING_LOST)
        if current is not None and PARENT in item:
            current[CHILDREN].append(item)
            continue
        if current is not None:
            yield current
        current = item | {"id": at(item, "id"), CHILDREN: []}
    if current is not None:
        yield current
