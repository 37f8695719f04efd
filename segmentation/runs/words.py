"""What a language model is told of a run's segments, and asked of them."""

TASK = (
    "You help the marketer of a shop. Give each customer segment below a short name and a profile, in plain "
    "English. Each is told by its number, how large it is, what sets its customers apart from all others, "
    "and the themes, words and products that they choose more often."
)
NAME_IS = "two to five words that set the segment apart, unlike all other names"
PROFILE_IS = "one paragraph of two to four sentences for a marketer: what these customers do and buy"

OF_CUSTOMERS = "share of customers"
OF_REVENUE = "share of revenue"
APART = "what sets them apart"
THEMES = "themes they choose more"
WORDS = "words of what they choose"
PRODUCTS = "products they buy more often"
OF_THE_OTHERS = " of the others"
AS_OFTEN = "{product} ({times} their share of all purchases)"
