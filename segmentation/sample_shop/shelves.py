"""The shelves of the sample shop: what it sells, for three tastes and for any home."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ShelfTaste(StrEnum):
    """What a product is for; a customer leans to one of the first three, and anybody buys for the home."""

    OUTDOORS = "outdoors"
    CRAFT = "craft"
    COOKING = "cooking"
    HOME = "home"


@dataclass(frozen=True)
class Shelf:
    """A category: each thing (with what is special about it) comes in each variant, for these uses.

    The occasions are where customers tried it.
    """

    taste: ShelfTaste
    category: str
    things: tuple[tuple[str, str], ...]
    variants: tuple[str, ...]
    uses: tuple[str, ...]
    occasions: tuple[str, ...]


SHELVES = (
    Shelf(
        ShelfTaste.OUTDOORS,
        "Hiking",
        (
            ("hiking boot", "a grippy sole and a breathable lining"),
            ("daypack", "room for two days of food"),
            ("trekking pole", "a cork grip and a quick lock"),
            ("rain jacket", "taped seams and a stormproof hood"),
            ("fleece", "a soft inside that dries in an hour"),
            ("trail map case", "a clear window and a neck strap"),
        ),
        ("lightweight", "rugged", "all-season", "alpine"),
        ("long days on steep trails", "muddy forest paths", "ridge walks in changing weather"),
        ("on a wet ridge walk", "over three days on the coast path", "on the climb to the summit"),
    ),
    Shelf(
        ShelfTaste.OUTDOORS,
        "Camping",
        (
            ("tunnel tent", "sturdy aluminium pegs"),
            ("sleeping bag", "a draught collar and a packed weight under a kilo"),
            ("camping stove", "a wind shield and a folding stand"),
            ("head torch", "a battery that lasts three nights"),
            ("sleeping mat", "a pump that fits in a pocket"),
            ("fire starter kit", "dry tinder and a ferro rod"),
        ),
        ("compact", "expedition", "ultralight", "four-season"),
        ("nights under the stars", "wild camping far from the road", "frosty mornings by the lake"),
        ("during a stormy night in the tent", "by the campfire", "on a week of wild camping"),
    ),
    Shelf(
        ShelfTaste.OUTDOORS,
        "Climbing",
        (
            ("climbing harness", "padded leg loops"),
            ("chalk bag", "a fleece lining and a brush holder"),
            ("climbing rope", "a dry-treated sheath"),
            ("helmet", "a one-hand buckle"),
            ("carabiner", "a smooth locking gate"),
            ("belay device", "an assisted brake"),
        ),
        ("sport", "training", "big-wall", "mountaineer’s"),
        ("limestone crags", "long multi-pitch routes", "a first winter on the rock"),
        ("on a granite multi-pitch", "at the crag", "on a windy rock face"),
    ),
    Shelf(
        ShelfTaste.OUTDOORS,
        "Cycling",
        (
            ("bike pannier", "quick-release hooks and a rain cover"),
            ("cycling jersey", "three back pockets"),
            ("handlebar bag", "a map window"),
            ("bike light", "a charge that lasts all night"),
            ("multi-tool", "stainless bits and a chain breaker"),
            ("saddle", "a centre groove that spares you on rough ground"),
        ),
        ("touring", "gravel", "mountain-bike", "all-weather"),
        ("gravel roads and mountain passes", "week-long bike tours", "rough single tracks"),
        ("on a gravel ride over the pass", "on the bike tour along the river", "on rough single tracks"),
    ),
    Shelf(
        ShelfTaste.CRAFT,
        "Knitting",
        (
            ("skein of merino", "a soft twist that shows every stitch"),
            ("needle set", "polished tips"),
            ("crochet hook", "a grip that is kind to the wrist"),
            ("sock yarn bundle", "enough wool for two pairs"),
            ("knitting bag", "stitch markers and a row counter"),
            ("pattern book", "a project for every evening"),
        ),
        ("hand-finished", "pastel", "heritage", "rainbow"),
        ("cosy jumpers and baby blankets", "slow evenings with wool", "lace shawls and socks"),
        ("on a baby blanket", "while knitting a lace shawl", "in our knitting circle"),
    ),
    Shelf(
        ShelfTaste.CRAFT,
        "Painting",
        (
            ("watercolour set", "rich pigments in twelve shades"),
            ("sable brush", "a fine point"),
            ("stretched canvas", "a primed linen surface"),
            ("tube of acrylic", "a buttery texture"),
            ("sketching pencil", "a soft, even line"),
            ("easel", "a tray for jars and rags"),
        ),
        ("studio", "professional", "student", "travel-size"),
        ("loose landscapes and portraits", "botanical studies", "colour mixing at the table"),
        ("on a botanical study", "in my watercolour class", "on a portrait of my daughter"),
    ),
    Shelf(
        ShelfTaste.CRAFT,
        "Sewing",
        (
            ("cotton fabric bundle", "six prints in a crisp weave"),
            ("dressmaking scissors set", "blades that stay sharp"),
            ("quilting ruler", "clear markings and a non-slip back"),
            ("thread box", "twenty matching colours"),
            ("zip assortment", "lengths from ten to sixty centimetres"),
            ("pin cushion", "a wrist strap and glass-headed pins"),
        ),
        ("floral", "vintage", "tailor’s", "patchwork"),
        ("quilts and summer dresses", "mending favourite clothes", "a first sewing-machine project"),
        ("on a patchwork quilt", "while hemming a summer dress", "at the sewing machine"),
    ),
    Shelf(
        ShelfTaste.CRAFT,
        "Papercraft",
        (
            ("calligraphy pen", "a flexible nib and three inks"),
            ("origami paper stack", "a subtle pattern on each sheet"),
            ("bookbinding kit", "waxed linen thread and a bone folder"),
            ("rubber stamp", "a maple handle"),
            ("scrapbook album", "thick cream pages"),
            ("linocut set", "five cutters and a roller"),
        ),
        ("letterpress", "gilded", "botanical", "artist’s"),
        ("invitations and cards", "hand-bound notebooks", "quiet afternoons of folding and printing"),
        ("while lettering our invitations", "on a hand-bound notebook", "at an afternoon of card printing"),
    ),
    Shelf(
        ShelfTaste.COOKING,
        "Baking",
        (
            ("loaf tin", "straight sides and a folded rim"),
            ("mixing bowl", "a spout and a non-slip foot"),
            ("rolling pin", "rings for an even dough"),
            ("piping set", "ten nozzles for icing"),
            ("proving basket", "a linen cover for sourdough"),
            ("cake stand", "a dome that keeps sponge moist"),
        ),
        ("steel", "baker’s", "vintage", "non-stick"),
        ("sourdough and Sunday cakes", "birthday cakes and biscuits", "crusty bread at home"),
        ("for a birthday cake", "on my first sourdough loaf", "during the Christmas baking"),
    ),
    Shelf(
        ShelfTaste.COOKING,
        "Coffee and tea",
        (
            ("coffee grinder", "a ceramic burr with many settings"),
            ("teapot", "a spout that does not drip"),
            ("espresso pot", "a handle that stays cool"),
            ("bag of coffee beans", "notes of cocoa and hazelnut"),
            ("milk frother", "a whisk for silky foam"),
            ("loose tea tin", "leaves with a hint of bergamot"),
        ),
        ("barista", "classic", "small-batch", "everyday"),
        ("a proper breakfast", "slow coffee mornings", "a strong cup after dinner"),
        ("at breakfast", "for the morning espresso", "over coffee and cake"),
    ),
    Shelf(
        ShelfTaste.COOKING,
        "Spices",
        (
            ("curry blend", "freshly roasted cumin and coriander"),
            ("chilli flake jar", "a slow, fruity heat"),
            ("vanilla pod pair", "a deep, sweet scent"),
            ("sea salt box", "crisp pyramid flakes"),
            ("smoked paprika tin", "the warmth of oak smoke"),
            ("herb mill", "rosemary, thyme and garlic"),
        ),
        ("organic", "chef’s", "single-origin", "gourmet"),
        ("curries and stews", "roast vegetables and marinades", "dinners full of flavour"),
        ("in a lentil curry", "on roast chicken", "when friends came for dinner"),
    ),
    Shelf(
        ShelfTaste.COOKING,
        "Cookware",
        (
            ("frying pan", "a base that heats evenly"),
            ("casserole", "a heavy lid that keeps the steam"),
            ("chef’s knife", "a keen edge and a full tang"),
            ("chopping board", "a groove for juices"),
            ("pasta pot", "a strainer in the lid"),
            ("pepper mill", "a grinder from coarse to fine"),
        ),
        ("cast-iron", "copper", "professional", "family-size"),
        ("searing, braising and sauces", "family dinners from one pot", "cooking with fresh ingredients"),
        ("for a Sunday roast", "while cooking pasta for eight", "on a slow braise"),
    ),
    Shelf(
        ShelfTaste.HOME,
        "Living",
        (
            ("candle", "a clean, slow burn"),
            ("throw blanket", "a soft touch"),
            ("cushion", "a washable cover"),
            ("plant pot", "a matching saucer"),
            ("table lamp", "a warm glow"),
            ("picture frame", "a simple outline"),
        ),
        ("modern", "grey", "rustic", "ivory"),
        ("a calm living room", "long winter evenings", "a small flat"),
        ("in the living room", "on winter evenings", "on the window sill"),
    ),
    Shelf(
        ShelfTaste.HOME,
        "Gifts",
        (
            ("chocolate box", "sixteen fillings"),
            ("tote bag", "long handles"),
            ("keyring", "space for an engraving"),
            ("bottle", "a lid that doubles as a cup"),
            ("umbrella", "a frame that does not flip"),
            ("greeting hamper", "a ribbon and a card"),
        ),
        ("classic", "festive", "personalised", "mini"),
        ("birthdays", "a thank-you", "people who have everything"),
        ("as a birthday present", "as a surprise for my sister", "as a thank-you to a neighbour"),
    ),
)
