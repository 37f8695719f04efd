"""Exports as shop systems write them, and what a careful person says of each column.

A line is `header | roles | template of the value` (`shop_world.write_table`); of several roles any will do.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.segmentation.intake.meaning.shop_world import write_table


@dataclass(frozen=True)
class Export:
    """A file: its kind, what a row is, its language, its columns, how it is written, what stands before."""

    kind: str
    grain: str
    language: str
    spec: str
    delimiter: str = ","
    encoding: str = "utf-8"
    header: bool = True
    before: str = ""

    @property
    def roles(self) -> list[str]:
        """The acceptable roles of each column."""
        return [line.split(" | ")[1] for line in self.spec.strip().splitlines()]

    def write(self, path: Path) -> Path:
        """Write the file."""
        header, rows = write_table(self.spec, self.grain, self.language)
        with path.open("w", newline="", encoding=self.encoding) as file:
            file.write(self.before)
            csv.writer(file, delimiter=self.delimiter).writerows(([header] if self.header else []) + rows)
        return path


EXPORTS = {
    "shopify orders": Export("orders", "line", "en", """
Name | order_id | #{r.order}
Email | email | {r.who.email}
Financial Status | order_status categorical | ^{r.of_order[paid|paid|paid|refunded|pending]}
Paid at | timestamp ignore | ^{r.moment:%Y-%m-%d %H:%M:%S} +0100
Fulfillment Status | order_status categorical | ^{r.of_order[fulfilled|fulfilled|unfulfilled]}
Fulfilled at | ignore | ^{r.moment:%Y-%m-%d} 18:00:00 +0100
Accepts Marketing | consent | ^{r.who.pick[yes|no]}
Currency | currency | ^USD
Subtotal | numeric amount | ^{r.total:.2f}
Shipping | numeric | ^{r.of_order[0.00|4.90|9.90]}
Taxes | numeric | ^{r.of_order[1.20|3.40|0.80|2.11]}
Total | amount numeric | ^{r.total:.2f}
Discount Code | categorical ignore | ^{r.of_order[|||WELCOME10|SPRING]}
Discount Amount | discount | ^{r.of_order[0.00|0.00|5.00|2.50]}
Shipping Method | categorical | ^{r.of_order[Standard|Express]}
Created at | timestamp | {r.moment:%Y-%m-%d %H:%M:%S} +0100
Lineitem quantity | quantity | {r.qty}
Lineitem name | product_name | {r.thing.name}
Lineitem price | unit_price | {r.price:.2f}
Lineitem compare at price | numeric ignore | {r.thing.pick[|19.90|29.90|49.00]}
Lineitem sku | product_id | {r.thing.sku}
Lineitem requires shipping | categorical ignore | true
Lineitem fulfillment status | categorical | {r.of_order[fulfilled|pending]}
Billing Name | name | ^{r.who.first} {r.who.last}
Billing Street | ignore | ^{r.who.pick[1..99]} High Street
Billing City | ignore categorical | ^{r.who.city}
Billing Zip | postal_code | ^{r.who.zip}
Billing Province | categorical ignore | ^{r.who.state}
Billing Country | country categorical | ^{r.who.country}
Billing Phone | phone | ^{r.who.phone}
Notes | text ignore | ^{r.of_order[||]}
Payment Method | categorical | ^{r.of_order[Shopify Payments|PayPal]}
Refunded Amount | refund | ^{r.of_order[0.00|0.00|0.00|12.50]}
Vendor | categorical | {r.thing.pick[Acme|Homely|Nord]}
Id | ignore | ^51{r.order}9830{r.order}
Source | categorical | ^{r.of_order[web|web|pos]}
"""),
    "shopify customers": Export("customers", "customer", "en", """
Customer ID | customer_id | 68{r.who.id}90412
First Name | name | {r.who.first}
Last Name | name | {r.who.last}
Email | email | {r.who.email}
Accepts Email Marketing | consent | {r.pick[yes|no]}
Default Address Company | ignore categorical | {r.pick[||||Acme Ltd]}
Default Address Address1 | ignore | {r.pick[1..99]} {r.who.last} Road
Default Address City | ignore categorical | {r.who.city}
Default Address Province Code | categorical | {r.who.state}
Default Address Country Code | country categorical | {r.pick[US|GB|IE|CA]}
Default Address Zip | postal_code | {r.who.zip}
Default Address Phone | phone ignore | {r.who.phone}
Phone | phone | {r.who.phone}
Accepts SMS Marketing | consent | {r.pick[no|no|yes]}
Total Spent | numeric | {r.pick[0..900]}.50
Total Orders | numeric | {r.pick[0..14]}
Note | ignore text | {r.pick[||||asked for gift wrap]}
Tax Exempt | categorical | {r.pick[no|no|no|yes]}
Tags | categorical ignore text | {r.pick[vip|newsletter|wholesale|]}
"""),
    "woocommerce lines": Export("orders", "line", "en", """
Order Number | order_id | {r.order}
Order Status | order_status | {r.of_order[Completed|Processing|Refunded|Completed]}
Order Date | timestamp | {r.moment:%Y-%m-%d %H:%M}
Customer Note | text ignore | {r.of_order[|||please ring the bell twice]}
First Name (Billing) | name | {r.who.first}
Last Name (Billing) | name | {r.who.last}
Address 1&2 (Billing) | ignore | {r.who.pick[1..99]} Church Lane
City (Billing) | ignore categorical | {r.who.city}
State Code (Billing) | categorical | {r.who.state}
Postcode (Billing) | postal_code | {r.who.zip}
Country Code (Billing) | country | {r.who.pick[GB|US|IE]}
Email (Billing) | email | {r.who.email}
Phone (Billing) | phone | {r.who.phone}
Payment Method Title | categorical | {r.of_order[Credit Card|PayPal]}
Cart Discount Amount | discount | {r.of_order[0|0|0|5|7.5]}
Order Shipping Amount | numeric | {r.of_order[0|4.9|9.9]}
Order Total Amount | amount numeric | {r.total:.2f}
SKU | product_id | {r.thing.sku}
Item # | ignore numeric | {r.line}
Item Name | product_name | {r.thing.name}
Quantity | quantity | {r.qty}
Item Cost | unit_price | {r.price:.2f}
Coupon Code | categorical ignore | {r.of_order[|||SPRING|XMAS]}
"""),
    "woocommerce customers": Export("customers", "customer", "en", """
Name | name | {r.who.first} {r.who.last}
Username | ignore customer_id name | {r.who.first}{r.n}
Last Active | timestamp ignore | {r.moment:%Y-%m-%d %H:%M:%S}
Sign Up | timestamp ignore | {r.who.joined:%Y-%m-%d %H:%M:%S}
Email | email | {r.who.email}
Orders | numeric | {r.pick[1..12]}
Total Spend | numeric | {r.pick[10..900]}.25
AOV | numeric | {r.pick[10..90]}.75
Country / Region | country | {r.pick[GB|US|IE]}
City | ignore categorical | {r.who.city}
Postal Code | postal_code | {r.who.zip}
"""),
    "magento orders": Export("orders", "order", "en", """
entity_id | ignore order_id | {r.n}
increment_id | order_id | 1000{r.order}
store_id | categorical ignore | {r.of_order[1|2]}
customer_id | customer_id | {r.who.id}
customer_email | email | {r.who.email}
customer_firstname | name | {r.who.first}
customer_lastname | name | {r.who.last}
customer_group_id | categorical | {r.who.pick[1|2|3]}
status | order_status | {r.of_order[complete|processing|canceled|closed]}
created_at | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
updated_at | ignore | {r.moment:%Y-%m-%d} 23:11:05
grand_total | amount | {r.total:.4f}
subtotal | numeric amount | {r.total:.4f}
tax_amount | numeric | {r.of_order[1.2000|3.4000|0.8000]}
shipping_amount | numeric | {r.of_order[0.0000|4.9000|9.9000]}
discount_amount | discount | {r.of_order[0.0000|-5.0000|-2.5000]}
total_qty_ordered | quantity | {r.qty}.0000
order_currency_code | currency | EUR
coupon_code | categorical ignore | {r.of_order[|||SPRING|XMAS]}
remote_ip | ignore | 81.{r.who.pick[2..250]}.{r.who.pick[1..251]}.7
"""),
    "prestashop orders fr": Export("orders", "order", "fr", """
ID | ignore order_id | {r.order}
Référence | order_id ignore | {r.order_key:.9}
Nouveau client | categorical | {r.of_order[Oui|Non]}
Livraison | categorical country | {r.who.country}
Client | name | {r.who.first} {r.who.last}
Courriel | email | {r.who.email}
Total payé | amount | {r.total:comma} €
Paiement | categorical | {r.of_order[Carte bancaire|Virement|PayPal]}
État | order_status | {r.of_order[Livré|Expédié|Annulé|Paiement accepté]}
Date | timestamp | {r.moment:%d/%m/%Y %H:%M:%S}
""", ";"),
    "prestashop lines": Export("orders", "line", "fr", """
id_order | order_id | {r.order}
id_customer | customer_id | {r.who.id}
product_id | product_id | {r.thing.id}
product_name | product_name | {r.thing.name}
product_quantity | quantity | {r.qty}
unit_price_tax_incl | unit_price | {r.price:.6f}
total_price_tax_incl | amount | {r.amount:.6f}
date_add | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
current_state | order_status categorical | {r.of_order[2|4|5|6]}
""", ";"),
    "bigcommerce orders": Export("orders", "order", "en", """
Order ID | order_id | {r.order}
Customer ID | customer_id | {r.who.id}
Customer Name | name | {r.who.first} {r.who.last}
Customer Email | email | {r.who.email}
Customer Phone | phone | {r.who.phone}
Order Date | timestamp | {r.moment:%m/%d/%Y}
Order Status | order_status | {r.of_order[Completed|Shipped|Cancelled]}
Subtotal (inc tax) | numeric amount | ${r.total:.2f}
Tax Total | numeric | ${r.of_order[0.80|1.20|3.40]}
Shipping Cost (inc tax) | numeric | ${r.of_order[0.00|4.90|9.90]}
Order Total (inc tax) | amount | ${r.total:.2f}
Ship Method | categorical | {r.of_order[Flat Rate|Free Shipping]}
Payment Method | categorical | {r.of_order[PayPal|Stripe]}
Total Quantity | quantity | {r.qty}
Order Currency Code | currency | USD
Customer Message | text ignore | {r.of_order[||||leave with the neighbour at number 5]}
"""),
    "shopware lines de": Export("orders", "line", "de", """
Bestellnummer | order_id | {r.order}
Kundennummer | customer_id | {r.who.id}
Kunden-E-Mail | email | {r.who.email}
Bestellzeit | timestamp | {r.moment:%d.%m.%Y %H:%M}
Status | order_status | {r.of_order[Abgeschlossen|Offen|Storniert]}
Zahlungsstatus | categorical | {r.of_order[Bezahlt|Offen]}
Zahlungsart | categorical | {r.of_order[Rechnung|PayPal|Vorkasse]}
Rechnungsbetrag | amount numeric | {r.total:comma}
Versandkosten | numeric | {r.of_order[0,00|4,90|9,90]}
Währung | currency | EUR
Artikelnummer | product_id | {r.thing.sku}
Artikelbezeichnung | product_name | {r.thing.name}
Anzahl | quantity | {r.qty}
Einzelpreis | unit_price | {r.price:comma}
Land | country | {r.who.country}
PLZ | postal_code | {r.who.zip}
""", ";", "cp1252"),
    "customers de": Export("customers", "customer", "de", """
Kundennr. | customer_id | K-{r.who.id}
Anrede | categorical | {r.pick[Frau|Herr]}
Vorname | name | {r.who.first}
Nachname | name | {r.who.last}
E-Mail | email | {r.who.email}
Telefon | phone | {r.who.phone}
Straße | ignore | Hauptstr. {r.n}
PLZ | postal_code | {r.who.zip}
Ort | categorical ignore | {r.who.city}
Land | country | {r.who.country}
Geburtsdatum | ignore numeric | {r.who.pick[1..28]}.0{r.who.pick[1..9]}.{r.who.pick[1950..2003]}
Kunde seit | timestamp | {r.who.joined:%d.%m.%Y}
Newsletter | consent | {r.pick[ja|nein]}
Umsatz gesamt | numeric | {r.pick[10..2900]},50
Anzahl Bestellungen | numeric | {r.pick[0..24]}
Kundengruppe | categorical | {r.pick[Endkunde|Händler|Händler|Endkunde]}
Bemerkung | text ignore categorical | {r.pick[||bitte immer mit DHL liefern|zahlt nur auf Rechnung und spät]}
""", ";", "cp1252"),
    "products de": Export("products", "product", "de", """
Artikelnummer | product_id | {r.thing.sku}
Bezeichnung | product_name | {r.thing.name}
Beschreibung | description | {r.sentence}
Kategorie | category | {r.thing.category}
Verkaufspreis | unit_price | {r.price:comma}
Einkaufspreis | cost | {r.pick[1..9]},{r.pick[10..99]}
Lagerbestand | numeric | {r.pick[0..250]}
Gewicht (kg) | numeric | {r.pick[0..9]},{r.pick[10..99]}
EAN | ignore product_id | 40{r.pick[10000000000..99999999999]}
Aktiv | categorical | {r.pick[ja|nein]}
Bild-URL | ignore | https://shop.example/img/{r.thing.id}.jpg
""", ";"),
    "tiendanube pt": Export("orders", "line", "pt", """
Número do Pedido | order_id | {r.order}
E-mail | email | {r.who.email}
Data | timestamp | {r.moment:%d/%m/%Y}
Status do Pedido | order_status | {r.of_order[Aberto|Arquivado|Cancelado]}
Status do Pagamento | categorical order_status | {r.of_order[Confirmado|Pendente]}
Status do Envio | categorical order_status | {r.of_order[Enviado|Não está embalado]}
Moeda | currency | BRL
Subtotal | numeric amount | {r.total:.2f}
Desconto | discount | {r.of_order[0.00|0.00|10.00|5.50]}
Valor do Frete | numeric | {r.of_order[0.00|14.90|21.50]}
Total | amount numeric | {r.total:.2f}
Nome do comprador | name | {r.who.first} {r.who.last}
CPF / CNPJ | customer_id ignore | {r.who.pick[10000000000..99999999999]}
Telefone | phone | {r.who.phone}
Endereço | ignore | Rua {r.who.last}
Cidade | categorical ignore | {r.who.city}
Código postal | postal_code | {r.who.zip}
Estado | categorical | {r.who.state}
País | country | {r.who.country}
Forma de Pagamento | categorical | {r.of_order[Pix|Boleto|Cartão de crédito]}
Nome do Produto | product_name | {r.thing.name}
Valor do Produto | unit_price | {r.price:.2f}
Quantidade Comprada | quantity | {r.qty}
SKU | product_id | {r.thing.sku}
""", ";", "iso-8859-1"),
    "mercado es": Export("orders", "line", "es", """
# de venta | order_id | 20000{r.order}
Fecha de venta | timestamp | {r.moment:%d/%m/%Y %H:%M}
Estado | order_status | {r.of_order[Entregado|En camino|Cancelado]}
Unidades | quantity | {r.qty}
Ingresos por productos (ARS) | amount | {r.amount:.2f}
Cargo por venta | numeric | -{r.pick[1..9]}.20
Costos de envío | numeric | -{r.pick[1..4]}.90
SKU | product_id | {r.thing.sku}
Título de la publicación | product_name | {r.thing.name}
Variante | categorical | {r.pick[Color : Rojo|Color : Azul]}
Precio unitario | unit_price | {r.price:.2f}
Comprador | customer_id name | {r.who.first} {r.who.last}
DNI | customer_id ignore | {r.who.pick[10000000..49999999]}
Domicilio | ignore | Calle {r.who.last} {r.who.pick[1..99]}
Ciudad | categorical ignore | {r.who.city}
Código postal | postal_code | {r.who.zip}
País | country | {r.who.country}
"""),
    "customers es": Export("customers", "customer", "es", """
id_cliente | customer_id | {r.who.id}
nombre | name | {r.who.first}
apellidos | name | {r.who.last}
correo electrónico | email | {r.who.email}
teléfono móvil | phone | {r.who.phone}
fecha de alta | timestamp | {r.who.joined:%d/%m/%Y}
sexo | categorical | {r.pick[M|F]}
edad | numeric | {r.pick[18..79]}
provincia | categorical | {r.who.state}
código postal | postal_code | {r.who.zip}
gasto total | numeric | {r.pick[10..2900]},50
número de pedidos | numeric | {r.pick[0..24]}
acepta publicidad | consent categorical | {r.pick[sí|no]}
canal | categorical | {r.pick[web|tienda|app]}
""", ";"),
    "taobao orders zh": Export("orders", "order", "zh", """
订单编号 | order_id | 16{r.order}8812345678901
买家会员名 | customer_id | tb{r.who.id}
买家应付货款 | numeric amount | {r.total:.2f}
总金额 | amount numeric | {r.total:.2f}
买家实际支付金额 | amount numeric | {r.total:.2f}
订单状态 | order_status | {r.of_order[交易成功|交易成功|交易关闭|卖家已发货]}
收货人姓名 | name | {r.who.last}{r.who.first}
收货地址 | ignore | {r.who.state}{r.who.city}中山路{r.who.pick[1..99]}号
联系手机 | phone | '1{r.who.pick[3000000000..8999999999]}
订单创建时间 | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
订单付款时间 | ignore | {r.moment:%Y-%m-%d %H}:59:00
宝贝标题 | product_name | {r.thing.name}
宝贝总数量 | quantity | {r.qty}
""", ",", "gb18030"),
    "tmall members zh": Export("customers", "customer", "zh", """
会员名 | customer_id | tb{r.who.id}
会员等级 | categorical | {r.pick[普通会员|高级会员|VIP会员]}
性别 | categorical | {r.pick[男|女]}
年龄 | numeric | {r.pick[18..69]}
城市 | categorical ignore | {r.who.city}
注册时间 | timestamp | {r.who.joined:%Y/%m/%d}
累计消费金额 | numeric | {r.pick[10..9000]}.50
交易笔数 | numeric | {r.pick[0..40]}
平均客单价 | numeric | {r.pick[10..400]}.20
手机号 | phone | 1{r.who.pick[3000000000..8999999999]}
""", ",", "gb18030"),
    "behaviours without header": Export("events", "event", "zh", """
- | customer_id | {r.who.id}
- | product_id | {r.thing.id}
- | ignore categorical category | {r.thing.pick[4756105|2355072|4145813|3002561]}
- | event_type | {r.pick[pv|pv|pv|pv|cart|fav|buy]}
- | timestamp | {r.unix}
""", header=False),
    "behaviours by code": Export("events", "event", "zh", """
user_id | customer_id | {r.who.id}
item_id | product_id | {r.thing.id}
behavior_type | event_type | {r.pick[1|1|1|1|1|2|3|4]}
user_geohash | ignore categorical | {r.who.pick[|||9t4qrl1|94ek6ke]}
item_category | category | {r.thing.pick[5027|6513|1863|13230|4076]}
time | timestamp | {r.moment:%Y-%m-%d %H}
"""),
    "orders ja": Export("orders", "line", "ja", """
注文番号 | order_id | {r.order}
注文日時 | timestamp | {r.moment:%Y/%m/%d %H:%M}
会員ID | customer_id | {r.who.id}
商品コード | product_id | {r.thing.sku}
商品名 | product_name | {r.thing.name}
カテゴリ | category | {r.thing.category}
数量 | quantity | {r.qty}
単価 | unit_price | {r.price:.0f}
小計 | amount | {r.amount:.0f}
都道府県 | categorical | {r.who.state}
ステータス | order_status | {r.of_order[発送済み|キャンセル|処理中]}
支払方法 | categorical | {r.of_order[クレジットカード|代金引換]}
""", ",", "cp932"),
    "customers ja": Export("customers", "customer", "ja", """
会員番号 | customer_id | {r.who.id}
氏名 | name | {r.who.last} {r.who.first}
メールアドレス | email | {r.who.email}
電話番号 | phone | 090-{r.who.pick[1000..9999]}-{r.who.pick[1000..9998]}
郵便番号 | postal_code | {r.who.pick[100..999]}-{r.who.pick[1000..9999]}
都道府県 | categorical | {r.who.state}
住所 | ignore | {r.who.city}{r.n}丁目
性別 | categorical | {r.pick[男性|女性]}
生年月日 | ignore numeric | {r.who.pick[1950..2003]}/0{r.who.pick[1..9]}/{r.who.pick[10..28]}
登録日 | timestamp | {r.who.joined:%Y/%m/%d}
ポイント | numeric | {r.pick[0..4000]}
メルマガ | consent categorical | {r.pick[希望する|希望しない]}
""", ",", "cp932"),
    "reviews ja": Export("reviews", "review", "ja", """
投稿日 | timestamp | {r.moment:%Y/%m/%d}
会員ID | customer_id | {r.who.id}
商品名 | product_name | {r.thing.name}
評価 | rating | {r.rating}
レビュー本文 | review_text | {r.sentence}
"""),
    "ga4 events": Export("events", "event", "en", """
event_date | timestamp ignore | {r.moment:%Y%m%d}
event_timestamp | timestamp ignore | {r.unix}000000
event_name | event_type | {r.pick[page_view|page_view|view_item|add_to_cart|purchase|session_start]}
user_pseudo_id | customer_id | 18{r.who.id}.1690{r.who.id}
ga_session_id | session_id | 1690{r.order}
item_id | product_id | {r.thing.sku}
item_name | product_name | {r.thing.name}
item_category | category | {r.thing.category}
price | unit_price | {r.price:.2f}
quantity | quantity | {r.qty}
device_category | categorical | {r.who.pick[mobile|desktop|tablet]}
country | country | {r.who.country}
traffic_source | categorical | {r.pick[google|direct|newsletter]}
"""),
    "klaviyo profiles": Export("customers", "customer", "en", """
Email | email | {r.who.email}
Klaviyo ID | customer_id ignore | 01H{r.who.key:.20}
First Name | name | {r.who.first}
Last Name | name | {r.who.last}
Organization | ignore categorical | {r.pick[||||Acme Ltd|Nord AS]}
Phone Number | phone | {r.who.phone}
City | ignore categorical | {r.who.city}
State / Region | categorical | {r.who.state}
Country | country | {r.who.country}
Zip Code | postal_code | {r.who.zip}
Email Marketing Consent | consent | {r.pick[SUBSCRIBED|NEVER_SUBSCRIBED|UNSUBSCRIBED]}
Email Marketing Consent Timestamp | ignore | {r.who.joined:%Y-%m-%dT%H:%M:%S+00:00}
Total Customer Lifetime Value | numeric | {r.pick[10..900]}.{r.pick[10..99]}
Historic Number Of Orders | numeric | {r.pick[1..12]}
Churn Risk Prediction | numeric | 0.{r.pick[10..99]}
Profile Created On | timestamp | {r.who.joined:%Y-%m-%d %H:%M:%S}
Last Open | ignore timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
"""),
    "klaviyo events": Export("events", "event", "en", """
Metric | event_type | {r.pick[Viewed Product|Viewed Product|Added to Cart|Placed Order|Opened Email]}
Timestamp | timestamp | {r.moment:%Y-%m-%dT%H:%M:%SZ}
Profile ID | customer_id | 01H{r.who.key:.20}
Email | email | {r.who.email}
Value | amount numeric | {r.pick[|||19.90|45.00|22.50]}
Product Name | product_name | {r.thing.name}
Categories | category | {r.thing.category}
"""),
    "mailchimp audience": Export("customers", "customer", "en", """
Email Address | email | {r.who.email}
First Name | name | {r.who.first}
Last Name | name | {r.who.last}
Address | ignore | {r.n} High Street, {r.who.city}
Phone Number | phone | {r.who.phone}
Birthday | ignore | 0{r.who.pick[1..9]}/{r.who.pick[10..28]}
MEMBER_RATING | numeric | {r.pick[1|2|3|4|5]}
OPTIN_TIME | timestamp ignore | {r.who.joined:%Y-%m-%d %H:%M:%S}
OPTIN_IP | ignore | 81.{r.who.pick[2..250]}.{r.who.pick[1..251]}.7
CONFIRM_TIME | timestamp ignore | {r.who.joined:%Y-%m-%d %H}:59:00
LATITUDE | ignore | {r.who.pick[40..55]}.{r.who.pick[100000..999999]}
LONGITUDE | ignore | -{r.who.pick[70..95]}.{r.who.pick[100000..999999]}
GMTOFF | numeric categorical ignore | {r.pick[-5|-6|0|1]}
TIMEZONE | categorical | {r.pick[America/New_York|Europe/London]}
CC | country categorical | {r.pick[US|GB|IE]}
REGION | categorical | {r.who.state}
LAST_CHANGED | ignore timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
LEID | ignore customer_id | 2{r.who.pick[10000000..99999999]}
EUID | customer_id ignore | {r.who.key:.10}
TAGS | categorical ignore text | {r.pick[vip|newsletter|]}
"""),
    "judge.me reviews": Export("reviews", "review", "en", """
title | review_title | {r.pick[Great|Not for me|Love it|Broken on arrival|Fine]} {r.thing.category} {r.n}
body | review_text | {r.sentence}
rating | rating | {r.rating}
review_date | timestamp | {r.moment:%Y-%m-%d %H:%M:%S} UTC
source | categorical | {r.pick[email|web]}
curated | categorical | {r.pick[ok|not-yet]}
reviewer_name | name | {r.who.first} {r.who.last}
reviewer_email | email | {r.who.email}
product_id | product_id | {r.thing.id}
product_handle | product_name ignore categorical | {r.thing.sku}-handle
reply | ignore text | {r.pick[||||Thank you for your kind words, come again]}
picture_urls | ignore | {r.pick[||https://img.example/1.jpg|https://img.example/2.jpg]}
ip_address | ignore | 81.{r.who.pick[2..250]}.{r.who.pick[1..251]}.7
"""),
    "yotpo reviews": Export("reviews", "review", "en", """
Review ID | ignore | 55{r.n}17
Review Status | categorical | {r.pick[Published|Pending|Rejected]}
Review Score | rating | {r.rating}
Review Title | review_title | {r.pick[Great|Not for me|Love it|Broken|Fine]}
Review Content | review_text | {r.sentence}
Product ID | product_id | {r.thing.id}
Product Title | product_name | {r.thing.name}
Product URL | ignore | https://shop.example/p/{r.thing.id}
Customer Email | email | {r.who.email}
Display Name | name | {r.who.first} {r.who.last}
Review Creation Date | timestamp | {r.moment:%Y-%m-%d}
Sentiment Score | numeric | 0.{r.pick[10..99]}
"""),
    "amazon reviews": Export("reviews", "review", "en", """
marketplace | categorical country | {r.who.pick[US|UK]}
customer_id | customer_id | 3{r.who.id}81
review_id | ignore | R{r.key:.12}
product_id | product_id | B00{r.thing.key:.7}
product_title | product_name | {r.thing.name}
product_category | category | {r.thing.category}
star_rating | rating | {r.rating}
helpful_votes | numeric | {r.pick[0..30]}
total_votes | numeric | {r.pick[0..40]}
vine | categorical | {r.pick[Y|N|N]}
verified_purchase | categorical | {r.pick[Y|Y|N]}
review_headline | review_title | {r.pick[Great|Not for me|Love it|Broken|Fine]}
review_body | review_text | {r.sentence}
review_date | timestamp | {r.moment:%Y-%m-%d}
""", "\t"),
    "reviews fr": Export("reviews", "review", "fr", """
identifiant_client | customer_id | {r.who.id}
produit | product_name | {r.thing.name}
note | rating | {r.rating}
titre_avis | review_title | {r.pick[Très bien|Déçu|Parfait|Bof]}
commentaire | review_text | {r.sentence}
date_avis | timestamp | {r.moment:%d/%m/%Y}
achat vérifié | categorical | {r.pick[oui|non]}
""", ";"),
    "square items": Export("orders", "line", "en", """
Date | timestamp | {r.moment:%m/%d/%y}
Time | timestamp | {r.moment:%H:%M:%S}
Time Zone | categorical ignore | {r.of_order[Eastern Time (US & Canada)|Central Time]}
Category | category | {r.thing.category}
Item | product_name | {r.thing.name}
Qty | quantity | {r.qty}.0
Price Point Name | categorical | {r.thing.pick[Regular|Large|Small]}
SKU | product_id | {r.thing.sku}
Gross Sales | amount numeric | ${r.amount:.2f}
Discounts | discount | ${r.pick[0.00|0.00|-1.50]}
Net Sales | amount numeric | ${r.amount:.2f}
Tax | numeric | ${r.pick[0.80|1.20|2.40]}
Transaction ID | order_id | {r.order_key}
Payment ID | ignore order_id | {r.session}
Device Name | categorical | {r.of_order[Till 1|Till 2]}
Notes | text ignore | {r.pick[||||no bag please and thank you]}
Event Type | event_type categorical order_status | {r.of_order[Payment|Payment|Payment|Refund]}
Location | categorical | {r.of_order[High Street|Market Hall]}
Customer ID | customer_id | {r.who.key:.20}
Customer Name | name | {r.who.first} {r.who.last}
"""),
    "stripe charges": Export("orders", "order", "en", """
id | order_id | ch_3{r.order_key}
Description | ignore text product_name | {r.of_order[Subscription update|Payment for order]} {r.order}
Created date (UTC) | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
Amount | amount | {r.total:.2f}
Amount Refunded | refund | {r.of_order[0.00|0.00|0.00|5.00]}
Currency | currency | eur
Converted Amount | numeric amount | {r.total:.2f}
Fee | numeric | {r.of_order[0.45|1.10|0.93]}
Status | order_status | {r.of_order[Paid|Paid|Refunded|Failed]}
Customer ID | customer_id | cus_{r.who.key:.14}
Customer Email | email | {r.who.email}
Captured | categorical | {r.of_order[true|true|false]}
Card ID | ignore | card_{r.of_order[100000..999999]}
Card Brand | categorical | {r.of_order[Visa|MasterCard]}
"""),
    "erp in capitals": Export("orders", "line", "en", """
ORDER_NO | order_id | {r.order:08}
LINE_NO | ignore numeric | {r.line}
CUST_NO | customer_id | {r.who.id:010}
ITEM_NO | product_id | {r.thing.sku}
ITEM_DESC | product_name | {r.thing.name}
QTY | quantity | {r.qty}
UNIT_PRC | unit_price | {r.price:.2f}
EXT_AMT | amount | {r.amount:.2f}
ORD_DT | timestamp | {r.moment:%Y%m%d}
WHSE | categorical | {r.of_order[10|20|30]}
SLS_REP | categorical | {r.who.pick[JS|MK|TT]}
""", "|"),
    "camel case orders": Export("orders", "order", "en", """
orderId | order_id | {r.order_key}
customerId | customer_id | {r.who.key}
createdAt | timestamp | {r.unix}123
totalPrice | amount | {r.total:.2f}
currencyCode | currency | GBP
isFirstOrder | categorical | {r.of_order[true|false]}
itemsCount | quantity numeric | {r.qty}
salesChannel | categorical | {r.of_order[web|app|store]}
shippingCity | ignore categorical | {r.who.city}
"""),
    "lines without header": Export("orders", "line", "en", """
- | order_id | {r.order}
- | customer_id | {r.who.id}
- | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
- | product_id | {r.thing.sku}
- | product_name | {r.thing.name}
- | quantity | {r.qty}
- | unit_price | {r.price:.2f}
- | amount | {r.amount:.2f}
- | country categorical | {r.who.country}
""", header=False),
    "meaningless letters": Export("orders", "line", "en", """
A | customer_id | C{r.who.id}
B | order_id | {r.order}
C | timestamp | {r.moment:%d/%m/%Y}
D | product_id | {r.thing.sku}
E | quantity | {r.qty}
F | unit_price | {r.price:.2f}
G | amount | {r.amount:.2f}
H | order_status categorical | {r.of_order[shipped|delivered|cancelled]}
I | currency | {r.who.pick[EUR|USD|GBP]}
"""),
    "meaningless orders": Export("orders", "order", "de", """
col1 | order_id | {r.order}
col2 | customer_id | {r.who.id}
col3 | timestamp | {r.moment:%Y-%m-%d}
col4 | amount numeric | {r.total:.2f}
col5 | categorical order_status | {r.of_order[bezahlt|offen|storniert]}
"""),
    "meaningless customers": Export("customers", "customer", "en", """
col1 | customer_id | {r.who.id}
col2 | email | {r.who.email}
col3 | name ignore | {r.who.first} {r.who.last}
col4 | phone | {r.who.phone}
col5 | country | {r.pick[US|GB|DE|FR|IE]}
col6 | numeric | {r.pick[18..79]}
col7 | categorical | {r.pick[0|1]}
col8 | timestamp | {r.who.joined:%Y-%m-%d}
"""),
    "meaningless events": Export("events", "event", "en", """
f1 | timestamp | {r.moment:%Y-%m-%dT%H:%M:%S}
f2 | customer_id | {r.who.key}
f3 | event_type | {r.pick[view|view|view|add_to_cart|purchase]}
f4 | product_id | {r.thing.sku}
"""),
    "meaningless reviews": Export("reviews", "review", "en", """
x1 | customer_id | u{r.who.id}
x2 | product_id | {r.thing.sku}
x3 | rating | {r.rating}
x4 | review_text | {r.sentence}
x5 | timestamp | {r.moment:%Y-%m-%d}
"""),
    "lines it": Export("orders", "line", "it", """
Numero ordine | order_id | {r.order}
Data ordine | timestamp | {r.moment:%d/%m/%Y}
ID cliente | customer_id | {r.who.id}
Codice articolo | product_id | {r.thing.sku}
Descrizione | product_name | {r.thing.name}
Quantità | quantity | {r.qty}
Prezzo unitario | unit_price | {r.price:comma}
Totale riga | amount numeric | {r.amount:comma}
Sconto | discount | {r.pick[0|0|5|10]}%
Stato ordine | order_status | {r.of_order[spedito|annullato|consegnato]}
Provincia | categorical | {r.who.state}
""", ";"),
    "lines nl": Export("orders", "line", "nl", """
Bestelnummer | order_id | {r.order}
Klantnummer | customer_id | {r.who.id}
Besteldatum | timestamp | {r.moment:%d-%m-%Y}
Artikelnummer | product_id | {r.thing.sku}
Omschrijving | product_name | {r.thing.name}
Aantal | quantity | {r.qty}
Stuksprijs | unit_price | {r.price:comma}
Totaalbedrag | amount | {r.amount:comma}
Postcode | postal_code | {r.who.pick[1000..9999]} {r.who.pick[AB|CD|KL]}
Plaats | categorical ignore | {r.who.city}
""", ";"),
    "shopify products": Export("products", "product", "en", """
Handle | ignore product_id | {r.thing.sku}-handle
Title | product_name | {r.thing.name}
Body (HTML) | description text | <p>{r.sentence}</p>
Vendor | categorical | {r.thing.pick[Acme|Homely|Nord]}
Product Category | category | Home > {r.thing.category}
Type | categorical category | {r.thing.category}
Tags | text categorical ignore description | {r.thing.pick[gift|gift, new|sale]}
Published | categorical | {r.pick[true|false]}
Variant SKU | product_id | {r.thing.sku}
Variant Grams | numeric | {r.pick[50..4000]}
Variant Inventory Qty | numeric | {r.pick[0..90]}
Variant Price | unit_price | {r.price:.2f}
Variant Compare At Price | numeric ignore | {r.pick[|19.90|29.90|49.00]}
Image Src | ignore | https://cdn.example/{r.thing.id}.png
Status | categorical | {r.pick[active|draft]}
"""),
    "loyalty cards": Export("customers", "customer", "en", """
card_no | customer_id | {r.who.pick[2600000000000..2699999999999]}
gender | categorical | {r.pick[F|M|X]}
birth_year | numeric | {r.pick[1940..2004]}
joined | timestamp | {r.who.joined:%d-%b-%Y}
home_store_code | categorical | {r.pick[101|102|117]}
points_balance | numeric | {r.pick[0..5000]}
tier | categorical | {r.pick[gold|silver|bronze]}
opted_in_email | consent categorical | {r.pick[1|0]}
n_visits_12m | numeric | {r.pick[0..60]}
avg_basket | numeric | {r.pick[5..90]}.{r.pick[10..99]}
"""),
    "closed deals": Export("customers other orders", "customer", "pt", """
mql_id | ignore customer_id | {r.key}
seller_id | ignore customer_id | {r.who.key}
sdr_id | ignore categorical | {r.pick[1..20]}a9f3c{r.pick[1..20]}
won_date | timestamp ignore | {r.moment:%Y-%m-%d %H:%M:%S}
business_segment | categorical | {r.pick[pet|home_decor|health_beauty]}
lead_type | categorical | {r.pick[online_medium|offline|industry]}
lead_behaviour_profile | categorical | {r.pick[cat|eagle|wolf|]}
has_company | categorical | {r.pick[True|False|]}
has_gtin | categorical | {r.pick[True|False|]}
average_stock | categorical | {r.pick[||5-20|20-50|200+]}
business_type | categorical | {r.pick[reseller|manufacturer]}
declared_product_catalog_size | numeric | {r.pick[|||20.0|100.0|300.0|5.0|40.0|7.0]}
declared_monthly_revenue | numeric amount | {r.pick[0.0|0.0|5000.0|10000.0|30000.0|1000.0]}
"""),
    "order rhythm": Export("orders", "order", "en", """
order_id | order_id | {r.order}
user_id | customer_id | {r.who.id}
eval_set | categorical | {r.of_order[prior|train]}
order_number | numeric ignore | {r.of_order[1..30]}
order_dow | numeric categorical | {r.of_order[0..6]}
order_hour_of_day | numeric categorical | {r.of_order[0..23]}
days_since_prior_order | numeric | {r.of_order[1..30]}.0
"""),
}  # fmt: skip
