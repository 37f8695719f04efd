"""What the overview says of its figures where one asks, and how they are computed."""

from segmentation.action.retention import AT_RISK

MONTHS_OF_YEAR = 12
YEAR = 365

CUSTOMERS = "Everyone in your files; the change counts those who ordered for the first time."
TOO_SHORT = "Your orders do not go back far enough for a change of a year’s figures."
ACTIVE = "Ordered in the last {days}: 80% of repeat orders come within that time of the one before."
REVENUE = "What customers paid in the last {window}, less what came back."
ORDERS = "Orders of the last {window}."
ORDER_VALUE = "The average order of the last {window}, before returns."
REPEAT = "Of those who ordered in the last {window}, who did so on a second day."
OVERDUE = "Silent for {days} or more, at most three times as long: 80% of repeat orders come sooner."
COUNTED_NOT_FORESEEN = "What is at risk is shown here once Win back has looked ahead."
AT_RISK_HELP = f"{AT_RISK} Here: in the next 12 months, all customers together."

WHAT_ORDERS_ADD = (
    "This file says who your customers are. A file of orders (customer, date, amount) adds revenue by month, "
    "who comes back, what is at risk, and three things to do each week."
)
WHAT_DATES_ADD = (
    "Your orders have no dates. With dates this page shows revenue by month, who comes back, what is at "
    "risk, and three things to do each week."
)
WHAT_AMOUNTS_ADD = "Your orders give no amounts: with them this page also shows revenue and how it is spread."

HOW_COMPUTED = """
- **Change**: the same figures of an earlier day, from your orders as they were known then: the day your data
  ended before, or, with no data before, four weeks ago. A figure that needs a longer history than you have
  shows no change.
- **Months** and **12 months** are net of returns; an order counts in the month in which it was placed. A
  faint bar is a month that is not over yet.
- **Shares of revenue** by segment are of all your orders; **tenths** are of those who ordered in the last 12
  months, by what they paid in them.
- **Who comes back**: customers by the month of their first order; a cell says how many of them ordered, or
  what one of them paid on average, so many months later. Months that are not over are blank. Whoever bought
  before your files begin counts in their first month.
- **Win back** is the list of that page. **Thank** is the segment that paid the most a head in the last 12
  months, **offer** the one of the others that paid the most.
"""


def window_words(days: int) -> str:
    """Name the last days that figures are of."""
    return f"{MONTHS_OF_YEAR} months" if days == YEAR else f"{days} days"
