from segmentation.runs.theme_names import given_names, rename_theme
from segmentation.text.block import Theme
from segmentation.workspace import Workspace

DRESSES = Theme("dress, skirt, fit", ("dress", "skirt", "fit", "waist"), 40)
PANS = Theme("pan, iron, heat", ("pan", "iron", "heat", "lid"), 30)


def test_a_name_follows_the_theme_that_shares_half_of_its_words(workspace: Workspace) -> None:
    rename_theme(workspace, DRESSES, "  Frocks\n and more ")
    alike = Theme("skirt, waist, new", ("skirt", "waist", "new", "hem"), 50)
    assert given_names(workspace, [PANS, alike]) == {1: "Frocks and more"}
    other = Theme("new", ("dress", "new", "hem", "silk"), 50)
    assert given_names(workspace, [PANS, other]) == {}


def test_a_name_is_given_once_to_the_theme_that_it_fits_best(workspace: Workspace) -> None:
    rename_theme(workspace, DRESSES, "Frocks")
    half = Theme("dress", ("dress", "skirt", "new", "hem"), 5)
    assert given_names(workspace, [half, DRESSES]) == {1: "Frocks"}


def test_the_generated_name_comes_back(workspace: Workspace) -> None:
    for name in ("", DRESSES.name):
        rename_theme(workspace, DRESSES, "Frocks")
        rename_theme(workspace, DRESSES, name)
        assert given_names(workspace, [DRESSES]) == {}


def test_a_renamed_theme_of_a_later_run_has_one_name(workspace: Workspace) -> None:
    rename_theme(workspace, DRESSES, "Frocks")
    later = Theme("skirt, waist, new", ("skirt", "waist", "fit", "hem"), 50)
    rename_theme(workspace, later, "Gowns")
    assert given_names(workspace, [DRESSES]) == {0: "Gowns"}
