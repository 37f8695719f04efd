"""Real exports load without help, with the right kind and key roles."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

R = Role
LoadReal = Callable[..., Workspace]
FILES = [
    (
        "online-retail/OnlineRetail_sample.csv",
        Kind.ORDERS,
        133_143,
        "ISO-8859-1",
        {
            "InvoiceNo": R.ORDER_ID,
            "StockCode": R.PRODUCT_ID,
            "Description": R.PRODUCT_NAME,
            "Quantity": R.QUANTITY,
            "InvoiceDate": R.TIMESTAMP,
            "UnitPrice": R.UNIT_PRICE,
            "CustomerID": R.CUSTOMER_ID,
            "Country": R.COUNTRY,
        },
    ),
    (
        "online-retail/online_retail.parquet",
        Kind.ORDERS,
        541_909,
        "Parquet",
        {
            "InvoiceNo": R.ORDER_ID,
            "StockCode": R.PRODUCT_ID,
            "InvoiceDate": R.TIMESTAMP,
            "CustomerID": R.CUSTOMER_ID,
        },
    ),
    (
        "olist/olist_orders_dataset.csv",
        Kind.ORDERS,
        3000,
        "ASCII",
        {
            "order_id": R.ORDER_ID,
            "customer_id": R.CUSTOMER_ID,
            "order_status": R.ORDER_STATUS,
            "order_purchase_timestamp": R.TIMESTAMP,
            "order_approved_at": R.IGNORE,
        },
    ),
    (
        "olist/olist_customers_dataset.csv",
        Kind.CUSTOMERS,
        3000,
        "ASCII",
        {
            "customer_id": R.CUSTOMER_ID,
            "customer_unique_id": R.CUSTOMER_ID,
            "customer_zip_code_prefix": R.POSTAL_CODE,
            "customer_state": R.CATEGORICAL,
        },
    ),
    (
        "olist/olist_order_items_dataset.csv",
        Kind.ORDERS,
        3397,
        "ASCII",
        {"order_id": R.ORDER_ID, "product_id": R.PRODUCT_ID, "price": R.UNIT_PRICE, "seller_id": R.IGNORE},
    ),
    (
        "olist/olist_order_payments_dataset.csv",
        Kind.ORDERS,
        3170,
        "ASCII",
        {"order_id": R.ORDER_ID, "payment_value": R.AMOUNT},
    ),
    (
        "olist/olist_order_reviews_dataset.csv",
        Kind.REVIEWS,
        2993,
        "UTF-8",
        {
            "order_id": R.ORDER_ID,
            "review_id": R.IGNORE,
            "review_score": R.RATING,
            "review_comment_title": R.REVIEW_TITLE,
            "review_comment_message": R.REVIEW_TEXT,
            "review_creation_date": R.TIMESTAMP,
        },
    ),
    (
        "olist/olist_products_dataset.csv",
        Kind.PRODUCTS,
        2452,
        "ASCII",
        {"product_id": R.PRODUCT_ID, "product_category_name": R.CATEGORY, "product_name_lenght": R.NUMERIC},
    ),
    ("olist/olist_sellers_dataset.csv", Kind.OTHER, 938, "UTF-8", {"seller_id": R.IGNORE}),
    ("olist/olist_geolocation_dataset.csv", Kind.OTHER, 8940, "UTF-8", {"geolocation_lat": R.IGNORE}),
    (
        "superstore/Sample - Superstore.csv",
        Kind.ORDERS,
        9994,
        "UTF-8",
        {
            "Row ID": R.IGNORE,
            "Order ID": R.ORDER_ID,
            "Order Date": R.TIMESTAMP,
            "Customer ID": R.CUSTOMER_ID,
            "Customer Name": R.NAME,
            "Segment": R.CATEGORICAL,
            "Postal Code": R.POSTAL_CODE,
            "Product ID": R.PRODUCT_ID,
            "Category": R.CATEGORY,
            "Product Name": R.PRODUCT_NAME,
            "Sales": R.AMOUNT,
            "Quantity": R.QUANTITY,
            "Discount": R.DISCOUNT,
            "Profit": R.PROFIT,
        },
    ),
    (
        "customer-personality/marketing_campaign.csv",
        Kind.CUSTOMERS,
        2240,
        "ASCII",
        {
            "ID": R.CUSTOMER_ID,
            "Year_Birth": R.NUMERIC,
            "Education": R.CATEGORICAL,
            "Marital_Status": R.CATEGORICAL,
            "Income": R.NUMERIC,
            "Dt_Customer": R.TIMESTAMP,
            "MntMeatProducts": R.NUMERIC,
            "NumWebPurchases": R.NUMERIC,
            "AcceptedCmp3": R.CATEGORICAL,
            "Z_CostContact": R.IGNORE,
            "Z_Revenue": R.IGNORE,
        },
    ),
    (
        "mall-customers/Mall_Customers.csv",
        Kind.CUSTOMERS,
        200,
        "ASCII",
        {
            "CustomerID": R.CUSTOMER_ID,
            "Gender": R.CATEGORICAL,
            "Age": R.NUMERIC,
            "Annual Income (k$)": R.NUMERIC,
            "Spending Score (1-100)": R.NUMERIC,
        },
    ),
    (
        "fine-food-reviews/fine_food_reviews_1k.csv",
        Kind.REVIEWS,
        1000,
        "ASCII",
        {
            "Id": R.IGNORE,
            "Time": R.TIMESTAMP,
            "ProductId": R.PRODUCT_ID,
            "UserId": R.CUSTOMER_ID,
            "Score": R.RATING,
            "Summary": R.REVIEW_TITLE,
            "Text": R.REVIEW_TEXT,
        },
    ),
    (
        "womens-clothing-reviews/womens_clothing_e-commerce_reviews.csv",
        Kind.REVIEWS,
        1000,
        "UTF-8",
        {
            "index": R.IGNORE,
            "Review ID": R.IGNORE,
            "Clothing ID": R.PRODUCT_ID,
            "Age": R.NUMERIC,
            "Title": R.REVIEW_TITLE,
            "Review Text": R.REVIEW_TEXT,
            "Rating": R.RATING,
            "Recommended IND": R.CATEGORICAL,
            "Positive Feedback Count": R.NUMERIC,
            "Division Name": R.CATEGORICAL,
            "Department Name": R.CATEGORY,
        },
    ),
    (
        "rees46-events/2019-Oct-sample.csv",
        Kind.EVENTS,
        1000,
        "ASCII",
        {
            "event_time": R.TIMESTAMP,
            "event_type": R.EVENT_TYPE,
            "product_id": R.PRODUCT_ID,
            "category_id": R.IGNORE,
            "category_code": R.CATEGORY,
            "price": R.UNIT_PRICE,
            "user_id": R.CUSTOMER_ID,
            "user_session": R.SESSION_ID,
        },
    ),
    (
        "online-shopping-10-cats/online_shopping_10_cats.csv",
        Kind.REVIEWS,
        62_774,
        "UTF-8",
        {"cat": R.CATEGORY, "label": R.CATEGORICAL, "review": R.REVIEW_TEXT},
    ),
    (
        "flipkart-products/flipkart_com-ecommerce_sample_1050.csv",
        Kind.PRODUCTS,
        1050,
        "UTF-8",
        {
            "uniq_id": R.IGNORE,
            "pid": R.PRODUCT_ID,
            "product_name": R.PRODUCT_NAME,
            "product_category_tree": R.CATEGORY,
            "product_url": R.IGNORE,
            "retail_price": R.UNIT_PRICE,
            "description": R.DESCRIPTION,
        },
    ),
    (
        "wish-products/summer-products-with-rating-and-performance_2020-08.csv",
        Kind.PRODUCTS,
        1573,
        "UTF-8",
        {
            "title": R.PRODUCT_NAME,
            "price": R.UNIT_PRICE,
            "product_id": R.PRODUCT_ID,
            "currency_buyer": R.CURRENCY,
            "merchant_id": R.IGNORE,
            "theme": R.IGNORE,
        },
    ),
    ("banking77/test.csv", Kind.REVIEWS, 3080, "UTF-8", {"text": R.REVIEW_TEXT, "category": R.CATEGORY}),
    (
        "cdnow/CDNOW_master.txt",
        Kind.ORDERS,
        69_659,
        "ASCII",
        {
            "customer_id": R.CUSTOMER_ID,
            "date": R.TIMESTAMP,
            "number_of_cds": R.QUANTITY,
            "dollar_value": R.AMOUNT,
        },
    ),
    (
        "cdnow/cdnow_customers_summary.csv",
        Kind.CUSTOMERS,
        2357,
        "ASCII",
        {"ID": R.CUSTOMER_ID, "T": R.NUMERIC},
    ),
    (
        "alexa-reviews/amazon_alexa.tsv",
        Kind.REVIEWS,
        3150,
        "UTF-8",
        {
            "rating": R.RATING,
            "date": R.TIMESTAMP,
            "variation": R.CATEGORICAL,
            "verified_reviews": R.REVIEW_TEXT,
        },
    ),
    (
        "olist-classified/olist_classified_public_dataset.csv",
        Kind.REVIEWS,
        3584,
        "UTF-8",
        {
            "column 1": R.IGNORE,
            "review_comment_message": R.REVIEW_TEXT,
            "review_comment_title": R.IGNORE,
            "review_score": R.RATING,
            "order_purchase_timestamp": R.TIMESTAMP,
            "most_voted_subclass": R.CATEGORICAL,
        },
    ),
    (
        "online-shoppers-intention/online_shoppers_intention.csv",
        Kind.CUSTOMERS,
        12_330,
        "ASCII",
        {
            "Region": R.CATEGORICAL,
            "Browser": R.CATEGORICAL,
            "ProductRelated": R.NUMERIC,
            "Revenue": R.CATEGORICAL,
        },
    ),
    (
        "ecommerce-customers/Ecommerce Customers.csv",
        Kind.CUSTOMERS,
        500,
        "ASCII",
        {"Email": R.EMAIL, "Address": R.IGNORE, "Avatar": R.IGNORE, "Yearly Amount Spent": R.NUMERIC},
    ),
]


@pytest.mark.parametrize(
    ("file", "kind", "rows", "encoding", "roles"), FILES, ids=[Path(entry[0]).name for entry in FILES]
)
def test_a_real_file(
    load_real: LoadReal, file: str, kind: Kind, rows: int, encoding: str, roles: dict[str, Role]
) -> None:
    upload = list_uploads(load_real(file))[0]
    assert (upload.kind, upload.rows, upload.rejected, upload.encoding) == (kind, rows, 0, encoding)
    found = {column.name: column.role for column in upload.columns}
    assert {name: found[name] for name in roles} == roles


def test_a_workbook_is_read(workspace: Workspace, shared_data: Path) -> None:
    upload = load_file(workspace, shared_data / "ecommerce-customers" / "Ecommerce Customers.xlsx")
    assert (upload.encoding, upload.kind, upload.rows) == ("Excel", Kind.CUSTOMERS, 500)
    roles = {column.name: column.role for column in upload.columns}
    assert (roles["Email"], roles["Yearly Amount Spent"]) == (R.EMAIL, R.NUMERIC)
