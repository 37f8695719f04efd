"""What the words of a header mean, in English, Chinese, Portuguese, Spanish, French, German and some more."""

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
    PROFILING = auto()
    COST = auto()
    PROFIT = auto()
    CURRENCY = auto()
    CODE = auto()
    GROUP = auto()
    MARKETING = auto()
    LINE = auto()
    PART = auto()
    BIRTH = auto()
    SELLER = auto()
    PERSONAL = auto()


_WORDS = {
    Concept.CUSTOMER: (
        "customer customers client clients cliente clientes kunde kunden user users usuario "
        "usuarios utilisateur buyer acheteur comprador member membre mitglied shopper account "
        "konto cust visitor subscriber consumer consumidor reviewer acheteurs patron debitor profile "
        "klant klanten acquirente contact lead author auteur autor verfasser"
    ),
    Concept.ID: (
        "id ids no nr num number nummer numero key code codigo uid uuid guid identifier "
        "identifiant identificador kennung hash nro ref reference referencia codice kode cpf cnpj dni nif "
        "rut ssn increment"
    ),
    Concept.UNIQUE: "unique uniq master person global",
    Concept.ORDER: (
        "order orders invoice receipt transaction transactions purchase purchases pedido "
        "pedidos orden compra compras commande commandes facture bestellung bestellungen "
        "auftrag rechnung encomenda fatura factura basket checkout bestell rechnungs bon "
        "beleg txn venta ventas vente ventes ord ordine ordini bestelling bestel charge"
    ),
    Concept.PRODUCT: (
        "product products produit produits produkt produkte producto productos produto "
        "produtos item items artikel article articulo artigo stock goods clothing listing "
        "prodotto articolo publicacion"
    ),
    Concept.SESSION: "session sessions sitzung sesion sessao visit",
    Concept.TIME: (
        "date time timestamp datetime datum fecha data dt day created at zeit uhrzeit hora "
        "heure when jour tag bestelldatum rechnungsdatum kaufdatum ora tijd bestelzeit bestellzeit ts on "
        "since seit"
    ),
    Concept.LATER: (
        "ship shipped shipping delivery delivered deliver due limit estimated expected "
        "approved aproved carrier answer updated modified crawl expiry expires end lieferung "
        "livraison entrega envio versand last spedizione paid fulfilled cancelled changed confirm open "
        "ultima ultimo derniere dernier letzte letzter laatste"
    ),
    Concept.QUANTITY: (
        "quantity qty quantidade cantidad quantite menge anzahl units qtd qte stuck stueck pieces unidades "
        "quantita aantal comprada pcs unites"
    ),
    Concept.COUNT: "count counts sold frequency",
    Concept.MEASURE: (
        "length lenght width height weight cm mm kg g photos avg average mean size inventory year years "
        "month "
        "grams catalog points balance index churn risk prediction predicted sentiment"
    ),
    Concept.PRICE: (
        "price prices preis preco precio prix unitprice einzelpreis stuckpreis verkaufspreis prezzo prc "
        "prijs stuksprijs"
    ),
    Concept.AMOUNT: (
        "amount total revenue sales value spend spent betrag umsatz summe valor "
        "montant importe monto gesamt gesamtbetrag gmv turnover dollar dollars euro euros "
        "gesamtpreis amt importo totale bedrag totaalbedrag ingresos spending verdienst gross net rev"
    ),
    Concept.FEE: "fee fees freight tax taxes frete steuer tva vat iva mwst postage cargo porto",
    Concept.PAYMENT: (
        "payment payments pagamento pago paiement zahlung zahlungs installments zahlungsart betaling"
    ),
    Concept.DISCOUNT: (
        "discount discounts rabatt desconto descuento remise rebate nachlass reduction sconto korting"
    ),
    Concept.REFUND: "refund refunds refunded erstattung reembolso remboursement devolucion",
    Concept.STATUS: "status stato etat estado statut zustand",
    Concept.NAME: "name nome nombre nom bezeichnung names naam",
    Concept.TITLE: "title titulo titre titel summary headline subject betreff",
    Concept.PERSON: (
        "firstname lastname surname vorname nachname apellido apellidos prenom fullname sobrenome "
        "cognome voornaam achternaam"
    ),
    Concept.CATEGORY: (
        "category categories categoria categorie kategorie department dept departamento "
        "subcategory genre cat warengruppe produktkategorie class tree collection"
    ),
    Concept.DESCRIPTION: (
        "description descricao descripcion beschreibung desc details specifications produktbeschreibung "
        "descrizione omschrijving"
    ),
    Concept.REVIEW: (
        "review reviews comment comments feedback opinion avis bewertung bewertungen resena "
        "avaliacao comentario comentarios commentaire kommentar testimonial rezension "
        "recensione"
    ),
    Concept.TEXT: (
        "text texto texte content message note notes remark remarks bemerkung question tags body "
        "notiz mensagem mensaje"
    ),
    Concept.RATING: "rating ratings score stars star nota puntuacion sterne etoiles grade punkte voto",
    Concept.EVENT: (
        "event events action activity behavior behaviour ereignis evento evenement eventtype metric"
    ),
    Concept.EMAIL: "email mail emailadresse courriel correo",
    Concept.PHONE: "phone mobile tel telephone telefon telefono telefone celular handy movil",
    Concept.COUNTRY: "country land pais pays nation paese",
    Concept.PLACE: (
        "city state region province town stadt ort ville cidade ciudad estado provincia "
        "bundesland lat lng latitude longitude location plaats departement cidades whse warehouse lager "
        "almacen entrepot ip"
    ),
    Concept.POSTAL: "zip zipcode postal postcode plz cep postleitzahl cap",
    Concept.ADDRESS: "address adresse direccion endereco street strasse rue calle rua "
    "indirizzo adres domicilio",
    Concept.CONSENT: (
        "consent optin opt newsletter subscribed gdpr einwilligung consentimiento consentement opted optedin"
    ),
    Concept.PROFILING: (
        "profiling profilage profilierung profilbildung profilazione perfilado perfilamento perfilamiento "
        "objection objections objects widerspruch oposicion"
    ),
    Concept.COST: "cost costs cogs kosten coste custo cout einkaufspreis",
    Concept.PROFIT: "profit margin gewinn lucro beneficio marge ganancia profitto",
    Concept.CURRENCY: "currency wahrung waehrung moneda moeda devise valuta",
    Concept.CODE: "type systems browser label flag channel system",
    Concept.GROUP: "group segment cluster level tier gruppe groupe grupo set",
    Concept.MARKETING: (
        "marketing publicidad publicite werbung sms promo newsletters accepts acepta accepte aceita"
    ),
    Concept.PART: "subtotal sub partial teilsumme zwischensumme",
    Concept.LINE: "line row zeile ligne linea linha",
    Concept.BIRTH: (
        "birth born birthday birthdate geburtstag geburtsdatum nascimento nacimiento naissance dob age"
    ),
    Concept.PERSONAL: (
        "gender sex geschlecht sexe genero marital married familienstand civil education bildung educacion "
        "educacao religion religiao ethnicity race nationality children kids kinder enfants hijos filhos "
        "kidhome teenhome disability health "
        "anrede salutation"
    ),
    Concept.SELLER: "seller merchant vendor supplier brand vendedor vendeur lieferant store shop sdr sr",
}
_IDEOGRAMS = {
    Concept.CUSTOMER: "客户 顾客 用户 会员 买家 消费者 会員 顧客 お客様 客戶 帐号 账号",
    Concept.ID: "编号 号码 代码 单号 标识 番号 コード 編號",
    Concept.ORDER: "订单 发票 交易 注文 受注 訂單",
    Concept.PRODUCT: "商品 产品 货品 货号 宝贝 製品",
    Concept.SESSION: "会话",
    Concept.TIME: "日期 时间 日時 日付",
    Concept.QUANTITY: "数量 件数 個数",
    Concept.PRICE: "价格 单价 售价 単価 価格",
    Concept.AMOUNT: "金额 总额 销售额 总价 实付 货款 合計 小計 金額 売上",
    Concept.DISCOUNT: "折扣 优惠 割引",
    Concept.REFUND: "退款 返金",
    Concept.STATUS: "状态 ステータス 状態",
    Concept.NAME: "名称 名字 商品名",
    Concept.PERSON: "姓名 氏名",
    Concept.TITLE: "标题 タイトル",
    Concept.CATEGORY: "分类 类别 品类 类目 カテゴリ",
    Concept.DESCRIPTION: "描述 详情 説明",
    Concept.REVIEW: "评论 评价 点评 留言 レビュー",
    Concept.TEXT: "文本 内容 备注 本文 備考",
    Concept.RATING: "评分 星级 打分 評価",
    Concept.EVENT: "行为 事件",
    Concept.EMAIL: "邮箱 邮件 メール",
    Concept.PHONE: "电话 手机 電話",
    Concept.COUNTRY: "国家 国名",
    Concept.PLACE: "城市 省份 地区 都道府県 市区町村",
    Concept.POSTAL: "邮编 郵便番号",
    Concept.ADDRESS: "地址 住所",
    Concept.COST: "成本 原価",
    Concept.PROFIT: "利润 利益",
    Concept.CURRENCY: "币种 货币 通貨",
    Concept.COUNT: "笔数 次数 累计 回数",
    Concept.MEASURE: "平均 客单价 ポイント 积分",
    Concept.GROUP: "等级 分组 ランク",
    Concept.LATER: "付款时间 发货 更新",
    Concept.CONSENT: "订阅 メルマガ",
    Concept.PROFILING: "プロファイリング 用户画像",
    Concept.BIRTH: "生日 年龄 生年月日 年齢",
    Concept.PERSONAL: "性别 婚姻 学历 宗教 民族 性別",
}
_ENDINGS = {"日": Concept.TIME, "价": Concept.PRICE, "额": Concept.AMOUNT, "号": Concept.ID}
_LOOKUP = {word: concept for concept, words in _WORDS.items() for word in words.split()}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LAST_PART = 5
_NUMBER_WORDS = {"number", "num", "no", "nr", "nb", "anzahl", "numero", "nombre", "count", "total"}
_BETWEEN = {"of", "de", "di", "von", "the", "des", "d"}
_MONEY = {
    Concept.AMOUNT,
    Concept.PART,
    Concept.PRICE,
    Concept.FEE,
    Concept.COST,
    Concept.DISCOUNT,
    Concept.REFUND,
}
_PRODUCT_KEYS = frozenset(["pid", "sku", "asin", "isbn", "ean", "gtin", "upc", "artikelnr"])
_OF_A_PERSON = frozenset(
    [
        "first",
        "last",
        "full",
        "completo",
        "complet",
        "given",
        "family",
        "middle",
        "display",
        "billing",
        "contact",
        "user",
        "bill",
    ]
)
# Whether a price holds the tax or not says nothing about what the price is of.
_WITH_TAX = re.compile(
    r"\b(tax|vat|gst|mwst|iva|tva|btw) (incl|inc|included|inclusive|excl|exc|ex|excluded)\b"
    r"|\b(incl|inc|including|excl|exc|ex|excluding|inkl|zzgl) (tax|vat|gst|mwst|iva|tva|btw)\b|\b(ttc|ht)\b"
)
_NUMBER_SIGN = re.compile(r"#|№|\b[Nn][°º]")
_LINE_ITEM = re.compile(r"\b(order )?line ?items?\b")


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
    spelled = _WITH_TAX.sub("", spell(header))
    words = _LINE_ITEM.sub("", spelled).split()
    found = {concept for word in words for concept in _concepts_of_word(word)}
    if _LINE_ITEM.search(spelled):
        # The id of a line is no id of a product, but its name and price are those of a product.
        found.add(Concept.LINE if Concept.ID in found and Concept.PRODUCT not in found else Concept.PRODUCT)
    if _counts_something(words):
        found = (found - {Concept.ID, Concept.AMOUNT}) | {Concept.COUNT, Concept.QUANTITY}
    if _NUMBER_SIGN.search(header):
        found.add(Concept.ID)
    if "e mail" in " ".join(words):
        found.add(Concept.EMAIL)
    if Concept.NAME in found and _OF_A_PERSON & set(words):
        found.add(Concept.PERSON)
    if len(words) == 1:
        found.add(Concept.ALONE)
    return frozenset(found | _concepts_of_signs(unicodedata.normalize("NFKC", header)))


def _concepts_of_signs(header: str) -> set[Concept]:
    found = {
        concept for concept, signs in _IDEOGRAMS.items() if any(sign in header for sign in signs.split())
    }
    return found | {concept for ending, concept in _ENDINGS.items() if header.endswith(ending)}


def is_personal(header: str) -> bool:
    """Whether a header speaks of who somebody is (age, gender, family, faith), not of what they do."""
    return bool(concepts_of(header) & {Concept.BIRTH, Concept.PERSONAL})


def _counts_something(words: list[str]) -> bool:
    """Tell "number of orders", `NumWebPurchases` and "total votes" from "numero de pedido", an id."""
    at = next((i for i, word in enumerate(words) if word in _NUMBER_WORDS), None)
    if at is None:
        return words == ["orders"]
    counted = [word for word in words[at + 1 :] if word not in _BETWEEN]
    if words[at] == "total" and (not counted or _concepts_of_word(counted[0]) & _MONEY):
        return False
    return any(word.endswith("s") and not word.endswith("ss") for word in counted)


def _concepts_of_word(word: str) -> set[Concept]:
    """Look a word up, as it stands or as two joined words (`kundennummer`, `userid`)."""
    if word in _PRODUCT_KEYS:
        return {Concept.PRODUCT, Concept.ID}
    if word in _LOOKUP:
        return {_LOOKUP[word]}
    for cut in range(3, len(word) - 1):
        first, second = word[:cut], word[cut:]
        if second in _LOOKUP and (first in _LOOKUP or first.removesuffix("s") in _LOOKUP):
            return {_LOOKUP.get(first) or _LOOKUP[first.removesuffix("s")], _LOOKUP[second]}
    # A compound is a kind of its last part: a Bruttobetrag is a Betrag.
    last = (word[cut:] for cut in range(LAST_PART, len(word) - LAST_PART + 1) if word[cut:] in _LOOKUP)
    return {_LOOKUP[part] for part in last}
