"""English or not, and which other one."""

import json

import pytest
from tests.conftest import shared

from winset.reading.languages import language_of

SAMPLES = [
    ("en", "The minister said that the two sides would not sign the agreement before the end of the month."),
    ("de", "Der Minister sagte, dass die beiden Seiten das Abkommen nicht vor Ende des Monats unterzeichnen werden."),
    ("fr", "Le ministre a déclaré que les deux parties ne signeraient pas l'accord avant la fin du mois."),
    ("es", "El ministro dijo que las dos partes no firmarían el acuerdo antes de que termine el mes."),
    ("pt", "O ministro disse que as duas partes não vão assinar o acordo antes do fim do mês, mas não explicou."),
    ("it", "Il ministro ha detto che le due parti non firmeranno l'accordo prima della fine del mese."),
    ("nl", "De minister zei dat de twee partijen het akkoord niet voor het einde van de maand zullen ondertekenen."),
    ("pl", "Minister powiedział, że obie strony nie podpiszą umowy przed końcem miesiąca i że to nie jest możliwe."),
    ("tr", "Bakan, iki tarafın da bu anlaşmayı ay sonundan önce imzalamayacağını ve bunun çok zor olduğunu söyledi."),
    ("ru", "Министр заявил, что обе стороны не подпишут соглашение до конца месяца, но они продолжат переговоры."),
    ("uk", "Міністр заявив, що обидві сторони не підпишуть угоду до кінця місяця, але вони продовжать переговори."),
    ("ar", "قال الوزير إن الطرفين لن يوقعا على الاتفاق قبل نهاية الشهر وإن المحادثات سوف تستمر في الرياض"),
    ("fa", "وزیر گفت که دو طرف این توافق را پیش از پایان ماه امضا نخواهند کرد و گفتگوها ادامه دارد"),
    ("zh", "部长说，双方不会在月底之前签署协议。"),
    ("ja", "大臣は、双方が月末までに合意に署名することはないと述べた。"),
    ("el", "Ο υπουργός είπε ότι οι δύο πλευρές δεν θα υπογράψουν."),
    ("und", "12345 67890"),
    ("und", ""),
]


@pytest.mark.parametrize(("language", "text"), SAMPLES, ids=[f"{s[0]}-{n}" for n, s in enumerate(SAMPLES)])
def test_the_language_is_told(language: str, text: str) -> None:
    assert language_of(text) == language


def test_a_foreign_quotation_does_not_turn_an_english_article() -> None:
    assert language_of(SAMPLES[0][1] * 4 + SAMPLES[9][1]) == "en"


def test_news_in_english_is_english() -> None:
    for line in shared("data", "polnear", "dev.jsonl").read_text(encoding="utf-8").splitlines():
        assert language_of(json.loads(line)["text"]) == "en"
