"""JSON files: an array, lines, or objects one after another; nested fields become columns with dots.

Where each object holds a list of order lines (or of orders, events, products), each element becomes a row
that repeats the fields around it; other lists stay one cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.dialect import MAX_COLUMNS, clean_names
from segmentation.intake.files.encoding import REMEDY, FileBytes
from segmentation.intake.files.json_links import Seen
from segmentation.intake.files.json_lists import MAX_DEPTH, find_main_list, lists_of, speak_of_lines
from segmentation.intake.files.json_parents import find_parents
from segmentation.intake.files.pieces import Loaded, Pieces
from segmentation.intake.files.source import SourceFile
from segmentation.intake.files.text_records import MAX_CONTENT, Fault, Reject, Row
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

BLOCK = 1 << 20
MAX_OBJECT = 256 << 20
LOOKED_AT = 1000
_GLOBAL_ID = re.compile(r"gid://[^/]+/\w+/([^/?]+)")
_BETWEEN = " \t\r\n,[]\ufeff"
# Numbers stay as they are written: an id of 19 digits must not pass through a float.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: None)


def load_json(source: SourceFile, pieces: Pieces, on_progress: Progress) -> Loaded:
    """Hand on a row per object, or per element of its main list; `line` counts the rows.

    The delimiter of the result is the name of that list, if there is one.

    :raises UnreadableFileError: if there are no objects.
    """
    path, facts = source.path, source.facts
    wrapper = _find_wrapper(path, facts.codec)
    read_all = partial(_read_items, path, facts, wrapper)
    quietly = partial(read_all, silent, Stage.FINDING_FIELDS)
    main = find_main_list(islice(quietly(), LOOKED_AT))
    to_rows = partial(_read_rows, main)
    seen = Seen()
    names = _names_of(to_rows(seen.counted(read_all(on_progress, Stage.FINDING_FIELDS))))
    if parents := find_parents(quietly, seen, speak_of_lines):
        main, to_rows = parents.called, partial(parents.join, flatten=flatten)
        names = _names_of(parents.join(quietly(), _without_texts))
    pieces.begin(len(names))
    rows = to_rows(read_all(on_progress, Stage.READING_FILE))
    pieces.insert(_to_record(number, item, names) for number, item in enumerate(rows, start=1))
    return Loaded(clean_names(list(names)), main)


def _names_of(rows: Iterable[Any]) -> dict[str, None]:
    """Return the names of all fields, in the order in which they come.

    :raises EmptyFileError: if there are none.
    :raises UnreadableFileError: if there are too many.
    """
    names: dict[str, None] = {}
    for item in rows:
        names.update(dict.fromkeys(_fields_of(item) if isinstance(item, dict) else ()))
        if len(names) > MAX_COLUMNS:
            raise UnreadableFileError(f"there are more than {MAX_COLUMNS:,} fields.", REMEDY)
    if not names:
        raise EmptyFileError("there are no objects with fields in the JSON.", REMEDY)
    return names


def _fields_of(item: dict[str, Any], prefix: str = "", depth: int = 1) -> Iterator[str]:
    """Yield the names of the fields that an object has when it is flattened."""
    for key, value in item.items():
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            yield from _fields_of(value, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key


def _without_texts(item: dict[str, Any], prefix: str = "") -> dict[str, str]:
    return dict.fromkeys(_fields_of(item, prefix), "")


def flatten(item: dict[str, Any], prefix: str = "", depth: int = 1) -> dict[str, str]:
    """Return the fields of an object as texts: nested ones as `outer.inner`, lists as JSON."""
    fields: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            fields |= flatten(value, f"{prefix}{key}.", depth + 1)
        else:
            fields[prefix + key] = _as_text(value)
    return fields


def _as_text(value: Any) -> str:  # noqa: ANN401 - whatever stands in the JSON
    if isinstance(value, str):
        if value.startswith("gid://") and (found := _GLOBAL_ID.fullmatch(value)):
            return found[1]  # other exports of the same shop have the bare id
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(_as_text(part) for part in value)
    return json.dumps(value, ensure_ascii=True)


def _to_record(number: int, item: Any, names: dict[str, None]) -> Row | Reject:  # noqa: ANN401
    if not isinstance(item, dict):
        return Reject(number, Fault.NO_OBJECT, _as_text(item)[:MAX_CONTENT])
    fields = flatten(item)
    return Row(number, [fields.get(name, "") for name in names])


def _find_wrapper(path: Path, codec: str) -> str | None:
    """Return the field of a single object that holds the rows (`{"data": [...]}`), if there is one."""
    with path.open(encoding=codec, errors="replace") as file:
        items = read_values(file)
        first, second = next(items, None), next(items, None)
    if second is not None or not isinstance(first, dict):
        return None
    lists = {
        key: value
        for key, value in first.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    return max(lists, key=lambda key: len(lists[key]), default=None)


def _read_items(
    path: Path, facts: FileBytes, wrapper: str | None, on_progress: Progress, step: str
) -> Iterator[Any]:
    with path.open("rb") as raw, TextIOWrapper(raw, facts.codec, "replace") as file:
        for count, item in enumerate(read_values(file)):
            if count % 10_000 == 0:
                on_progress(step, min(raw.tell(), facts.size), facts.size)
            if wrapper is None:
                yield item
            else:
                yield from item[wrapper]


def _read_rows(main: str, items: Iterable[Any]) -> Iterator[Any]:
    """Yield objects, each as often as its main list has elements, with one of them instead of the list."""
    for item in items:
        elements = dict(lists_of(item)).get(main) if main and isinstance(item, dict) else None
        if elements is None:
            yield item
            continue
        around = flatten(item)
        around.pop(main, None)
        for element in elements:
            yield around | flatten(element, f"{main}.")


def read_values(file: TextIO) -> Iterator[Any]:
    """Yield the values of a JSON file one by one; what is no JSON comes as the text of its line.

    :raises UnreadableFileError: if one value is too large or too deep to be a row.
    """
    text, at, block = "", 0, BLOCK
    while True:
        while at < len(text) and text[at] in _BETWEEN:
            at += 1
        try:
            if at < len(text):
                value, at = _DECODER.raw_decode(text, at)
                block = BLOCK
                yield value
                continue
        except RecursionError:
            raise UnreadableFileError("the JSON is nested too deeply to be a table.", REMEDY) from None
        except json.JSONDecodeError:
            pass
        more = file.read(block)
        if more:
            text, at, block = text[at:] + more, 0, 2 * block
            if len(text) > MAX_OBJECT:
                raise UnreadableFileError("one JSON value is too large to be a row.", REMEDY)
        elif at >= len(text):
            return
        else:
            end = text.find("\n", at) + 1 or len(text)
            yield text[at:end].strip()
            at = end
