"""Which language a text is in: by its script, its own letters, and its commonest words."""

import re
from collections import Counter

LOOKED_AT = 20_000  # characters, from the start
_SCRIPTS = (
    ("han", "\u3400", "\u9fff"), ("kana", "\u3040", "\u30ff"), ("hangul", "\uac00", "\ud7af"),
    ("greek", "\u0370", "\u03ff"), ("hebrew", "\u0590", "\u05ff"), ("arabic", "\u0600", "\u06ff"),
    ("devanagari", "\u0900", "\u097f"), ("thai", "\u0e00", "\u0e7f"), ("georgian", "\u10a0", "\u10ff"),
    ("armenian", "\u0530", "\u058f"), ("cyrillic", "\u0400", "\u04ff"),
)  # fmt: skip
_BY_SCRIPT = {
    "kana": "ja", "han": "zh", "hangul": "ko", "greek": "el", "hebrew": "he", "devanagari": "hi", "thai": "th",
    "georgian": "ka", "armenian": "hy",
}  # fmt: skip
_COMMON = {
    "en": "the of and to in a that is for on it with as was by at be from his are an he have has not but said this "
    "they which who their will had were been its would after about more",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son "
    "aux cette ont été mais nous",
    "es": "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí "
    "porque esta entre cuando muy",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem à seu "
    "sua ou ser quando",
    "it": "di e il la che in a per un del non è una con le si i della da sono al come dei più nel alla ha anche gli "
    "delle ma lo questo",
    "nl": "de van het een en in is dat op te voor met die zijn niet aan er om ook als bij dan maar door over uit nog "
    "naar heeft worden wordt",
    "pl": "w i na z się nie do to że jest o od za po przez jak ale dla czy tym co był tego oraz jego które ze jako",
    "cs": "a v se na je že s z do o to i ve k pro za by ale jako po jsou které tak jeho nebo také však",
    "sv": "och i att det som en på är av för med den till har de inte om ett han men var jag sig från vi så kan",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra en ama var göre değil ki o her",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam akan adalah ke oleh juga telah sebagai karena",
    "ro": "și de la în a cu pe nu că o un care este mai din pentru să au fi se sau dar prin ca lui",
    "hu": "a az és hogy nem is egy ez volt meg csak de mint már még el van azt ha vagy ki",
    "fi": "ja on ei että se oli hän mutta ovat joka myös kun sen niin mukaan ole kuin tai",
    "ru": "и в не на что с по это как он к за из но от его для а о все так же был было они который при до",
    "uk": "і в не на що з до та як це за від він але його для у про також є які був було вони при або",
    "bg": "на и в за от да се с е не че са по като ще при до това са към беше след",
    "sr": "и у на је да се за од са не а су што као који ће о из по али",
    "be": "і у не на што з да як гэта за ад ён але яго для пра таксама былі быў",
    "ar": "في من على إلى أن التي عن مع الذي هذا هذه كان ما لا بعد قال بين كما وقد ذلك إن",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شد می",
    "ur": "کے میں کی ہے اور سے کا کو اس کہ پر نے ہیں کر یہ",
}
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LATIN = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv", "tr", "id", "ro", "hu", "fi")
_FAMILIES = {"latin": _LATIN, "cyrillic": ("ru", "uk", "bg", "sr", "be"), "arabic": ("ar", "fa", "ur")}
_OWN_LETTERS = {
    "ru": "ыэъё", "uk": "іїєґ", "be": "ўі", "sr": "ђћџљњј", "bg": "ъщ", "fa": "پچژگ", "ur": "ٹڈڑےں",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str) -> str:
    """BCP 47 code of the main language; "und" where there is too little to tell, or nothing known fits."""
    sample = text[:LOOKED_AT].casefold()
    words = _WORD.findall(sample)
    script = _script(sample)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    if script not in _FAMILIES or not words:
        return "und"
    counts = Counter(words)
    letters = Counter(sample)
    total = len(words)
    scores = {
        language: sum(counts[word] for word in _SETS[language]) / total + _own(language, letters, total)
        for language in _FAMILIES[script]
    }
    ranked = sorted(scores, key=lambda language: -scores[language])
    best, second = ranked[0], ranked[1]
    if scores[best] < (0.08 if total >= 20 else 0.12) or scores[best] < 1.15 * scores[second]:
        return "und"
    return best


def script_of(text: str) -> str:
    """The script that most letters of the text's beginning belong to; "latin" where no other has more."""
    return _script(text[:LOOKED_AT].casefold())


def _script(sample: str) -> str:
    found: Counter[str] = Counter()
    for letter, count in Counter(sample).items():
        if not letter.isalpha():
            continue
        name = next((name for name, low, high in _SCRIPTS if low <= letter <= high), None)
        found[name or ("latin" if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" else "other")] += count
    if not found:
        return "latin"
    if found["kana"] > 0.1 * (found["han"] + found["kana"]) and found["kana"] + found["han"] > sum(found.values()) / 2:
        return "kana"
    return max(found, key=lambda name: found[name])


def _own(language: str, letters: Counter[str], words: int) -> float:
    return min(0.2, sum(letters[letter] for letter in _OWN_LETTERS.get(language, "")) / (2 * words))
