"""What people do, written into the audit of the server; nothing where nobody signs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from pages.shell.held.held import stay
from pages.shell.people.asking import audit, registry
from pages.shell.people.settings import signs_in
from pages.shell.people.visitor import seat, visitor
from segmentation.errors import Cancelled, NotAllowedError
from segmentation.people.deed import SERVER, Action, Actor, Ending, actor_of

Result = TypeVar("Result")
Counts = Mapping[str, int | float | str]


class Witness:
    """Writes down what one person does in one workspace, also from where no session is, as in a job."""

    def __init__(self, actor: Actor, workspace_id: str) -> None:
        self._actor, self._workspace = actor, workspace_id

    def note(
        self, action: Action, object: str = "", counts: Counts | None = None, ending: Ending = Ending.DONE
    ) -> None:
        """Write down what was done, or what was not."""
        if signs_in():
            audit().record(self._actor, self._workspace, action, object, counts, ending)

    def watch(self, action: Action, object: str, do: Callable[[], Result]) -> Result:
        """Do something and write down how it ended."""
        if not signs_in():
            return do()
        ending = Ending.FAILED
        try:
            result = do()
            ending = Ending.DONE
        except Cancelled:
            ending = Ending.CANCELLED
            raise
        except NotAllowedError:
            ending = Ending.REFUSED
            raise
        finally:
            audit().record(self._actor, self._workspace, action, object, ending=ending)
        return result


def witness() -> Witness:
    """Give who writes down what the person does who looks at a workspace now."""
    inside = stay()
    if inside and inside.role is None:
        return Witness(SERVER, registry().at(inside.held.path) if signs_in() else "")
    someone, place = visitor(), seat()
    if someone is None or place is None:
        return Witness(SERVER, "")
    return Witness(actor_of(registry().person_id(someone) or "", someone), place.workspace_id)
