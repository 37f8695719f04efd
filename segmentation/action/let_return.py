"""A customer who was forgotten may come again: with the next file that holds them."""

from __future__ import annotations

from segmentation.action.forget import forget_customer
from segmentation.errors import OptionError
from segmentation.intake.cleaning.forgotten_customers import StaysAway, customers_named
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.workspace import Workspace


def how_many_stay_away(workspace: Workspace) -> int:
    """Count the customers who were forgotten in this workspace and stay away."""
    with workspace.cursor() as cursor:
        return len(StaysAway.load(cursor).people)


def let_return(workspace: Workspace, who: str, cleaning: Cleaning | None = None) -> None:
    """Let a customer who was forgotten, told by id, e-mail or phone, count again from the next file on.

    Rows that were brought of theirs meanwhile, and set aside, are deleted: they were not to be here.

    :raises OptionError: if nobody was forgotten who is called so.
    :raises NotAllowedError: to who may not delete.
    """
    with workspace.cursor() as cursor:
        known = StaysAway.load(cursor)
    if not known.named(who):
        raise OptionError(
            f"nobody was forgotten here who is called “{who}”.", "Write an id, e-mail or phone of theirs."
        )
    while came := _brought_again(workspace, who, cleaning or Cleaning()):
        forget_customer(workspace, came[0], cleaning)
    with workspace.deletion() as cursor:
        StaysAway.load(cursor).without(who).keep(cursor)


def _brought_again(workspace: Workspace, who: str, cleaning: Cleaning) -> list[str]:
    """Return the customers here who are this person who was forgotten."""
    build_shop(workspace, cleaning.switched(Rule.FORGOTTEN, on=False))
    with workspace.cursor() as cursor:
        known = StaysAway.load(cursor)
        return customers_named(cursor, known, known.named(who))
