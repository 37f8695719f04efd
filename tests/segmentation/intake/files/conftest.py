"""What reading files takes, as the processes that open them tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from segmentation.intake.files.apart import process


@dataclass
class Spent:
    """The most memory of any file (in kB), and the processor's seconds of each."""

    kilobytes: int = 0
    seconds: list[float] = field(default_factory=list)


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spent]:
    """Give what files that are read from now on take."""
    found = Spent()
    hear = process.Opener.hear

    def listen(opener: process.Opener, *arguments: object) -> process.Message | None:
        message = hear(opener, *arguments)  # type: ignore[arg-type]
        if message and message.about == "ended":
            found.kilobytes = max(found.kilobytes, message.words["kilobytes"])
            found.seconds.append(message.words["seconds"])
        return message

    monkeypatch.setattr(process.Opener, "hear", listen)
    yield found
