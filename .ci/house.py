"""Whether the house is in order: small folders and functions, one name for one thing, words in their place.

Run by `make check`. What is excused stands in excused.toml with its reason, and that list may only become
shorter: an excuse that is no longer needed is a fault, too.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

Trees = dict[Path, ast.Module]
MOST_FILES, MOST_LINES, LONGEST_FUNCTION, MOST_PARAMETERS = 24, 300, 45, 6
EXCUSED = tomllib.loads(Path(__file__).with_name("excused.toml").read_text())

WORDS = re.compile(r"/(\w+_words|words\w*|stop_words|errors|stages)\.py$|/(sentences|feature_words)/|^pages/")
"""Where words stand: modules for words and lists of words, errors, stages, labels of features, pages."""

IN_MANY_ROOMS = {"__init__", "words", "job", "files"}  # the same of each smaller room

SHARING = {"cache_data", "cache_resource"}
"""Streamlit's own memories, which are everybody's; one module alone asks for them."""

SHARES = Path("pages/shell/held/memory.py")

SQL = re.compile(r"\b(SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|CREATE|ALTER|CASE|JOIN|AND|OR|AS|ON|IN|NULL)\b")
WORD = re.compile(r"[(“‘\"']*[^\W\d_][^\W\d_’'-]*[)”’\"'.,:;?!]*")


def main() -> int:
    """Tell every fault; return whether there is any."""
    paths = [path for top in ("segmentation", "pages", "tests") for path in sorted(Path(top).rglob("*.py"))]
    library = {path: ast.parse(path.read_text()) for path in paths if path.parts[0] != "tests"}
    faults = [*crowded(paths), *named_twice(library), *functions(library), *cycles(), *sentences(library)]
    faults += shared_by_all(library)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) or "The house is in order.\n")
    return bool(faults)


def crowded(paths: Sequence[Path]) -> Iterator[str]:
    """Find folders of too many files, and files of too many lines."""
    for folder, count in Counter(path.parent for path in paths).items():
        if count > MOST_FILES:
            yield f"{folder}: {count} Python files, and at most {MOST_FILES} are easy to look through"
    for path in paths:
        lines = len(path.read_text().splitlines())
        if path.parts[0] != "tests" and lines > MOST_LINES:
            yield f"{path}: {lines} lines, and at most {MOST_LINES} are easy to read"


def named_twice(trees: Trees) -> Iterator[str]:
    """Find modules of one name in a room, and classes of one name in the library."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        if path.stem not in IN_MANY_ROOMS and path.parts[0] == "segmentation":
            found[f"{'/'.join(path.parts[:2])}: module {path.stem}"].add(str(path))
        for node in ast.walk(tree) if path.parts[0] == "segmentation" else ():
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[f"class {node.name}"].add(str(path))
    twice = {name: f"stands in {', '.join(sorted(found[name]))}" for name in found if len(found[name]) > 1}
    yield from unexcused(twice, "names")


def functions(trees: Trees) -> Iterator[str]:
    """Find functions that are too long or ask for too much."""
    large = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                asked = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                count = len([one for one in asked if one.arg not in ("self", "cls")])
                if length > LONGEST_FUNCTION or count > MOST_PARAMETERS:
                    large[f"{path}:{node.name}"] = f"{length} lines, {count} parameters"
    yield from unexcused(large, "functions")


def shared_by_all(trees: Trees) -> Iterator[str]:
    """Find what would be remembered for everybody instead of for one workspace."""
    for path, tree in trees.items():
        for node in ast.walk(tree) if path != SHARES else ():
            imported = node.names if isinstance(node, ast.ImportFrom) else []
            if SHARING & {getattr(node, "attr", ""), *(alias.name for alias in imported)}:
                yield f"{path}: line {getattr(node, 'lineno', 0)} remembers for everybody what is of one"


def cycles() -> Iterator[str]:
    """Find modules that import one another in a circle."""
    sys.path.insert(0, str(Path.cwd()))
    graph = grimp.build_graph("segmentation", "pages", exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        yield f"a circle of imports: {' > '.join(error.args[1])}"


def sentences(trees: Trees) -> Iterator[str]:
    """Find what people read outside the modules for words; of a file so many sentences are excused."""
    found = {}
    for path, tree in trees.items():
        if WORDS.search(str(path)) or any(str(path).startswith(one) for one in EXCUSED["texts"]):
            continue
        if told := [f"line {line} “{text}”" for line, text in prose(tree, said_by_errors(tree))]:
            found[f"{path}: {len(told)}"] = "; ".join(told)
    yield from unexcused(found, "sentences")


def unexcused(found: dict[str, str], kind: str) -> Iterator[str]:
    """Tell what is not excused, and which excuses are not needed."""
    excused = EXCUSED[kind]
    yield from (f"{name}: {what}" for name, what in found.items() if name not in excused)
    yield from (f"{name}: this excuse is not needed any more" for name in excused if name not in found)


def said_by_errors(tree: ast.Module) -> set[str]:
    """Name the constants and functions from which errors take their words."""
    raised = [node for node in ast.walk(tree) if is_error(node)]
    return {inner.id for node in raised for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def is_error(node: ast.AST) -> bool:
    """Whether a node makes an error, helps at the command line, writes to the log, or matches a pattern."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name.endswith("Error") or name in ("warning", "compile", "add_parser", "ArgumentParser")
    return isinstance(node, ast.Raise) or getattr(node, "arg", "") in ("help", "description")


def prose(node: ast.AST, named: set[str]) -> Iterator[tuple[int, str]]:
    """Yield each text that reads as prose, with its line, but for docstrings and what errors say."""
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    names = {getattr(one, "id", "") for one in getattr(node, "targets", [])} | {getattr(node, "name", "")}
    by_errors = any(name in named and (name.isupper() or isinstance(node, ast.FunctionDef)) for name in names)
    if docstring or by_errors or is_error(node):
        return
    text = text_of(node)
    if text is None:
        for child in ast.iter_child_nodes(node):
            yield from prose(child, named)
    elif not SQL.search(text):
        words = [word for word in text.split() if WORD.fullmatch(word)]
        if len(words) > 2 and sum(word.lstrip("(“‘\"'")[:1].islower() for word in words) > 1:
            yield getattr(node, "lineno", 0), text[:50]


def text_of(node: ast.AST) -> str | None:
    """Return the text of a string, with {} for each value in it; None for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


if __name__ == "__main__":
    sys.exit(main())
