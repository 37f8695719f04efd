"""What the axes, marks and pointers of charts say."""

NUMBER_OF_SEGMENTS = "Number of segments"
COMES_BACK = "Does the weakest segment come back? (1 = always)"
FAR_APART = "How far apart are the segments? (1 = far)"
SEGMENT_OF = "{k} segments: {name}<br>{share} of customers"
ORDER_DAYS = "Order days before"
ORDERS_EACH = "Orders per customer"
TENTH = "{name}, tenth %{{x}}: %{{y:.2f}} times the average<extra></extra>"
TENTHS = "Tenth of customers, the riskiest first"
TIMES_AVERAGE = "Stopped, × the average"
TIER_SCORES = "recency %{y}, frequency and money %{x}: %{text}<extra></extra>"
HOW_MUCH = "How often and how much (1 little, 5 much)"
HOW_LATELY = "How lately (5 lately)"
FROM_AVERAGE = "← below average · above →"
BESIDE_AVERAGE = "← below average · above →<br>(in brackets: all customers)"
POINTS_MORE = "← fewer ordered · points · more ordered →"
ORDERS = "Orders"
SO_FAR = "{month}, so far"
OF_CUSTOMERS = "%{text} of customers<extra></extra>"
OF_REVENUE = "%{text} of revenue<extra></extra>"
TENTH_BRINGS = "Tenth %{x} brings %{text} of revenue<extra></extra>"
TENTHS_BY_SPEND = "Tenth of customers, the best first"
MONTHS_SINCE = "Months since their first order"
BEGAN = "{month} · {customers}"
CAME_BACK = "%{customdata} began; %{x} months later %{text} of them ordered<extra></extra>"
PAID_LATER = "%{customdata} began; %{x} months later each paid %{text} on average<extra></extra>"
SMALLER_MOVES = "Smaller moves"
SMALL_FLOWS = "{name}: smaller moves of {customers} together"


def orders(count: int) -> str:
    """Count orders."""
    return f"{count:,} {'order' if count == 1 else 'orders'}"


def share_within(share: str, low: str, high: str, of: str) -> str:
    """Say a share, of how many it is, and its interval."""
    return f"{share} of {of}, between {low} and {high}"
