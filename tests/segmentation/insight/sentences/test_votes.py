"""Why columns and texts count as they do, in words."""

from __future__ import annotations

from segmentation.algorithms.split_halves import Reliability
from segmentation.features.vote import Basis, Vote
from segmentation.insight.sentences.votes import taste_sentence, vote_words


def test_a_vote_says_what_it_rests_on() -> None:
    assert vote_words(Vote(1.0, Basis.LEADS)) == "Leads: it says most of what comes next."
    assert vote_words(Vote(0.9, Basis.LASTS, 0.9, 1_544)) == (
        "90% of it is a customer’s own and lasts (1,544 customers)."
    )
    assert vote_words(Vote(0.27, Basis.LASTS, 0.52, 1_544, 0.52)) == (
        "52% of it is a customer’s own and lasts (1,544 customers); 52% of it is not said by the leading "
        "columns."
    )
    assert vote_words(Vote(0.3, Basis.UNMEASURED, None, 5)) == (
        "Too few customers to measure it (5 of 100): 30% taken."
    )
    assert vote_words(Vote(0.3, Basis.UNMEASURED)) == ("It cannot be had from half of the orders: 30% taken.")


def test_taste_is_said_with_what_texts_count_for_it() -> None:
    assert taste_sentence(Reliability(0.644, 2_822)) == (
        "Taste lasts in your shop: 64% of what customers buy is their own, by 2,822 of them. Texts count as "
        "much by default, up to 40%, so that value leads."
    )
    assert "says next to nothing" in taste_sentence(Reliability(0.025, 781))
    assert "left out by default" in taste_sentence(Reliability(0.025, 781))
    assert "only 5 customers" in taste_sentence(Reliability(0.9, 5))
    assert "cannot be measured" in taste_sentence(None)
