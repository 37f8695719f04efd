"""Where the optional language model is: a switch, an address, a model’s name, a key that nobody sees."""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

import streamlit as st

from pages.shell.guard import show_error
from pages.shell.people.settings import allowed_hosts
from pages.shell.workspace import MetaKeys, StateKeys, workspace
from segmentation.errors import SegmentationError
from segmentation.insight.language_model.message import Endpoint

KEY_VARIABLE = "TESSERA_LANGUAGE_MODEL_KEY"
ADDRESS_VARIABLE = "TESSERA_LANGUAGE_MODEL_ADDRESS"
LOCAL = "http://localhost:11434/v1"
OFF: dict[str, object] = {"on": False, "address": "", "model": ""}
WHAT_IT_IS = (
    "Off unless you switch it on. It may be on this machine (Ollama, vLLM) or a service outside: anything "
    "that speaks OpenAI’s chat completions. It is sent figures about whole segments, words of themes and "
    "product names, and only after you have seen the exact message and pressed the button. It is never sent "
    "a customer, an address or what somebody wrote."
)


def language_model_panel(place: str) -> Endpoint | None:
    """Draw the switch and the settings; return where the model is, None while it is off or not set.

    :param place: where on screen this panel is; keeps the panels of two pages apart.
    """
    settings = _settings()
    on = st.toggle(
        "Use a language model",
        bool(settings["on"]),
        key=f"{place}_model_on",
        on_change=lambda: _save(on=bool(st.session_state[f"{place}_model_on"])),
    )
    st.caption(WHAT_IT_IS)
    if not on:
        return None
    address, model, key = st.columns([3, 2, 2], vertical_alignment="bottom")
    with address:
        _setting("address", "Address", LOCAL, place)
    with model:
        _setting("model", "Name of the model", "llama3.2", place)
    with key:
        _key_form(place)
    return _endpoint_or_error()


def current_endpoint() -> Endpoint | None:
    """Return where the model is; None while it is off or the settings make no address."""
    settings = _settings()
    if not settings["on"] or not settings["address"]:
        return None
    try:
        return _endpoint()
    except SegmentationError:
        return None


def _setting(name: str, label: str, example: str, place: str) -> None:
    key = f"{place}_model_{name}"
    st.text_input(
        label,
        str(_settings()[name]),
        key=key,
        placeholder=example,
        max_chars=300,
        on_change=lambda: _save(**{name: st.session_state[key].strip()}),
    )


def _key_form(place: str) -> None:
    """Take a key for this session; it is never shown again, nor written anywhere."""
    if _key():
        if st.session_state.get(StateKeys.LANGUAGE_MODEL_KEY):
            st.button(
                "Forget the key", key=f"{place}_forget_key", icon=":material/key_off:", on_click=_forget_key
            )
        else:
            st.caption(
                f"The key is that of the environment variable {KEY_VARIABLE}; it goes to no other address."
            )
        return
    with st.popover("Give a key", icon=":material/key:"):
        st.caption(
            "Kept in memory until you close this tab, never written to disk, and sent to this address only. "
            "Ollama and vLLM on this machine need none. Whoever starts the app can set the environment "
            f"variables {KEY_VARIABLE} and {ADDRESS_VARIABLE} instead."
        )
        typed = f"{place}_key"
        with st.form(f"{place}_key_form", clear_on_submit=True, border=False):
            st.text_input("Key", type="password", key=typed, autocomplete="off")
            st.form_submit_button("Use this key", on_click=lambda: _take_key(typed))


def _take_key(typed: str) -> None:
    st.session_state[StateKeys.LANGUAGE_MODEL_KEY] = _address(), st.session_state[typed].strip()


def _forget_key() -> None:
    st.session_state.pop(StateKeys.LANGUAGE_MODEL_KEY, None)


def _key() -> str:
    """Return the key for the address that is set now: a key is for the address it was given for alone."""
    address, typed = st.session_state.get(StateKeys.LANGUAGE_MODEL_KEY) or ("", "")
    if typed and address == _address():
        return str(typed)
    return os.environ.get(KEY_VARIABLE, "") if _own_address() and _own_address() == _address() else ""


def _own_address() -> str:
    """Return the address that is named by who runs the server."""
    return os.environ.get(ADDRESS_VARIABLE, "").strip().rstrip("/")


def _address() -> str:
    return str(_settings()["address"]).strip().rstrip("/")


def _endpoint() -> Endpoint:
    settings = _settings()
    endpoint = Endpoint(str(settings["address"]), str(settings["model"]), _key())
    if not _is_own(endpoint):
        allowed_hosts().check_name(_host(endpoint))
    return endpoint


def check_where(endpoint: Endpoint) -> None:
    """Go on only if this server may ask the model where its host is now.

    :raises HostNotAllowedError: if it may not.
    """
    if not _is_own(endpoint):
        allowed_hosts().addresses(_host(endpoint))


def _is_own(endpoint: Endpoint) -> bool:
    """Whether who runs the server has named this address."""
    return endpoint.address.strip().rstrip("/") == _own_address()


def _host(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.address.strip()).hostname or ""


def _endpoint_or_error() -> Endpoint | None:
    settings = _settings()
    if not (settings["address"] and settings["model"]):
        st.caption(f"Give the address (Ollama’s is {LOCAL}) and the name of the model.")
        return None
    try:
        return _endpoint()
    except SegmentationError as error:
        show_error(error)
        return None


def _settings() -> dict[str, object]:
    stored = workspace().meta(MetaKeys.LANGUAGE_MODEL)
    return {**OFF, **(json.loads(stored) if stored else {})}


def _save(**changed: object) -> None:
    workspace().set_meta(MetaKeys.LANGUAGE_MODEL, json.dumps({**_settings(), **changed}))
