"""How a name sounds to somebody who writes by ear, where its letters do not tell.

Whisper writes 'Keeva' for Caoimhe. Names are compared with these as well as with their own letters; what is
written is always the company's spelling.
"""

import re

from speech.phonetics import tokens

RESPELLED = {
    # Irish, Scottish, Welsh
    "aoife": "eefa", "aisling": "ashling", "aoibheann": "eevan", "bronagh": "brona",
    "caoimhe": "keeva queeva", "caoilfhionn": "keelin", "ciara": "keera", "ciaran": "keeran",
    "cian": "keean", "cillian": "killian", "daithi": "dahee", "dearbhla": "dervla", "deirdre": "deerdra",
    "diarmuid": "dermot", "domhnall": "donal", "eilidh": "aylee", "eimear": "eemer", "eithne": "enya",
    "eoghan": "owen", "eoin": "owen", "fiadh": "feea", "fionnuala": "finoola", "grainne": "grawnya",
    "iain": "ian", "ieuan": "yayan", "laoise": "leesha", "mairead": "mared", "maire": "moira mara",
    "maeve": "mayv", "micheal": "meehaul", "muireann": "mwirrin", "niamh": "neev", "oisin": "osheen",
    "oonagh": "oona", "orlaith": "orla", "padraig": "pawdrig", "proinsias": "prunsheeas",
    "roisin": "rosheen", "ruairi": "rory", "sadhbh": "sive", "saoirse": "seersha", "seamus": "shaymus",
    "sean": "shawn", "sinead": "shinade", "siobhan": "shivawn", "sian": "sharn", "sorcha": "surraka",
    "tadhg": "tige", "ailbhe": "alva", "llewellyn": "luellin",
    # Spanish, Portuguese, French, Italian
    "guadalupe": "guadaloopay", "javier": "havier", "joaquin": "wakeen", "jorge": "horhay",
    "julio": "hoolio", "lupe": "loopay", "xiomara": "seeomara", "xavier": "zavier", "joao": "jwow",
    "antoine": "antwan", "beatrice": "bayatreechay", "benoit": "benwa", "francois": "fronswa",
    "genevieve": "jonveeev", "guillaume": "geeyome", "odile": "odeel", "renee": "renay",
    "thibault": "teebo", "chiara": "keeara", "giovanni": "jovanni", "giuseppe": "joosepy",
    "luigi": "looeejee",
    # German, Nordic, Dutch
    "bjorn": "byorn", "heike": "hykuh", "ilse": "ilsa", "jens": "yens", "jorg": "yorg", "jurgen": "yurgen",
    "leif": "layf", "sven": "sfen", "uwe": "oovuh", "wolfgang": "volfgang", "soren": "suren",
    "joost": "yoast",
    # Slavic
    "agnieszka": "agneeshka", "andrzej": "andjay", "grzegorz": "gzhegosh", "jacek": "yatsek",
    "katarzyna": "katajina", "krzysztof": "kshishtof", "lukasz": "wookash", "malgorzata": "mowgojata",
    "mateusz": "matayoosh", "pawel": "pavel", "tomasz": "tomash", "wojciech": "voychek",
    "zbigniew": "zbignev",
    # Asian, African, Pacific
    "jiang": "jyang", "quan": "kwan", "quynh": "quin", "thuy": "twee", "xiao": "shao", "yifan": "eefan",
    "zhang": "jang", "nkechi": "inkechi", "ngozi": "engozi", "ngaio": "nyo",
}  # fmt: skip
"""Spelled as English ears write them; several ways apart by a blank. None is an English word ('may' for Mei),
which would be heard everywhere."""

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def heard_as(name: str) -> tuple[str, ...]:
    """The name's own words first, then what they may sound like; each as `speech.phonetics.tokens` joined."""
    words = tokens(name)
    ways = [words, tuple(_figures(word) for word in words)]
    for at, word in enumerate(words):
        ways += [(*words[:at], way, *words[at + 1 :]) for way in RESPELLED.get(word, "").split()]
    return tuple(dict.fromkeys(" ".join(way) for way in ways))


def _figures(word: str) -> str:
    """'co2' as 'co two'."""
    if not re.search(r"\d", word) or max(map(len, re.findall(r"\d+", word))) > 2:
        return word
    said = re.sub(r"\d+", lambda m: f" {DIGITS[int(m[0])]} " if int(m[0]) < len(DIGITS) else m[0], word)
    return " ".join(said.split())
