"""What Shopify is asked, in GraphQL."""

from __future__ import annotations

MONEY = {
    "Subtotal": "subtotalPriceSet",
    "Shipping": "totalShippingPriceSet",
    "Taxes": "totalTaxSet",
    "Total": "totalPriceSet",
    "Discount Amount": "totalDiscountsSet",
    "Refunded Amount": "totalRefundedSet",
}
_MONEY_FIELDS = " ".join(f"{name} {{ shopMoney {{ amount }} }}" for name in MONEY.values())
ORDER_FIELDS = f"""
    id name email phone note tags createdAt updatedAt cancelledAt currencyCode sourceName discountCodes
    displayFinancialStatus displayFulfillmentStatus customerAcceptsMarketing {_MONEY_FIELDS}
    billingAddress {{ name city zip countryCodeV2 }}
    lineItems {{ edges {{ node {{ id name sku quantity vendor
        originalUnitPriceSet {{ shopMoney {{ amount }} }} totalDiscountSet {{ shopMoney {{ amount }} }}
    }} }} }}"""
CUSTOMER_FIELDS = """
    id firstName lastName email phone note tags updatedAt
    emailMarketingConsent { marketingState } defaultAddress { city zip countryCodeV2 }"""
PRODUCT_FIELDS = """
    id handle title descriptionHtml vendor productType tags updatedAt
    variants { edges { node { id sku price } } }"""
START = """
mutation Start($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) { bulkOperation { id } userErrors { message } }
}"""
LOOK = """
query Look($id: ID!) {
  node(id: $id) { ... on BulkOperation { id status errorCode objectCount url } }
}"""
CANCEL = "mutation Stop($id: ID!) { bulkOperationCancel(id: $id) { userErrors { message } } }"
TIME_ZONE = "{ shop { ianaTimezone } }"


def everything(table: str, fields: str, since: str) -> str:
    """Return the question for a whole table, or for what changed since a moment in UTC."""
    newer = f"(query: \"updated_at:>='{since}Z'\")" if since else ""
    return f"{{ {table}{newer} {{ edges {{ node {{ {fields} }} }} }} }}"
