"""The tables of a WooCommerce shop, in the columns of its order, customer and product exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from segmentation.connect.shops.shop_table import Record, Row, ShopTable, at

_BILLING = {
    "First Name (Billing)": "first_name",
    "Last Name (Billing)": "last_name",
    "City (Billing)": "city",
    "Postcode (Billing)": "postcode",
    "Country Code (Billing)": "country",
    "Email (Billing)": "email",
    "Phone (Billing)": "phone",
}
_ORDER = {
    "Order Number": "number",
    "Order Status": "status",
    "Customer User ID": "customer_id",
    "Customer Note": "customer_note",
    "Payment Method Title": "payment_method_title",
    "Currency": "currency",
    "Cart Discount Amount": "discount_total",
    "Order Shipping Amount": "shipping_total",
    "Order Total Amount": "total",
    "Order Total Tax Amount": "total_tax",
}
_COMPUTED = ("Order Date", "Order Subtotal Amount", "Order Refund Amount", "Coupon Code")
_LINE = ("SKU", "Item #", "Item Name", "Quantity", "Item Cost")
_CUSTOMER = {
    "Customer ID": "id",
    "Email": "email",
    "First Name": "first_name",
    "Last Name": "last_name",
    "Registered": "date_created",
}
_PRODUCT = {
    "SKU": "sku",
    "Name": "name",
    "Short description": "short_description",
    "Description": "description",
    "Regular price": "regular_price",
}


def _order_rows(order: Record) -> Iterator[Row]:
    lines = order.get("line_items") or [{}]
    refunds = [abs(_number(at(refund, "total"))) for refund in order.get("refunds") or ()]
    around = (
        {column: at(order, name) for column, name in _ORDER.items()}
        | {column: at(order, "billing", name) for column, name in _BILLING.items()}
        | {
            "Order Date": at(order, "date_created").replace("T", " "),
            "Order Subtotal Amount": str(sum(_number(at(line, "subtotal")) for line in lines)),
            "Order Refund Amount": str(sum(refunds, Decimal())),
            "Coupon Code": ", ".join(at(coupon, "code") for coupon in order.get("coupon_lines") or ()),
        }
    )
    for place, line in enumerate(lines, start=1):
        yield around | {
            "SKU": at(line, "sku"),
            "Item #": str(place) if line else "",
            "Item Name": at(line, "name"),
            "Quantity": at(line, "quantity"),
            "Item Cost": _cost(line),
        }


def _cost(line: Record) -> str:
    """Return what one piece cost, discounts taken off, to the cent as exports have it."""
    pieces = _number(at(line, "quantity"))
    if not pieces:
        return ""
    return str((_number(at(line, "total")) / pieces).quantize(Decimal("0.01")))


def _customer_rows(customer: Record) -> Iterator[Row]:
    yield {column: at(customer, name) for column, name in _CUSTOMER.items()} | {
        column: at(customer, "billing", name) for column, name in _BILLING.items() if column in _ADDRESS
    }


def _product_rows(product: Record) -> Iterator[Row]:
    categories = ", ".join(at(category, "name") for category in product.get("categories") or ())
    tags = ", ".join(at(tag, "name") for tag in product.get("tags") or ())
    own = {column: at(product, name) for column, name in _PRODUCT.items()}
    yield {"ID": at(product, "id")} | own | {"Categories": categories, "Tags": tags}


def _number(text: str) -> Decimal:
    try:
        return Decimal(text or "0")
    except InvalidOperation:
        return Decimal()


def _changed(record: Mapping[str, object]) -> str:
    return at(record, "date_modified_gmt")


_LISTS = ("billing", "line_items", "coupon_lines", "refunds")
_ADDRESS = ("City (Billing)", "Postcode (Billing)", "Country Code (Billing)", "Phone (Billing)")
WOOCOMMERCE_TABLES = (
    ShopTable(
        "orders",
        (*_ORDER, *_BILLING, *_COMPUTED, *_LINE),
        "Order Number",
        _order_rows,
        ",".join(("id", "date_created", "date_modified_gmt", *_ORDER.values(), *_LISTS)),
        _changed,
    ),
    ShopTable(
        "customers",
        (*_CUSTOMER, *_ADDRESS),
        "Customer ID",
        _customer_rows,
        ",".join((*_CUSTOMER.values(), "billing")),
    ),
    ShopTable(
        "products",
        ("ID", *_PRODUCT, "Categories", "Tags"),
        "ID",
        _product_rows,
        ",".join(("id", *_PRODUCT.values(), "categories", "tags", "date_modified_gmt")),
        _changed,
    ),
)  # fmt: skip
