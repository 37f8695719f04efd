"""Words that guess who people are: their income, health, origin, faith and the like, which no text may say.

English here, since models are asked in English; `neutral_abroad` has what they may answer in other languages.
Words of what was sold are let pass where the grammar shows it (“women’s dresses”); otherwise the lists lean
towards refusing: a text that is left out costs little.
"""

from __future__ import annotations

import re
import unicodedata

from segmentation.insight.naming.neutral_abroad import STEMS, UNBROKEN

_PEOPLE = (
    r"(?:customers?|buyers?|shoppers?|people|persons?|clients?|households?|families|folks?|adults?|men|women|"
    r"professionals?|parents?|couples?|communit(?:y|ies)|backgrounds?|groups?|audiences?)"
)

TRAITS = {
    "income": (
        r"affluent|wealthy|wealth|millionaires?|well[- ]off|well[- ]to[- ]do|(?:low|high|middle)[- ]earn\w+|"
        r"incomes?|salar(?:y|ies)|(?:upper|middle|lower|working)[- ]class|unemployed|jobless|in debt|"
        rf"(?:the\s+)?(?:rich|poor)(?:er)?\s+{_PEOPLE}|poverty"
    ),
    "health": (
        r"pregnan\w+|disabled|disabilit\w+|diabet\w+|obes\w+|overweight|depress(?:ed|ion)|ill(?:ness)?(?:es)?|"
        r"diseases?|cancer|patients?|infertil\w+|menopaus\w+|addict\w*|sick(?:ness)?|unhealthy|"
        r"health[- ]conscious|dieters?|allerg(?:y|ies|ic)"
    ),
    "origin": (
        r"ethnic\w*|racial|races?|immigrants?|migrants?|foreigners?|refugees?|nationalit\w+|expats?|"
        rf"(?:black|white|asian|african|latino|latina|hispanic|arab|indian|chinese)\s+{_PEOPLE}|gyps(?:y|ies)"
    ),
    "religion": (
        r"muslims?|islam\w*|christians?|christianity|catholics?|protestants?|jews?|jewish|judaism|hindus?|"
        r"buddhis\w+|sikhs?|mormons?|atheis\w+|religio\w+|devout|church[- ]?go\w+"
    ),
    "politics": (
        r"left[- ]wing\w*|right[- ]wing\w*|republicans?|democrats?|socialists?|politic\w+|trade union\w*|"
        r"union members?|voters?"
    ),
    "sexual orientation": (
        r"gays?|lesbians?|bisexuals?|homosexuals?|heterosexuals?|lgbt\w*|queers?|trans(?:gender|sexual)\w*|"
        r"sexual\w*"
    ),
    "sex": (
        r"(?:wom[ae]n|men|man|males?|females?|lad(?:y|ies)|gentlem[ae]n|girls?|boys?|mums?|mumm(?:y|ies)|moms?|"
        r"mothers?|dads?|fathers?)(?!['’]s|s['’]|['’])"
    ),
    "age": (
        r"elderly|seniors?|pensioners?|retire(?:d|es?)|teens?|teenagers?|millennials?|"
        r"gen(?:eration)?[- ][xyz]|boomers?|middle[- ]aged|students?|youngsters?|"
        rf"(?:young|old)(?:er)?\s+{_PEOPLE}"
    ),
    "family": (
        r"parents?(?!['’])|famil(?:y|ies)[- ](?:people|oriented|shoppers?|customers?)|families|married|"
        r"divorced|widow\w*|newlyweds?|childless|single people"
    ),
}
_BORDERED = "|".join((*TRAITS.values(), *STEMS.values()))
_PATTERN = re.compile(rf"\b(?:{_BORDERED})(?!\w)|{'|'.join(UNBROKEN.values())}", re.IGNORECASE)


def guess_in(text: str) -> str:
    """Return the first words that guess who people are; nothing where the text is neutral.

    However the text writes its accents and syllables: in one sign or in parts.
    """
    found = _PATTERN.search(unicodedata.normalize("NFC", text))
    return found[0] if found else ""
