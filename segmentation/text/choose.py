"""Which encoder reads which source: the chosen model where it can, the lexical encoder elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.text.block import Reading
from segmentation.text.encoders.catalogue import CATALOGUE
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
    readings = [
        Reading(
            source.name,
            encoder.name,
            check.language,
            len(source.texts),
            check.unreadable_share,
            _reason(model, check),
            encoder.precision,
            encoder.engine,
            encoder.draft,
        )
        for source, check in pairs
    ]
    return ReadingGroup(encoder, tuple(source for source, _ in pairs), tuple(readings))


def _reason(model: Encoder | None, check: Readability) -> str:
    if model is None:
        return "Compared by their letters, as chosen."
    language = check.language_name
    if check.readable:
        share = f", but for {check.unreadable_share:.0%} of them" if check.unreadable_share >= 0.005 else ""
        if not language:
            return f"The language of these texts is not clear; {model.name} knows their words{share}."
        return f"{model.name} reads {language}, the language of these texts{share}."
    what = f"are in {language}, which" if language else "hold words that"
    return (
        f"These texts {what} {model.name} does not read ({check.unreadable_share:.0%} of them), "
        f"so they are compared by their letters.{_proposal(model, check)}"
    )


def _proposal(model: Encoder, check: Readability) -> str:
    able = [
        entry
        for entry in CATALOGUE
        if entry.name != model.name
        and check.language
        and entry.languages
        and check.language in entry.languages
    ]
    if not able:
        return ""
    here = next((entry for entry in able if entry.on_this_machine()), None)
    state = "is on this machine: choose it to read them" if here else "could read them after a download"
    return f" The model {(here or able[0]).name} {state}."
