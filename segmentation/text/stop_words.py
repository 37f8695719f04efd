"""Words too common to name anything, of the languages that shops' exports are mostly in."""

from __future__ import annotations

_ENGLISH = """
a about above after again all also am an and any are aren as at be because been before being below between
both but by can cannot could couldn did didn do does doesn doing don down during each even ever every few
for from further get gets getting go goes going got had hadn has hasn have haven having he her here hers him
his how i if im in into is isn it its just let like ll make many may me might more most much must my no nor
not now of off on once one only or other our ours out over own per really same she should so some such than
that the their theirs them then there these they this those through to too under until up upon us use used
using ve very was wasn way we well were weren what when where which while who whom why will with without won
would wouldn you your yours don't i'm i've it's isn't can't didn't doesn't won't wouldn't couldn't wasn't
haven't i'd i'll you're that's let's
"""
# Markup, web addresses, empty cells and units.
_NO_WORDS = """
br nbsp quot amp href img html http https www com org net cn null nan none gb mb kb tb kg mg ml cl oz lb lbs
cm mm km ft inch inches pc pcs pack qty xx xl
"""
_PORTUGUESE = """
a ao aos aquela aquele aquilo as até com como da das de dela dele depois do dos e ela ele eles em então
entre era essa esse esta estava este eu foi foram há isso isto já lhe mais mas me mesmo meu minha muito
muita na nas nem no nos nossa nosso não nao num numa o os ou para pela pelas pelo pelos pois por porque pra
ainda apenas estou estão porém bem todos todas cada sempre agora outro outra
qual quando que quem se sem ser seu seus só sua suas também tem tenho ter teve tinha toda tudo um uma vc
você vocês
"""
_SPANISH = """
al ante antes así aunque cada como con contra cual cuando de del desde donde dos el ella ellos en entre era
es esa ese eso esta estaba este esto está están fue fueron ha han hasta hay la las le les lo los me mi muy
más nada ni no nos nosotros para pero poco por porque que qué se ser si sin sobre son su sus sí también te
tiene todo tu un una uno unos y ya yo
"""
_FRENCH = """
ai ainsi alors au aucun aussi autre aux avec avoir bien c'est car ce cela ces cet cette chez comme dans de
des donc du elle elles en est et eu fait il ils j'ai je la le les leur lui ma mais me mes moi mon même ne
nos notre nous on ont ou où par pas peu plus pour qu que quel qui quoi sa sans se ses si son sont sous sur
ta te tes ton tous tout toute trop très tu un une vos votre vous été être
"""
_GERMAN = """
aber alle als also am an auch auf aus bei beim bin bis da damit dann das dass dem den denn der des die dies
diese dieser dieses doch du durch ein eine einem einen einer eines er es etwas für gegen hab habe haben hat
hatte hier hin ich ihm ihn ihr ihre im in ist ja kann kein keine mal man mehr mein meine mich mir mit nach
nicht noch nun nur ob oder ohne schon sehr sein seine sich sie sind so und uns unter vom von vor war waren
was wenn wer wie wir wird wurde zu zum zur über
"""
_ITALIAN = """
agli ai al alla alle anche che chi ci come con cui da dal dalla degli dei del della delle di due e ed era
gli ha hanno ho i il in io la le lo loro ma mi mio molto ne nei nel nella non o per perché più poi questa
questo se sei si sia sono su sul sulla tra tutto un una uno è
"""
_DUTCH = """
aan als bij dan dat de deze die dit door een en er geen had heb heeft het hij hoe ik in is je kan maar met
mijn naar niet nog nu of om ook op over te tot uit van veel voor was wat we wel werd wij worden wordt ze
zeer zijn zo zonder
"""
# Single signs: a run of Chinese that holds one of them is a phrase, not a name.
_CHINESE = """
的 了 是 我 你 他 她 它 们 在 有 和 就 都 也 很 不 没 这 那 个 一 上 下 到 说 要 去 会 着 看 好 给 还 过
吧 吗 呢 啊 么 把 被 让 对 与 及 而 但 又 再 太 才 只 比 从 为 以 可 能 得 地 之 其 后 前 里 来 用 多 少
些 点 想 觉 真 最 更 自 己 因 所 如 果 现
"""
_PIECES = (_ENGLISH, _NO_WORDS, _PORTUGUESE, _SPANISH, _FRENCH, _GERMAN, _ITALIAN, _DUTCH, _CHINESE)

STOP_WORDS = frozenset(word for words in _PIECES for word in words.split())
