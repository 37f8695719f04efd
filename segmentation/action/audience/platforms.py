"""The files that each platform takes: headers, what is hashed, what is needed, and how large they may be.

Sources: the platforms' own help pages on customer lists (Meta custom audiences, Google Customer Match, TikTok
customer file audiences, Klaviyo and Mailchimp imports).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from segmentation.action.audience import normalise
from segmentation.action.audience.normalise import digest, is_hashed
from segmentation.runs.kept.standing import STANDING

LONGEST_TEXT = 255


class Platform(StrEnum):
    """Where an audience goes."""

    META = "meta"
    GOOGLE = "google"
    TIKTOK = "tiktok"
    KLAVIYO = "klaviyo"
    MAILCHIMP = "mailchimp"
    CRM = "crm"


@dataclass(frozen=True)
class Person:
    """One customer's contact details, normalised; what is not known is empty.

    `emails` and `phones` (E.164 with plus) may be SHA-256 digests where the shop's file held those; `name` is
    the whole name as the file has it; `standing` are the cells of the columns of that name.
    """

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    first_name: str = ""
    last_name: str = ""
    country: str = ""
    postal_code: str = ""
    value: str = ""
    segment: int = 0
    name: str = ""
    customer_id: str = ""
    standing: tuple[str, ...] = ("",) * len(STANDING)


@dataclass(frozen=True)
class Layout:
    """What is decided for one file: columns for e-mails and phones, and what goes in beside them.

    `value` adds the customer's value (Meta), `plus` keeps the plus of phones (TikTok: its pages differ);
    `standing` adds where customers are, were before, and since when.
    """

    emails: int = 1
    phones: int = 1
    value: bool = False
    plus: bool = True
    standing: bool = False


@dataclass(frozen=True)
class PlatformRules:
    """What a platform asks for: `smallest` people of a list, `largest` bytes of a file, None where none.

    `opened` says that people open the file themselves, in a spreadsheet; `own_columns` that the platform
    takes columns of one's own (properties, audience fields), which others refuse.
    """

    label: str
    hashed: bool
    smallest: int | None = None
    largest: int | None = None
    opened: bool = False
    own_columns: bool = False


PLATFORMS = {
    Platform.META: PlatformRules("Meta (Facebook, Instagram)", True, smallest=100),
    Platform.GOOGLE: PlatformRules("Google Ads", True),
    Platform.TIKTOK: PlatformRules("TikTok", True),
    Platform.KLAVIYO: PlatformRules("Klaviyo", False, largest=50 * 1024 * 1024, own_columns=True),
    Platform.MAILCHIMP: PlatformRules("Mailchimp", False, own_columns=True),
    Platform.CRM: PlatformRules("CRM list", False, opened=True, own_columns=True),
}


def headers(platform: Platform, layout: Layout) -> list[str]:
    """Return the exact column headers of a file."""
    return [*_platforms_own(platform, layout), *(STANDING if layout.standing else ())]


def _platforms_own(platform: Platform, layout: Layout) -> list[str]:
    if platform is Platform.META:
        names = ["email"] * layout.emails + ["phone"] * layout.phones + ["fn", "ln", "zip", "country"]
        return [*names, "value"] if layout.value else names
    if platform is Platform.GOOGLE:
        names = ["Email"] * layout.emails + ["Phone"] * layout.phones
        return [*names, "First Name", "Last Name", "Country", "Zip"]
    if platform is Platform.TIKTOK:
        return ["Email_SHA256"] * layout.emails + ["Phone_SHA256"] * layout.phones
    if platform is Platform.KLAVIYO:
        return ["Email Address", "Phone Number", "First Name", "Last Name", "segment"]
    if platform is Platform.CRM:
        return ["customer_id", "name", "email", "phone", "country", "segment"]
    return ["Email Address", "First Name", "Last Name", "Phone Number", "Tags"]


def usable(platform: Platform, person: Person) -> Person:
    """Return what of a person's addresses the platform can use."""
    emails, phones = person.emails, person.phones
    if not PLATFORMS[platform].hashed:
        emails = tuple(one for one in emails if not is_hashed(one))
        phones = tuple(one for one in phones if not is_hashed(one))
    if platform is Platform.MAILCHIMP:  # the e-mail address is the key, and has no accents before the @
        emails = tuple(one for one in emails if one.partition("@")[0].isascii())
        phones = phones if emails else ()
    return replace(person, emails=emails, phones=phones)


def record(platform: Platform, person: Person, layout: Layout) -> list[str]:
    """Write a person's row, in the order of `headers`; what is not known is an empty cell, never its hash."""
    return [*_cells(platform, person, layout), *(person.standing if layout.standing else ())]


def _cells(platform: Platform, person: Person, layout: Layout) -> list[str]:
    if platform is Platform.META:
        return _meta(person, layout)
    if platform is Platform.GOOGLE:
        return _google(person, layout)
    if platform is Platform.TIKTOK:
        emails = [digest(normalise.without_tag(one)) for one in person.emails]
        phones = [digest(one if layout.plus else one.lstrip("+")) for one in person.phones]
        return [*_padded(emails, layout.emails), *_padded(phones, layout.phones)]
    email, phone = _first(person.emails), _first(person.phones)
    if platform is Platform.CRM:
        return [person.customer_id, person.name, email, phone, person.country, str(person.segment)]
    first, last = _clipped(person.first_name), _clipped(person.last_name)
    label = f"segment {person.segment}" if person.segment else ""
    return (
        [email, phone, first, last, label]
        if platform is Platform.KLAVIYO
        else [email, first, last, phone, label]
    )


def _meta(person: Person, layout: Layout) -> list[str]:
    cells = [
        *_padded([digest(one) for one in person.emails], layout.emails),
        *_padded([digest(one.lstrip("+")) for one in person.phones], layout.phones),
        digest(normalise.name(person.first_name)),
        digest(normalise.name(person.last_name)),
        digest(person.postal_code),
        digest(person.country.lower()),
    ]
    return [*cells, person.value] if layout.value else cells


def _google(person: Person, layout: Layout) -> list[str]:
    """Name, country and postal code match only together, so a part of them is not handed over."""
    names = [digest(normalise.name(person.first_name)), digest(normalise.name(person.last_name))]
    place = [person.country, person.postal_code.upper()]
    return [
        *_padded([digest(one) for one in person.emails], layout.emails),
        *_padded([digest(one) for one in person.phones], layout.phones),
        *([*names, *place] if all((*names, *place)) else [""] * 4),
    ]


def _padded(values: Sequence[str], width: int) -> list[str]:
    return [*values[:width], *[""] * (width - len(values))]


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _clipped(text: str) -> str:
    """Shorten a text to the bytes that a mailing platform keeps, at a whole character."""
    return text.encode()[:LONGEST_TEXT].decode(errors="ignore")
