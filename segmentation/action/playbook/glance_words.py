"""The words of the table of all plays."""

SEGMENT = "Segment"
GOAL = "Goal"
CUSTOMERS = "Customers"
REACHABLE = "Reachable"
OFFER = "Offer"
HOLD_OUT = "Hold out"
AT_RISK = "Money at risk"
PAID = "Paid in {days}"
NO_TEST = "no test"
FINDS = "{before}→{after}"
FINDS_ONLY = "only {before}→{after}"
ABOUT_HOLD_OUT = (
    "How many of those who can be written to get no message, so that the difference can be told from chance. "
    "Below it: the share that orders again today, and the one with the message that would be found; “only” "
    "where they are too few for the lift asked for."
)
