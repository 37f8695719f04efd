"""Which encoder reads which source: the chosen model where it can, another that can, or letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from segmentation.text.block import Reading
from segmentation.text.encoders.catalogue import CATALOGUE, ModelEntry
from segmentation.text.encoders.languages import Readability, check_readability
from segmentation.text.encoders.lexical import LexicalEncoder
from segmentation.text.encoders.protocol import LEXICAL, Encoder, Loader, TextOptions
from segmentation.text.sources import TextSource
from segmentation.text.treatment import choose_treatment, words_per_text


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


@dataclass(frozen=True)
class _Choice:
    """What the chosen model makes of a source, and the model that reads it, None where letters must do."""

    source: TextSource
    check: Readability
    reader: Encoder | None


def choose_readers(
    sources: Sequence[TextSource], options: TextOptions, seed: int, load: Loader
) -> list[ReadingGroup]:
    """Return one group per encoder in use: the chosen model's first, the lexical encoder's last.

    A source that the chosen model cannot read goes to the first of the catalogue that can and is here.

    :raises ModelError: if a model cannot be loaded.
    """
    model = None if options.model == LEXICAL else load(options)
    choices = [_choose(source, model, options, load) for source in sources]
    readers = {one.reader.key: one.reader for one in choices if one.reader}
    order = sorted(readers, key=lambda key: model is None or key != model.key)
    groups = [
        _group(readers[key], model, [one for one in choices if one.reader and one.reader.key == key])
        for key in order
    ]
    if by_letters := [one for one in choices if one.reader is None]:
        texts = [text for one in by_letters for text in one.source.texts]
        groups.append(_group(LexicalEncoder(texts, seed), model, by_letters))
    return groups


def _choose(source: TextSource, model: Encoder | None, options: TextOptions, load: Loader) -> _Choice:
    check = check_readability(source.texts, model)
    if model is None or check.readable:
        return _Choice(source, check, model)
    for entry in _able(model.name, check):
        if entry.on_this_machine():
            other = load(replace(options, model=entry.name))
            if check_readability(source.texts, other).readable:
                return _Choice(source, check, other)
    return _Choice(source, check, None)


def _able(refused: str, check: Readability) -> Iterator[ModelEntry]:
    """Give the other models of the catalogue that read these languages, the preferred first."""
    return (entry for entry in CATALOGUE if entry.name != refused and check.suits(entry.languages))


def _group(encoder: Encoder, model: Encoder | None, choices: Sequence[_Choice]) -> ReadingGroup:
    readings = tuple(_reading(encoder, model, one) for one in choices)
    return ReadingGroup(encoder, tuple(one.source for one in choices), readings)


def _reading(encoder: Encoder, model: Encoder | None, choice: _Choice) -> Reading:
    check = choice.check
    by_need = model is not None and choice.reader is None
    words = words_per_text(choice.source.texts)
    proposed = next(_able(model.name, check), None) if model and by_need else None
    return Reading(
        source=choice.source.name,
        encoder=encoder.name,
        language=check.language,
        texts=len(choice.source.texts),
        unreadable_share=check.unreadable_share,
        asked=model.name if model else None,
        proposed=proposed.name if proposed else None,
        proposed_is_here=proposed is not None and proposed.on_this_machine(),
        precision=encoder.precision,
        engine=encoder.engine,
        draft=encoder.draft,
        treatment=choose_treatment(words, lexical=encoder.name == LEXICAL),
        words=round(words, 1),
    )
