"""Who may leave and what they are worth: risk, value, win-back, each tried on the shop's own past."""

from segmentation.action.retention.churn_definition import FEWEST_CHURN_DAYS, ChurnDefinition, define_churn
from segmentation.action.retention.churn_risk import ChurnTest, Way
from segmentation.action.retention.files import retention_csv, win_back_csv, win_back_frame
from segmentation.action.retention.job import Outlook, load_outlook
from segmentation.action.retention.value_check import ValueCheck
from segmentation.action.retention.value_forecast import HORIZONS
from segmentation.action.retention.value_model import ValueModel
from segmentation.action.retention.value_words import check_sentences, plain_way_notes
from segmentation.action.retention.win_back import (
    Silence,
    count_win_back,
    list_win_back,
    segment_outlook,
    usual_silence,
)
from segmentation.action.retention.words import (
    AT_RISK,
    EXPECTED_TO_STAY,
    WAYS,
    are_expected_to_stay,
    definition_sentence,
    rhythm_sentence,
    silence_sentence,
    trial_sentences,
    value_notes,
)

__all__ = [
    "AT_RISK",
    "EXPECTED_TO_STAY",
    "FEWEST_CHURN_DAYS",
    "HORIZONS",
    "WAYS",
    "ChurnDefinition",
    "ChurnTest",
    "Outlook",
    "Silence",
    "ValueCheck",
    "ValueModel",
    "Way",
    "are_expected_to_stay",
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
    "trial_sentences",
    "usual_silence",
    "value_notes",
    "win_back_csv",
    "win_back_frame",
]
