"""The stages that long work goes through, and what each is called on a screen."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A stage of long work; a stage of one thing among several says which after a colon."""

    MAKING_SHOP = "making_shop"
    LOADING_SHOP = "loading_shop"
    CHECKING_FILE = "checking_file"
    TRYING_READINGS = "trying_readings"
    TRYING_ON_ALL = "trying_on_all"
    UNPACKING = "unpacking"
    READING_FILE = "reading_file"
    READING_DATABASE = "reading_database"
    FETCHING_FILE = "fetching_file"
    READING_SHOP_SYSTEM = "reading_shop_system"
    READING_WORKBOOK = "reading_workbook"
    FINDING_FIELDS = "finding_fields"
    WAITING_FOR_FILE = "waiting_for_file"
    UNDERSTANDING_COLUMNS = "understanding_columns"
    BUILDING_SHOP = "building_shop"
    BUILDING_FEATURES = "building_features"
    LOADING_MODEL = "loading_model"
    READING_TEXTS = "reading_texts"
    FINDING_THEMES = "finding_themes"
    LOOKING_BACK = "looking_back"
    LEARNING_OUTCOME = "learning_outcome"
    PARTING_SHOP = "parting_shop"
    ASSIGNING = "assigning"
    FINDING_SEGMENTS = "finding_segments"
    RESAMPLING = "resampling"
    JUDGING = "judging"
    COMPARING_WITH_EVEN = "comparing_with_even"
    DESCRIBING_SEGMENTS = "describing_segments"
    MEASURING_WORTH = "measuring_worth"
    TRYING_OTHERS = "trying_others"
    WAITING_FOR_MODEL = "waiting_for_model"
    READING_PURCHASES = "reading_purchases"
    LEARNING_LINKS = "learning_links"
    CHOOSING_FOR_SEGMENTS = "choosing_for_segments"
    CHOOSING_FOR_CUSTOMERS = "choosing_for_customers"
    TUNING = "tuning"
    TESTING = "testing"
    FORETELLING = "foretelling"
    CHECKING_FORECAST = "checking_forecast"
    LEARNING_CHURN = "learning_churn"
    COMPARING_DAYS = "comparing_days"
    CHECKING_CONTACTS = "checking_contacts"
    READING_SHOP = "reading_shop"
    EXPLAINING = "explaining"
    WRITING = "writing"
    DONE = "done"


STAGES = {
    Stage.MAKING_SHOP: "Making up a shop",
    Stage.LOADING_SHOP: "Reading its files",
    Stage.CHECKING_FILE: "Checking the file",
    Stage.TRYING_READINGS: "Trying other readings",
    Stage.TRYING_ON_ALL: "Trying the best on all rows",
    Stage.UNPACKING: "Unpacking",
    Stage.READING_FILE: "Reading the file",
    Stage.READING_DATABASE: "Reading the database",
    Stage.FETCHING_FILE: "Fetching the file",
    Stage.READING_SHOP_SYSTEM: "Asking the shop",
    Stage.READING_WORKBOOK: "Reading the workbook",
    Stage.FINDING_FIELDS: "Finding the fields",
    Stage.WAITING_FOR_FILE: "Waiting for another file",
    Stage.UNDERSTANDING_COLUMNS: "Understanding the columns",
    Stage.BUILDING_SHOP: "Bringing the files together",
    Stage.BUILDING_FEATURES: "Describing each customer",
    Stage.LOADING_MODEL: "Loading the language model",
    Stage.READING_TEXTS: "Reading texts",
    Stage.FINDING_THEMES: "Finding themes",
    Stage.LOOKING_BACK: "Looking back at your customers",
    Stage.LEARNING_OUTCOME: "Learning what foretells the outcome",
    Stage.PARTING_SHOP: "Parting the shop by customer",
    Stage.ASSIGNING: "Putting customers into their segments",
    Stage.FINDING_SEGMENTS: "Looking for segments",
    Stage.RESAMPLING: "Checking that segments come back",
    Stage.JUDGING: "Judging how many segments there are",
    Stage.COMPARING_WITH_EVEN: "Comparing with customers spread evenly",
    Stage.DESCRIBING_SEGMENTS: "Describing each segment",
    Stage.MEASURING_WORTH: "Comparing with what came after",
    Stage.TRYING_OTHERS: "Trying other settings",
    Stage.WAITING_FOR_MODEL: "Waiting for the language model",
    Stage.READING_PURCHASES: "Reading what was bought",
    Stage.LEARNING_LINKS: "Learning what goes together",
    Stage.CHOOSING_FOR_SEGMENTS: "Choosing products for each segment",
    Stage.CHOOSING_FOR_CUSTOMERS: "Choosing products for each customer",
    Stage.TUNING: "Trying blends on an earlier time",
    Stage.TESTING: "Testing on what came after",
    Stage.FORETELLING: "Foretelling orders and spend",
    Stage.CHECKING_FORECAST: "Checking against what came",
    Stage.LEARNING_CHURN: "Learning who stops buying",
    Stage.COMPARING_DAYS: "Comparing two days",
    Stage.CHECKING_CONTACTS: "Checking contacts",
    Stage.READING_SHOP: "Reading the shop",
    Stage.EXPLAINING: "Looking closely at each segment",
    Stage.WRITING: "Writing",
    Stage.DONE: "Done",
}

STORIES = {
    Stage.MAKING_SHOP: "A shop that never was: 2,000 made-up customers with six kinds of habit, which "
    "Tessera does not know.",
    Stage.BUILDING_SHOP: "Orders, customers and products find each other; every row that does not count is "
    "kept, with the reason.",
    Stage.BUILDING_FEATURES: "How lately, how often and how much each customer bought, and their habits.",
    Stage.LOADING_MODEL: "The language model runs on this machine: no text leaves it.",
    Stage.READING_TEXTS: "Product names and reviews are read for what they are about, so that people of one "
    "taste find each other. Each text is read once and kept.",
    Stage.FINDING_THEMES: "Texts about the same thing become a theme, named by its own words.",
    Stage.FINDING_SEGMENTS: "Groups of alike customers are looked for, in every number from few to many.",
    Stage.RESAMPLING: "The same again among customers drawn at random: a segment that does not come back was "
    "chance.",
    Stage.JUDGING: "How many segments there are is judged by whether there are gaps between them.",
    Stage.COMPARING_WITH_EVEN: "Customers spread evenly have no segments; yours are held against them.",
    Stage.DESCRIBING_SEGMENTS: "What sets each segment apart becomes its name and its colours.",
    Stage.EXPLAINING: "Pages are made ready, so that nobody has to wait for them.",
}
"""What a long stage is for, to read meanwhile."""

STAGES_OF = {
    Stage.READING_DATABASE: "Reading the database: {which}",
    Stage.FETCHING_FILE: "Fetching {which}",
    Stage.READING_SHOP_SYSTEM: "Asking the shop for {which}",
    Stage.READING_TEXTS: "Reading texts: {which}",
    Stage.RESAMPLING: "Checking that segments come back: {which} segments",
}


def stage_words(step: str) -> str:
    """Name the stage of a step; a step that is none has been named by the one who took it."""
    code, _, which = step.partition(": ")
    if code not in set(Stage):
        return step
    return STAGES_OF[Stage(code)].format(which=which) if which else STAGES[Stage(code)]


def stage_story(step: str) -> str:
    """Say what the stage of a step is for; nothing where that needs no words."""
    code = step.partition(":")[0]
    return STORIES.get(Stage(code), "") if code in set(Stage) else ""
