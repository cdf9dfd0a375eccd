"""What people are called for short: English from the package `nicknames`, the rest from a list of ours."""

from collections import defaultdict
from functools import cache

from nicknames import NickNamer

OTHERS = (
    "alexander sascha alex", "alexandra sascha alexa", "andreas andi andy", "bernhard bernd",
    "christian chris", "elisabeth lisa sissi elli", "franz franzl", "friedrich fritz fred",
    "georg schorsch", "guenther guenni", "heinrich heinz heiner", "hans-juergen hansi", "jakob jockel",
    "johann hans hansi", "johannes hannes jo", "josef sepp jupp", "joachim achim jochen",
    "katharina kathi kathrin", "konrad conny", "ludwig lutz wiggerl", "magdalena leni lena",
    "margarete grete gretel", "maximilian max", "michael michi michel", "nikolaus klaus", "rudolf rudi",
    "sebastian basti", "stefan steffen", "susanne susi sanne", "theresia resi", "ulrich uli",
    "wilhelm willi", "wolfgang wolf", "antonio tono toni", "concepcion concha conchita", "dolores lola",
    "eduardo edu lalo", "enrique quique kike", "fernando fer nando", "francisco paco pancho curro",
    "francisca paca", "guillermo guille memo", "gabriel gabi", "ignacio nacho", "isabel isa chabela",
    "jesus chus chucho", "jose pepe", "josefa pepa", "juan juanito", "luis lucho", "manuel manolo manu",
    "maria-teresa maite", "mercedes merche", "miguel migue", "rafael rafa", "ramon moncho", "roberto beto",
    "rosario charo", "santiago santi yago", "antoine tonio", "benoit ben", "catherine cathy",
    "christophe chris", "dominique dom", "elisabeth babette lisette", "emmanuel manu", "francois fanfan",
    "frederic fred", "genevieve ginette", "guillaume guigui", "jacqueline jacquotte", "jean-baptiste jb",
    "marguerite margot", "nathalie nath", "nicolas nico", "philippe phil", "sebastien seb",
    "stephane steph", "therese zeze", "veronique vero",
)  # fmt: skip
"""A name and its short forms: German, Spanish, French; folded."""


def other_names(word: str) -> frozenset[str]:
    """Other forms of a folded given name: the full one of a nickname, the nicknames of a full one."""
    return _forms().get(word, frozenset())


@cache
def _forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    known = NickNamer().nickname_lookup
    pairs = [(name, nick) for name, nicks in known.items() for nick in nicks]
    pairs += [(line.split()[0], nick) for line in OTHERS for nick in line.split()[1:]]
    for name, nick in pairs:
        forms[name].add(nick)
        forms[nick].add(name)
    return {name: frozenset(others) for name, others in forms.items()}
