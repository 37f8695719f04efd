"""A visitor without a browser: speaks the app's own language over its WebSocket, as the front end does."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120.0
PATIENCE_OF_A_PERSON = 10.0


@dataclass
class Scripted:
    """One visitor; `elements` are what is on screen by widget id, `errors` what the app complained about.

    `drawings` counts how often each fragment was drawn to its end, and the page around them as "". `script`
    is how the app calls the page that it shows; who does not send it back is led to the first page.
    `cookies` are those of somebody who has signed in, `token` what a page sends along with them.
    """

    address: str
    elements: dict[str, Any] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    page: str = ""
    script: str = ""
    cookies: str = ""
    token: str = ""
    query: str = ""
    drawings: Counter[str] = field(default_factory=Counter)
    moves_repeated: int = 0

    async def __aenter__(self) -> Scripted:
        host = urlparse(self.address).netloc
        self._way: ClientConnection = await connect(
            f"ws://{host}/_stcore/stream",
            origin=self.address,  # type: ignore[arg-type]
            subprotocols=["streamlit", *([self.token] if self.token else [])],  # type: ignore[list-item]
            additional_headers={"Cookie": self.cookies} if self.cookies else None,
            max_size=None,
        )
        self._changed = asyncio.Condition()
        self._polls: dict[str, asyncio.Task[None]] = {}
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in (*self._polls.values(), self._listening):
            task.cancel()
        await self._way.close()

    async def open(self, name: str) -> float:
        """Go to a page by the name in its address; return the seconds until it was drawn."""
        for poll in self._polls.values():  # as the front end does: what a page asked for ends with it
            poll.cancel()
        self.page, self.script, self.elements, self.fragments, self.states = name, "", {}, {}, {}
        return await self._run()

    async def press(self, key: str) -> float:
        """Press a button that is on screen; return the seconds until the page was drawn."""
        return await self._run(WidgetState(id=self._id(key), trigger_value=True))

    async def move(self, key: str, value: str) -> float:
        """Move a slider over choices; return the seconds until its part of the page was drawn.

        Who sees nothing for 10 seconds opens the page anew and moves it there; `moves_repeated` counts that.
        """
        began = time.monotonic()
        while not await self._follows(key, value):
            assert time.monotonic() - began < PATIENCE, f"nothing follows {key} of {self.page}"
            self.moves_repeated += 1
            await self.open(self.page)
        return time.monotonic() - began

    async def _follows(self, key: str, value: str) -> bool:
        widget = self._id(key)
        self.states[widget] = WidgetState(id=widget)
        self.states[widget].string_array_value.data.append(value)
        fragment = self.fragments.get(widget, "")
        before = self.drawings[fragment]
        await self._ask(fragment=fragment)
        return await self._drawn(fragment, before, PATIENCE_OF_A_PERSON)

    def shows(self, key: str) -> Any:
        """Return the widget of this key, None where it is not on screen."""
        return next((one for widget, one in self.elements.items() if widget.endswith(f"-{key}")), None)

    def _id(self, key: str) -> str:
        return next(widget for widget in self.elements if widget.endswith(f"-{key}"))

    async def _run(self, pressed: WidgetState | None = None) -> float:
        began, before = time.monotonic(), self.drawings[""]
        await self._ask(pressed)
        assert await self._drawn("", before, PATIENCE), f"{self.page} is not drawn"
        return time.monotonic() - began

    async def _drawn(self, fragment: str, before: int, seconds: float) -> bool:
        """Wait so long until a fragment, or the page, was drawn once more."""
        async with self._changed:
            drawn = self._changed.wait_for(lambda: self.drawings[fragment] > before)
            with suppress(TimeoutError):
                await asyncio.wait_for(drawn, timeout=seconds)
        return self.drawings[fragment] > before

    async def _ask(
        self, pressed: WidgetState | None = None, fragment: str = "", polled: bool = False
    ) -> None:
        message = BackMsg()
        message.rerun_script.page_name = "" if self.script else self.page
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = polled
        message.rerun_script.widget_states.widgets.extend(
            [*self.states.values(), *([pressed] if pressed else [])]
        )
        await self._way.send(message.SerializeToString())

    async def _listen(self) -> None:
        drawn, another = set[str](), False
        async for content in self._way:
            message = ForwardMsg()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
            kind = message.WhichOneof("type")
            if kind == "delta":
                drawn.add(message.delta.fragment_id)
                self._draw(message)
            elif kind == "navigation":
                self.script = message.navigation.page_script_hash
                names = {page.page_script_hash: page.url_pathname for page in message.navigation.app_pages}
                another = names[self.script] not in (self.page, "")
            elif kind == "auto_rerun":
                self._poll(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
                self.errors.append(str(message.session_event))
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                # A run that ended is told as ended early where the next one began before that was sent, so
                # what it drew counts at the next end that is told as one. The end of a page that was left
                # meanwhile is not that of the page asked for.
                await self._finish(drawn - {""} if another else drawn)
                drawn = set()

    async def _finish(self, drawn: set[str]) -> None:
        async with self._changed:
            self.drawings.update(drawn)
            self._changed.notify_all()

    def _draw(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        shown = getattr(element, kind) if kind else None
        if kind == "exception":
            self.errors.append(f"{shown.type}: {shown.message}")
        if widget := str(getattr(shown, "id", "")):
            self.elements[widget] = shown
            self.fragments[widget] = message.delta.fragment_id

    def _poll(self, fragment: str, seconds: float) -> None:
        """Ask for a part of the page again and again, as the front end does until the page is drawn anew."""
        if task := self._polls.pop(fragment, None):
            task.cancel()
        for old in [one for one in self._polls if one not in self.fragments.values()]:
            self._polls.pop(old).cancel()

        async def again() -> None:
            while True:
                await asyncio.sleep(seconds)
                await self._ask(fragment=fragment, polled=True)

        self._polls[fragment] = asyncio.create_task(again())
