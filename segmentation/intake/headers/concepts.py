"""What headers speak of, and the words for it in English and its neighbours to the south and east."""

from __future__ import annotations

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


WORDS = {
    Concept.CUSTOMER: (
        "customer customers client clients cliente clientes kunde kunden user users usuario "
        "usuarios utilisateur buyer acheteur comprador member membre mitglied shopper account "
        "konto cust visitor subscriber consumer consumidor reviewer acheteurs patron debitor "
        "profile klant klanten acquirente contact lead author auteur autor verfasser auftraggeber "
        "besteller kaufer contato contacto kontakt requester recipient"
    ),
    Concept.ID: (
        "id ids no nr num number nummer numero key code codigo uid uuid guid identifier "
        "identifiant identificador kennung hash nro ref reference referencia codice kode "
        "increment"
    ),
    Concept.UNIQUE: "unique uniq master person global",
    Concept.ORDER: (
        "order orders invoice receipt transaction transactions purchase purchases pedido pedidos "
        "orden compra compras commande commandes facture bestellung bestellungen auftrag rechnung "
        "encomenda fatura factura basket checkout bestell rechnungs bon beleg txn venta ventas "
        "vente ventes ord ordine ordini bestelling bestel charge"
    ),
    Concept.PRODUCT: (
        "product products produit produits produkt produkte producto productos produto produtos "
        "item items artikel article articulo artigo stock goods clothing listing prodotto "
        "articolo publicacion"
    ),
    Concept.SESSION: "session sessions sitzung sesion sessao visit",
    Concept.TIME: (
        "date time timestamp datetime datum fecha data dt day created at zeit uhrzeit hora heure "
        "when jour tag bestelldatum rechnungsdatum kaufdatum ora tijd bestelzeit bestellzeit ts "
        "on since seit"
    ),
    Concept.LATER: (
        "ship shipped shipping delivery delivered deliver due limit estimated expected approved "
        "aproved carrier answer updated modified crawl expiry expires end lieferung livraison "
        "entrega envio versand last spedizione paid fulfilled cancelled changed confirm open "
        "ultima ultimo derniere dernier letzte letzter laatste next prochaine prochain proximo "
        "proxima nachste naechste renewal scheduled"
    ),
    Concept.QUANTITY: (
        "quantity qty quantidade cantidad quantite menge anzahl units qtd qte stuck stueck pieces "
        "unidades quantita aantal comprada pcs unites cant ctd stk uds unid"
    ),
    Concept.COUNT: "count counts sold frequency",
    Concept.MEASURE: (
        "length lenght width height weight cm mm kg g photos avg average mean size inventory year "
        "years month grams catalog points balance index churn risk prediction predicted sentiment"
    ),
    Concept.PRICE: (
        "price prices preis preco precio prix unitprice einzelpreis stuckpreis verkaufspreis "
        "prezzo prc prijs stuksprijs pu pvp"
    ),
    Concept.AMOUNT: (
        "amount total revenue sales value spend spent betrag umsatz summe valor montant importe "
        "monto gesamt gesamtbetrag gmv turnover dollar dollars euro euros gesamtpreis amt importo "
        "totale bedrag totaalbedrag ingresos spending verdienst gross net rev  wert "
        "warenwert"
    ),
    Concept.FEE: (
        "fee fees freight tax taxes frete steuer tva vat iva mwst postage cargo porto flete despacho portes "
        "versandkosten"
    ),
    Concept.PAYMENT: (
        "payment payments pagamento pago paiement zahlung zahlungs installments zahlungsart betaling"
    ),
    Concept.DISCOUNT: (
        "discount discounts rabatt rabatte desconto descontos descuento descuentos remise remises rebate "
        "rebates nachlass nachlasse reduction reductions sconto sconti korting kortingen rebaja rebajas dcto "
        "dto"
    ),
    Concept.REFUND: (
        "refund refunds refunded erstattung erstattungen erstattet ruckerstattung ruckerstattet reembolso "
        "reembolsos reembolsado remboursement remboursements rembourse rembourses devolucion rimborso "
        "rimborsi rimborsato terugbetaling terugbetaald"
    ),
    Concept.STATUS: "status stato etat estado statut zustand situacao situacion",
    Concept.NAME: (
        "name nome nombre nom bezeichnung names naam designation libelle denominacion "
        "denominazione denominacao"
    ),
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
        "description descricao descripcion beschreibung desc details specifications "
        "produktbeschreibung descrizione omschrijving"
    ),
    Concept.REVIEW: (
        "review reviews comment comments feedback opinion avis bewertung bewertungen resena "
        "avaliacao comentario comentarios commentaire kommentar testimonial rezension recensione"
    ),
    Concept.TEXT: (
        "text texto texte content message note notes remark remarks bemerkung question tags body "
        "notiz mensagem mensaje"
    ),
    Concept.RATING: ("rating ratings score stars star nota puntuacion sterne etoiles grade punkte voto"),
    Concept.EVENT: (
        "event events action activity behavior behaviour ereignis evento evenement eventtype metric"
    ),
    Concept.EMAIL: "email mail emailadresse courriel correo",
    Concept.PHONE: "phone mobile tel telephone telefon telefono telefone celular handy movil",
    Concept.COUNTRY: "country land pais pays nation paese",
    Concept.PLACE: (
        "city state region province town stadt ort ville cidade ciudad estado provincia "
        "bundesland lat lng latitude longitude location plaats departement cidades whse warehouse "
        "lager almacen entrepot ip werk plant"
    ),
    Concept.POSTAL: "zip zipcode postal postcode plz cep postleitzahl cap",
    Concept.ADDRESS: (
        "address adresse direccion endereco street strasse rue calle rua indirizzo adres domicilio"
    ),
    Concept.CONSENT: (
        "consent optin opt newsletter subscribed gdpr einwilligung consentimiento consentement opted optedin"
    ),
    Concept.PROFILING: (
        "profiling profilage profilierung profilbildung profilazione perfilado perfilamento perfilamiento "
        "objection objections objects widerspruch oposicion"
    ),
    Concept.COST: (
        "cost costs cogs kosten coste costo custo cout einkaufspreis wareneinsatz kostprijs inkoopprijs "
        "kostpris inkopspris"
    ),
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
        "gender sex geschlecht sexe genero marital married familienstand civil education bildung "
        "educacion educacao religion religiao ethnicity race nationality children kids kinder "
        "enfants hijos filhos kidhome teenhome disability health anrede salutation"
    ),
    Concept.SELLER: ("seller merchant vendor supplier brand vendedor vendeur lieferant store shop sdr sr"),
}
