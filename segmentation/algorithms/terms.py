"""Class TF-IDF: the words that tell one group of texts from the others, also where no blanks part words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import scipy.sparse as sp

ELSEWHERE = 0.4
"""What a word weighs in the classes that it does not tell most about."""

_LONG_ENOUGH_TO_INFLECT = 5
_SIGNS_OF_A_WORD = 2
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SPACED_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Chinese, Japanese and Thai write without blanks: words are looked for among runs of two and three signs.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")


def class_tfidf(counts: np.ndarray) -> np.ndarray:
    """Weigh terms by class: share in the class times log(that share / share over all classes), at least 0.

    Shapes (classes, terms) in and out, float64. After the class TF-IDF of Grootendorst 2022
    (arXiv:2203.05794); its logarithm is replaced by the term's part in the Kullback-Leibler divergence, since
    with few classes it lets stock phrases of the shop through.
    """
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    over_all = counts.sum(axis=0, keepdims=True) / max(counts.sum(), 1)
    lift = np.divide(share, over_all, out=np.ones_like(share), where=(share > 0) & (over_all > 0))
    return share * np.maximum(np.log(lift), 0)


def split_words(text: str, stop_words: frozenset[str]) -> Iterator[str]:
    """Give the words of a text in lower case, without stop words and single letters."""
    lower = text.lower()
    for word in _WORD.findall(_UNSPACED.sub(" ", lower)):
        if len(word) > 1 and word not in stop_words:
            yield word
    for run in _UNSPACED.findall(lower):
        for size in (2, 3):
            for start in range(len(run) - size + 1):
                word = run[start : start + size]
                if not any(sign in stop_words for sign in word) and word not in stop_words:
                    yield word


def count_words(text: str) -> int:
    """Count the words of a text; two signs of Chinese, Japanese or Thai count as a word."""
    unspaced = sum(map(len, _UNSPACED.findall(text)))
    return len(_SPACED_WORD.findall(_UNSPACED.sub(" ", text))) + unspaced // _SIGNS_OF_A_WORD


def telling_words(
    texts: Sequence[str], labels: np.ndarray, classes: int, count: int, stop_words: frozenset[str]
) -> list[tuple[str, ...]]:
    """Return up to `count` words per class, best first; variants of a word already there are passed over.

    A word counts in full only for the class it tells most about, so that each class has words of its own.
    """
    per_text, words = words_of_texts(texts, stop_words)
    counts = [np.asarray(per_text[labels == label].sum(axis=0)).ravel() for label in range(classes)]
    weights = own_weights(np.array(counts, dtype=np.float64).reshape(classes, len(words)))
    return [tuple(str(words[place]) for place in best_words(words, row, count)) for row in weights]


def words_of_texts(texts: Sequence[str], stop_words: frozenset[str]) -> tuple[sp.csr_matrix, np.ndarray]:
    """Return which words are in which text, 0 or 1 (texts, words), and the words, sorted (words,)."""
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=lambda text: set(split_words(text, stop_words)), min_df=1)
    try:
        per_text = vectorizer.fit_transform(texts)
    except ValueError:  # not one word in any text
        return sp.csr_matrix((len(texts), 0)), np.empty(0, dtype=object)
    return per_text, vectorizer.get_feature_names_out()


def own_weights(counts: np.ndarray) -> np.ndarray:
    """Weigh terms as `class_tfidf` does, in full only in the class that each tells most about."""
    weights = class_tfidf(counts)
    return weights * np.where(weights == weights.max(axis=0, initial=0), 1, ELSEWHERE)


def best_words(words: np.ndarray, weights: np.ndarray, count: int) -> list[int]:
    """Return the places of up to `count` words of most weight (words,), no two of them forms of one."""
    chosen: list[int] = []
    for place in np.lexsort((words, -weights))[: 20 * count]:
        if len(chosen) == count or weights[place] <= 0:
            break
        if not any(_same_word(str(words[place]), str(words[other])) for other in chosen):
            chosen.append(int(place))
    return chosen


def _same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: “dress” and “dresses”, “ótimo” and “otima”, “洗发” and “洗发水”."""
    short, long = sorted((_without_accents(one), _without_accents(other)), key=len)
    if _UNSPACED.match(short):
        return short in long or long.startswith(short[1:]) or long.endswith(short[:-1])
    if len(short) == len(long) >= _LONG_ENOUGH_TO_INFLECT:
        return short[:-1] == long[:-1]
    return short == long or (len(short) > 2 and long.startswith(short) and len(long) - len(short) <= 2)


@lru_cache(maxsize=100_000)
def _without_accents(word: str) -> str:
    if _UNSPACED.match(word):
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
