"""The words for what is known of costs."""

from __future__ import annotations

from segmentation import formats
from segmentation.intake.shop import ENOUGH_COSTS, Costs

SAID = "What has no cost in your files counts with the margin of {margin} that you said."
KNOWN = "Costs are known for {known} of revenue: {margin} of it is left as margin."
IN_MARGIN = (
    "What customers are worth, what is at risk, win-back and plays are in margin, after the cost of "
    "goods{rest}."
)
THE_REST = "; what has no cost counts at the average margin"
TOO_FEW = (
    "That is too little to count in margin ({enough} is needed): all else is in revenue. Of what has a cost, "
    "{left} is left."
)
LOSING = (
    "{customers} cost more than they brought, {loss} together: by returns, discounts or prices below cost."
)


def cost_notes(costs: Costs | None, currency: str | None) -> tuple[str, ...]:
    """Say for how much costs are known, whether worth is margin, and whom the shop loses money on."""
    if costs is None:
        return ()
    told = [KNOWN.format(known=formats.percent(costs.known), margin=formats.percent(costs.margin))]
    if costs.said is not None:
        told.append(SAID.format(margin=formats.percent(costs.said)))
    if costs.count:
        told.append(IN_MARGIN.format(rest=THE_REST if costs.known < 1 else ""))
    else:
        left = formats.money(costs.revenue - costs.cost, currency)
        told.append(TOO_FEW.format(enough=formats.percent(ENOUGH_COSTS), left=left))
    if costs.losing:
        customers = f"{costs.losing:,} {'customer' if costs.losing == 1 else 'customers'}"
        told.append(LOSING.format(customers=customers, loss=formats.money(costs.loss, currency)))
    return (" ".join(told),)
