"""Where a language model is, and what is sent to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from segmentation.errors import OptionError

SECONDS = 120.0
_PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True)
class Endpoint:
    """Where a language model is: any address that speaks OpenAI's chat completions, such as Ollama or vLLM.

    `key` is kept out of every text that is made of this object; `seconds` is how long an answer may take.

    :raises OptionError: for an address that is none, or one outside this network without encryption.
    """

    address: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        parts = _split(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
            raise OptionError(
                "this is not the address of a language model.",
                "Write it with its beginning and its path, such as http://localhost:11434/v1.",
            )
        if parts.scheme == "http" and not _is_near(parts.hostname):
            raise OptionError(
                "this address is outside your network and not encrypted.", "Write it with https://."
            )
        if not self.model.strip():
            raise OptionError("no model is named.", "Write its name as the server knows it.")

    @property
    def on_this_machine(self) -> bool:
        """Whether what is sent there stays on this machine."""
        host = _split(self.address).hostname or ""
        number = _number(host)
        return host == "localhost" or (number is not None and number.is_loopback)


@dataclass(frozen=True)
class Message:
    """All that is sent: the instructions, and the facts as JSON."""

    instructions: str
    facts: str

    def as_sent(self) -> list[dict[str, str]]:
        """Return the two parts as chat completions take them."""
        return [
            {"role": "system", "content": self.instructions},
            {"role": "user", "content": self.facts},
        ]


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _is_near(host: str) -> bool:
    """Whether a host is this machine or in a private network, where a name has no dot."""
    if number := _number(host):
        return number.is_loopback or any(number in network for network in _PRIVATE)
    # A number in another notation (134744072, 0x08080808, 010.8.8.8) is no name: it can be any address.
    return _PLAIN_NAME.fullmatch(host) is not None


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        number = ip_address(host)
    except ValueError:
        return None
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return mapped or number
