"""The words for what becomes of an order, by state and language: the one list of them.

Each is a pattern searched for in a folded text (lower case, no accents: `order_states.fold`), so that stems
do where a language inflects.
"""

from __future__ import annotations

RETURNED = {
    "en": r"\bcredited|reversed|reversal|\breturn|refund|credit (note|memo)|charge ?back|sent back"
    r"|\brma\b",
    "de": r"retour|ruckgabe|rucksend|ruckerstatt|erstattet|erstattung|gutschrift|zuruckge|rucklauf",
    "fr": r"\bretour|rembours|\bavoir\b|renvoye",
    "es": r"devol|devuel|reembols|reintegr|nota de credito|\babono",
    "pt": r"devol|reembols|estorn|nota de credito|ressarc",
    "it": r"\breso\b|\bresi\b|restitu|rimbors|nota di credito",
    "nl": r"retour|terugbet|terugges?t|teruggestuurd|gecrediteerd|creditnota",
    "sv da no": r"\bretur|aterbetal|tilbagebetal|tilbakebetal|refunder|krediter|kreditnota|kreditfaktura",
    "pl": r"zwroc|zwrot|korekt",
    "cs sk": r"vracen|vraten|vratk|dobropis|refundo",
    "ro": r"returnat|\bretur|ramburs",
    "hu": r"visszakuld|visszater|visszaru|visszafiz|jováir|jovair",
    "fi et": r"palaut|hyvite|tagasta",
    "tr": r"\biade",
    "ru uk bg": r"возвра|возмещ|поверн|відшкод|върнат|връщан",
    "hr sl sr": r"povrat|vracen|vrnjen|vracil",
    "el": r"επιστρ|πιστωτικ",
    "lt lv": r"grazin|atgriez|atmaks",
    "ja": r"返品|返金|返却|払い?戻",
    "zh": r"退款|退货|退貨|退单|退單|退回|已退|换货|^退",
    "ko": r"반품|환불|교환",
    "th": r"คืน",
    "vi": r"hoan tien|hoan tra|tra lai|tra hang",
    "id ms": r"\bretur|kembalik|pengembalian|dipulangkan",
    "ar fa": r"رجع|مسترد|استرجاع|مرتجع|مسترد|استرداد|ارجاع|إرجاع|مرجوع|عودت",
    "he": r"הוחזר|החזר|זיכוי|הוחזרה",
    "hi": r"वापस|रिफंड|रिफ़ंड",
}
CREDIT_NOTES = (
    r"credit (note|memo)|gutschrift|\bavoir\b|nota d[ei] credito|credit ?nota|kreditnota|kreditfaktura"
    r"|faktura korygujaca"
    r"|dobropis|storna racun|πιστωτικ|赤伝|红字发票|대변전표"
)
"""Documents of their own that take back an earlier one."""

PARTLY = {
    "west": r"\bpart|teilweise|\bteil|parcial|parzial|gedeeltelijk|\bdeels|delvis|\bdelvist|in parte",
    "east": r"czesciow|castecn|ciastocn|reszleges|osittain|kismi|частичн|част|μερικ|djelomi"
    r"|delno|osaliselt"
    r"|dalin|daļēj",
    "asia": r"部分|一部|일부|부분|บางส่วน|mot phan|sebagian|جزئ|חלקי|आंशिक",
}
CANCELLED = {
    "en": r"\berror\b|fraud|cancel|\bvoid|\bfail|unavailable|declin|reject|\brefus|\baborted",
    "de": r"fehler|betrug|storn|abgebrochen|abgelehnt|widerruf|fehlgeschlagen|gescheitert|annulliert",
    "fr": r"erreur|\bannul|echou|echec|rejete",
    "es": r"\berror|\banula|fallid|rechaz|denegad",
    "pt": r"\berro\b|\banulad|falh|recusad|negad|rejeitad",
    "it": r"errore|\bannull|rifiutat|fallit|respint|negat",
    "nl": r"\bfout|geannul|\bannul|mislukt|afgewezen|geweigerd",
    "sv da no": r"\bfejl|\bfeil\b|fel\b|avbrut|avbrot|avbest|makul|misslyck|mislyk|nekad|avvist"
    r"|afvist|annuller|kanseller",
    "pl": r"blad|anulow|odrzuc|nieudan|niepowodz",
    "cs sk": r"chyba|zrusen|nezdar|\bstorno|zamitn|zamietnut|neuspes",
    "ro": r"refuz|esec|eroare|\banulat|respins|esuat",
    "hu": r"hiba|torolt|torolve|lemond|visszavon|sikertelen|elutas|sztorno",
    "fi et": r"virhe|\bviga|peruut|peruttu|epaonn|hylat|tuhista|ebaonn",
    "tr": r"\bhata|\biptal|reddedil|basarisiz",
    "ru uk bg": r"ошибк|помилк|грешк|отмен|отклон|неуда|аннулир|скас|відхил|невдал|анулир|отказ",
    "hr sl sr": r"otkaz|preklic|ponisten|neuspjel",
    "el": r"σφαλμα|ακυρ|απορρ|αποτυχ",
    "lt lv": r"atsauk|atcel|nepavyk|neizdev",
    "ja": r"エラー|不成立|取消|取り消|キャンセル|却下|失敗|中止",
    "zh": r"错误|錯誤|异常|取消|关闭|關閉|失败|失敗|拒绝|拒絕|作废|作廢",
    "ko": r"오류|에러|취소|실패|거절|철회",
    "th": r"ผิดพลาด|ยกเลิก|ล้มเหลว|ปฏิเสธ|ไม่สำเร็จ",
    "vi": r"\bloi\b|\bhuy\b|da huy|that bai|tu choi",
    "id ms": r"kesalahan|galat|\b(di)?batal|gagal|ditolak",
    "ar fa": r"خطأ|خطا|ملغ|الغاء|إلغاء|فشل|مرفوض|لغو|ناموفق",
    "he": r"שגיאה|בוטל|מבוטל|נכשל|נדח",
    "hi": r"त्रुटि|रद्द|असफल|विफल",
}
UNPAID = {
    "en": r"unpaid|\b(not|never|non|no)( yet)?[ -]?(been )?(paid|payed|payment)|pending|\bawait|waiting"
    r"|abandon"
    r"|\bdraft|expired|requires|required|\bdue\b|overdue|outstanding|quot(e|ation)\b|\bestimate"
    r"|pro ?forma"
    r"|on ?hold|to be paid|^checkout( draft)?$|incomplete|open (tab|bill|check|invoice|balance|amount)",
    "de": r"unbezahlt|nicht bezahlt|nicht gezahlt|ausstehend|\bwarte|entwurf|abgelaufen|\bangebot"
    r"|uberfallig"
    r"|zahlungserinnerung|\bmahnung|offener betrag|zahlung offen|abandon|verlassen",
    "fr": r"impay|non (pay|regl)|pas paye|en attente|brouillon|expire|\bdevis|abandon|\ba (payer|regler)",
    "es": r"cotizacion|por cobrar|pendiente|impag|no (pagad|abonad)|sin pagar|por pagar|borrador"
    r"|expirad|vencid"
    r"|caducad|presupuesto"
    r"|abandonad|en espera|esperando",
    "pt": r"boleto|pendente|aguard|nao (foi )?pag|\ba pagar|rascunho|expirad|vencid|orcamento|abandonad"
    r"|em espera"
    r"|em atraso",
    "it": r"in attesa|non pagat|da pagare|\bbozza|scadut|preventivo|abbandonat|insolut|in sospeso",
    "nl": r"onbetaald|niet betaald|nog niet|in afwachting|\bwacht|openstaand|\bconcept|verlopen|offerte"
    r"|te betalen",
    "sv da no": r"obetal|\b(ej|inte|ikke) betal|ubetal|vantar|vantan|avvakt|utkast|udkast|forfall"
    r"|forfald"
    r"|\boffert|\bventer|afventer|avventer|utgang|udlobet|utlopt|\btilbud|overgiv|forlatt",
    "pl": r"wycena|oferta|nieoplac|nie oplac|niezaplac|oczekuj|oczekiw|szkic|wygas|przetermin"
    r"|do zaplaty"
    r"|porzucon|robocz",
    "cs sk": r"nabidka|ponuka|nezaplac|neuhraz|neuhraden|nezaplat|\bceka|koncept|vyprs|po splatnosti"
    r"|rozpracov"
    r"|opusten",
    "ro": r"in astept|oferta|neachit|neplatit|in asteptare|asteapta|expirat|ciorna|abandonat|restant",
    "hu": r"fizetetlen|nem fizet|nincs fizetve|fuggoben|fizetesre var|varakoz|piszkozat|lejart"
    r"|arajanlat"
    r"|elhagyott",
    "fi et": r"tarjous|pakkumi|maksamat|ei (ole )?maksettu|odott|odotus|luonnos|vanhentun|eraantyn"
    r"|maksmata|ootel"
    r"|aegun",
    "tr": r"oden?me(di|mi)|odenmem|odenmedi|bekl(iyor|eyen|emede|eniyor)|taslak|suresi dol"
    r"|\bteklif|odeme bek",
    "ru uk bg": r"не ?оплач|неоплач|ожида|ожидан|чернов|просроч|истек|брошен|очіку|не ?сплач|чернет"
    r"|протерм|прострочен|неплатен|изчакв|не ?е платен",
    "hr sl sr": r"ponuda|ponudba|neplac|nije plac|na cekanju|\bceka|istek|skica|neporavn",
    "el": r"προσφορα|απληρωτ|ανεξοφλ|εκκρεμ|αναμον|αναμεν|προχειρ|εληξ|ληγμεν|μη πληρωμ",
    "lt lv": r"neapmok|laukia|neapmaks|\bgaida|juodrast|melnrakst",
    "ja": r"未完了|未払|未入金|未決済|未支払|支払い?待|入金待|決済待|保留|期限切|見積|下書"
    r"|仮注文|カゴ落ち",
    "zh": r"报价|報價|待付|待支付|未付|未支付|未缴|等待.{0,3}付款|过期|過期|超时|逾期|草稿"
    r"|挂起|掛起|待缴",
    "ko": r"(입금|결제|지불) ?전|미결제|미납|미입금|미지불|대기|만료|임시|견적",
    "th": r"ต้องชำระ|ใบเสนอราคา|รอชำระ|รอการชำระ|ค้างชำระ|ยังไม่|รอโอน|รอจ่าย|รอดำเนิน|หมดอายุ|ฉบับร่าง",
    "vi": r"bao gia|chua (thanh toan|tra)|\bcho\b|het han|\bnhap\b|qua han",
    "id ms": r"penawaran|belum|menunggu|tertunda|kedaluwarsa|kadaluarsa|\bdraf",
    "ar fa": r"عرض سعر|غير مدفوع|لم يدفع|معلق|الانتظار|انتظار|بانتظار|منته|مسود|پرداخت نشده|منقضی",
    "he": r"הצעת מחיר|לא שולם|ממתין|בהמתנה|טיוטה|פג תוקף",
    "hi": r"अवैतनिक|लंबित|बकाया|भुगतान नहीं",
}
PAID = {
    "west": r"\bpaid|invoiced|settled|captured|bezahlt|beglichen|\bpaye|\bregle|pagad|\bpago\b"
    r"|\bpagat|saldat"
    r"|betaald"
    r"|\bbetal[dt]",
    "east": r"oplacon|zaplac|uhrazen|uhraden|achitat|platit|fizetve|kifizet|maksettu|odendi|оплач|сплач"
    r"|платен"
    r"|placen|πληρωμ|εξοφλ|apmok|apmaks|makstud",
    "asia": r"已付|已支付|付款成功|支払い?済|入金済|決済済|入金|결제완료|결제 완료|입금완료"
    r"|ชำระแล้ว|จ่ายแล้ว"
    r"|da thanh toan"
    r"|\blunas|dibayar|مدفوع|تم الدفع|שולם|भुगतान|پرداخت شده",
}
UNDER_WAY = {
    "en": r"resolved|approved|\bcreated|ready|\bsent\b|deliver|shipp|complete|processing"
    r"|\bclosed\b|fulfil|in transit|dispatch"
    r"|\bopen\b"
    r"|confirmed"
    r"|\bfinished|\bdone\b|accepted|packed|collected|success",
    "de": r"akzeptiert|bestatigt|in vorbereitung|versand|versend|verschickt|geliefert|zugestellt"
    r"|abgeschlossen|\boffen\b|in bearbeitung"
    r"|erledigt"
    r"|abgeholt",
    "fr": r"accepte|en preparation|prepare|traite|valide|confirme|\blivre|\bexpedi|en cours"
    r"|terminee?\b|envoye",
    "es pt": r"acept|aceit|preparaci|prepara[cç]|confirmad|aprovad|aprobad|separac|entreg|enviad"
    r"|concluid|em aberto|arquivad|en camino|completad|atendid|en proceso"
    r"|em processamento",
    "it nl": r"accettat|in preparazione|confermat|bevestigd|in voorbereiding|spedit|consegnat"
    r"|evas[oa]\b|verzonden|geleverd|verwerk|afgerond|voltooid",
    "sv da no": r"levere|skicka|\bsendt|afsendt|slutfor|fullfor|gennemfor|klar\b|pabegynt",
    "pl cs sk ro hu": r"potwierdz|przygotow|priprav|potvrz|potvrd|confirmat|elokeszit|visszaigazol|zrealizow"
    r"|wyslan|w realizacji|dorucen|vyrizen|vybaven|odeslan|odoslan|livrat|expediat"
    r"|finalizat"
    r"|teljesit|szallit|kezbesit|dostarcz|zakoncz",
    "fi et tr": r"kasittely|vahvist|onayland|hazirland|toimite|lahete|valmis|tarnitud|teslim|kargo"
    r"|tamamland|gonderil|hazirlan",
    "ru uk bg el": r"подтвержд|обработк|собира|отгруж|готов|підтвердж|відвантаж|επιβεβαι|επεξεργ"
    r"|доставл|выполн|в пути|отправл|заверш|доставк|виконан|відправл|изпрат|παραδο|απεσταλ"
    r"|ολοκληρ",
    "hr sl sr lt lv": r"dostavlj|isporuc|poslan|zavrs|pristat|issiust|piegad|nosutit",
    "ja zh ko": r"準備中|確認済|受注|准备|確認|已确认|处理中|준비|확인|完成|发货|發貨|交易成功|签收"
    r"|簽收|収货|收货|发出|発送|配送|出荷|処理中|배송|구매확정"
    r"|발송"
    r"|출고|完了",
    "th vi id": r"จัดส่ง|สำเร็จ|\bgiao\b|hoan thanh|hoan tat|dikirim|selesai|diproses|diterima",
    "ar he hi": r"شحن|توصيل|تنفيذ|مكتمل|تم التسليم|ارسال|נשלח|נמסר|הושל[םמ]|डिलीवर|भेजा|पूर्ण",
}
SOLD = {
    "en": r"sales?|sold|purchases?|orders?|invoice|charge|payment|receipt|debit",
    "de": r"verkauf|kauf|bestellung|rechnung|verkaufsbeleg|zahlung",
    "fr": r"ventes?|achat|commande|facture|paiement",
    "es": r"ventas?|compra|pedido|factura",
    "pt": r"vendas?|compra|pedido|fatura|pagamento",
    "it": r"vendit[ae]|acquisto|ordine|fattura|pagamento",
    "nl": r"verkoop|aankoop|bestelling|factuur|betaling",
    "sv da no": r"forsaljning|kop|kob|kjop|salg|order|ordre|faktura|betaling",
    "pl": r"sprzedaz|zakup|zamowienie|faktura|paragon",
    "cs sk": r"prodej|predaj|nakup|objednavka|faktura",
    "ro": r"vanzare|cumparare|comanda|factura",
    "hu": r"eladas|ertekesites|vasarlas|rendeles|szamla",
    "fi et": r"myynti|osto|tilaus|lasku|muuk|ost|tellimus|arve",
    "tr": r"satis|siparis|fatura|alis",
    "ru uk bg": r"продажа?|покупка|заказ|реализация|продажба|замовлення|покупка",
    "hr sl sr": r"prodaja|kupnja|narudzba|racun|nakup|narocilo",
    "el": r"πωληση|αγορα|παραγγελια|τιμολογιο|αποδειξη",
    "lt lv": r"pardavimas|pirkimas|pardosana|pirkums",
    "ja": r"売上|販売|購入|注文|売り上げ|通常",
    "zh": r"销售|銷售|售出|出售|购买|購買|订单|訂單|销货|銷貨|消费|消費",
    "ko": r"판매|구매|주문|매출",
    "th": r"ขาย|การขาย|ซื้อ",
    "vi": r"ban|ban hang|mua|mua hang",
    "id ms": r"penjualan|jual|pembelian|jualan",
    "ar fa": r"بيع|مبيعات|شراء|فاتورة|فروش",
    "he": r"מכירה|רכישה|הזמנה",
    "hi": r"बिक्री|खरीद",
}
OF_DELIVERY = (
    r"ship|deliver|fulfil|dispatch|pick ?up|collect|courier|carrier|packing|versand|liefer|abhol"
    r"|expedi|livr|envi[oa]"
    r"|\bentreg|spedi|conseg|verzend|lever|skick|send|wysyl|odbio|dosta|doruc|odesl|szallit|toimit"
    r"|kargo|teslim|отправ"
    r"|достав|доставк|відправ|παραδ|αποστολ|发货|發貨|收货|收貨|发出|物流|発送|出荷|配送|受取|배송"
    r"|발송|출고|จัดส่ง|ส่ง|giao|kirim"
    r"|شحن|توصيل|משלוח|ارسال|डिलीवरी"
)
OF_PAYMENT = (
    r"\bpay|paid|payment|financial|billing|zahl|bezahl|paiement|\bpago|pagamento|betal|platn|oplat"
    r"|zaplat|\bplat[ai]|fizet"
    r"|maksu|odeme|оплат|платеж|πληρωμ|付款|支付|収款|支払|決済|入金|결제|입금|ชำระ|จ่าย|thanh toan"
    r"|bayar|دفع|תשלום|भुगतान|پرداخت"
)
OPEN = (
    r"\bopen|\boffen|\bdue\b|abiert|\babert|\bapert|avoin|\boppen|\baben\b|\bapen\b|otwart"
    r"|otevr|otvor|откры|відкри"
)
NOT_YET = (
    r"en cours|\bnone\b|processing|in bearbeitung|^0$|^no?$|^false$|nein|^nee$|^non$|^nej$|^nie$|^ne$|^нет$"
    r"|^ні$|^hayir$|^否$|未"
)
