"""Which encoder reads which source: the chosen model where it can, the lexical encoder elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.text.block import Reading
from segmentation.text.encoders.catalogue import CATALOGUE, ModelEntry
from segmentation.text.encoders.languages import Readability, check_readability
from segmentation.text.encoders.lexical import LexicalEncoder
from segmentation.text.encoders.protocol import LEXICAL, Encoder, Loader, TextOptions
from segmentation.text.sources import TextSource


@dataclass(frozen=True)
class ReadingGroup:
    """The sources that one encoder reads, and why."""

    encoder: Encoder
    sources: tuple[TextSource, ...]
    readings: tuple[Reading, ...]

    @property
    def lexical(self) -> bool:
        """Whether texts are compared by their letters only."""
        return self.encoder.name == LEXICAL


def choose_readers(
    sources: Sequence[TextSource], options: TextOptions, seed: int, load: Loader
) -> list[ReadingGroup]:
    """Return one group per encoder in use: the model's first, then the lexical encoder's.

    :raises ModelError: if the chosen model cannot be loaded.
    """
    model = None if options.model == LEXICAL else load(options)
    checks = [check_readability(source.texts, model) for source in sources]
    by_model = [model is not None and check.readable for check in checks]
    groups = []
    if model is not None and any(by_model):
        groups.append(_group(model, model, sources, checks, by_model))
    by_letters = [not chosen for chosen in by_model]
    if any(by_letters):
        texts = [
            text for source, mine in zip(sources, by_letters, strict=True) if mine for text in source.texts
        ]
        groups.append(_group(LexicalEncoder(texts, seed), model, sources, checks, by_letters))
    return groups


def _group(
    encoder: Encoder,
    model: Encoder | None,
    sources: Sequence[TextSource],
    checks: Sequence[Readability],
    mine: Sequence[bool],
) -> ReadingGroup:
    pairs = [(source, check) for source, check, take in zip(sources, checks, mine, strict=True) if take]
    readings = tuple(_reading(encoder, model, source, check) for source, check in pairs)
    return ReadingGroup(encoder, tuple(source for source, _ in pairs), readings)


def _reading(encoder: Encoder, model: Encoder | None, source: TextSource, check: Readability) -> Reading:
    refused = model is not None and not check.readable
    proposed = _proposed(model.name, check.language) if model and refused else None
    return Reading(
        source=source.name,
        encoder=encoder.name,
        language=check.language,
        texts=len(source.texts),
        unreadable_share=check.unreadable_share,
        asked=model.name if model else None,
        proposed=proposed.name if proposed else None,
        proposed_is_here=proposed is not None and proposed.on_this_machine(),
        precision=encoder.precision,
        engine=encoder.engine,
        draft=encoder.draft,
    )


def _proposed(refused: str, language: str | None) -> ModelEntry | None:
    """Find another model that reads this language, first one that is on this machine."""
    able = [
        entry
        for entry in CATALOGUE
        if entry.name != refused and language and entry.languages and language in entry.languages
    ]
    return next((entry for entry in able if entry.on_this_machine()), able[0] if able else None)
