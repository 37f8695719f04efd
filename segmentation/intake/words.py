"""What the words of a header mean, in English, Chinese, Portuguese, Spanish, French and German."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum, auto


class Concept(StrEnum):
    """A thing that header words speak of."""

    CUSTOMER = auto()
    ID = auto()
    ALONE = auto()
    UNIQUE = auto()
    ORDER = auto()
    PRODUCT = auto()
    SESSION = auto()
    TIME = auto()
    LATER = auto()
    QUANTITY = auto()
    COUNT = auto()
    MEASURE = auto()
    PRICE = auto()
    AMOUNT = auto()
    FEE = auto()
    PAYMENT = auto()
    DISCOUNT = auto()
    REFUND = auto()
    STATUS = auto()
    NAME = auto()
    TITLE = auto()
    PERSON = auto()
    CATEGORY = auto()
    DESCRIPTION = auto()
    REVIEW = auto()
    TEXT = auto()
    RATING = auto()
    EVENT = auto()
    EMAIL = auto()
    PHONE = auto()
    COUNTRY = auto()
    PLACE = auto()
    POSTAL = auto()
    ADDRESS = auto()
    CONSENT = auto()
    COST = auto()
    PROFIT = auto()
    CURRENCY = auto()
    CODE = auto()
    BIRTH = auto()
    SELLER = auto()
    PERSONAL = auto()


_WORDS = {
    Concept.CUSTOMER: (
        "customer customers client clients cliente clientes kunde kunden user users usuario "
        "usuarios utilisateur buyer acheteur comprador member membre mitglied shopper account "
        "konto cust visitor subscriber consumer consumidor reviewer acheteurs patron debitor"
    ),
    Concept.ID: (
        "id ids no nr num number nummer numero key code codigo uid uuid guid identifier "
        "identifiant identificador kennung hash nro ref reference referencia"
    ),
    Concept.UNIQUE: "unique uniq master person global",
    Concept.ORDER: (
        "order orders invoice receipt transaction transactions purchase purchases pedido "
        "pedidos orden compra compras commande commandes facture bestellung bestellungen "
        "auftrag rechnung encomenda fatura factura basket checkout bestell rechnungs bon "
        "beleg txn"
    ),
    Concept.PRODUCT: (
        "product products produit produits produkt produkte producto productos produto "
        "produtos item items artikel article articulo artigo stock goods clothing listing"
    ),
    Concept.SESSION: "session sessions sitzung sesion sessao visit",
    Concept.TIME: (
        "date time timestamp datetime datum fecha data dt day created at zeit uhrzeit hora "
        "heure when jour tag bestelldatum rechnungsdatum kaufdatum"
    ),
    Concept.LATER: (
        "ship shipped shipping delivery delivered deliver due limit estimated expected "
        "approved aproved carrier answer updated modified crawl expiry expires end lieferung "
        "livraison entrega envio versand last"
    ),
    Concept.QUANTITY: (
        "quantity qty quantidade cantidad quantite menge anzahl units qtd qte stuck stueck pieces unidades"
    ),
    Concept.COUNT: "count counts sold frequency",
    Concept.MEASURE: (
        "length lenght width height weight cm mm kg g photos avg average mean size inventory year years month"
    ),
    Concept.PRICE: "price prices preis preco precio prix unitprice einzelpreis stuckpreis verkaufspreis",
    Concept.AMOUNT: (
        "amount total revenue sales value subtotal spend spent betrag umsatz summe valor "
        "montant importe monto gesamt gesamtbetrag gmv turnover dollar dollars euro euros "
        "total_price gesamtpreis"
    ),
    Concept.FEE: "fee fees freight tax frete steuer tva vat iva mwst postage",
    Concept.PAYMENT: "payment payments pagamento pago paiement zahlung installments",
    Concept.DISCOUNT: "discount discounts rabatt desconto descuento remise rebate nachlass reduction",
    Concept.REFUND: "refund refunds refunded erstattung reembolso remboursement devolucion",
    Concept.STATUS: "status",
    Concept.NAME: "name nome nombre nom bezeichnung names produktname artikelname produktbezeichnung",
    Concept.TITLE: "title titulo titre titel summary headline subject betreff",
    Concept.PERSON: (
        "firstname lastname surname vorname nachname apellido apellidos prenom fullname sobrenome"
    ),
    Concept.CATEGORY: (
        "category categories categoria categorie kategorie department dept departamento "
        "subcategory genre cat warengruppe produktkategorie class tree collection"
    ),
    Concept.DESCRIPTION: (
        "description descricao descripcion beschreibung desc details specifications produktbeschreibung"
    ),
    Concept.REVIEW: (
        "review reviews comment comments feedback opinion avis bewertung bewertungen resena "
        "avaliacao comentario comentarios commentaire kommentar testimonial rezension"
    ),
    Concept.TEXT: (
        "text texto texte body content message note notes remark remarks bemerkung question "
        "notiz mensagem mensaje"
    ),
    Concept.RATING: "rating ratings score stars star nota puntuacion sterne etoiles grade punkte",
    Concept.EVENT: "event events action activity behavior behaviour ereignis evento evenement eventtype",
    Concept.EMAIL: "email mail emailadresse courriel correo",
    Concept.PHONE: "phone mobile tel telephone telefon telefono telefone celular handy",
    Concept.COUNTRY: "country land pais pays nation",
    Concept.PLACE: (
        "city state region province town stadt ort ville cidade ciudad estado provincia "
        "bundesland lat lng latitude longitude location"
    ),
    Concept.POSTAL: "zip zipcode postal postcode plz cep postleitzahl",
    Concept.ADDRESS: "address adresse direccion endereco street strasse rue calle rua",
    Concept.CONSENT: (
        "consent optin opt newsletter subscribed gdpr einwilligung consentimiento consentement"
    ),
    Concept.COST: "cost costs cogs kosten coste custo cout einkaufspreis",
    Concept.PROFIT: "profit margin gewinn lucro beneficio marge ganancia",
    Concept.CURRENCY: "currency wahrung waehrung moneda moeda devise",
    Concept.CODE: ("type systems browser group label flag segment cluster level channel index tier system"),
    Concept.BIRTH: (
        "birth born birthday birthdate geburtstag geburtsdatum nascimento nacimiento naissance dob age"
    ),
    Concept.PERSONAL: (
        "gender sex geschlecht sexe genero marital married familienstand civil education bildung educacion "
        "educacao religion religiao ethnicity race nationality children kids kinder enfants hijos filhos "
        "kidhome teenhome disability health"
    ),
    Concept.SELLER: "seller merchant vendor supplier brand vendedor vendeur lieferant store shop",
}
_IDEOGRAMS = {
    Concept.CUSTOMER: "客户 顾客 用户 会员 买家 消费者",
    Concept.ID: "编号 号码 代码 单号 标识",
    Concept.ORDER: "订单 发票 交易",
    Concept.PRODUCT: "商品 产品 货品 货号",
    Concept.SESSION: "会话",
    Concept.TIME: "日期 时间",
    Concept.QUANTITY: "数量 件数",
    Concept.PRICE: "价格 单价 售价",
    Concept.AMOUNT: "金额 总额 销售额 总价 实付",
    Concept.DISCOUNT: "折扣 优惠",
    Concept.REFUND: "退款",
    Concept.STATUS: "状态",
    Concept.NAME: "名称 名字",
    Concept.PERSON: "姓名",
    Concept.TITLE: "标题",
    Concept.CATEGORY: "分类 类别 品类 类目",
    Concept.DESCRIPTION: "描述 详情",
    Concept.REVIEW: "评论 评价 点评 留言",
    Concept.TEXT: "文本 内容 备注",
    Concept.RATING: "评分 星级 打分",
    Concept.EVENT: "行为 事件",
    Concept.EMAIL: "邮箱 邮件",
    Concept.PHONE: "电话 手机",
    Concept.COUNTRY: "国家",
    Concept.PLACE: "城市 省份 地区",
    Concept.POSTAL: "邮编",
    Concept.ADDRESS: "地址",
    Concept.COST: "成本",
    Concept.PROFIT: "利润",
    Concept.CURRENCY: "币种 货币",
    Concept.BIRTH: "生日 年龄",
    Concept.PERSONAL: "性别 婚姻 学历 宗教 民族",
}
_LOOKUP = {word: concept for concept, words in _WORDS.items() for word in words.split()}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER_WORDS = ("number", "num", "no", "nr", "nb", "anzahl", "numero", "nombre", "count")
_PRODUCT_KEYS = frozenset(["pid", "sku", "asin", "isbn", "ean", "gtin", "upc", "artikelnr"])


def spell(header: str) -> str:
    """Write a header as lower-case words without accents: `CustomerID` is "customer id"."""
    plain = unicodedata.normalize("NFKD", header)
    plain = "".join(character for character in plain if not unicodedata.combining(character)).replace(
        "ß", "ss"
    )
    words = _CAMEL.sub(" ", plain).lower()
    return " ".join(re.findall(r"[a-z]+|[^\W\d_a-z]+", words))


def concepts_of(header: str) -> frozenset[Concept]:
    """Return what a header speaks of; ALONE where it is a single word."""
    words = spell(header).split()
    found = {concept for word in words for concept in _concepts_of_word(word)}
    if _counts_something(words):
        found = (found - {Concept.ID}) | {Concept.COUNT, Concept.QUANTITY}
    if "#" in header:
        found.add(Concept.ID)
    if "e mail" in " ".join(words):
        found.add(Concept.EMAIL)
    if len(words) == 1:
        found.add(Concept.ALONE)
    found |= {
        concept for concept, signs in _IDEOGRAMS.items() if any(sign in header for sign in signs.split())
    }
    return frozenset(found)


def is_personal(header: str) -> bool:
    """Whether a header speaks of who somebody is (age, gender, family, faith), not of what they do."""
    return bool(concepts_of(header) & {Concept.BIRTH, Concept.PERSONAL})


def _counts_something(words: list[str]) -> bool:
    """Tell "number of orders" and `NumWebPurchases`, which count, from "numero de pedido", an id."""
    plural = any(word.endswith("s") and not word.endswith("ss") for word in words[1:])
    return len(words) > 1 and words[0] in _NUMBER_WORDS and plural


def _concepts_of_word(word: str) -> set[Concept]:
    """Look a word up, as it stands or as two joined words (`kundennummer`, `userid`)."""
    if word in _PRODUCT_KEYS:
        return {Concept.PRODUCT, Concept.ID}
    if word in _LOOKUP:
        return {_LOOKUP[word]}
    for cut in range(3, len(word) - 1):
        first, second = word[:cut], word[cut:]
        if first in _LOOKUP and second in _LOOKUP:
            return {_LOOKUP[first], _LOOKUP[second]}
    return set()
