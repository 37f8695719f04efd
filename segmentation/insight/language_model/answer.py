"""What of a language model's answer is let in: one JSON object of short, plain, neutral texts, no more."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.errors import EndpointError
from segmentation.insight.facts.telling_words import masked
from segmentation.insight.naming.neutral import guess_in

MOST_LETTERS = 60_000
REMEDY = "Nothing was changed. Try once more, or another model."
_FENCED = re.compile(r"\A```(?:json)?\s*\n(.*)\n\s*```\Z", re.DOTALL)
_LINK = re.compile(r"\w+://|\bwww\.", re.IGNORECASE)
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_JOINER = "\u200d"
"""It stands inside some emoji; all other invisible signs can hide or turn round what is read."""


@dataclass(frozen=True)
class TextField:
    """One text of an answer: its name, what it is to say, how many letters it may have."""

    name: str
    meaning: str
    longest: int


@dataclass(frozen=True)
class AnswerSchema:
    """The form of an answer: for each item (such as the number of a segment) a text for every field.

    `distinct` names the field whose texts must differ from item to item.
    """

    items: tuple[str, ...]
    fields: tuple[TextField, ...]
    distinct: str | None = None

    def instructions(self) -> str:
        """Say it to the model."""
        form = {item: {field.name: "…" for field in self.fields} for item in self.items[:2]}
        meanings = "\n".join(
            f"- {field.name}: {field.meaning}, at most {field.longest} letters" for field in self.fields
        )
        return (
            "Answer with one JSON object and nothing else, of this form:\n"
            f"{json.dumps(form, ensure_ascii=False)}\n"
            f"Its keys are exactly: {', '.join(self.items)}. In each:\n{meanings}"
        )


@dataclass(frozen=True)
class ModelAnswer:
    """The texts that were let in, by item and field; for each other item why it was not."""

    texts: Mapping[str, Mapping[str, str]]
    refused: Mapping[str, str]


def read_answer(text: str, schema: AnswerSchema) -> ModelAnswer:
    """Read the words of a model; an item of which one text is not allowed is left out with the reason.

    :raises EndpointError: where it is not the JSON that was asked for, or nothing in it is allowed.
    """
    found = _parsed(text, schema)
    tidy = {
        item: {name: " ".join(said.split()) for name, said in texts.items()} for item, texts in found.items()
    }
    refused = {item: reason for item, texts in tidy.items() if (reason := _objection(texts, schema))}
    if schema.distinct:
        named = Counter(texts[schema.distinct].casefold() for texts in tidy.values())
        for item, texts in tidy.items():
            if named[texts[schema.distinct].casefold()] > 1:
                refused.setdefault(item, f"its {schema.distinct} is given to another one, too")
    if len(refused) == len(tidy):
        [first, *_] = refused.items()
        raise EndpointError(f"none of its texts could be taken ({first[0]}: {first[1]}).", REMEDY)
    return ModelAnswer({item: texts for item, texts in tidy.items() if item not in refused}, refused)


def _parsed(text: str, schema: AnswerSchema) -> dict[str, dict[str, str]]:
    if len(text) > MOST_LETTERS:
        raise EndpointError(f"its answer is {len(text):,} letters long.", REMEDY)
    fenced = _FENCED.match(text.strip())
    try:
        found = json.loads(fenced[1] if fenced else text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise EndpointError("its answer is not the JSON that was asked for.", REMEDY) from error
    if not isinstance(found, dict) or set(found) != set(schema.items):
        raise EndpointError(f"its answer does not speak of exactly {', '.join(schema.items)}.", REMEDY)
    names = {field.name for field in schema.fields}
    for item in schema.items:
        texts = found[item]
        if (
            not isinstance(texts, dict)
            or set(texts) != names
            or not all(isinstance(said, str) for said in texts.values())
        ):
            raise EndpointError(f"its answer for {item} is not made of {', '.join(sorted(names))}.", REMEDY)
    return {item: found[item] for item in schema.items}


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def _objection(texts: Mapping[str, str], schema: AnswerSchema) -> str:
    """Say what speaks against the texts of one item; nothing where all may be let in."""
    for field in schema.fields:
        said = texts[field.name]
        if not said:
            return f"its {field.name} is empty"
        if len(said) > field.longest:
            return f"its {field.name} has {len(said):,} letters, and at most {field.longest} are allowed"
        if any(unicodedata.category(sign)[0] == "C" and sign != _JOINER for sign in said):
            return f"its {field.name} holds invisible signs"
        if _LINK.search(said) or _MARKUP.search(said) or masked(said) != said:
            return f"its {field.name} holds a link, an address, a long number or markup"
        if guess := guess_in(said):
            return f"its {field.name} guesses who people are (“{guess}”)"
    return ""
