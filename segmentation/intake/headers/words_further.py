"""Words of headers in yet other languages, asked only where the usual lists know few headers of a file.

So a short word of one of them is never mistaken for one of a language that is known better.
"""

from __future__ import annotations

import re

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.phrase_words import concepts_of_phrases
from segmentation.intake.headers.read_header import LONGEST_HEADER, concepts_of, spell
from segmentation.intake.headers.word_lists import WordLists

# Finnish, Estonian, Hungarian, Romanian, Catalan, Greek, Slavic and Baltic languages of the south and east.
_WORDS = {
    Concept.CUSTOMER: "asiakas ostaja klient vevo vasarlo ugyfel cumparator kupac kupec pirkejas"
    " pircejs клиент"
    " купувач замовник πελατης πελατη αγοραστης",
    Concept.ID: "tunnus kood koodi cod numero azonosito kod szam sorszam sifra broj stevilka numar kods"
    " numurs kodas numeris"
    " номер αριθμος κωδικος"
    " codi num",
    Concept.ORDER: "tilaus ostos tellimus arve rendeles szamla comanda factura narudzba narudzbina"
    " racun narocilo"
    " поръчка фактура замовлення παραγγελια παραγγελιας τιμολογιο παραστατικο αποδειξη"
    " uzsakymas saskaita pasutijums",
    Concept.PRODUCT: "tuote toode kaup termek cikk arucikk tetel produs articol proizvod artikal"
    " izdelek artikl"
    " προιον προιοντος ειδος ειδους preke prekes prece preces продукт товар стока",
    Concept.TIME: "paiva pvm aika paivays paivamaara kellonaika kuupaev kpv aeg datum idopont ido"
    " ora vreme cas"
    " дата час време ημερομηνια ωρα laikas datums laiks"
    " hora",
    Concept.QUANTITY: "maara kappaleet kpl kogus mennyiseg darab darabszam cantitate buc kolicina"
    " kol kom kos"
    " количество брой кількість ποσοτητα τεμαχια kiekis vnt daudzums skaits"
    " quantitat unitats",
    Concept.PRICE: "hinta hind egysegar eladasi pret cijena cena цена ціна τιμη kaina cena preu",
    Concept.AMOUNT: "summa yhteensa loppusumma kokonaishinta kokku osszeg osszesen vegosszeg"
    " fizetendo valoare suma"
    " ukupno iznos skupaj znesek сума общо всього разом συνολο ποσο αξια viso kopa"
    " import imports",
    Concept.PART: "valisumma reszosszeg medusoma medzisucet mezisoucet vahesumma υποσυνολο",
    Concept.DISCOUNT: "alennus allahindlus soodustus kedvezmeny engedmeny reducere popust отстъпка"
    " знижка εκπτωση"
    " nuolaida atlaide"
    " descompte descomptes dte",
    Concept.REFUND: "hyvitys palautus tagastus tagasimakse visszaterites rambursare povrat vracilo"
    " възстановена"
    " повернення επιστροφη grazinta atmaksa"
    " reemborsat retornat devolucio abonament",
    Concept.FEE: "toimituskulut toimitusmaksu postikulut alv vero kaibemaks tarne afa szallitas szallitasi"
    " livrare transport dostava postarina ddv pdv доставка данък ддс пдв μεταφορικα φπα pvm"
    " pristatymas pvn"
    " despeses enviament iva",
    Concept.STATUS: "tila olek staatus allapot statusz stare stanje статус стан състояние κατασταση"
    " busena statuss"
    " estat",
    Concept.NAME: "nimi nimike nev megnevezes denumire nume naziv ime наименование име назва ονομα ονομασια"
    " pavadinimas vardas nosaukums vards"
    " nom",
    Concept.PERSON: "etunimi sukunimi eesnimi perenimi vezeteknev keresztnev prenume prezime priimek"
    " фамилия прізвище επωνυμο επωνυμια ονοματεπωνυμο επωνυμια pavarde uzvards"
    " cognoms",
    Concept.CATEGORY: "tuoteryhma kategoria kategooria tootegrupp kategoria termekcsoport categorie"
    " kategorija"
    " категория категорія κατηγορια"
    " familia",
    Concept.TEXT: "lisatiedot huomautus markus megjegyzes observatii napomena opomba бележка"
    " коментар примітка"
    " σχολια παρατηρησεις pastaba piezime"
    " observacions comentaris",
    Concept.EMAIL: "sahkoposti epost имейл correu",
    Concept.PHONE: "puhelin telefon телефон τηλεφωνο telefonas talrunis mobil",
    Concept.COUNTRY: "maa riik orszag tara drzava zemlja държава країна χωρα salis valsts",
    Concept.PLACE: "kaupunki postitoimipaikka linn varos telepules oras localitate judet grad mjesto"
    " град місто πολη"
    " miestas pilseta"
    " poblacio ciutat",
    Concept.POSTAL: "postinumero postiindeks sihtnumber iranyitoszam cp",
    Concept.ADDRESS: "osoite katuosoite aadress cim adresa ulica naslov адрес адреса διευθυνση adresas"
    " adreca",
    Concept.PAYMENT: "maksutapa makseviis fizetesi fizetes plata placanje placilo плащане πληρωμη"
    " πληρωμης mokejimas"
    " pagament",
    Concept.CURRENCY: "valuutta valuuta penznem deviza moneda valuta валута νομισμα valiuta divisa",
    Concept.LATER: "toimitus toimitettu teljesites livrarii isporuke dobave αποστολης lliurament enviament",
    Concept.LINE: "rivi rida sor rand redak vrstica ред рядок γραμμη eilute rinda linia",
}
_STEMS = {
    Concept.CUSTOMER: "asiakk asiaka ostaj klien ugyfel vasarl vevo cumpar client kupc покупц πελατ"
    " αγοραστ pirkej",
    Concept.ORDER: "tilau ostok tellimus rendeles szamla comenz comanz narudz naroc поръч замовл"
    " παραγγελ παραστατικ uzsakym pasutij",
    Concept.PRODUCT: "tuott toote termek produs proizvod izdelk продукт товар προιον prek",
    Concept.TIME: "paivam kuupaev idopont datum ημερομην",
    Concept.QUANTITY: "mennyis kolicin количест кільк ποσοτητ cantitat",
    Concept.PRICE: "hinna egysegar pretul цін τιμη",
    Concept.AMOUNT: "osszeg vegosszeg valoar iznos znesk сум συνολ ποσο",
    Concept.DISCOUNT: "alennuk allahindl kedvezmen reducer popust отстъпк знижк εκπτωσ nuolaid",
    Concept.REFUND: "hyvity hyvite palautu palaute tagast visszater visszafiz ramburs povrat vracil"
    " възстанов поверн επιστροφ"
    " επεστραφ grazin atmaks",
    Concept.FEE: "toimitusk szallit livrar dostav postarin доставк μεταφορ",
    Concept.STATUS: "tilan allapot stare stanj стату καταστασ busen",
    Concept.NAME: "megnevez denumir naziv назв ονομασ",
    Concept.CATEGORY: "tuoteryhm termekcsop kategor категор κατηγορ",
    Concept.PAYMENT: "maksutap makseviis fizetes placan плащан πληρωμ mokejim",
    Concept.ADDRESS: "osoit aadress адрес διευθυνσ",
    Concept.PLACE: "kaupun telepul localit",
}

_LOOKUP = {word: concept for concept, words in _WORDS.items() for word in words.split()}
_LISTS = WordLists(
    _LOOKUP,
    {stem: concept for concept, stems in _STEMS.items() for stem in stems.split()},
    first_part=3,
    last_part=4,
)
_SHORTENED = re.compile(r"\b(\w{2,}+)\.")
_SHORTEST_PART = 3


def concepts_abroad(header: str) -> frozenset[Concept]:
    """Return what a header speaks of in these languages and in better known ones; empty for nothing."""
    by_phrases, left = concepts_of_phrases(header[:LONGEST_HEADER])
    words = [word for word in spell(left).split() if len(word) >= _SHORTEST_PART or not by_phrases]
    shortened = (concept for word in _SHORTENED.findall(left) for concept in _LISTS.begun_by(spell(word)))
    found = {*by_phrases, *(concept for word in words for concept in _concepts_of_word(word)), *shortened}
    if not found:
        return frozenset()
    alone = {Concept.ALONE} if len(by_phrases) + len(words) == 1 else set()
    return frozenset(found | (concepts_of(left) - {Concept.ALONE}) | alone)


def _concepts_of_word(word: str) -> set[Concept]:
    """Look a word up as it stands, as two joined words, by how it begins, or by the last of joined ones."""
    if word in _LOOKUP:
        return {_LOOKUP[word]}
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, second = _LOOKUP.get(word[:cut]) or _LISTS.begun(word[:cut]), _LOOKUP.get(word[cut:])
        if first and second:
            return {first, second}
    begun = _LISTS.begun(word)
    return {begun} if begun else _LISTS.last_of(word)
