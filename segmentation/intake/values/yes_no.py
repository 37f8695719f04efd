"""Yes and no in many languages: one list for flags, consents and states."""

from __future__ import annotations

import re

_YES = re.compile(
    r"1(\.0+)?|y|yes|t|true|on|x|✓|✔|j|ja?|oui|vrai|o|si|sí|s|sim|vero|wahr|verdadero|verdadeiro|sì|tak|ano|áno|da|evet"
    r"|igen|kyllä|kylla|jah|jā|taip|да|так|ναι|はい|有|是|예|네|ใช่|có|co|ya|iya|نعم|כן|हाँ|हां|بله|希望する"
)
_NO = re.compile(
    r"0(\.0+)?|n|no|f|false|off|nein|nee|nej|nei|non|faux|nao|não|falsch|falso|nie|ne|nu|hayır|hayir|nem|ei|nē|нет|ні|не"
    r"|όχι|οχι|いいえ|無|无|否|아니오|아니요|ไม่|ไม่ใช่|không|khong|tidak|لا|לא|नहीं|خیر|希望しない"
)


def says(text: str) -> bool | None:
    """Read a yes as True and a no as False, whatever its language; None where it is neither."""
    word = text.strip().lower()
    if _YES.fullmatch(word):
        return True
    return False if _NO.fullmatch(word) else None
