"""User text is shown as it is, whatever Markdown or HTML it holds."""

import pytest

from pages.shell.words import count, plain, width_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("orders", "orders"),
        ("a_b*c", r"a\_b\*c"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[x](y)", r"\[x\]\(y\)"),
        ("$x$ `y`", r"\$x\$ \`y\`"),
        ("# one\n- two", r"\# one \- two"),
        (":smile:", ":\u2060smile:\u2060"),
        ("a@b.co", "a@\u2060b\\.co"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_counts_take_the_right_noun() -> None:
    assert [count(1, "row"), count(1204, "row"), count(2, "category", "categories")] == [
        "1 row",
        "1,204 rows",
        "2 categories",
    ]


def test_a_column_is_as_wide_as_its_longest_text_needs() -> None:
    assert width_of(["客户", "abc"]) == 32 + 7 * 4
