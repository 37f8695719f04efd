"""What the reading process and the one that waits for it say: words as JSON, and bytes beside them."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa

MAX_WORDS = 64 << 20
MAX_BYTES = 1 << 30
_LENGTHS = struct.Struct("!II")


@dataclass(frozen=True)
class Message:
    """Some words, of which `say` tells what they are about, and the bytes that came with them."""

    words: Mapping[str, Any]
    content: bytes = b""

    @property
    def about(self) -> str:
        """What the message is about."""
        return str(self.words.get("say"))


def send(stream: BinaryIO, words: Mapping[str, Any], content: bytes | pa.Buffer = b"") -> None:
    """Write one message."""
    text = json.dumps(words).encode()
    stream.write(_LENGTHS.pack(len(text), len(content)))
    stream.write(text)
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Message | None:
    """Read one message; None where no whole one comes any more.

    :raises ValueError: if it is none.
    """
    head = stream.read(_LENGTHS.size)
    if len(head) < _LENGTHS.size:
        return None
    lengths = _LENGTHS.unpack(head)
    if lengths[0] > MAX_WORDS or lengths[1] > MAX_BYTES:
        raise ValueError("a message is too long")
    text, content = (stream.read(length) for length in lengths)
    if (len(text), len(content)) != lengths:
        return None
    words = json.loads(text)
    if not isinstance(words, dict):
        raise ValueError("a message has no words")
    return Message(words, content)
