import numpy as np

from segmentation.text.sources import collect_sources
from segmentation.workspace import Workspace

CUSTOMERS = np.array(["ann", "bob", "cid", "dan", "eve"], dtype=object)


def test_products_weigh_by_spend_and_by_views_of_what_was_never_bought(filled: Workspace) -> None:
    (products,) = collect_sources(filled, CUSTOMERS)
    # Sorted texts: knife, cast iron pan, … by their first letters.
    assert [text.split(".")[0] for text in products.texts] == [
        "Cast iron pan",
        "Chef's knife",
        "Linen shirt",
        "Red summer dress",
    ]
    # 120 spent on 5 lines: an average line of 24. A view is 1 and a cart 3 of a purchase's 5.
    expected = [
        [0, 0, 10 / 24, 30 / 24],
        [40 / 24, 20 / 24, 0, 0],
        [0, 0, 0, 20 / 24],
        [0, 4 / 5, 0, 0],
        [0, 0, 0, 0],
    ]
    np.testing.assert_allclose(products.weights.toarray(), expected)


def test_a_product_text_is_name_category_and_description(filled: Workspace) -> None:
    with filled.cursor() as cursor:
        cursor.execute("UPDATE shop.products SET category = 'home.kitchen>pans', description = NULL")
    (products,) = collect_sources(filled, CUSTOMERS)
    assert products.texts[0] == "Cast iron pan. home kitchen pans"


def test_reviews_and_notes_are_sources_of_their_own_with_distinct_texts(filled: Workspace) -> None:
    with filled.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shop.reviews (customer_id, text) VALUES "
            "('ann', 'Lovely <br /> dress'), ('bob', ' Lovely  dress'), ('bob', NULL), ('cid', '5/5 !!'), "
            "(NULL, 'x')"
        )
        cursor.execute("INSERT INTO shop.notes VALUES ('eve', 'about', 'Asked for a gift card')")
    _, reviews, about = collect_sources(filled, CUSTOMERS)
    assert (reviews.name, reviews.texts) == ("reviews", ("Lovely dress",))
    assert reviews.weights.toarray().ravel().tolist() == [1, 1, 0, 0, 0]
    assert (about.name, about.weights.toarray().ravel().tolist()) == ("about", [0, 0, 0, 0, 1])


def test_lines_without_amounts_count_once_each_and_postage_not_at_all(filled: Workspace) -> None:
    with filled.cursor() as cursor:
        cursor.execute(
            "UPDATE shop.lines SET amount = NULL, is_return = FALSE, is_product = customer_id <> 'bob'"
        )
    (products,) = collect_sources(filled, CUSTOMERS)
    assert products.weights.toarray().sum(axis=1).tolist() == [2, 0, 2, 0.8, 0]


def test_only_the_customers_asked_for_count(filled: Workspace) -> None:
    (products,) = collect_sources(filled, np.array(["dan"], dtype=object))
    assert len(products.texts) == 1 and products.weights.shape == (1, 1)


def test_a_shop_without_texts_has_no_sources(filled: Workspace) -> None:
    with filled.cursor() as cursor:
        cursor.execute("DELETE FROM shop.products")
    assert collect_sources(filled, CUSTOMERS) == ()
