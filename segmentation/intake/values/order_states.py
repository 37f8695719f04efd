"""The states that an order can be in, by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_STATUS = re.compile(
    r"deliver|shipped|complete|cancel|\bpaid\b|pending|processing|\bclosed\b|refunded|returned|fulfilled"
    r"|in transit|invoiced|on hold|dispatched|entreg|enviad|conclu[ií]d|em aberto|arquivad|pago\b|pagad"
    r"|en camino|completad|devuelto|versand|geliefert|storn|abgeschlossen|bezahlt|\boffen\b"
    r"|in bearbeitung|livr[ée]e?\b|exp[ée]di|annul|en cours|pay[ée]e?\b"
    r"|spedit|consegnat|\bpagato|verzonden|geleverd|geannuleerd|betaald"
    r"|zrealizowan|wys[łl]an|anulowan|op[łl]acon|w realizacji|doru[čc]en|vy[řr][íi]zen|zru[šs]en"
    r"|доставлен|выполнен|отмен|оплачен|в пути|возвра|teslim|i̇?ptal|kargo|tamamland|iade"
    r"|levererad|skickad|avbruten|makulera|betald|levert|annuller|atendid|cancelad"
    r"|배송|취소|구매확정|결제완료|반품|환불"
    r"|取消|完成|发货|交易成功|交易关闭|已付款|待付款|已签收|発送|配送済|キャンセル|処理中|入金"
)


def is_order_status(values: Sequence[str]) -> bool:
    """Whether some value, in lower case, is a state that an order can be in, and most of few values are."""
    known = sum(bool(_STATUS.search(value)) for value in values)
    return known >= 1 and (known >= 2 or len(values) <= 3) and known >= 0.3 * len(values)


CANCELLED = (
    r"cancel|canceled|void|fail|unavailable|declin|rejected|storn|an+ul|取消|キャンセル"
    r"|交易关闭|zru[šs]en|отмен|i̇?ptal|avbrut|makul|취소"
)


RETURNED = (
    r"return|refund|devol|rembours|erstatt|retour|退|返品|返金"
    r"|zwr[óo]|vr[áa]cen|возвра|iade|returner|반품|환불"
)


PARTLY = "partial|teilweise|parcial|partiel|部分"
