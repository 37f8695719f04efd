"""Exports of yet other systems and languages, written before the rules knew any like them.

Their first score was 74.6 % of 315 columns: 87.1 % in the languages known then, 27.3 % in Polish, Russian,
Turkish, Korean and Swedish, which had none of the words.
"""

from __future__ import annotations

from tests.segmentation.intake.meaning.shop_exports import Export

FRESH_EXPORTS = {
    "wix lines": Export("orders", "line", "en", """
Order number | order_id | {r.order}
Date created | timestamp | {r.moment:%b %d, %Y}
Time | timestamp | {r.moment:%I:%M %p}
Total order quantity | numeric | {r.of_order[1..9]}
Contact email | email | {r.who.email}
Note from customer | text ignore | {r.of_order[||||please leave it at the back door]}
Item | product_name | {r.thing.name}
Variant | categorical ignore | {r.thing.pick[Red|Blue|Large|]}
SKU | product_id | {r.thing.sku}
Qty | quantity | {r.qty}
Quantity refunded | numeric ignore | {r.pick[0|0|0|0|1|2]}
Price | unit_price | {r.price:.2f}
Weight | numeric | {r.thing.pick[1..9]}.5
Custom text | ignore | {r.pick[|]}
Delivery method | categorical | {r.of_order[Standard|Pick-up]}
Recipient name | name | {r.who.first} {r.who.last}
Recipient phone | phone | {r.who.phone}
Delivery country | country | {r.who.country}
Delivery zip/postal code | postal_code | {r.who.zip}
Payment status | order_status categorical | {r.of_order[Paid|Paid|Refunded|Unpaid]}
Coupon code | categorical ignore | {r.of_order[|||HELLO10|VIP]}
Refunded amount | refund | {r.of_order[0|0|0|12.5|4.9]}
Net amount | numeric amount | {r.total:.2f}
Additional fees | numeric | {r.of_order[0|0|1.5|2.5]}
Currency | currency | USD
"""),
    "lightspeed lines": Export("orders", "line", "en", """
Receipt Number | order_id | 220-{r.order}
Date | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
Register | categorical | {r.of_order[Main till|Upstairs]}
Sold by | categorical | {r.of_order[Jane|Tom|Priya]}
Customer Code | customer_id | {r.who.last}-{r.who.id}
Customer Name | name | {r.who.first} {r.who.last}
SKU | product_id | {r.thing.sku}
Product | product_name | {r.thing.name}
Supplier | categorical | {r.thing.pick[Acme|Homely|Nord]}
Quantity | quantity | {r.qty}
Unit Price | unit_price | {r.price:.2f}
Discount | discount | {r.pick[0.00|0.00|1.50|2.00]}
Subtotal | numeric amount | {r.amount:.2f}
Sales Tax | numeric | {r.pick[0.80|1.20|2.40|3.10]}
Total | amount numeric | {r.amount:.2f}
Cost of Goods | cost | {r.thing.pick[2..9]}.40
Gross Profit | profit | {r.pick[1..30]}.10
Gross Margin | numeric profit | {r.pick[20..60]}.5%
"""),
    "ebay orders": Export("orders", "line", "en", """
Sales Record Number | ignore | {r.n}1
Order Number | order_id | 12-0{r.order}-44{r.order}
Buyer Username | customer_id | {r.who.first}_{r.who.id}
Buyer Name | name | {r.who.first} {r.who.last}
Buyer Email | email | {r.who.email}
Buyer Note | text ignore | {r.of_order[||||please wrap it as a gift]}
Ship To City | ignore categorical | {r.who.city}
Ship To Zip | postal_code | {r.who.zip}
Ship To Country | country | {r.who.country}
Item Number | product_id | 30{r.thing.id}11
Item Title | product_name | {r.thing.name}
Custom Label | ignore product_id | {r.thing.sku}
Sold Via Promoted Listings | categorical | {r.pick[Yes|No|No]}
Quantity | quantity | {r.qty}
Sold For | unit_price amount | ${r.price:.2f}
Shipping And Handling | numeric | ${r.of_order[0.00|3.90|4.90]}
Total Price | amount numeric | ${r.amount:.2f}
Payment Method | categorical | {r.of_order[PayPal|Other]}
Sale Date | timestamp | {r.moment:%b-%d-%y}
Paid On Date | ignore | {r.moment:%b-%d-%y}
Shipped On Date | ignore | {r.moment:%b-%d-%y}
Feedback Left | categorical | {r.pick[Yes|No]}
Tracking Number | ignore | 1Z{r.order_key:.14}
"""),
    "sap lines de": Export("orders", "line", "de", """
Verkaufsbeleg | order_id | 00000{r.order}
Position | ignore numeric | {r.line}0
Auftraggeber | customer_id | 000000{r.who.id}
Name 1 | name | {r.who.first} {r.who.last}
Belegdatum | timestamp | {r.moment:%d.%m.%Y}
Material | product_id | {r.thing.sku}
Bezeichnung | product_name | {r.thing.name}
Auftragsmenge | quantity | {r.qty},000
ME | ignore categorical | {r.thing.pick[ST|ST|KAR]}
Nettopreis | unit_price | {r.price:comma}
Nettowert | amount | {r.amount:comma}
Belegwährung | currency | EUR
Werk | categorical ignore | {r.thing.pick[1000|1100|1200]}
Lieferdatum | ignore | {r.moment:%d.%m.%Y}
""", ";", "cp1252"),
    "allegro pl": Export("orders", "line", "pl", """
Numer zamówienia | order_id | {r.order_key:.12}
Data zakupu | timestamp | {r.moment:%Y-%m-%d %H:%M}
Login kupującego | customer_id | {r.who.first}_{r.who.id}
E-mail kupującego | email | {r.who.email}
Telefon | phone | {r.who.phone}
Kod pocztowy | postal_code | {r.who.zip}
Miasto | ignore categorical | {r.who.city}
Kraj | country categorical | {r.who.country}
Numer oferty | product_id | 11{r.thing.id}99
Nazwa produktu | product_name | {r.thing.name}
Liczba sztuk | quantity | {r.qty}
Cena jednostkowa | unit_price | {r.price:comma} zł
Wartość | amount | {r.amount:comma} zł
Koszt dostawy | numeric | {r.of_order[0,00|8,99|12,99]} zł
Metoda płatności | categorical | {r.of_order[przelew|karta|za pobraniem]}
Status zamówienia | order_status | {r.of_order[Zrealizowane|Zrealizowane|Anulowane|W realizacji]}
""", ";"),
    "ozon ru": Export("orders", "line", "ru", """
Номер заказа | order_id | {r.order}-0001
Дата заказа | timestamp | {r.moment:%d.%m.%Y %H:%M}
ID покупателя | customer_id | {r.who.id}
Имя | name | {r.who.first} {r.who.last}
Артикул | product_id | {r.thing.sku}
Название товара | product_name | {r.thing.name}
Категория | category | {r.thing.category}
Количество | quantity | {r.qty}
Цена | unit_price | {r.price:comma}
Сумма | amount | {r.amount:comma}
Статус заказа | order_status | {r.of_order[Доставлен|Доставлен|Отменён|В пути]}
Город | ignore categorical | {r.who.city}
""", ";", "cp1251"),
    "trendyol tr": Export("orders", "line", "tr", """
Sipariş Numarası | order_id | 9{r.order}77
Sipariş Tarihi | timestamp | {r.moment:%d.%m.%Y %H:%M}
Müşteri No | customer_id | {r.who.id}
Müşteri Adı | name | {r.who.first} {r.who.last}
Ürün Kodu | product_id | {r.thing.sku}
Ürün Adı | product_name | {r.thing.name}
Kategori | category | {r.thing.category}
Adet | quantity | {r.qty}
Birim Fiyatı | unit_price | {r.price:comma}
Satış Tutarı | amount | {r.amount:comma}
İndirim Tutarı | discount | {r.pick[0,00|0,00|5,50|2,25]}
Sipariş Durumu | order_status | {r.of_order[Teslim Edildi|Teslim Edildi|İptal Edildi|Kargoda]}
İl | categorical | {r.who.state}
""", ";"),
    "naver ko": Export("orders", "line", "ko", """
주문번호 | order_id | 2023{r.order}91
주문일시 | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
구매자ID | customer_id | nv{r.who.id}
구매자명 | name | {r.who.last}{r.who.first}
상품번호 | product_id | {r.thing.id}
상품명 | product_name | {r.thing.name}
수량 | quantity | {r.qty}
상품가격 | unit_price | {r.price:.0f}00
총 주문금액 | amount | {r.amount:.0f}00
주문상태 | order_status | {r.of_order[배송완료|배송완료|취소|배송중]}
우편번호 | postal_code | {r.who.zip}
결제수단 | categorical | {r.of_order[신용카드|네이버페이]}
""", ",", "utf-8-sig"),
    "fortnox sv": Export("orders", "line", "sv", """
Ordernummer | order_id | {r.order}
Orderdatum | timestamp | {r.moment:%Y-%m-%d}
Kundnummer | customer_id | {r.who.id}
Kundnamn | name | {r.who.first} {r.who.last}
Artikelnummer | product_id | {r.thing.sku}
Benämning | product_name | {r.thing.name}
Antal | quantity | {r.qty}
Pris | unit_price | {r.price:comma}
Belopp | amount numeric | {r.amount:comma} kr
Rabatt | discount | {r.pick[0|0|10|15]} %
Valuta | currency | SEK
Postnummer | postal_code | {r.who.zip}
Ort | ignore categorical | {r.who.city}
""", ";", "iso-8859-1"),
    "hubspot contacts": Export("customers", "customer", "en", """
Record ID | customer_id | 51{r.who.id}
First Name | name | {r.who.first}
Last Name | name | {r.who.last}
Email | email | {r.who.email}
Phone Number | phone | {r.who.phone}
Contact owner | categorical | {r.pick[Priya Shah|Tom Reed|]}
Lead Status | categorical | {r.pick[New|Open|Connected|Unqualified]}
Lifecycle Stage | categorical | {r.pick[Lead|Customer|Subscriber]}
Create Date | timestamp | {r.who.joined:%Y-%m-%d %H:%M}
Last Activity Date | ignore timestamp | {r.moment:%Y-%m-%d %H:%M}
Country/Region | country | {r.who.country}
Total Revenue | numeric | {r.pick[10..2900]}.50
Number of Sessions | numeric | {r.pick[0..40]}
Marketing contact status | consent categorical | {r.pick[Marketing contact|Non-marketing contact]}
Unsubscribed from all email | consent categorical | {r.pick[true|false|false]}
"""),
    "amplitude events": Export("events", "event", "en", """
event_id | ignore | {r.n}
event_time | timestamp | {r.moment:%Y-%m-%d %H:%M:%S.123000}
user_id | customer_id | u{r.who.id}
device_id | ignore | {r.who.key}
amplitude_id | customer_id ignore | 6{r.who.id}0021
session_id | session_id | {r.unix}123
event_type | event_type | {r.pick[View Item|View Item|Add to Cart|Purchase|Search]}
event_properties | ignore | {{"item_id": "{r.thing.sku}", "price": {r.price:.2f}}}
platform | categorical | {r.who.pick[iOS|Android|Web]}
city | ignore categorical | {r.who.city}
country | country | {r.who.country}
language | categorical | {r.who.pick[English|French]}
"""),
    "paypal activity": Export("orders", "order", "en", """
Date | timestamp | {r.moment:%m/%d/%Y}
Time | timestamp | {r.moment:%H:%M:%S}
TimeZone | categorical ignore | {r.of_order[PST|PDT]}
Name | name | {r.who.first} {r.who.last}
Type | categorical | {r.of_order[Express Checkout Payment|Website Payment]}
Status | order_status | {r.of_order[Completed|Completed|Refunded|Pending]}
Currency | currency | USD
Gross | amount | {r.total:.2f}
Fee | numeric | -{r.of_order[0.45|1.10|0.93]}
Net | numeric amount | {r.total:.2f}
From Email Address | email | {r.who.email}
To Email Address | ignore | shop@store.example
Transaction ID | order_id | {r.order_key:.17}
Item Title | product_name | {r.thing.name}
Item ID | product_id | {r.thing.sku}
Quantity | quantity | {r.qty}
Country | country | {r.who.country}
"""),
    "survey answers": Export("reviews", "review", "en", """
Response ID | ignore | {r.key:.12}
Submitted at | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
Email | email | {r.who.email}
How likely are you to recommend us? (0-10) | rating numeric | {r.pick[0..10]}
What could we do better? | review_text text | {r.sentence}
Age group | categorical | {r.who.pick[18-24|25-34|35-44|45-54]}
Would you buy again? | categorical | {r.pick[Yes|No|Maybe]}
"""),
    "support tickets": Export("reviews", "review", "en", """
Ticket ID | ignore | {r.n}881
Requester email | email | {r.who.email}
Subject | review_title text | {r.pick[Where is my parcel|Broken|Wrong size|Thanks]} {r.n}
Description | review_text text description | {r.sentence}
Created at | timestamp | {r.moment:%Y-%m-%dT%H:%M:%SZ}
Status | categorical order_status | {r.pick[open|solved|closed]}
Priority | categorical | {r.pick[low|normal|high]}
Satisfaction score | categorical rating | {r.pick[good|bad|offered]}
"""),
    "bling pt": Export("orders", "line", "pt", """
Número do pedido | order_id | {r.order}
Data | timestamp | {r.moment:%d/%m/%Y}
CPF/CNPJ | customer_id ignore | {r.who.pick[100..999]}.{r.who.pick[101..999]}.310-{r.who.pick[10..99]}
Nome do contato | name | {r.who.first} {r.who.last}
Código do produto | product_id | {r.thing.sku}
Descrição do produto | product_name description | {r.thing.name}
Quantidade | quantity | {r.qty},00
Valor unitário | unit_price | {r.price:comma}
Desconto do item | discount | {r.pick[0,00|0,00|2,50|1,25]}
Valor total | amount | {r.amount:comma}
Situação | order_status | {r.of_order[Atendido|Atendido|Cancelado|Em aberto]}
UF | categorical | {r.who.state}
CEP | postal_code | {r.who.zip}-000
""", ";", "iso-8859-1"),
    "sage fr": Export("orders", "line", "fr", """
N° commande | order_id | CMD{r.order}
Date commande | timestamp | {r.moment:%d/%m/%Y}
Code client | customer_id | CL{r.who.id}
Raison sociale | name ignore categorical | {r.who.first} {r.who.last}
Réf. article | product_id | {r.thing.sku}
Désignation | product_name | {r.thing.name}
Qté | quantity | {r.qty}
PU HT | unit_price | {r.price:comma}
Montant HT | amount numeric | {r.amount:comma}
TVA | numeric | {r.pick[1,20|2,40|3,60]}
Montant TTC | amount numeric | {r.amount:comma}
Statut | order_status | {r.of_order[Livrée|Livrée|Annulée|En préparation]}
Mode de paiement | categorical | {r.of_order[CB|PayPal|Virement]}
""", ";", "cp1252"),
    "retail cl es": Export("orders", "line", "es", """
Fecha de venta | timestamp | {r.moment:%d-%m-%Y}
N° de orden | order_id | {r.order}55
RUT cliente | customer_id | {r.who.pick[10..24]}.{r.who.pick[100..999]}.410-{r.who.pick[0..9]}
SKU | product_id | {r.thing.sku}
Producto | product_name | {r.thing.name}
Cant. | quantity | {r.qty}
Precio unitario | unit_price | ${r.price:.0f}.990
Descuento | discount | ${r.pick[0|0|1.990|2.990]}
Monto total | amount | ${r.amount:.0f}.990
Medio de pago | categorical | {r.of_order[Débito|Crédito|Efectivo]}
Comuna | ignore categorical | {r.who.city}
Región | categorical | {r.who.state}
Estado | order_status | {r.of_order[Entregado|Entregado|Cancelado]}
""", ";"),
    "youzan zh": Export("orders", "line", "zh", """
订单编号 | order_id | E2023{r.order}007
下单时间 | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
买家昵称 | customer_id name | 小{r.who.first}{r.who.id}
买家手机号 | phone | 1{r.who.pick[3000000000..8999999999]}
商品名称 | product_name | {r.thing.name}
规格编码 | product_id ignore | {r.thing.sku}
商品数量 | quantity | {r.qty}
商品单价 | unit_price | {r.price:.2f}
商品实付金额 | amount | {r.amount:.2f}
订单状态 | order_status | {r.of_order[交易完成|交易完成|交易关闭|待发货]}
收货省份 | categorical | {r.who.state}
收货城市 | ignore categorical | {r.who.city}
付款方式 | categorical | {r.of_order[微信支付|支付宝]}
买家备注 | text ignore | {r.of_order[|||请尽快发货谢谢]}
""", ",", "gb18030"),
    "base ja": Export("orders", "line", "ja", """
注文ID | order_id | B{r.order}F
注文日時 | timestamp | {r.moment:%Y/%m/%d %H:%M:%S}
お客様番号 | customer_id | {r.who.id}
商品コード | product_id | {r.thing.sku}
商品名 | product_name | {r.thing.name}
数量 | quantity | {r.qty}
価格（税込） | unit_price | {r.price:.0f}
小計 | amount | {r.amount:.0f}
支払い方法 | categorical | {r.of_order[クレジットカード|コンビニ決済]}
都道府県 | categorical | {r.who.state}
配送状況 | order_status categorical | {r.of_order[発送済|未発送]}
""", ",", "cp932"),
    "app events es": Export("events", "event", "es", """
fecha_hora | timestamp | {r.moment:%d/%m/%Y %H:%M:%S}
id_usuario | customer_id | us{r.who.id}
evento | event_type | {r.pick[vista_producto|vista_producto|agregar_carrito|compra]}
id_producto | product_id | {r.thing.id}
dispositivo | categorical | {r.who.pick[móvil|escritorio]}
origen | categorical | {r.pick[google|directo|correo]}
"""),
    "loyalty transactions": Export("orders", "order", "en", """
Member No | customer_id | 9780{r.who.id}3321
Transaction Date | timestamp | {r.moment:%d %b %Y}
Store | categorical | {r.of_order[Leeds|Bristol|Online]}
Points Earned | numeric | {r.pick[1..90]}
Points Redeemed | numeric | {r.pick[0|0|0|50|100]}
Basket Value | amount | £{r.total:.2f}
Items | quantity numeric | {r.pick[1..9]}
Tender | categorical | {r.of_order[Card|Cash]}
"""),
    "subscriptions": Export("orders customers", "order", "en", """
subscription id | order_id ignore | 77{r.order}
customer id | customer_id | 88{r.who.id}
email | email | {r.who.email}
product title | product_name | {r.thing.name}
variant title | categorical ignore | {r.thing.pick[Monthly|Weekly|Large]}
recurring price | unit_price numeric | {r.price:.2f}
quantity | quantity numeric | {r.qty}
status | order_status categorical | {r.of_order[ACTIVE|ACTIVE|CANCELLED|EXPIRED]}
created at | timestamp | {r.moment:%Y-%m-%d %H:%M:%S}
cancelled at | ignore | {r.of_order[|||2023-11-02 10:00:00|2023-12-01 09:30:00]}
next charge date | ignore | {r.moment:%Y-%m-%d}
cancellation reason | categorical ignore text | {r.of_order[|||too expensive|I have too much of it]}
"""),
    "clients utf-16 fr": Export("customers", "customer", "fr", """
Identifiant | customer_id | {r.who.id:06}
Nom complet | name | {r.who.first} {r.who.last}
Courriel | email | {r.who.email}
Ville | ignore categorical | {r.who.city}
Sexe | categorical | {r.pick[F|H]}
Âge | numeric | {r.who.pick[18..80]}
Inscrit le | timestamp | {r.who.joined:%d/%m/%Y}
Dernier achat | ignore timestamp | {r.moment:%d/%m/%Y}
Nb commandes | numeric | {r.pick[0..24]}
CA total | numeric | {r.pick[10..2900]},50
Abonné | consent categorical | {r.pick[oui|non]}
""", "\t", "utf-16"),
    "sales report": Export("orders", "line", "en", """
Invoice | order_id | INV{r.order}
Date | timestamp | {r.moment:%d-%b-%Y}
Account | customer_id | ACC{r.who.id}
Account name | name | {r.who.first} {r.who.last}
Stock code | product_id | {r.thing.sku}
Details | product_name description | {r.thing.name}
Units | quantity | {r.qty}
Rate | unit_price | {r.price:.2f}
Value | amount | {r.amount:.2f}
""", "|", before="Sales by account|||||||||\nPeriod: January to December|||||||||\n\n"),
}  # fmt: skip
