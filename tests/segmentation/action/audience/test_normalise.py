"""Golden vectors of the platforms, and that any text can be normalised, once for all."""

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segmentation.action.audience import normalise
from segmentation.action.audience.normalise import digest
from segmentation.action.audience.platforms import Layout, Person, Platform, headers, record, usable

MAIL = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"
PHONE_GOOGLE = "61d6c2976b5d92b1ad63073a12fddd26040cd980067d03a93dd1cc50f1a3ac68"
PHONE_META = "cc4160cbb01658fcff52a57f3403e0e9c7a4735cff1574df41ee3f3036697468"
ALEX = "4135aa9dc1b842a653dea846903ddb95bfb8c5a10c504a7fa16e10bc31d1fdf0"
ZOE = "2752b88686847fa5c86f47b94ce652b7b3f22a91c37617d451a4db9afa431450"
US = "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"


def test_golden_vectors() -> None:
    assert digest(normalise.email("test@example.com")) == MAIL
    assert digest(normalise.email(" Test@Example.com ")) == MAIL
    assert digest(normalise.phone("+1 (800) 555-0101")) == PHONE_GOOGLE
    assert digest(normalise.phone("(800) 555-0101", "US").lstrip("+")) == PHONE_META
    assert digest(normalise.name(" Alex ")) == ALEX
    assert digest(normalise.name("Zoe\u0308")) == ZOE
    assert digest(normalise.country("United States").lower()) == US
    assert digest("") == ""


PERSON = Person(
    ("test@example.com",), ("+18005550101",), "Alex", "Zoë", "US", "90210", "12.5", 2
)  # fmt: skip


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_meta_hashes_phones_without_plus_and_the_country_too() -> None:
    layout = Layout(emails=2, phones=1, value=True)
    assert headers(Platform.META, layout) == [
        "email", "email", "phone", "fn", "ln", "zip", "country", "value",
    ]  # fmt: skip
    assert record(Platform.META, PERSON, layout) == [
        MAIL, "", PHONE_META, ALEX, ZOE, sha("90210"), US, "12.5",
    ]  # fmt: skip


def test_google_hashes_phones_with_plus_and_leaves_the_place_plain() -> None:
    assert headers(Platform.GOOGLE, Layout()) == [
        "Email", "Phone", "First Name", "Last Name", "Country", "Zip",
    ]  # fmt: skip
    assert record(Platform.GOOGLE, PERSON, Layout()) == [MAIL, PHONE_GOOGLE, ALEX, ZOE, "US", "90210"]
    partly = Person(("test@example.com",), (), "Alex", "Zoë", "US", "")
    assert record(Platform.GOOGLE, partly, Layout()) == [MAIL, "", "", "", "", ""], "all four or none"


def test_tiktok_drops_tags_and_has_phones_both_ways() -> None:
    person = Person(("test+shop@example.com",), ("+18005550101",))
    assert headers(Platform.TIKTOK, Layout(emails=3)) == ["Email_SHA256"] * 3 + ["Phone_SHA256"]
    assert record(Platform.TIKTOK, person, Layout()) == [MAIL, PHONE_GOOGLE]
    assert record(Platform.TIKTOK, person, Layout(plus=False)) == [MAIL, PHONE_META]


def test_mailing_platforms_get_plain_addresses() -> None:
    assert headers(Platform.KLAVIYO, Layout())[0] == "Email Address"
    assert record(Platform.KLAVIYO, PERSON, Layout()) == [
        "test@example.com", "+18005550101", "Alex", "Zoë", "segment 2",
    ]  # fmt: skip
    assert record(Platform.MAILCHIMP, PERSON, Layout()) == [
        "test@example.com", "Alex", "Zoë", "+18005550101", "segment 2",
    ]  # fmt: skip
    long = record(Platform.MAILCHIMP, Person(("a@b.example",), first_name="é" * 200), Layout())[1]
    assert long == "é" * 127


def test_hashed_values_stay_as_they_are_and_go_to_no_mailing_platform() -> None:
    person = Person((normalise.email(MAIL.upper()),), (PHONE_META,))
    assert person.emails == (MAIL,)
    assert record(Platform.META, person, Layout())[:2] == [MAIL, PHONE_META]
    assert usable(Platform.KLAVIYO, person) == Person()
    assert usable(Platform.MAILCHIMP, Person(("zoë@x.example",), ("+18005550101",))) == Person()


def test_dots_and_tags_before_the_at_are_not_touched() -> None:
    assert normalise.email("A.n.n+x@GMail.com") == "a.n.n+x@gmail.com"


@pytest.mark.parametrize("text", ["", "ann", "ann@", "@x.example", "=cmd@x.example", "a b@x.example", "a@b"])
def test_no_address(text: str) -> None:
    assert normalise.email(text) == ""


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("0044 20 7946 0018", "", "+442079460018"),
        ("'+44 20 7946 0018", "DE", "+442079460018"),
        ("030 1234567", "DE", "+49301234567"),
        ("030 1234567", "", ""),
        ("12", "DE", ""),
        ("call me", "DE", ""),
        ("", "DE", ""),
    ],
)
def test_phones(text: str, region: str, expected: str) -> None:
    assert normalise.phone(text, region) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [("Germany", "DE"), ("deutschland", "DE"), ("DEU", "DE"), ("de", "DE"), ("UK", "GB"), ("USA", "US"),
     (" United  Kingdom", "GB"), ("EIRE", "IE"), ("Frankreich", "FR"), ("中国", "CN"), ("Nowhere", "")],
)  # fmt: skip
def test_countries(text: str, code: str) -> None:
    assert normalise.country(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("90210-1234", "90210"), (" SW1A 1AA", "sw1a1aa"), ("=1+1", ""), ("", "")]
)
def test_postal_codes(text: str, code: str) -> None:
    assert normalise.postal_code(text) == code


_text = st.one_of(st.text(max_size=30), st.emails(), st.from_regex(r"\+?[0-9 ()-]{0,18}", fullmatch=True))


@example("= =")
@example("Ann ' 'o")
@given(_text)
def test_what_is_normalised_once_stays_so(text: str) -> None:
    for tidy in (normalise.email, normalise.country, normalise.name, normalise.shown_name, normalise.phone):
        assert tidy(tidy(text)) == tidy(text)
    assert normalise.postal_code(normalise.postal_code(text)) == normalise.postal_code(text)
    assert digest(digest(text)) == digest(text)


@given(_text)
def test_no_cell_starts_what_a_spreadsheet_runs(text: str) -> None:
    for cell in (normalise.email(text), normalise.name(text), normalise.postal_code(text)):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    number = normalise.phone(text, "GB")
    assert number == "" or number[1:].isdigit()
