"""What the README says of the command line, the Makefile and the screens is there."""

from __future__ import annotations

import argparse
import re

import pytest

from pages.shell.routes import PATHS
from segmentation.cli import _parser
from tests.browser.helpers import ROOT

README = (ROOT / "README.md").read_text()


def verbs() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(commands.choices)


def written() -> dict[str, str]:
    """Return for each command what the README writes after its name."""
    block = next(part for part in README.split("```") if "python -m segmentation sample" in part)
    return dict(re.findall(r"python -m segmentation (\w+) (.*?)(?=\npython|\Z)", block, flags=re.DOTALL))


def test_the_readme_names_every_command() -> None:
    assert set(written()) == set(verbs())


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_the_readme_names_the_options_of(verb: str) -> None:
    there = {option for action in verbs()[verb]._actions for option in action.option_strings}
    assert set(re.findall(r"--[a-z-]+", written()[verb])) == there - {"-h", "--help"}


def test_the_two_commands_that_lead_the_readme_are_targets() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", README)) <= targets


def test_every_screen_is_a_file() -> None:
    assert [path for path in PATHS if not (ROOT / path).is_file()] == []
