"""Which shop is read, apart from the token that opens it: an address can be shown and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from segmentation.errors import OptionError

_SHOPIFY_HOST = re.compile(r"[a-z0-9][a-z0-9-]*\.myshopify\.com")


class ShopSystem(StrEnum):
    """The shop systems that can be read."""

    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"


FORMS = {ShopSystem.SHOPIFY: "shopify:my-shop", ShopSystem.WOOCOMMERCE: "woocommerce:https://shop.example"}


@dataclass(frozen=True)
class ShopAddress:
    """A shop: its system, and where it answers, as `https://host/path`, without a slash at the end."""

    system: ShopSystem
    url: str

    def __str__(self) -> str:
        """Return what is shown, and kept as the name of the source."""
        return f"{self.system}:{self.url.removeprefix('https://')}"

    @property
    def host(self) -> str:
        """The host that answers."""
        return urlsplit(self.url).hostname or ""

    @property
    def origin(self) -> str:
        """The only place that the token is sent to, with a slash at the end."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}/"


@dataclass(frozen=True)
class ShopToken:
    """What opens a shop, for as long as it takes: it is written nowhere, and shown nowhere."""

    text: str = field(default="", repr=False)

    @property
    def halves(self) -> tuple[str, str]:
        """The key and the secret of a token of WooCommerce, `ck_…:cs_…`."""
        key, _, secret = self.text.partition(":")
        return key, secret


def is_shop(text: str) -> bool:
    """Whether an address names a shop system."""
    return text.strip().partition(":")[0].lower() in set(ShopSystem)


def read_shop(text: str) -> ShopAddress:
    """Take the address of a shop apart.

    :raises OptionError: if it cannot be read, holds a token (it is not repeated then), or is not encrypted.
    """
    name, _, rest = text.strip().partition(":")
    if not is_shop(text) or not rest.strip():
        _refuse()
    system, rest = ShopSystem(name.lower()), rest.strip().rstrip("/")
    if system is ShopSystem.SHOPIFY and re.fullmatch(r"[A-Za-z0-9-]+", rest):
        rest += ".myshopify.com"
    try:
        parts = urlsplit(rest if "://" in rest else f"https://{rest}")
        _check(system, parts)
    except ValueError as error:
        if isinstance(error, OptionError):
            raise
        _refuse(system)
    return ShopAddress(system, f"{parts.scheme}://{parts.netloc.lower()}{parts.path}")


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check(system: ShopSystem, parts: SplitResult) -> None:
    host = parts.hostname or ""
    if parts.username or parts.password or parts.query or parts.fragment or not host or parts.port == 0:
        _refuse(system)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(host)):
        raise OptionError(
            "the address of the shop is not encrypted: whoever listens would read the token.",
            "Give the address that begins with https://.",
        )
    if system is ShopSystem.SHOPIFY and not (_SHOPIFY_HOST.fullmatch(host) or is_this_machine(host)):
        raise OptionError(
            "a shop of Shopify answers at its name in myshopify.com.",
            f"Write it as {FORMS[system]}; the name stands in the address of the admin.",
        )


def _refuse(system: ShopSystem | None = None) -> NoReturn:
    forms = [FORMS[system]] if system else list(FORMS.values())
    raise OptionError("the address of the shop cannot be read.", f"Write it as {' or '.join(forms)}.")
