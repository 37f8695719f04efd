"""Further exports, written after the rules were, so that their first score was an honest one (90 %)."""

from __future__ import annotations

from tests.segmentation.intake.meaning.shop_exports import Export

MORE_EXPORTS = {
    "etsy items": Export("orders", "line", "en", """
Sale Date | timestamp | {r.moment:%m/%d/%y}
Item Name | product_name | {r.thing.name}
Buyer | customer_id name | {r.who.first} {r.who.last}
Quantity | quantity | {r.qty}
Price | unit_price | {r.price:.2f}
Coupon Code | categorical ignore | {r.of_order[|||SPRING]}
Discount Amount | discount | {r.pick[0.00|0.00|2.50|1.00]}
Order Shipping | numeric | {r.of_order[3.90|4.90|0.00]}
Item Total | amount | {r.amount:.2f}
Currency | currency | USD
Transaction ID | ignore | 38{r.n}7741{r.n}
Listing ID | product_id | 9{r.thing.id}11
Date Paid | ignore | {r.moment:%m/%d/%Y}
Ship City | ignore categorical | {r.who.city}
Ship State | categorical | {r.who.state}
Ship Zipcode | postal_code | {r.who.zip}
Ship Country | country | {r.who.country}
Order ID | order_id | 29{r.order}
Variations | categorical ignore | {r.pick[Color:Red|Color:Blue|]}
Payment Type | categorical | {r.of_order[online|other]}
"""),
    "amazon seller": Export("orders", "line", "en", """
amazon-order-id | order_id | 302-{r.order}00-44{r.order}
merchant-order-id | ignore | 77{r.order}
purchase-date | timestamp | {r.moment:%Y-%m-%dT%H:%M:%S+00:00}
last-updated-date | ignore | {r.moment:%Y-%m-%d}T23:10:00+00:00
order-status | order_status | {r.of_order[Shipped|Cancelled|Pending]}
fulfillment-channel | categorical | {r.of_order[Amazon|Merchant]}
sales-channel | categorical | {r.of_order[Amazon.de|Amazon.fr]}
product-name | product_name | {r.thing.name}
sku | product_id | {r.thing.sku}
asin | ignore product_id | B00{r.thing.key:.7}
item-status | categorical ignore | {r.of_order[Shipped|Unshipped]}
quantity | quantity | {r.qty}
currency | currency | EUR
item-price | unit_price amount | {r.amount:.2f}
item-tax | numeric | {r.pick[1.20|3.40|0.90]}
ship-city | ignore categorical | {r.who.city}
ship-postal-code | postal_code | {r.who.zip}
ship-country | country | {r.who.pick[DE|FR|AT]}
buyer-email | email | {r.who.email}
""", "\t"),
    "billbee de": Export("orders", "order", "de", """
Auftragsnummer | order_id | A-{r.order}
Kundennr | customer_id | {r.who.id}
Kunde | name | {r.who.first} {r.who.last}
Auftragsdatum | timestamp | {r.moment:%d.%m.%Y}
Lieferdatum | ignore | {r.moment:%d.%m.%Y}
Bruttobetrag | amount | {r.total:comma} €
Rabatt | discount | {r.of_order[0,00|5,00|2,50]}
Versandart | categorical | {r.of_order[DHL|Hermes]}
Verkaufskanal | categorical | {r.of_order[Shop|eBay]}
Auftragsstatus | order_status | {r.of_order[versendet|storniert|offen]}
Lieferland | country | {r.who.country}
""", ";"),
    "crm fr": Export("customers", "customer", "fr", """
N° client | customer_id | {r.who.id}
Civilité | categorical | {r.pick[Mme|M.]}
Nom | name | {r.who.last}
Prénom | name | {r.who.first}
Adresse e-mail | email | {r.who.email}
Téléphone portable | phone | {r.who.phone}
Code postal | postal_code | {r.who.zip}
Ville | ignore categorical | {r.who.city}
Pays | country | {r.who.country}
Date de création | timestamp | {r.who.joined:%d/%m/%Y}
Date de naissance | ignore | {r.who.pick[10..28]}/0{r.who.pick[1..9]}/{r.who.pick[1950..2003]}
Chiffre d'affaires | numeric | {r.pick[10..2900]},50
Nombre de commandes | numeric | {r.pick[0..24]}
Panier moyen | numeric | {r.pick[10..90]},25
Accepte la newsletter | consent | {r.pick[oui|non]}
Segment | categorical | {r.pick[A|B|C]}
""", ";"),
    "vtex pt": Export("orders", "line", "pt", """
Origin | categorical ignore | {r.of_order[Marketplace|Fulfillment]}
Order | order_id | v{r.order}abc-01
Creation Date | timestamp | {r.moment:%Y-%m-%d %H:%M:%SZ}
Client Name | name | {r.who.first}
Client Last Name | name | {r.who.last}
Client Document | customer_id ignore | {r.who.pick[10000000000..99999999999]}
Email | email | {r.who.email}
Phone | phone | {r.who.phone}
UF | categorical | {r.who.state}
City | ignore categorical | {r.who.city}
Status | order_status | {r.of_order[Faturado|Cancelado|Pronto para o manuseio]}
Quantity_SKU | quantity | {r.qty}
ID_SKU | product_id | {r.thing.id}
SKU Name | product_name | {r.thing.name}
SKU Selling Price | unit_price | {r.price:.2f}
SKU Total Price | amount numeric | {r.amount:.2f}
Payment System Name | categorical | {r.of_order[Visa|Pix|Boleto]}
Discounts Totals | discount | {r.of_order[0|-5|-2.5]}
""", ";"),
    "jd orders zh": Export("orders", "order", "zh", """
订单号 | order_id | 25{r.order}88123
下单帐号 | customer_id | jd_{r.who.key:.10}
下单时间 | timestamp | {r.moment:%Y/%m/%d %H:%M}
商品ID | product_id | {r.thing.id}
商品名称 | product_name | {r.thing.name}
订购数量 | quantity | {r.qty}
京东价 | unit_price | {r.price:.2f}
订单金额 | amount | {r.amount:.2f}
结算金额 | numeric amount | {r.amount:.2f}
支付方式 | categorical | {r.of_order[在线支付|货到付款]}
订单状态 | order_status | {r.of_order[完成|已取消|等待出库]}
客户姓名 | name | {r.who.last}{r.who.first}
联系电话 | phone | 1{r.who.pick[3000000000..8999999999]}
""", ",", "gb18030"),
    "rakuten ja": Export("orders", "line", "ja", """
受注番号 | order_id | 398-{r.order}
注文日 | timestamp | {r.moment:%Y-%m-%d}
注文者メールアドレス | email | {r.who.email}
注文者氏名 | name | {r.who.last} {r.who.first}
商品番号 | product_id | {r.thing.sku}
商品名 | product_name | {r.thing.name}
個数 | quantity | {r.qty}
単価 | unit_price | {r.price:.0f}
合計金額 | amount numeric | {r.amount:.0f}
送料 | numeric | {r.of_order[0|500|800]}
ステータス | order_status | {r.of_order[発送済|キャンセル]}
""", ",", "cp932"),
    "segment events": Export("events", "event", "en", """
messageId | ignore | {r.key}
anonymousId | customer_id ignore | {r.who.key}
userId | customer_id | {r.who.id}
event | event_type | {r.pick[Product Viewed|Product Viewed|Product Added|Order Completed]}
sentAt | timestamp ignore | {r.moment:%Y-%m-%dT%H:%M:%S.123Z}
receivedAt | timestamp ignore | {r.moment:%Y-%m-%dT%H:%M:%S.456Z}
properties.sku | product_id | {r.thing.sku}
properties.price | unit_price | {r.price:.2f}
context.page.url | ignore | https://shop.example/p/{r.thing.id}
context.ip | ignore | 81.{r.who.pick[2..250]}.{r.who.pick[1..251]}.7
"""),
    "trustpilot": Export("reviews", "review", "de", """
Review ID | ignore | {r.key}
Erstellt am | timestamp | {r.moment:%d.%m.%Y %H:%M}
Bewertung (Sterne) | rating | {r.rating}
Titel | review_title | {r.pick[Super|Nie wieder|Gut|Geht so]}
Text | review_text | {r.sentence}
Verfasser | name customer_id | {r.who.first} {r.who.last}
Bestellnr. | order_id | {r.order}
Verifiziert | categorical | {r.pick[ja|nein]}
""", ";"),
    "unnamed pandas": Export("orders", "line", "en", """
Unnamed: 0 | ignore | {r.n}
user | customer_id | u_{r.who.id}
ts | timestamp | {r.unix}
sku | product_id | {r.thing.sku}
qty | quantity | {r.qty}
rev | amount | {r.amount:.2f}
"""),
    "hotmart es": Export("customers", "customer", "es", """
Código de cliente | customer_id | CL{r.who.id}
Nombre completo | name | {r.who.first} {r.who.last}
Email | email | {r.who.email}
Celular | phone | {r.who.phone}
País | country | {r.who.country}
Fecha de registro | timestamp | {r.who.joined:%d-%m-%Y}
Última compra | ignore timestamp | {r.moment:%d-%m-%Y}
Total de compras | numeric | {r.pick[1..20]}
Monto acumulado | numeric | {r.pick[10..900]}.50
Ticket promedio | numeric | {r.pick[10..90]}.10
Suscrito | consent categorical | {r.pick[sí|no]}
Nivel | categorical | {r.pick[Oro|Plata|Bronce]}
"""),
    "meaningless lines de": Export("orders", "line", "de", """
Feld1 | order_id | {r.order:08}
Feld2 | timestamp | {r.moment:%d.%m.%Y}
Feld3 | customer_id | K{r.who.id}
Feld4 | product_id | {r.thing.sku}
Feld5 | product_name | {r.thing.name}
Feld6 | quantity | {r.qty}
Feld7 | unit_price | {r.price:comma}
Feld8 | amount | {r.amount:comma}
""", ";"),
}  # fmt: skip
