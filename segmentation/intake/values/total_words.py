"""The words by which a row says that it adds others up."""

_WORDS = (
    "(grand |sub ?|running )?totals?( general| général| geral| generale| amount)?|gesamt(summe|betrag)?"
    "|(zwischen|end)?summe|(sous[- ]?)?total|somme|suma( całkowita)?|totale|(eind)?totaal|totalt|(del)?summa"
    "|i alt|sum|razem|łącznie|celkem|mezisoučet|spolu|medzisúčet|(rész)?összesen|yhteensä|välisumma"
    "|(ara |genel )?toplam|итого|всего|общий итог|разом|усього|підсумок|(γενικό )?σύνολο"
    "|合計|小計|総計|总计|總計|合计|小计|합계|소계|총계|รวม(ทั้งหมด|ทั้งสิ้น)?|tổng( cộng)?|(sub ?)?jumlah"
    '|المجموع|الإجمالي|الاجمالي|סה"כ|סך הכל|कुल( योग)?|جمع( کل)?'
)
IS_TOTAL = f"({_WORDS})[ :.]*"
SPEAKS_OF_TOTAL = f"(^|[^\\pL])({_WORDS})([^\\pL]|$)"
