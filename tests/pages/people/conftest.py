"""The pages that there are only where people sign in."""

from tests.pages.shell.people.conftest import app_of

__all__ = ["app_of"]
