from typing import Any

import numpy as np
import scipy.sparse as sp

from segmentation.text.choose import choose_readers
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.sources import TextSource

ENGLISH = (
    "The dress fits well and the colour is just as shown in the picture.",
    "A very good pan for the price.",
)
CHINESE = (
    "房间很大，服务也好，下次还会入住这家酒店，早餐也不错，推荐给大家",
    "苹果新鲜，味道很甜，水分足，包装也好",
)


def source(name: str, texts: tuple[str, ...]) -> TextSource:
    return TextSource(
        name, texts, np.arange(len(texts), dtype=np.uint64), sp.eye_array(len(texts), format="csr")
    )


def test_each_source_is_read_by_what_can_read_it_and_the_reason_says_so(fake_encoder: Any) -> None:
    fake_encoder.languages = frozenset({"en"})
    sources = [source("reviews", CHINESE), source("products", ENGLISH)]
    model, lexical = choose_readers(sources, TextOptions("fake"), 0, lambda _: fake_encoder)
    (english,), (chinese,) = model.readings, lexical.readings
    assert (english.source, english.encoder, english.language) == ("products", "fake", "en")
    assert english.reason == "fake reads English, the language of these texts."
    assert (chinese.source, chinese.encoder, chinese.language) == ("reviews", "lexical", "zh")
    assert chinese.reason.startswith(
        "These texts are in Chinese, which fake does not read (100% of them), so they"
    )
    assert "paraphrase-multilingual-MiniLM-L12-v2" in chinese.reason


def test_lexical_by_choice_loads_no_model() -> None:
    def load(options: TextOptions) -> Any:
        raise AssertionError("no model may be loaded")

    (group,) = choose_readers([source("products", ENGLISH)], TextOptions("lexical"), 0, load)
    assert group.lexical
    assert group.readings[0].reason == "Compared by their letters, as chosen."
