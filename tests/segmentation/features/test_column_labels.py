"""A column is called what a person calls it, once given, in the features and wherever a run shows it."""

from segmentation.features.column_labels import give_label, given_labels, with_labels
from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.feature_words.wording import entry_of, plain_label, value_of
from segmentation.workspace import Workspace

WINE = Feature("profile.MntWines", "MntWines", "", Group.PROFILE, Unit.NUMBER)
CITY = Feature(
    "profile.city=Rome: East", "city: Rome: East", "", Group.PROFILE, Unit.SHARE, value="Rome: East"
)
CLUB = Feature("profile.club=yes", "club", "", Group.PROFILE, Unit.SHARE, value="yes")
ORDERS = Feature("frequency", "Orders", "", Group.BEHAVIOUR, Unit.COUNT)


def test_a_label_is_given_once_and_kept(workspace: Workspace) -> None:
    give_label(workspace, "profile.MntWines", "  Spend on\n Rioja (€) ")
    give_label(workspace, "profile.city", "Where")
    assert given_labels(workspace) == {"profile.MntWines": "Spend on Rioja (€)", "profile.city": "Where"}
    give_label(workspace, "profile.city", "")
    assert given_labels(workspace) == {"profile.MntWines": "Spend on Rioja (€)"}


def test_labels_stand_in_features_and_words() -> None:
    labels = {"profile.MntWines": "Spend on Rioja (€)", "profile.city": "Where", "profile.club": "Members"}
    wine, city, club, orders = with_labels((WINE, CITY, CLUB, ORDERS), labels)
    assert (wine.label, city.label, club.label) == ("Spend on Rioja (€)", "Where: Rome: East", "Members")
    assert orders == ORDERS
    assert entry_of(wine).high.adjective == "High Spend on Rioja"
    assert value_of(wine, 12.0) == "12 €"
    assert plain_label(city) == "Where: Rome: East"
