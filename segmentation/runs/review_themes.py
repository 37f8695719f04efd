"""How many reviews of which theme each customer wrote in each month: counted once, as segments are found."""

from __future__ import annotations

import pyarrow as pa

from segmentation.runs.run import Run
from segmentation.text.block import ThemeOfText
from segmentation.text.sources import hash_reviews
from segmentation.workspace import Workspace

_COUNT = """
INSERT INTO review_themes BY NAME
WITH written AS (
    SELECT customer_id, text, CAST(date_trunc('month', reviewed_at) AS DATE) AS month
    FROM shop.reviews
    WHERE customer_id IS NOT NULL AND reviewed_at IS NOT NULL AND CAST(reviewed_at AS DATE) <= $day
)
SELECT $run_id AS run_id, customer_id, month, theme, count(*) AS reviews
FROM written JOIN item_texts ON written.text = item_texts.item JOIN theme_of_text USING (text_hash)
WHERE EXISTS (SELECT 1 FROM runs WHERE run_id = $run_id)
GROUP BY customer_id, month, theme ORDER BY customer_id, month, theme
"""


def keep_review_themes(workspace: Workspace, run: Run, themes: ThemeOfText) -> None:
    """Count the dated reviews of a run's shop by customer, month and theme, and keep it with the run."""
    if run.as_of is None:
        return
    known = pa.table({"text_hash": themes.hashes, "theme": themes.theme.astype("int16")})
    with workspace.transaction() as cursor:
        hash_reviews(cursor)
        cursor.register("all_themes", known)
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE theme_of_text AS"
            " SELECT text_hash, min(theme) AS theme FROM all_themes GROUP BY text_hash"
        )
        cursor.execute(_COUNT, {"run_id": run.run_id, "day": run.as_of.date()})
        cursor.unregister("all_themes")
