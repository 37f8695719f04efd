"""Whatever goes wrong while a shop is read, in words for people; no answer and no token is repeated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from requests import ConnectionError, HTTPError, JSONDecodeError, RequestException, Timeout
from requests.exceptions import SSLError

from segmentation.connect.shops import words
from segmentation.connect.shops.guarded import TRIES
from segmentation.connect.shops.shop_address import ShopAddress
from segmentation.errors import Cancelled, SegmentationError, SourceError


@contextmanager
def explained(shop: ShopAddress) -> Iterator[None]:
    """Turn faults of the reading into errors that a person can act on.

    :raises SourceError: in place of what the libraries raise.
    """
    try:
        yield
    except (Cancelled, SegmentationError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever dlt and its helpers raise
        raise _as_told(shop, list(_behind(error))) from None


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it came from: dlt wraps what its own callbacks raise."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _as_told(shop: ShopAddress, errors: list[BaseException]) -> BaseException:
    told = next((one for one in errors if isinstance(one, Cancelled | SegmentationError)), None)
    if told is not None:
        return told
    where = shop.url.partition("://")[2]
    for error in errors:
        if isinstance(error, HTTPError) and error.response is not None:
            return _of_status(where, error.response.status_code)
        if isinstance(error, JSONDecodeError):
            return SourceError(words.NO_JSON, words.CHECK_ADDRESS)
        if isinstance(error, SSLError):
            return SourceError(words.NOT_SAFE.format(where=where), words.CHECK_ADDRESS)
        if isinstance(error, ConnectionError | Timeout | RequestException):
            return SourceError(words.NO_ANSWER.format(where=where), words.CHECK_ADDRESS)
    return SourceError(words.UNREADABLE.format(kind=type(errors[-1]).__name__), words.NOTHING_LOST)


def _of_status(where: str, status: int) -> SourceError:
    if status in (401, 403):
        return SourceError(words.REFUSED.format(status=status), words.CHECK_TOKEN)
    if status in (404, 410):
        return SourceError(words.NOT_THERE.format(where=where, status=status), words.CHECK_ADDRESS)
    if status == 429 or status >= 500:
        return SourceError(words.BUSY.format(tries=TRIES, status=status), words.LATER)
    return SourceError(words.STATUS.format(status=status), words.NOTHING_LOST)
