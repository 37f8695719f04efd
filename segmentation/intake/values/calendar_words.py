"""The words for other reckonings of days than the common one."""

from segmentation.intake.values.calendars import (
    BUDDHIST,
    BUDDHIST_SHORT,
    ERAS,
    ISLAMIC,
    MINGUO,
    PERSIAN,
    ROMAN,
    WEEKS,
)

CALENDARS = {
    BUDDHIST: "years of the Buddhist calendar",
    BUDDHIST_SHORT: "years of the Buddhist calendar, without their century",
    PERSIAN: "days of the Persian calendar",
    ISLAMIC: "days of the Islamic calendar by its table; where the moon is looked at, a day may be off",
    ERAS: "years of an era",
    MINGUO: "years of the Republic of China",
    WEEKS: "weeks of the year; a week without a day is its Monday",
    ROMAN: "the month in Roman numerals",
}
WITHOUT_YEAR = "days without a year, from {first} on"
