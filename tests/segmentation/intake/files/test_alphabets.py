"""The code pages of Europe's neighbours are told by the letters of the words, not by the header alone."""

from __future__ import annotations

import pytest

from segmentation.intake.files.alphabets import neighbour_of_western

WORDS = {
    "cp1250": ("Soňa Ďurica Hrnček Nôž", "Jiří Dvořák Žárovka Talíř", "Łyżka Kąpiel Świeca", "Győző Tükör",
               "Ştefan Ţurcanu Cană Lumânare", "Đorđe Šarić Čaša"),
    "cp1254": ("Gülşen Çağlar Işık Kaşık", "Özgür Doğan Değirmen"),
    "cp1257": ("Šaukštas Puodelis Žvakė Lėkštė", "Bērziņš Šķīvis Krūze", "Õnne Küünal Šokolaad Žanna"),
    None: ("Jürgen Groß Öl", "Crème brûlée Château", "Núñez Jabón Güell", "João Colher Maçã Três",
           "Køkken Lys Skål Æble", "Þórður Guðmundsson Æðardúnn", "Città Caffè Più", "L’été “déjà vu”"),
}  # fmt: skip


@pytest.mark.parametrize(("codec", "words"), [(codec, one) for codec, all_ in WORDS.items() for one in all_])
def test_the_code_page_is_that_of_the_words(codec: str | None, words: str) -> None:
    assert neighbour_of_western(words.encode(codec or "cp1252")) == codec
