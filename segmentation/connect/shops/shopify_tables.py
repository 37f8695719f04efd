"""The tables of a Shopify shop, in the columns of its order, customer and product exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from segmentation.connect.shops.shop_table import Record, Row, ShopTable, at
from segmentation.connect.shops.shopify_queries import CUSTOMER_FIELDS, MONEY, ORDER_FIELDS, PRODUCT_FIELDS

CHILDREN = "children"
"""Where the reader puts the objects that name a record as their parent."""
ZONE = "zone"
"""Where the reader puts the shop's own time zone: exports are written in it."""

_ORDER = {
    "Email": ("email",),
    "Phone": ("phone",),
    "Currency": ("currencyCode",),
    "Discount Code": ("discountCodes",),
    "Billing Name": ("billingAddress", "name"),
    "Billing City": ("billingAddress", "city"),
    "Billing Zip": ("billingAddress", "zip"),
    "Billing Country": ("billingAddress", "countryCodeV2"),
    "Notes": ("note",),
    "Tags": ("tags",),
    "Source": ("sourceName",),
}
_STATES = ("Financial Status", "Fulfillment Status", "Created at", "Cancelled at", "Accepts Marketing", "Id")
_LINE = {
    "Lineitem quantity": ("quantity",),
    "Lineitem name": ("name",),
    "Lineitem price": ("originalUnitPriceSet", "shopMoney", "amount"),
    "Lineitem sku": ("sku",),
    "Lineitem discount": ("totalDiscountSet", "shopMoney", "amount"),
    "Vendor": ("vendor",),
}
_CUSTOMER = {
    "First Name": ("firstName",),
    "Last Name": ("lastName",),
    "Email": ("email",),
    "Phone": ("phone",),
    "Default Address City": ("defaultAddress", "city"),
    "Default Address Country Code": ("defaultAddress", "countryCodeV2"),
    "Default Address Zip": ("defaultAddress", "zip"),
    "Note": ("note",),
    "Tags": ("tags",),
}
_PRODUCT = {
    "Handle": ("handle",),
    "Title": ("title",),
    "Body (HTML)": ("descriptionHtml",),
    "Vendor": ("vendor",),
    "Type": ("productType",),
    "Tags": ("tags",),
}


def _order_rows(order: Record) -> Iterator[Row]:
    """Give what is of the whole order on its first line only, as the export does."""
    states = {
        "Financial Status": at(order, "displayFinancialStatus").lower(),
        "Fulfillment Status": at(order, "displayFulfillmentStatus").lower(),
        "Created at": _in_its_time(at(order, "createdAt"), at(order, ZONE)),
        "Cancelled at": _in_its_time(at(order, "cancelledAt"), at(order, ZONE)),
        "Accepts Marketing": at(order, "customerAcceptsMarketing"),
        "Id": last_part(at(order, "id")),
    }
    money = {column: at(order, name, "shopMoney", "amount") for column, name in MONEY.items()}
    around = states | money | {column: at(order, *path) for column, path in _ORDER.items()}
    for line in order.get(CHILDREN) or [{}]:
        own = {column: at(line, *path) for column, path in _LINE.items()}
        yield {"Name": at(order, "name")} | around | own
        around = dict.fromkeys(around, "")


def _customer_rows(customer: Record) -> Iterator[Row]:
    agreed = {
        "Accepts Email Marketing": at(customer, "emailMarketingConsent", "marketingState") == "SUBSCRIBED"
    }
    told = {column: "yes" if yes else "no" for column, yes in agreed.items()}
    own = {column: at(customer, *path) for column, path in _CUSTOMER.items()}
    yield {"Customer ID": last_part(at(customer, "id"))} | own | told


def _product_rows(product: Record) -> Iterator[Row]:
    own = {column: at(product, *path) for column, path in _PRODUCT.items()}
    for variant in product.get(CHILDREN) or [{}]:
        yield own | {"Variant SKU": at(variant, "sku"), "Variant Price": at(variant, "price")}


def last_part(global_id: str) -> str:
    """Return the number in `gid://shopify/Order/123`, as exports have it."""
    return global_id.rpartition("/")[2]


def _in_its_time(moment: str, zone: str) -> str:
    """Write a moment in the shop's own time: `2024-02-03 10:00:00 +0100`."""
    if not moment:
        return ""
    try:
        local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone or "UTC"))
    except (ValueError, ZoneInfoNotFoundError):
        return moment
    return local.strftime("%Y-%m-%d %H:%M:%S %z")


def _changed(record: Record) -> str:
    return at(record, "updatedAt")


SHOPIFY_TABLES = (
    ShopTable(
        "orders",
        ("Name", *_STATES, *MONEY, *_ORDER, *_LINE),
        "Name",
        _order_rows,
        ORDER_FIELDS,
        _changed,
    ),
    ShopTable(
        "customers",
        ("Customer ID", *_CUSTOMER, "Accepts Email Marketing"),
        "Customer ID",
        _customer_rows,
        CUSTOMER_FIELDS,
        _changed,
    ),
    ShopTable(
        "products",
        (*_PRODUCT, "Variant SKU", "Variant Price"),
        "Handle",
        _product_rows,
        PRODUCT_FIELDS,
        _changed,
    ),
)
