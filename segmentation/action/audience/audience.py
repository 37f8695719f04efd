"""Audience files: the customers of a segment as a platform takes them, checked first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from segmentation.action.audience import normalise, words
from segmentation.action.audience.contacts import read_contacts
from segmentation.action.audience.parts import Parts
from segmentation.action.audience.people import PeopleList
from segmentation.action.audience.person_names import split_name
from segmentation.action.audience.platforms import PLATFORMS, Layout, Person, Platform, record, usable
from segmentation.action.audience.reason import Reason
from segmentation.action.audience.suppression import keys_of, suppressed_keys
from segmentation.action.files.private import private
from segmentation.action.files.safe_csv import CsvWriter
from segmentation.intake.linking.consent import Answer
from segmentation.jobs import Progress, silent
from segmentation.runs.kept.standing import STANDING
from segmentation.stages import Stage
from segmentation.workspace import Workspace

STEP = Stage.CHECKING_CONTACTS


@dataclass(frozen=True)
class AudienceOptions:
    """What is chosen for an audience.

    `default_country` is the ISO code for phones without a country code of customers without a country;
    `only_yes` leaves out who has not said yes to marketing (who said no is left out always); `value` adds the
    customer's value (Meta); `plus` keeps the plus of phones (TikTok).
    """

    platform: Platform
    default_country: str = ""
    only_yes: bool = True
    value: bool = False
    plus: bool = True


@dataclass(frozen=True)
class Chosen:
    """The customers to hand over: ids, segments from 1, who is held out, values or None; (n,) each.

    `standing` (`View.standing_of`) has a row for each; None where nobody follows their segments.
    """

    customer_ids: np.ndarray
    segments: np.ndarray
    held_out: np.ndarray
    values: np.ndarray | None = None
    standing: pd.DataFrame | None = None


@dataclass(frozen=True)
class Audience:
    """The files that were written, how many people are in them, and who was left out why.

    `left_out` counts by reason; `members` are the ids in the files, `held_out` those that only the test keeps
    out of them; `list_of_left_out` is the file that names who was left out, for the shop's own eyes.
    """

    platform: Platform
    files: tuple[Path, ...]
    people: int
    chosen: int
    left_out: Mapping[Reason, int]
    warnings: tuple[str, ...]
    members: np.ndarray = field(repr=False)
    held_out: np.ndarray = field(repr=False)
    list_of_left_out: Path


def write_audience(
    workspace: Workspace,
    chosen: Chosen,
    options: AudienceOptions,
    folder: Path,
    stem: str,
    on_progress: Progress = silent,
) -> Audience:
    """Write one platform's files into a folder, or numbered parts where one would be too large.

    Their names are the stem and how many people are in them: "segment-2-meta-2024-03-09-410-people.csv".
    The shop's tables must be those of the customers; memory holds one part of 100,000 at a time, and the
    digests of the addresses seen so far.

    :raises Cancelled: when a person cancels.
    """
    folder.mkdir(parents=True, exist_ok=True)
    layout = _layout(workspace, options, chosen)
    parts = Parts(folder, stem, options.platform, layout)
    left_out: dict[Reason, list[str]] = {reason: [] for reason in Reason}
    members: list[str] = []
    seen: set[str] = set()
    aside = folder / f"{stem}-left-out.csv"
    with parts, private(aside).open("wb") as stream:
        notes = CsvWriter(stream, ["customer_id", "reason"])
        for one, reason, person in _judged(workspace, chosen, options, seen, on_progress):
            if reason:
                left_out[reason].append(one)
                notes.write_row([one, words.REASONS[reason]])
            else:
                parts.write(record(options.platform, person, layout))
                members.append(one)
    return Audience(
        options.platform,
        tuple(_counted(path, stem, len(members)) for path in parts.paths),
        len(members),
        len(chosen.customer_ids),
        {reason: len(ids) for reason, ids in left_out.items() if ids},
        _warnings(workspace, options, len(members), len(parts.paths)) + _untold(options, chosen),
        np.array(members, dtype=object),
        np.array(left_out[Reason.HELD_OUT], dtype=object),
        aside,
    )


def addresses(workspace: Workspace, customer_ids: np.ndarray) -> pd.DataFrame:
    """Return name, email and phone of these customers (n,), as a CRM list holds them; empty where unknown.

    Who would stay out of such a list has no address here, and who objects to being profiled no name either;
    a column that has nothing for anybody is left out. The shop's tables must be those of the customers.
    """
    number = len(customer_ids)
    chosen = Chosen(customer_ids, np.ones(number, dtype=np.intp), np.zeros(number, dtype=bool))
    rows = [
        (
            "" if reason is Reason.OBJECTS else person.name,
            "" if reason else "".join(person.emails[:1]),
            "" if reason else "".join(person.phones[:1]),
        )
        for _, reason, person in _judged(workspace, chosen, AudienceOptions(Platform.CRM), set(), silent)
    ]
    found = pd.DataFrame(rows, columns=["name", "email", "phone"])
    return found.loc[:, (found != "").any()]


def file_stem(people: PeopleList, what: str, day: date) -> str:
    """Name a file by who is in it, for what, and the day."""
    return f"{people.stem}-{what}-{day.isoformat()}"


def _counted(path: Path, stem: str, people: int) -> Path:
    return path.replace(path.with_name(f"{stem}-{people}-people{path.name.removeprefix(stem)}"))


def _judged(
    workspace: Workspace, chosen: Chosen, options: AudienceOptions, seen: set[str], on_progress: Progress
) -> Iterator[tuple[str, Reason | None, Person]]:
    """Give every customer with the reason to leave them out, if any; `seen` collects who is in already."""
    suppressed, asked = suppressed_keys(workspace), _has(workspace, "consent")
    at, total = 0, len(chosen.customer_ids)
    for batch in read_contacts(workspace, chosen.customer_ids):
        on_progress(STEP, at, total)
        standing = _standing(chosen, at, batch.num_rows)
        for row, stands in zip(batch.to_pylist(), standing, strict=True):
            person = replace(_person(row, options, chosen, at), standing=stands)
            keys = keys_of(person.emails, person.phones)
            reason = _reason(row, person, options.only_yes and asked)
            if reason is None and keys & suppressed:
                reason = Reason.SUPPRESSED
            if reason is None and keys & seen:
                reason = Reason.REPEATED
            if reason is None and chosen.held_out[at]:
                reason = Reason.HELD_OUT
            if reason in (None, Reason.HELD_OUT):
                seen |= keys
            yield str(chosen.customer_ids[at]), reason, person
            at += 1
    on_progress(STEP, total, total)


def _standing(chosen: Chosen, at: int, rows: int) -> list[tuple[str, ...]]:
    """Return the cells that say where so many customers stand from the one in place `at` on."""
    if chosen.standing is None:
        return [("",) * len(STANDING)] * rows
    part = chosen.standing.iloc[at : at + rows].astype("string").fillna("")
    return list(part.itertuples(index=False, name=None))


def _person(row: Mapping[str, Any], options: AudienceOptions, chosen: Chosen, at: int) -> Person:
    country = normalise.country(row["country"] or "")
    region = country or options.default_country.upper()
    first, last = row["first_name"] or "", row["last_name"] or ""
    if not (first and last) and row["full_name"]:
        first, last = split_name(row["full_name"])
    phones = [normalise.phone(one, region) for one in row["phones"] or ()]
    if row["phone_consent"] == Answer.NO and not PLATFORMS[options.platform].hashed:
        phones = []
    value = float(chosen.values[at]) if chosen.values is not None else 0.0
    return usable(
        options.platform,
        Person(
            tuple(dict.fromkeys(filter(None, map(normalise.email, row["emails"] or ())))),
            tuple(dict.fromkeys(filter(None, phones))),
            normalise.shown_name(first),
            normalise.shown_name(last),
            country,
            normalise.postal_code(row["postal_code"] or ""),
            f"{value:.2f}" if value > 0 else "",
            int(chosen.segments[at]),
            normalise.shown_name(row["full_name"] or f"{first} {last}"),
            str(chosen.customer_ids[at]),
        ),
    )


def _reason(row: Mapping[str, Any], person: Person, only_yes: bool) -> Reason | None:
    if row["profiling"] == Answer.NO:
        return Reason.OBJECTS
    if row["consent"] == Answer.NO:
        return Reason.REFUSED
    if only_yes and row["consent"] is None:
        return Reason.NOT_ASKED
    if not (row["emails"] or row["phones"]):
        return Reason.NO_CONTACT
    return None if person.emails or person.phones else Reason.UNUSABLE


def _layout(workspace: Workspace, options: AudienceOptions, chosen: Chosen) -> Layout:
    """Make room for as many e-mails and phones as a customer has, where the platform takes several."""
    with workspace.cursor() as cursor:
        emails, phones = cursor.execute(
            "SELECT coalesce(max(len(emails)), 1), coalesce(max(len(phones)), 1) FROM shop.contacts"
        ).fetchall()[0]
    several = PLATFORMS[options.platform].hashed
    value = options.value and options.platform is Platform.META and chosen.values is not None
    standing = chosen.standing is not None and PLATFORMS[options.platform].own_columns
    return Layout(emails if several else 1, phones if several else 1, value, options.plus, standing)


def _has(workspace: Workspace, column: str) -> bool:
    with workspace.cursor() as cursor:
        return bool(cursor.execute(f"SELECT count({column}) FROM shop.contacts").fetchall()[0][0])


def _untold(options: AudienceOptions, chosen: Chosen) -> tuple[str, ...]:
    """Say so where a platform refuses the columns of where customers stand."""
    rules = PLATFORMS[options.platform]
    return (
        ()
        if rules.own_columns or chosen.standing is None
        else (words.NO_OWN_COLUMNS.format(platform=rules.label),)
    )


def _warnings(workspace: Workspace, options: AudienceOptions, people: int, parts: int) -> tuple[str, ...]:
    rules, found = PLATFORMS[options.platform], []
    if not _has(workspace, "consent"):
        found.append(words.CONSENT_UNKNOWN)
    if rules.smallest and people < rules.smallest:
        found.append(words.TOO_FEW.format(platform=rules.label, fewest=rules.smallest, people=people))
    if parts > 1 and rules.largest:
        megabytes = rules.largest // 1024**2
        found.append(words.SEVERAL_FILES.format(platform=rules.label, megabytes=megabytes, files=parts))
    if options.platform is Platform.GOOGLE:
        found.append(words.GRANT_CONSENT)
    if options.platform is Platform.KLAVIYO:
        found.append(words.SMS_FOR_ALL)
    if rules.hashed:
        found.append(words.STILL_PERSONAL)
    return tuple(found)
