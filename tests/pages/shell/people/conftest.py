"""The app of a server on which people sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from tests.pages.shell.people.helpers import AUTH, claims_of


@pytest.fixture
def app_of(app: AppTest) -> Iterator[Callable[..., AppTest]]:
    """Give the app to somebody who has signed in, as the secrets say that people do."""

    def app_of(subject: str, **other: Any) -> AppTest:
        one = AppTest.from_file(app._script_path, default_timeout=60)
        one.user = claims_of(subject, **other)
        return one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pages.shell.people.settings._decided", [True])
        patch.setattr(secrets_singleton, "_secrets", {"auth": AUTH, "people": {"let_in": "anyone"}})
        yield app_of
