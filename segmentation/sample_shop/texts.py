"""The words of the sample shop: a name, a description and some reviews for every product."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.sample_shop.shelves import SHELVES, Shelf, ShelfTaste


@dataclass(frozen=True)
class Text:
    """The words of one product: its name, its description, and reviews from the worst to the best."""

    taste: ShelfTaste
    category: str
    name: str
    description: str
    reviews: tuple[str, str, str]


def write_texts() -> list[Text]:
    """Return the words of every product, each description and review unlike the others."""
    return [
        _write(shelf, thing, variant)
        for shelf in SHELVES
        for thing in range(len(shelf.things))
        for variant in range(len(shelf.variants))
    ]


def _write(shelf: Shelf, thing: int, variant: int) -> Text:
    name, feature = shelf.things[thing]
    words = {
        "kind": f"{shelf.variants[variant]} {name}",
        "thing": name,
        "feature": feature,
        "use": shelf.uses[(2 * thing + variant) % len(shelf.uses)],
        "occasion": shelf.occasions[(thing + variant) % len(shelf.occasions)],
    }
    words["article"] = "An" if words["kind"][0] in "aeiou" else "A"
    description = (*DESCRIPTIONS, *BLURBS[shelf.taste])[
        (thing + 2 * variant) % (len(DESCRIPTIONS) + len(BLURBS[shelf.taste]))
    ].format(**words)
    reviews = tuple(bank[(3 * thing + variant) % len(bank)].format(**words) for bank in REVIEWS)
    return Text(
        shelf.taste,
        shelf.category,
        words["kind"].capitalize(),
        _sentences(description),
        (_sentences(reviews[0]), _sentences(reviews[1]), _sentences(reviews[2])),
    )


def _sentences(text: str) -> str:
    return ". ".join(sentence[:1].upper() + sentence[1:] for sentence in text.split(". "))


DESCRIPTIONS = (
    "{article} {kind} with {feature}, made for {use}.",
    "Made for {use}. This {kind} comes with {feature}.",
    "Our {kind} has {feature}. Customers choose it for {use}.",
    "{kind} with {feature}. A faithful companion for {use}.",
    "If you are after something for {use}, this {kind} with {feature} will not let you down.",
)
REVIEWS = (
    (
        "Sent the {kind} back. It let me down {occasion}.",
        "Not what I hoped for: the {kind} showed its faults {occasion}.",
        "The {kind} looked fine in the parcel but did not last {occasion}. Disappointed.",
        "Poor quality for the price. I tried this {kind} {occasion} and would not buy it again.",
    ),
    (
        "The {kind} is decent, nothing special. Did its job {occasion}.",
        "Good enough {occasion}, though I expected a little more from this {kind}.",
        "A fair {kind} for the money. One small flaw that I noticed {occasion}.",
        "Took a while to arrive, but the {kind} was useful {occasion}.",
    ),
    (
        "I love this {kind}! Used it {occasion} and could not be happier.",
        "The {kind} is beautifully made. It was perfect {occasion}.",
        "Bought the {kind} on a whim, and now I would not be without it {occasion}.",
        "Five stars. My new {kind} proved itself {occasion}, and friends keep asking where it is from.",
        "Exactly as described. Already my favourite {thing} {occasion}.",
    ),
)


BLURBS = {
    ShelfTaste.OUTDOORS: (
        "{article} {kind} for everybody who would rather be outside: {feature}, ready for {use}.",
        "Adventure starts here. {article} {kind} with {feature}, tested outdoors on {use}.",
        "Out in the wild you need gear to rely on. This {kind} brings {feature} to {use}.",
    ),
    ShelfTaste.CRAFT: (
        "{article} {kind} for everybody who loves making things by hand: {feature}, ready for {use}.",
        "Get creative. {article} {kind} with {feature}, picked by our makers for {use}.",
        "Your next handmade project begins with this {kind}. It brings {feature} to {use}.",
    ),
    ShelfTaste.COOKING: (
        "{article} {kind} for everybody who loves good food: {feature}, ready for {use}.",
        "Taste the difference. {article} {kind} with {feature}, chosen by our cooks for {use}.",
        "A delicious meal begins in the kitchen. This {kind} brings {feature} to {use}.",
    ),
    ShelfTaste.HOME: (
        "{article} {kind} that everybody likes: {feature}, ready for {use}.",
        "A small thing that makes a difference. {article} {kind} with {feature}, for {use}.",
        "Simple and good: this {kind} brings {feature} to {use}.",
    ),
}
