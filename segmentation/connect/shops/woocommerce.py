"""WooCommerce by its REST interface, version 3: page after page, one request at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dlt.sources.helpers.requests.session import Session
from dlt.sources.helpers.rest_client.paginators import PageNumberPaginator
from dlt.sources.rest_api import rest_api_resources
from requests import Response

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts
from segmentation.connect.shops.guarded import OneShop, open_session
from segmentation.connect.shops.shop_address import ShopAddress, ShopToken
from segmentation.connect.shops.shop_table import HowFar, Record, TableAsked
from segmentation.connect.shops.words import ENDLESS, NO_JSON, NOTHING_LOST
from segmentation.errors import SourceError

PER_PAGE = 100


class CountedPages(PageNumberPaginator):
    """Pages up to the number that the shop tells, or the first empty one."""

    def __init__(self) -> None:
        super().__init__(base_page=1, total_path=None)

    def update_state(self, response: Response, data: list[Any] | None = None) -> None:
        """Look whether there is another page."""
        here = self.current_value
        super().update_state(response, data)
        last = response.headers.get("X-WP-TotalPages", "")
        if last.isdecimal() and here >= int(last):
            self._has_next_page = False


def read_woocommerce(
    shop: ShopAddress,
    token: ShopToken,
    asked: TableAsked,
    meanwhile: Callable[[HowFar], None],
    hosts: AllowedHosts = ANY_HOST,
) -> Iterator[Record]:
    """Yield the records of a table, those changed since a moment where the interface can tell.

    :raises SourceError: if pages come again and again, or hold no records.
    """
    said, seen, repeated = HowFar(), set[str](), 0

    def look_up() -> None:
        meanwhile(said)

    with open_session(shop.origin, look_up, lambda _: False, hosts) as session:
        adapter = session.get_adapter(shop.origin)
        for record in _records(shop, token, asked, session):
            if not isinstance(record, dict) or "id" not in record:
                raise SourceError(NO_JSON, NOTHING_LOST)
            if str(record["id"]) in seen:  # a new order moves others by one, never by a page
                repeated += 1
                if repeated >= PER_PAGE:
                    raise SourceError(ENDLESS.format(table=asked.table.name), NOTHING_LOST)
                continue
            seen.add(str(record["id"]))
            total = adapter.heard.get("x-wp-total", "") if isinstance(adapter, OneShop) else ""
            said, repeated = HowFar(len(seen), int(total) if total.isdecimal() else 0), 0
            yield record


def _records(shop: ShopAddress, token: ShopToken, asked: TableAsked, session: Session) -> Iterator[Any]:
    params = {"per_page": PER_PAGE, "orderby": "id", "order": "asc", "_fields": asked.table.fields}
    if asked.since:
        params |= {"modified_after": asked.since, "dates_are_gmt": "true"}
    key, secret = token.halves
    [resource] = rest_api_resources(
        {
            "client": {
                "base_url": f"{shop.url}/wp-json/wc/v3/",
                "auth": {"type": "http_basic", "username": key, "password": secret},
                "session": session,
                "paginator": CountedPages(),
            },
            "resources": [
                {
                    "name": asked.table.name,
                    "endpoint": {"path": asked.table.name, "params": params, "data_selector": "$"},
                }
            ],
        }
    )
    yield from resource
