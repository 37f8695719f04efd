"""A server for many people asks the hosts that its owner has named, at public addresses unless named too."""

from __future__ import annotations

import socket

import pytest

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts, allowed_hosts_of
from segmentation.connect.databases.address import Login, read_address
from segmentation.connect.databases.opened import list_tables
from segmentation.connect.databases.within import within
from segmentation.errors import HostNotAllowedError, OptionError, SourceError

KNOWN = {
    "db.shop.example": ["93.184.216.34", "2606:2800:220:1::1"],
    "in.shop.example": ["10.0.0.7"],
    "mixed.shop.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.shop.example": ["::ffff:169.254.169.254"],
    "nat.shop.example": ["64:ff9b::7f00:1"],
    "many.shop.example": ["224.0.0.1"],
    "2130706433": ["127.0.0.1"],
}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host not in KNOWN:
            raise socket.gaierror("unknown")
        return [(0, 0, 0, "", (address, 0)) for address in KNOWN[host]]

    monkeypatch.setattr(socket, "getaddrinfo", find)


def allowed(*hosts: str) -> AllowedHosts:
    return allowed_hosts_of({"hosts": list(hosts)})


def test_a_host_that_is_named_is_found_at_its_addresses() -> None:
    assert allowed("DB.shop.example").addresses("db.Shop.example.") == tuple(KNOWN["db.shop.example"])
    assert allowed("*.shop.example").addresses("db.shop.example") == tuple(KNOWN["db.shop.example"])
    assert ANY_HOST.addresses("in.shop.example") == ()
    assert allowed("in.shop.example", "10.0.0.0/24").addresses("in.shop.example") == ("10.0.0.7",)
    assert allowed("10.0.0.7").addresses("10.0.0.7") == ("10.0.0.7",)
    assert allowed("127.0.0.1").public.addresses("db.shop.example")


@pytest.mark.parametrize(
    ("hosts", "host"),
    [
        ([], "db.shop.example"),
        (["other.example"], "db.shop.example"),
        (["shop.example"], "db.shop.example"),
        (["*.shop.example"], "shop.example"),
        (["*.shop.example"], "evil-shop.example"),
        (["*.shop.example"], "127.0.0.1,db.shop.example"),
        (["*.shop.example"], "/var/run/.shop.example"),
        (["*"], "93.184.216.34"),
        (["*"], "127.0.0.1"),
        (["*"], "::1"),
        (["*"], "2130706433"),
        (["10.0.0.7"], "10.0.0.8"),
        (["*.shop.example"], "in.shop.example"),
        (["in.shop.example"], "in.shop.example"),
        (["*.shop.example"], "mixed.shop.example"),
        (["*.shop.example"], "mapped.shop.example"),
        (["*.shop.example"], "nat.shop.example"),
        (["*.shop.example"], "many.shop.example"),
        ([], ""),
        (["*"], ""),
    ],
)
def test_no_other_is_asked(hosts: list[str], host: str) -> None:
    with pytest.raises(HostNotAllowedError):
        allowed(*hosts).addresses(host)


def test_a_host_that_is_not_there_is_told() -> None:
    with pytest.raises(SourceError, match="no host"):
        allowed("*.example").addresses("nowhere.example")


@pytest.mark.parametrize(
    "hosts", ["db.example", [1], ["a b"], ["*.*.example"], ["http://a.example"], ["a/b"]]
)
def test_what_cannot_be_meant_is_refused(hosts: object) -> None:
    with pytest.raises(OptionError):
        allowed_hosts_of({"hosts": hosts})
    assert allowed_hosts_of({}).none


def test_a_database_is_asked_at_the_addresses_that_were_checked() -> None:
    address = read_address("postgresql://db.shop.example:5433/shop?sslmode=require")[0]
    pinned = within(address, allowed("db.shop.example"))
    assert dict(pinned.options) == {
        "sslmode": "require",
        "host": "db.shop.example,db.shop.example",
        "hostaddr": "93.184.216.34,2606:2800:220:1::1",
    }
    assert within(address, ANY_HOST) == address


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:///shop",
        "postgresql://db.shop.example/shop?host=/var/run/postgresql",
        "postgresql://db.shop.example/shop?host=127.0.0.1",
        "postgresql://db.shop.example/shop?sslrootcert=/etc/passwd",
        "postgresql://in.shop.example/shop",
        "sqlite:////etc/tessera.db",
        "bigquery://project/dataset",
        "snowflake://ann@account/db/schema",
    ],
)
def test_nothing_of_the_servers_own_is_read_for_anybody(text: str) -> None:
    address = read_address(text)[0]
    with pytest.raises(HostNotAllowedError):
        within(address, allowed("db.shop.example"))


def test_it_is_asked_before_anything_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segmentation.connect.databases.opened.driver", lambda _: pytest.fail("opened"))
    with pytest.raises(HostNotAllowedError):
        list_tables(read_address("sqlite:////etc/tessera.db")[0], Login(), allowed())
