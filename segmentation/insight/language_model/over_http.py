"""The way to a language model's address: one request, only the message, limits on time and size."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import httpx2
import openai

from segmentation.errors import EndpointError
from segmentation.insight.language_model.message import Endpoint, Message
from segmentation.insight.language_model.words import OTHER_REFUSAL, REFUSALS
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

MOST_BYTES = 1_000_000
POLL_SECONDS = 0.2
STEP = Stage.WAITING_FOR_MODEL
UNCHANGED = "Nothing was changed."
_HEADERS = frozenset({"host", "content-type", "content-length", "authorization", "accept", "connection"})


def send(endpoint: Endpoint, message: Message, on_progress: Progress = silent) -> str:
    """Send a message once, and return what the model wrote.

    The request runs beside this thread, so that a person can cancel while a server keeps silent.

    :raises EndpointError: where the server cannot be reached, takes too long or answers with anything else.
    :raises Cancelled: when a person cancels.
    """
    found: list[str | Exception] = []
    asking = threading.Thread(target=_collect, args=(_completion, endpoint, message, found), daemon=True)
    asking.start()
    ends = time.monotonic() + endpoint.seconds
    while asking.is_alive():
        on_progress(STEP, 0, 1)
        if time.monotonic() > ends:
            raise _too_slow(endpoint)
        asking.join(POLL_SECONDS)
    [answer] = found
    if isinstance(answer, Exception):
        raise answer
    return answer


def _collect(
    work: Callable[[Endpoint, Message], str],
    endpoint: Endpoint,
    message: Message,
    found: list[str | Exception],
) -> None:
    try:
        found.append(work(endpoint, message))
    except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
        found.append(error)


def _completion(endpoint: Endpoint, message: Message) -> str:
    transport = _Limited(time.monotonic() + endpoint.seconds, endpoint)
    # Proxies and redirects would send the message, and the key, to others than the one on screen.
    with httpx2.Client(
        transport=transport, timeout=endpoint.seconds, follow_redirects=False, trust_env=False
    ) as way:
        client = openai.OpenAI(
            api_key=endpoint.key or "none",
            base_url=endpoint.address.strip(),
            organization="",
            project="",
            max_retries=0,
            http_client=way,
        )
        try:
            answer = client.chat.completions.create(
                model=endpoint.model.strip(),
                messages=message.as_sent(),  # type: ignore[arg-type]
            )
            said = answer.choices[0].message.content
        except openai.OpenAIError as error:
            raise _explained(endpoint, error) from error
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            if isinstance(error, EndpointError):
                raise
            raise _no_completion() from error
    if not isinstance(said, str):
        raise _no_completion()
    return said


def _explained(endpoint: Endpoint, error: openai.OpenAIError) -> EndpointError:
    if isinstance(error.__cause__, EndpointError):
        return error.__cause__
    if isinstance(error, openai.APITimeoutError):
        return _too_slow(endpoint)
    if isinstance(error, openai.APIStatusError):
        why = REFUSALS.get(error.status_code, OTHER_REFUSAL.format(status=error.status_code))
        return EndpointError(f"{why}.", f"{UNCHANGED} Check the address, the name of the model and the key.")
    if isinstance(error, openai.APIConnectionError):
        return EndpointError(
            f"nobody answers at {endpoint.address.strip()}.",
            f"{UNCHANGED} Start the server of the model, or correct the address.",
        )
    return _no_completion()


def _too_slow(endpoint: Endpoint) -> EndpointError:
    return EndpointError(
        f"it did not answer within {endpoint.seconds:.0f} seconds.", f"{UNCHANGED} Try a smaller model."
    )


def _no_completion() -> EndpointError:
    return EndpointError(
        "what came back is not an answer of a language model.",
        f"{UNCHANGED} The address usually ends in /v1.",
    )


class _Limited(httpx2.HTTPTransport):
    """Sends only the headers that a request needs; stops reading what is too long or too slow."""

    def __init__(self, ends: float, endpoint: Endpoint) -> None:
        super().__init__(trust_env=False)
        self._ends, self._endpoint = ends, endpoint

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass the request on."""
        kept = [(name, value) for name, value in request.headers.raw if name.decode().lower() in _HEADERS]
        if not self._endpoint.key:
            kept = [(name, value) for name, value in kept if name.decode().lower() != "authorization"]
        request.headers = httpx2.Headers(
            [*kept, (b"accept-encoding", b"identity"), (b"user-agent", b"tessera")]
        )
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _no_completion()
        response.stream = _Measured(response.stream, self._ends, self._endpoint)  # type: ignore[arg-type]
        return response


class _Measured(httpx2.SyncByteStream):
    """The bytes of an answer, as long as they are few and in time."""

    def __init__(self, stream: httpx2.SyncByteStream, ends: float, endpoint: Endpoint) -> None:
        self._stream, self._ends, self._endpoint = stream, ends, endpoint

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for part in self._stream:
            read += len(part)
            if read > MOST_BYTES:
                raise EndpointError(f"its answer is longer than {MOST_BYTES:,} bytes.", UNCHANGED)
            if time.monotonic() > self._ends:
                raise _too_slow(self._endpoint)
            yield part

    def close(self) -> None:
        self._stream.close()
