"""Servers on this machine that speak as WooCommerce and Shopify do, with the faults that a test asks for."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.extras.connect.shop_world import World, shopify_lines, woo_order

WOO_KEY = "ck_" + "5ecret" * 6 + ":cs_" + "hidden" * 6
SHOPIFY_TOKEN = "shpat_" + "0dd5ecret" * 3


@dataclass
class Served:
    """What a server has, does wrong and was asked."""

    world: World
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    elsewhere: str = ""
    url: str = ""
    looks: int = 0

    def fault(self, *names: str) -> str:
        """Take the next fault away if it is one of these; one that ends with a star stays."""
        if not self.faults or self.faults[0].rstrip("*") not in names:
            return ""
        return self.faults[0].rstrip("*") if self.faults[0].endswith("*") else self.faults.pop(0)


class Handler(BaseHTTPRequestHandler):
    """Answers in JSON."""

    served: Served
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        """Answer at once."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def spoiled(self) -> bool:
        """Do what is to go wrong next, if anything; return whether that was the answer."""
        fault = self.served.fault(
            "busy", "broken", "no_json", "sends_on", "refused", "gone", "drips", "huge", "away"
        )
        if fault == "busy":
            self.answer(429, {"code": "slow down"}, {"Retry-After": "1"})
        elif fault == "away":
            self.answer(503, {}, {"Retry-After": "600"})
        elif fault in ("broken", "refused", "gone"):
            echoed = {"message": f"you sent {dict(self.headers)}"}
            self.answer({"broken": 500, "refused": 401, "gone": 404}[fault], echoed)
        elif fault == "no_json":
            self.answer(200, b"<html>Maintenance</html>")
        elif fault == "sends_on":
            self.answer(302, b"", {"Location": f"{self.served.elsewhere}{self.path}"})
        elif fault == "huge":
            self.stream(b"[" + b" " * (1 << 20), 100, 0)
        elif fault == "drips":
            self.stream(b" ", 10_000, 0.05)
        return bool(fault)

    def stream(self, piece: bytes, times: int, pause: float) -> None:
        """Answer piece by piece, as long as somebody listens."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(times):
                self.wfile.write(piece)
                threading.Event().wait(pause)
        except OSError:
            pass  # who asked has gone


class WooCommerce(Handler):
    """The interface of WooCommerce, version 3."""

    def do_GET(self) -> None:
        """Answer a page."""
        self.served.asked.append(self.path)
        self.served.tokens.append(self.headers.get("Authorization", ""))
        if self.spoiled():
            return
        expected = "Basic " + base64.b64encode(WOO_KEY.encode()).decode()
        if self.headers.get("Authorization") != expected:
            self.answer(401, {"code": "woocommerce_rest_cannot_view"})
            return
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert int(asked["per_page"]) <= 100
        found = self.records(parts.path.rsplit("/", 1)[-1], asked)
        page = 1 if self.served.fault("endless") else int(asked.get("page", 1))
        size = int(asked["per_page"])
        pages = -(-len(found) // size)
        headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        if "endless*" in self.served.faults:
            headers = {}
        keep = set(asked["_fields"].split(","))
        shown = [{key: value for key, value in one.items() if key in keep} for one in found]
        self.answer(200, shown[(page - 1) * size : page * size], headers)

    def records(self, name: str, asked: dict[str, str]) -> list[dict[str, Any]]:
        """Return the records of a table."""
        world = self.served.world
        if name == "customers":
            assert "modified_after" not in asked, "customers have no such parameter"
            return [
                {"id": who.number, "email": who.email, "first_name": who.first, "last_name": who.last,
                 "date_created": "2023-12-01T08:00:00", "billing": {"city": "Ulm", "country": who.country}}
                for who in world.people if who.number
            ]  # fmt: skip
        if name == "products":
            goods = {line.sku: line for order in world.orders for line in order.lines}
            return [
                {"id": place, "sku": sku, "name": goods[sku].name, "description": f"A fine {goods[sku].name}",
                 "short_description": "", "regular_price": str(goods[sku].price), "tags": [],
                 "categories": [{"id": 1, "name": "Home"}], "date_modified_gmt": "2023-12-01T08:00:00"}
                for place, sku in enumerate(sorted(goods), start=1)
            ]  # fmt: skip
        assert name == "orders"
        found = [woo_order(order) for order in world.orders]
        if since := asked.get("modified_after"):
            assert asked["dates_are_gmt"] == "true"
            found = [order for order in found if order["date_modified_gmt"] > since]
        return found


class Shopify(Handler):
    """The GraphQL interface of Shopify, as far as bulk operations need it."""

    def do_POST(self) -> None:
        """Answer a question or refuse it."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.served.asked.append(body["query"] + str(body.get("variables", "")))
        self.served.tokens.append(self.headers.get("X-Shopify-Access-Token", ""))
        if self.spoiled():
            return
        if self.headers.get("X-Shopify-Access-Token") != SHOPIFY_TOKEN:
            self.answer(401, {"errors": "[API] Invalid API key or access token"})
        elif self.served.fault("throttled"):
            self.answer(200, {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]})
        else:
            self.answer(200, {"data": self.data(body["query"], body.get("variables") or {})})

    def data(self, query: str, variables: dict[str, str]) -> dict[str, Any]:
        """Answer a question."""
        if "ianaTimezone" in query:
            return {"shop": {"ianaTimezone": "Europe/Berlin"}}
        if "bulkOperationRunQuery" in query:
            if self.served.fault("denied"):
                errors = [{"message": "Access denied for orders field."}]
                return {"bulkOperationRunQuery": {"bulkOperation": None, "userErrors": errors}}
            assert "groupObjects: true" in query
            self.served.looks = 0
            asked = variables["query"]
            name = asked.strip("{ ").split("(")[0].split()[0]
            since = re.search(r"updated_at:>='([^']+)'", asked)
            number = f"gid://shopify/BulkOperation/{name}.{since[1] if since else ''}"
            return {"bulkOperationRunQuery": {"bulkOperation": {"id": number}, "userErrors": []}}
        if "bulkOperationCancel" in query:
            return {"bulkOperationCancel": {"userErrors": []}}
        self.served.looks += 1
        number = variables["id"]
        operation: dict[str, Any] = {"id": number, "status": "RUNNING", "errorCode": None, "objectCount": "0"}
        if self.served.fault("failed"):
            operation |= {"status": "FAILED", "errorCode": "INTERNAL_SERVER_ERROR"}
        elif self.served.looks > 1 and not self.served.fault("never_done"):
            lines = self.lines(number)
            url = f"{self.served.elsewhere or self.served.url}/{number.rsplit('/', 1)[-1]}.jsonl"
            operation |= {
                "status": "COMPLETED",
                "objectCount": str(len(lines)),
                "url": url if lines else None,
            }
        return {"node": operation}

    def lines(self, number: str) -> list[dict[str, Any]]:
        """Return the lines of a bulk operation's file."""
        name, _, since = number.rsplit("/", 1)[-1].removesuffix(".jsonl").partition(".")
        world = self.served.world
        if name == "orders":
            told = [shopify_lines(world, order) for order in world.orders]
            return [line for lines in told if lines[0]["updatedAt"] >= since for line in lines]
        if name == "customers":
            people = {order.who.email: order.who for order in world.orders}
            return [
                {"id": f"gid://shopify/Customer/{7000 + place}", "firstName": who.first, "lastName": who.last,
                 "email": who.email, "phone": None, "note": None, "tags": ["vip"] if place % 9 == 0 else [],
                 "updatedAt": "2023-12-01T08:00:00Z",
                 "emailMarketingConsent": {"marketingState": "SUBSCRIBED"},
                 "defaultAddress": {"city": "Ulm", "zip": "89073", "countryCodeV2": who.country}}
                for place, who in enumerate(people.values())
            ]  # fmt: skip
        goods = {line.sku: line for order in world.orders for line in order.lines}
        found = []
        for place, sku in enumerate(sorted(goods)):
            gid = f"gid://shopify/Product/{place}"
            found.append({"id": gid, "handle": f"good-{place}", "title": goods[sku].name, "tags": ["home"],
                          "descriptionHtml": f"<p>A fine {goods[sku].name}</p>", "vendor": "Nord",
                          "productType": "Home", "updatedAt": "2023-12-01T08:00:00Z"})  # fmt: skip
            found.append({"id": f"gid://shopify/ProductVariant/{place}", "sku": sku,
                          "price": str(goods[sku].price), "__parentId": gid})  # fmt: skip
        return found

    def do_GET(self) -> None:
        """Give the file of a bulk operation, to anybody."""
        self.served.asked.append(self.path)
        self.served.tokens.append(self.headers.get("X-Shopify-Access-Token", ""))
        lines = self.lines(self.path)
        if self.served.fault("torn"):
            self.answer(200, b'{"id": "gid://shopify/Order/1", "name"')
        elif self.served.fault("short"):
            self.answer(200, "\n".join(map(json.dumps, lines[:9])).encode())
        else:
            self.answer(200, "\n".join(map(json.dumps, lines)).encode())


class Trap(Handler):
    """Another host, which must never see a token."""

    def do_GET(self) -> None:
        """Note what came."""
        self.served.asked.append(self.path)
        self.served.tokens += [
            self.headers.get("Authorization", ""),
            self.headers.get("X-Shopify-Access-Token", ""),
        ]
        self.answer(200, [])

    do_POST = do_GET


@contextmanager
def serving(handler: type[Handler], world: World, *faults: str, elsewhere: str = "") -> Iterator[Served]:
    """Serve a shop on this machine."""
    served = Served(world, list(faults), elsewhere=elsewhere)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Serving", (handler,), {"served": served}))
    server.daemon_threads = True
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
