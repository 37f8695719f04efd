"""Stems in other languages of words that guess who people are, for a model that answers in the shop's own.

Fewer than the English lists, and without their care for what was sold: a stem refuses a text too many rather
than one too few. Between borders of words; Chinese, Japanese and Korean write none.
"""

from __future__ import annotations

STEMS = {
    "German": (
        r"wohlhabend\w*|vermögend\w*|reiche[nrs]?\s+kund\w+|arme[nrs]?\s+kund\w+|einkommen\w*|arbeitslos\w*|"
        r"schwanger\w*|behindert\w*|krank\w*|ausländ\w*|migrant\w*|muslim\w*|jüdisch\w*|juden|christlich\w*|"
        r"schwule?\w*|lesbisch\w*|frauen|männer|mütter|väter|senior(?:en|innen)|rentner\w*|jugendlich\w*|"
        r"verheiratet\w*|geschieden\w*"
    ),
    "French": (
        r"ais[ée]{1,2}s?|riches|pauvres|revenus?|chômeu\w+|enceintes?|handicapé\w*|malades?|étrang\w+|immigré\w*|"
        r"musulman\w*|jui(?:fs?|ves?)|chrétien\w*|catholiques?|homosexuel\w*|lesbiennes?|femmes|hommes|mères|pères|"
        r"retraité\w*|personnes âgées|adolescent\w*|marié(?:e|s|es)|divorcé\w*"
    ),
    "Spanish": (
        r"adinerad\w+|acomodad\w+|ricos|ricas|pobres|ingresos|desemplead\w+|embarazad\w+|discapacitad\w+|enferm[oa]s?|"
        r"extranjer\w+|inmigrant\w+|musulman\w*|jud[ií]\w+|cristian[oa]s?|católic\w+|homosexual\w*|lesbian\w*|"
        r"mujeres|hombres|madres|padres|jubilad\w+|ancian\w+|adolescent\w+|casad[oa]s|divorciad\w+"
    ),
    "Portuguese": (
        r"endinheirad\w+|abastad\w+|desempregad\w+|renda\s+(?:alta|baixa)|grávid\w+|deficient\w+|doent\w+|"
        r"estrangeir\w+|imigrant\w+|muçulman\w+|jud(?:eus?|ias?)|cristã\w*|mulheres|homens|mães|pais|"
        r"aposentad\w+|idos[oa]s|casad[oa]s"
    ),
    "Italian": (
        r"benestant\w+|facoltos\w+|ricchi|ricche|poveri|reddit[oi]|disoccupat\w+|incint[ae]|disabil\w+|malat[oiae]|"
        r"stranier\w+|immigrat\w+|musulman\w+|ebre[oiae]\w*|cristian[oiae]|omosessual\w+|lesbich\w+|"
        r"donne|uomini|madri|padri|pensionat\w+|anzian\w+|adolescent\w+|sposat\w+|divorziat\w+"
    ),
    "Dutch": (
        r"welgesteld\w*|vermogend\w*|rijke\s+klant\w+|arme\s+klant\w+|inkomens?|werkloz\w*|zwanger\w*|gehandicapt\w*|"
        r"zieken?|buitenland\w*|moslims?|joods\w*|joden|christel\w+|homoseksu\w+|lesbisch\w*|"
        r"vrouwen|mannen|moeders|vaders|ouderen|gepensioneerd\w*|jongeren|getrouwd\w*|gescheiden"
    ),
    "Polish": (
        r"zamożn\w+|bogat[iey]\w*|biedn\w+|bezrobotn\w+|dochod\w*|ciąż\w+|ciężarn\w+|niepełnosprawn\w+|chor(?:y|a|zy|ych|ym)|"
        r"cudzoziem\w+|imigran\w+|muzułman\w+|żyd\w+|katoli\w+|homoseksual\w+|lesbijk\w*|"
        r"kobiet\w*|mężczyzn\w*|matki|ojcowie|emeryt\w*|młodzież\w*|zamężn\w+|rozwiedzion\w+"
    ),
}

UNBROKEN = {
    "Chinese": (
        r"高收入|低收入|富裕|富人|富豪|穷人|贫困|失业|孕妇|怀孕|残疾|患者|病人|外国人|移民|少数民族|穆斯林|基督徒|佛教徒|"
        r"同性恋|女性(?:客户|顾客|用户|买家)|男性(?:客户|顾客|用户|买家)|老年|退休|青少年|大学生|已婚|离婚|单身"
    ),
    "Japanese": (
        r"高所得|低所得|富裕層|裕福|貧困|失業|妊娠|妊婦|障害者|病気|外国人|移民|イスラム教|キリスト教|仏教徒|"
        r"同性愛|女性(?:客|顧客)|男性(?:客|顧客)|高齢者|年金|若者|既婚|離婚|独身"
    ),
    "Korean": (
        r"고소득|저소득|부유|가난|실업|임신|임산부|장애인|환자|외국인|이민자|무슬림|기독교|불교|동성애|"
        r"여성 고객|남성 고객|노인|은퇴|청소년|기혼|이혼"
    ),
}
