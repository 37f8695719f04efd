"""Who may leave and what they are worth: risk, value, win-back, each tried on the shop's own past."""

from segmentation.action.retention.churn_definition import FEWEST_CHURN_DAYS, ChurnDefinition, define_churn
from segmentation.action.retention.churn_risk import ChurnTest, Way
from segmentation.action.retention.files import retention_csv, win_back_csv
from segmentation.action.retention.job import Outlook, load_outlook
from segmentation.action.retention.message_words import win_back_message
from segmentation.action.retention.value_check import ValueCheck
from segmentation.action.retention.value_forecast import HORIZONS
from segmentation.action.retention.value_model import ValueModel
from segmentation.action.retention.value_words import check_sentences, plain_way_notes
from segmentation.action.retention.win_back import (
    AHEAD,
    EVERYBODY,
    Cause,
    Listed,
    Silence,
    Wanted,
    count_win_back,
    list_win_back,
    segment_outlook,
    sum_win_back,
    usual_silence,
)
from segmentation.action.retention.words import (
    AT_RISK,
    CAUSES,
    EXPECTED_TO_STAY,
    WAYS,
    are_expected_to_stay,
    brief_reasons,
    definition_sentence,
    rhythm_sentence,
    silence_sentence,
    trial_sentences,
    value_notes,
)

__all__ = [
    "AHEAD",
    "AT_RISK",
    "CAUSES",
    "EVERYBODY",
    "EXPECTED_TO_STAY",
    "FEWEST_CHURN_DAYS",
    "HORIZONS",
    "WAYS",
    "Cause",
    "ChurnDefinition",
    "ChurnTest",
    "Listed",
    "Outlook",
    "Silence",
    "ValueCheck",
    "ValueModel",
    "Wanted",
    "Way",
    "are_expected_to_stay",
    "brief_reasons",
    "check_sentences",
    "count_win_back",
    "define_churn",
    "definition_sentence",
    "list_win_back",
    "load_outlook",
    "plain_way_notes",
    "retention_csv",
    "rhythm_sentence",
    "segment_outlook",
    "silence_sentence",
    "sum_win_back",
    "trial_sentences",
    "usual_silence",
    "value_notes",
    "win_back_csv",
    "win_back_message",
]
