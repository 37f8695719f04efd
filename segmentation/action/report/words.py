"""The words of the report: its headings, what its pictures show, and what to be careful about."""

TITLE = "Customer segments of {shop}"
AS_OF = "Customers as of {date}. "
FOUND_ON = "Segments found on {date}."
CUSTOMER_SEGMENTS = "Customer segments"
CUSTOMERS = "customers, in {k} segments"
PAID = "paid, less returns, in the last {days}"
EXPECTED = "expected in the next year"
AT_RISK = "of the next year is at risk"
MARGIN = "of margin, less returns, in the last {days}"
MARGIN_EXPECTED = "of margin expected in the next year"
MARGIN_AT_RISK = "of margin of the next year is at risk"
ORDERED_AGAIN = "ordered again in the last {days}"
MADE = (
    "Made by Tessera on this machine from the shop’s own exports. The report names no customer. "
    "Run {run}, seed {seed}."
)

WHO_BRINGS_IT = "Who brings it"
HOW_MANY = "How many they are"
SHARED = "How the customers are shared among the segments."
SHARED_WITH_REVENUE = "Pale: the share of customers of each segment; full: of revenue."
BARS_SHOW = "The share of customers and of revenue of each segment"
FIRST_THINGS = "What to do first"
REACHABLE = "{people:,} people can be reached"
PEOPLE = "{people:,} customers"
MONEY = "{title}: {money}"
HOLD_OUT = "hold out {people:,} to see whether it works"
NO_ACTION = "None of the segments comes back surely enough to act on it yet."
NO_MONEY = "The files say nothing about money. {missing}"

THE_SEGMENTS = "The segments"
WHAT_TO_DO = "What to do"
MAP_SHOWS = "Where the customers of each segment are"
SOME_DRAWN = "{shown:,} of {everyone:,} customers are drawn. "
WHAT_THEY_ARE_LIKE = "What the customers of each segment are like"
TYPICAL = "The typical customer (median) of each segment, or the average where it says so. "
ON_AVERAGE = " (average)"
EVERYONE = "All"
FEW = "A star: known for fewer than half."

PLAYS = "The plays in full"
ABOUT_PLAYS = (
    "One play for each segment, made by plain rules from what the shop’s files show; below each line is "
    "what it rests on. Lines that a person wrote are marked."
)
COMMON = "What several plays rest on"
WOULD_ADD = "What would add more: {missing}"
BOUGHT_MORE = "Bought more often"
DO_NOT_ACT = "Do not act on this one yet. "
WRITTEN_OVER = "Written by a person. Generated: {text}"

DATA = "Data quality"
WHY_SO_MANY = "Why so many segments"
METHOD_AND_CAVEATS = "Method and caveats"
CAVEATS = (
    "Segments sum up many customers; a single one may differ from what is said of the segment.",
    "What customers did says little about why. Test a play against a hold-out group before you rely on it.",
    "Baselines are what happened in the files, not a forecast; seasons move them.",
    "Whoever may be written to is for the law and the customers’ consent to decide, not for this report.",
)
KNOWN_OF_EACH = "Known of each customer"
LEFT_OUT = "Left out: {feature}"
CUSTOMER_IS = "A customer is {meaning}."
A_CUSTOMER_IS = "A customer is"
SUGGESTED_NUMBER = "Suggested number of segments"
QUIET_AFTER = "Quiet after (days)"

FEATURE = "Feature"
SHOWN_AS = "Shown as"
ALL_CUSTOMERS = "All customers"
MEDIAN = "typical (median)"
MEAN = "average"
CHART_SHARES = "Who brings it"
CHART_COMES_BACK = "How surely each segment comes back"
