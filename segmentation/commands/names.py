"""Names by a language model from the command line: only where an address is given, and told before sent."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from segmentation.commands.shared import ProgressLine
from segmentation.errors import EndpointError
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.language_model.answer import ModelAnswer
from segmentation.insight.language_model.ask import ask
from segmentation.insight.language_model.message import Endpoint, Message
from segmentation.runs import View, load_run
from segmentation.runs.model_names import (
    NAME,
    PROFILE,
    keep_profiles,
    naming_message,
    naming_schema,
    takeable,
)
from segmentation.runs.names import rename_segment
from segmentation.workspace import Workspace

KEY = "TESSERA_NAMES_KEY"


def add_names(parser: argparse.ArgumentParser) -> None:
    """Let a language model be named; without an address nothing is sent."""
    parser.add_argument(
        "--names-endpoint",
        metavar="URL",
        help="ask a language model at this address for names and profiles (default: nothing is sent); the "
        f"message goes to standard error first, and a key is read from {KEY}",
    )
    parser.add_argument("--names-model", metavar="NAME", default="", help="the model's name on that server")


def endpoint_of(parsed: argparse.Namespace) -> Endpoint | None:
    """Return where to ask; None where no address was given.

    :raises OptionError: for an address that is none, or where no model is named.
    """
    if not parsed.names_endpoint:
        return None
    return Endpoint(parsed.names_endpoint, parsed.names_model, os.environ.get(KEY, ""))


def name_segments(workspace: Workspace, view: View, found: Sequence[Explanation], endpoint: Endpoint) -> View:
    """Say what is sent, ask, and keep what may be taken; names of a person's own and all else stay."""
    message = naming_message(view, found)
    _tell(endpoint, message)
    try:
        answer = ask(endpoint, message, naming_schema(view), ProgressLine())
    except EndpointError as error:
        sys.stderr.write(f"{error} The generated names stay.\n")
        return view
    return _taken(workspace, view, answer)


def _tell(endpoint: Endpoint, message: Message) -> None:
    where = "on this machine" if endpoint.on_this_machine else "outside this machine"
    said = "\n\n".join(part["content"] for part in message.as_sent())
    sys.stderr.write(f"Sent to {endpoint.model} at {endpoint.address} ({where}):\n\n{said}\n\n")
    sys.stderr.flush()


def _taken(workspace: Workspace, view: View, answer: ModelAnswer) -> View:
    run = view.run
    labels = [label for label in takeable(view, answer) if label not in run.names]
    for label in labels:
        rename_segment(workspace, label, answer.texts[str(label + 1)][NAME])
    keep_profiles(workspace, run.run_id, view.k, {one: answer.texts[str(one + 1)][PROFILE] for one in labels})
    for number, why in answer.refused.items():
        sys.stderr.write(f"No name for segment {number}: {why}. The generated name stays.\n")
    return replace(view, run=load_run(workspace, run.run_id) or run)
