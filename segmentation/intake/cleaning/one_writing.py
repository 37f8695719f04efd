"""One name in every writing: in capitals, family first with a comma, with a title, without its accents."""

from __future__ import annotations

import duckdb

USUAL = "usual_writings"
ALWAYS = "count(*) > 0"
FEWEST_TITLED, MOSTLY = 3, 0.5
# Whose marks are no letters of their own, as those of kana and of Indian scripts are.
_OTHER_SCRIPTS = r"[^\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]"
_PLAIN = "lower(upper(id))"
_IN_ORDER = rf"regexp_replace({_PLAIN}, '^([^,0-9]+), *([^,0-9]+)$', '\2 \1')"
_BARE = f"if(regexp_matches(said, '{_OTHER_SCRIPTS}'), said, strip_accents(said))"


def find_usual_writings(cursor: duckdb.DuckDBPyConnection, names: str, is_varied: str = ALWAYS) -> None:
    """Make usual_writings (id, usual): each name that most rows write otherwise.

    A name without accents is that with accents where no two names differ in their accents alone. A first
    word is a title where most of several names behind it stand without it, too.

    :param names: SQL of the names, as `id`, one a row.
    :param is_varied: what must hold of all names, in SQL of their `k` and its `writings`.
    """
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {USUAL} AS
        WITH ordered AS (SELECT id, {_IN_ORDER} AS said, count(*) AS n FROM ({names})
                         WHERE id IS NOT NULL GROUP BY id),
             parted AS (SELECT *, split_part(said, ' ', 1) AS head,
                               nullif(regexp_extract(said, '^[^ ]+ ([^ ]+ .+)$', 1), '') AS rest
                        FROM ordered),
             titles AS (SELECT head FROM (SELECT DISTINCT head, rest FROM parted WHERE rest IS NOT NULL)
                        GROUP BY head HAVING count(*) FILTER (rest IN (SELECT said FROM parted))
                                             >= greatest({FEWEST_TITLED}, {MOSTLY} * count(*))),
             written AS (SELECT id, n, if(head IN (FROM titles), coalesce(rest, said), said) AS said
                         FROM parted),
             told AS (SELECT *, {_BARE} AS bare FROM written),
             accents AS (SELECT bare, count(DISTINCT said) FILTER (said <> bare) AS forms
                         FROM told GROUP BY bare),
             keyed AS (SELECT id, n, if(forms > 1, said, bare) AS k FROM told JOIN accents USING (bare)),
             keys AS (SELECT k, arg_max(id, (n, id)) AS usual, count(*) AS writings FROM keyed GROUP BY k)
        SELECT id, usual FROM keyed JOIN keys USING (k)
        WHERE id <> usual AND (SELECT {is_varied} FROM keys)"""
    )
