"""A small seeded shop in several languages, from whose rows the exports of `shop_exports` are written."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

WORDS = {
    "en": {
        "first": "Ada Alan Grace Linus Mary John Emma Olivia Noah Liam Sophia Jack Amelia Harry",
        "last": "Smith Jones Taylor Brown Wilson Evans Walker Wright Hughes Green Hall Wood",
        "city": "London;Leeds;Bristol;New York;Chicago;Boston;Manchester;Denver",
        "state": "CA;NY;TX;WA;MA;IL;CO",
        "country": "United States;United Kingdom;Ireland;Canada",
        "thing": "cup;kettle;lamp;chair;blanket;mirror;pan;basket;candle;rug",
        "kind": "red;blue;oak;glass;small;large;vintage;woollen",
        "category": "Kitchen;Living;Bedroom;Garden",
        "verdict": "I really like the {0};The {0} broke after two days;My sister loves this {0}",
        "tail": "and it came quickly;but the colour is not as shown;so I would buy it again;which is a pity",
    },
    "de": {
        "first": "Anna Lukas Sabine Jürgen Lena Paul Katrin Max Heike Stefan Uwe Jana",
        "last": "Müller Schmidt Weber Fischer Wagner Becker Schulz Hoffmann Koch Richter",
        "city": "Berlin;Hamburg;München;Köln;Leipzig;Wien",
        "state": "Bayern;Hessen;Sachsen;Berlin;Hamburg",
        "country": "Deutschland;Österreich;Schweiz",
        "thing": "Tasse;Lampe;Decke;Pfanne;Kerze;Teppich;Stuhl;Spiegel",
        "kind": "rot;blau;klein;groß;aus Holz;aus Glas",
        "category": "Küche;Wohnen;Garten;Bad",
        "verdict": "Die Ware ({0}) gefällt mir sehr gut;Leider war {0} schon beim Auspacken kaputt",
        "tail": "und die Lieferung kam schnell;aber die Farbe stimmt nicht;ich würde es wieder kaufen",
    },
    "fr": {
        "first": "Camille Luc Chloé Jean Manon Hugo Élise Pierre Léa Antoine",
        "last": "Martin Bernard Dubois Petit Durand Leroy Moreau Laurent",
        "city": "Paris;Lyon;Lille;Nantes;Bruxelles",
        "state": "Bretagne;Normandie;Occitanie;Corse",
        "country": "France;Belgique;Suisse",
        "thing": "tasse;lampe;couverture;poêle;bougie;tapis;chaise",
        "kind": "rouge;bleue;petite;grande;en bois;en verre",
        "category": "Cuisine;Salon;Jardin;Chambre",
        "verdict": "Très content de cet article ({0});Le produit {0} est arrivé cassé",
        "tail": "et la livraison était rapide;mais la couleur ne va pas;je le rachèterai volontiers",
    },
    "es": {
        "first": "María José Lucía Carlos Ana Javier Elena Pablo Sofía Diego",
        "last": "García López Martínez Sánchez Pérez Gómez Ruiz Díaz",
        "city": "Madrid;Sevilla;Buenos Aires;Córdoba;Rosario",
        "state": "Madrid;Andalucía;Cataluña;Galicia",
        "country": "España;Argentina;México",
        "thing": "taza;lámpara;manta;sartén;vela;alfombra;silla",
        "kind": "roja;azul;pequeña;grande;de madera;de vidrio",
        "category": "Cocina;Salón;Jardín;Dormitorio",
        "verdict": "Me gusta mucho esta compra ({0});El producto {0} llegó roto",
        "tail": "y el envío fue rápido;pero el color no es el mismo;lo compraría otra vez",
    },
    "pt": {
        "first": "João Maria Paula Rafael Beatriz Lucas Fernanda Tiago Camila Bruno",
        "last": "Silva Souza Oliveira Santos Lima Costa Pereira Almeida",
        "city": "São Paulo;Rio de Janeiro;Curitiba;Recife;Belo Horizonte",
        "state": "SP;RJ;MG;PR;PE",
        "country": "Brasil;Portugal",
        "thing": "caneca;luminária;manta;panela;vela;tapete;cadeira",
        "kind": "vermelha;azul;pequena;grande;de madeira;de vidro",
        "category": "Cozinha;Sala;Jardim;Quarto",
        "verdict": "Gostei muito da compra ({0});O produto {0} chegou quebrado",
        "tail": "e a entrega foi rápida;mas a cor não é a mesma;compraria de novo",
    },
    "zh": {
        "first": "伟 芳 娜 敏 静 丽 强 磊 军 洋 艳 勇",
        "last": "王 李 张 刘 陈 杨 赵 黄",
        "city": "北京;上海;广州;成都;杭州",
        "state": "广东省;浙江省;四川省;江苏省",
        "country": "中国;新加坡",
        "thing": "连衣裙;保温杯;台灯;运动鞋;蓝牙耳机;电饭煲",
        "kind": "红色新款;蓝色经典;加厚;便携;大号;家用",
        "category": "女装;家居;数码;运动",
        "verdict": "这个{0}质量非常好我很喜欢;收到的{0}有破损很失望",
        "tail": "，物流也很快。;，颜色和图片不一样。;，下次还会再来买。",
    },
    "ja": {
        "first": "太郎 花子 健 美咲 翔 陽子 大輔 由美",
        "last": "佐藤 鈴木 高橋 田中 伊藤 渡辺",
        "city": "札幌市;横浜市;名古屋市;福岡市",
        "state": "東京都;大阪府;北海道;福岡県;愛知県",
        "country": "日本",
        "thing": "マグカップ;ランプ;毛布;フライパン;キャンドル",
        "kind": "赤い;青い;小さい;大きい;木製",
        "category": "キッチン;リビング;寝室",
        "verdict": "この{0}はとても気に入りました;届いた{0}が壊れていて残念です",
        "tail": "。配送も早かったです。;。色が写真と違います。;。また買いたいです。",
    },
    "it": {
        "first": "Marco Giulia Luca Chiara Paolo Sara Matteo Elena",
        "last": "Rossi Russo Ferrari Bianchi Romano Greco",
        "city": "Roma;Milano;Torino;Napoli",
        "state": "Lazio;Lombardia;Toscana",
        "country": "Italia;Svizzera",
        "thing": "tazza;lampada;coperta;padella;candela;tappeto",
        "kind": "rossa;blu;piccola;grande;in legno",
        "category": "Cucina;Soggiorno;Giardino",
        "verdict": "Mi piace molto questo acquisto ({0});Il prodotto {0} è arrivato rotto",
        "tail": "e la consegna è stata veloce;ma il colore non è lo stesso",
    },
    "nl": {
        "first": "Sanne Daan Lotte Bram Femke Jeroen Anouk Pieter",
        "last": "de Vries;Jansen;Bakker;Visser;Smit",
        "city": "Amsterdam;Utrecht;Rotterdam;Gent",
        "state": "Utrecht;Zeeland;Friesland",
        "country": "Nederland;België",
        "thing": "kop;lamp;deken;pan;kaars;tapijt",
        "kind": "rode;blauwe;kleine;grote;houten",
        "category": "Keuken;Wonen;Tuin",
        "verdict": "Ik ben erg blij met deze {0};De {0} kwam kapot aan",
        "tail": "en de levering was snel;maar de kleur klopt niet",
    },
    "pl": {
        "first": "Anna Piotr Zofia Jakub Magda Tomasz Ewa Paweł",
        "last": "Kowalska Nowak Wiśniewski Wójcik Zieliński Lewandowska",
        "city": "Warszawa;Kraków;Gdańsk;Łódź",
        "state": "Mazowsze;Śląsk;Pomorze",
        "country": "Polska;Niemcy;Czechy",
        "thing": "kubek;lampa;koc;patelnia;świeca;dywan",
        "kind": "czerwony;niebieski;mały;duży;z drewna",
        "category": "Kuchnia;Salon;Ogród",
        "verdict": "Bardzo podoba mi się ten zakup ({0});Produkt {0} przyszedł uszkodzony",
        "tail": "a dostawa była szybka;ale kolor jest inny",
    },
    "ru": {
        "first": "Анна Пётр Ольга Иван Мария Сергей Елена Дмитрий",
        "last": "Иванова Петров Смирнов Кузнецов Соколова Попов",
        "city": "Москва;Казань;Самара;Омск",
        "state": "Москва;Татарстан;Урал",
        "country": "Россия;Казахстан",
        "thing": "кружка;лампа;плед;сковорода;свеча;ковёр",
        "kind": "красная;синяя;малая;большая;из дерева",
        "category": "Кухня;Гостиная;Сад",
        "verdict": "Мне очень нравится эта покупка ({0});Товар {0} пришёл сломанным",
        "tail": "и доставка была быстрой;но цвет другой",
    },
    "tr": {
        "first": "Ayşe Mehmet Zeynep Emre Elif Can Merve Burak",
        "last": "Yılmaz Kaya Demir Çelik Şahin Yıldız",
        "city": "İstanbul;Ankara;İzmir;Bursa",
        "state": "İstanbul;Ankara;Ege",
        "country": "Türkiye;Almanya",
        "thing": "bardak;lamba;battaniye;tava;mum;halı",
        "kind": "kırmızı;mavi;küçük;büyük;ahşap",
        "category": "Mutfak;Salon;Bahçe",
        "verdict": "Bu alışverişi çok beğendim ({0});{0} kırık geldi",
        "tail": "ve teslimat hızlıydı;ama rengi farklı",
    },
    "ko": {
        "first": "민준 서연 지훈 수빈 예은 도윤 하은 준호",
        "last": "김 이 박 최 정 강",
        "city": "서울시;부산시;대구시;인천시",
        "state": "경기도;강원도;전라남도",
        "country": "대한민국",
        "thing": "머그컵;조명;담요;프라이팬;양초;러그",
        "kind": "빨간;파란;작은;큰;나무",
        "category": "주방;거실;침실",
        "verdict": "이 {0} 정말 마음에 들어요;{0} 깨져서 왔어요",
        "tail": "배송도 빨랐습니다;색상이 사진과 달라요",
    },
    "sv": {
        "first": "Anna Erik Maja Lars Elin Johan Karin Oskar",
        "last": "Andersson Johansson Nilsson Lindberg Åström Öberg",
        "city": "Stockholm;Göteborg;Malmö;Uppsala",
        "state": "Skåne;Uppsala;Dalarna",
        "country": "Sverige;Norge",
        "thing": "mugg;lampa;filt;panna;ljus;matta",
        "kind": "röd;blå;liten;stor;av trä",
        "category": "Kök;Vardagsrum;Trädgård",
        "verdict": "Jag är mycket nöjd med köpet ({0});Varan {0} kom trasig",
        "tail": "och leveransen gick snabbt;men färgen stämmer inte",
    },
}


class Money(float):
    """An amount; the format `comma` writes it as 1.234,50."""

    def __format__(self, spec: str) -> str:
        if spec == "comma":
            return f"{float(self):,.2f}".translate(str.maketrans(",.", ".,"))
        return format(float(self), spec or ".2f")


@dataclass(frozen=True)
class Pick:
    """Chooses one of `a|b|c`, or a number of `1..9`, always the same for the same owner."""

    seed: str

    def __getitem__(self, options: str) -> str:
        rng = random.Random(zlib.crc32(f"{self.seed}/{options}".encode()))
        if ".." in options:
            low, high = options.split("..")
            return str(rng.randint(int(low), int(high)))
        return rng.choice(options.split("|"))


@dataclass(frozen=True)
class Person:
    """A customer; `pick` and `key` are the same in all of their rows."""

    id: int
    first: str
    last: str
    email: str
    phone: str
    city: str
    state: str
    country: str
    zip: str
    joined: datetime
    pick: Pick
    key: str


@dataclass(frozen=True)
class Thing:
    """A product; `pick` and `key` are the same in all of its rows."""

    id: int
    sku: str
    name: str
    category: str
    price: Money
    pick: Pick
    key: str


@dataclass(frozen=True)
class Row:
    """One line of an order, one review or one event of somebody about something at some moment."""

    n: int
    order: int
    line: int
    who: Person
    thing: Thing
    qty: int
    moment: datetime
    total: Money
    rating: int
    sentence: str
    pick: Pick
    of_order: Pick
    session: str
    key: str

    @property
    def price(self) -> Money:
        """The price of one."""
        return self.thing.price

    @property
    def amount(self) -> Money:
        """Quantity times price."""
        return Money(self.qty * self.thing.price)

    @property
    def order_key(self) -> str:
        """The order as 24 hex digits."""
        return _hex(f"order{self.order}")

    @property
    def unix(self) -> int:
        """The moment in Unix seconds."""
        return int((self.moment - datetime(1970, 1, 1)).total_seconds())


def rows_of(grain: str, language: str, count: int = 160) -> Iterator[Row]:
    """Yield a shop's rows: `line` (several an order), `order`, `customer`, `product`, `event`, `review`."""
    rng = random.Random(zlib.crc32(f"{grain}/{language}".encode()))
    words = WORDS[language]
    things = [_thing(rng, words, number) for number in range(45)]
    people = [_person(rng, words, number) for number in range(count if grain == "customer" else 40)]
    moment, order, n = datetime(2023, 1, 2, 8, 5), 10_230, 0
    if grain in ("customer", "product"):
        for number in range(count if grain == "customer" else 45):
            yield _row(rng, words, number + 1, order + number, 1, people[number % len(people)],
                       things[number % 45], moment + timedelta(hours=7 * number), Money(50))  # fmt: skip
        return
    while n < count:
        order += 1
        moment += timedelta(minutes=rng.randint(30, 5_000), seconds=rng.randint(0, 59))
        who = people[int(rng.triangular(0, 40, 5))]
        chosen = rng.sample(things, rng.randint(1, 3) if grain in ("line", "event") else 1)
        lines = [_row(rng, words, n + i + 1, order, i + 1, who, thing, moment, Money(0))
                 for i, thing in enumerate(chosen)]  # fmt: skip
        total = Money(sum(line.amount for line in lines))
        for line in lines:
            n += 1
            yield Row(**{**line.__dict__, "total": total})


def write_table(spec: str, grain: str, language: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of an export; a line of the spec is `header | roles | template`.

    A template that starts with ^ is filled in on the first line of an order only.
    """
    columns = [line.split(" | ") for line in spec.strip().splitlines()]
    body = [
        ["" if template.startswith("^") and row.line > 1 else template.lstrip("^").format(r=row)
         for _, _, template in columns]
        for row in rows_of(grain, language)
    ]  # fmt: skip
    return [header.strip() for header, _, _ in columns], body


def _hex(text: str) -> str:
    return f"{random.Random(text).getrandbits(96):024x}"


def _person(rng: random.Random, words: dict[str, str], number: int) -> Person:
    first = rng.choice(words["first"].split())
    last = rng.choice(words["last"].split(";") if ";" in words["last"] else words["last"].split())
    name = f"user{number}" if ord(first[0]) > 0x3000 else f"{first}.{last}{number}".replace(" ", "")
    return Person(
        id=4_000 + number * 7 + rng.randint(0, 6), first=first, last=last,
        email=f"{name.lower()}@{rng.choice(['example.com', 'mail.example', 'post.example'])}",
        phone=f"+{rng.choice(['44', '49', '1'])} {rng.randint(200, 999)} {rng.randint(1_000_000, 9_999_999)}",
        city=rng.choice(words["city"].split(";")), state=rng.choice(words["state"].split(";")),
        country=rng.choice(words["country"].split(";")), zip=f"{rng.randint(1_000, 98_999):05}",
        joined=datetime(2021, 1, 1) + timedelta(minutes=rng.randint(0, 700_000)),
        pick=Pick(f"person{number}"), key=_hex(f"person{number}"),
    )  # fmt: skip


def _thing(rng: random.Random, words: dict[str, str], number: int) -> Thing:
    thing, kind = rng.choice(words["thing"].split(";")), rng.choice(words["kind"].split(";"))
    return Thing(
        id=70_000 + number * 13, sku=f"{rng.choice(['KT', 'LV', 'GD'])}-{1_000 + number * 7}",
        name=f"{thing.capitalize()} {kind} {number}", category=rng.choice(words["category"].split(";")),
        price=Money(rng.randint(3, 90) + rng.choice([0.0, 0.5, 0.9, 0.99])), pick=Pick(f"thing{number}"),
        key=_hex(f"thing{number}"),
    )  # fmt: skip


def _row(
    rng: random.Random, words: dict[str, str], n: int, order: int, line: int, who: Person, thing: Thing,
    moment: datetime, total: Money,
) -> Row:  # fmt: skip
    verdict = rng.choice(words["verdict"].split(";")).format(thing.name)
    return Row(
        n=n, order=order, line=line, who=who, thing=thing, qty=rng.choice([1, 1, 1, 2, 2, 3, 4, 6]),
        moment=moment, total=total, rating=rng.choice([1, 2, 3, 4, 4, 5, 5, 5]),
        sentence=f"{verdict} {rng.choice(words['tail'].split(';'))}", pick=Pick(f"row{n}"),
        of_order=Pick(f"order{order}"), session=_hex(f"session{order}"), key=_hex(f"row{n}"),
    )  # fmt: skip
