"""Sentences out of carriers: slots filled from word lists of many trades, copies with the noise that
Whisper makes."""

import random
import re
from pathlib import Path

HERE = Path(__file__).parent
LABELS = (
    "complaint", "compliment", "idea", "personal", "promise_us", "promise_them", "meeting", "order",
    "interest", "lost", "nobody",
)  # fmt: skip
PEOPLE = [
    "Anna",
    "Ben",
    "Carlos",
    "Denise",
    "Erik",
    "Fatima",
    "Grace",
    "Hamid",
    "Ines",
    "Jack",
    "Keiko",
    "Liam",
    "Mona",
    "Nils",
    "Olga",
    "Pedro",
    "Quentin",
    "Rosa",
    "Sven",
    "Tara",
    "Umar",
    "Vera",
    "Wes",
    "Yuki",
    "Zoe",
    "Sean",
    "Bridget",
    "Hugo",
    "Leila",
    "Marta",
]
PRODUCTS = [
    "gloves",
    "filters",
    "candles",
    "bearings",
    "paint rollers",
    "tyres",
    "yoga mats",
    "notebooks",
    "brake pads",
    "light bulbs",
    "work boots",
    "salmon fillets",
    "lasagne trays",
    "hand soap",
    "printer toner",
    "roses",
    "fertiliser",
    "vitamin tablets",
    "ear plugs",
    "safety goggles",
    "hoses",
    "sausages",
    "cheddar",
    "espresso beans",
    "pillowcases",
    "hinges",
    "batteries",
    "name badges",
    "toner cartridges",
    "wipes",
]
UNITS = [
    "boxes",
    "cases",
    "bags",
    "rolls",
    "pallets",
    "cartons",
    "tubs",
    "packs",
    "drums",
    "crates",
    "sets",
    "bottles",
]
NUMBERS = (
    "two three four five six eight ten twelve fifteen twenty thirty forty fifty|a dozen|a hundred".replace(
        "|", " "
    ).split()
)
DATES = [
    "tomorrow",
    "on Friday",
    "by Monday",
    "next week",
    "next Tuesday",
    "on the fifteenth",
    "by the end of the week",
    "Thursday at ten",
    "in two weeks",
    "this afternoon",
    "on Wednesday morning",
    "the day after tomorrow",
    "by close of business Tuesday",
    "on March third",
    "first thing Monday",
    "before the weekend",
    "at half two on Thursday",
    "in a fortnight",
    "the twentieth at three",
    "by the end of the month",
]
RIVALS = [
    "Norwood Supply",
    "Apex",
    "Castleton Brothers",
    "QuickServe",
    "Baxter and Sons",
    "Delta Trade",
    "Finch Wholesale",
    "Unimart",
]
CUSTOMERS = [
    "the Corner House",
    "Hillside Clinic",
    "Marlow's",
    "Baker Street Gym",
    "Sunny Days Nursery",
    "the Red Barn",
    "Port Garage",
    "Elm Lodge",
]
MONEY = [
    "two hundred euro",
    "five thousand dollars",
    "eighteen hundred pounds",
    "sixty bucks",
    "twelve thousand",
    "a hundred and fifty dollars",
    "nine grand",
    "seven fifty",
]
SLOTS = {"P": PEOPLE, "X": PRODUCTS, "D": DATES, "R": RIVALS, "C": CUSTOMERS, "M": MONEY}
LEADS = (
    "",
    "",
    "",
    "",
    "and ",
    "so ",
    "but ",
    "oh and ",
    "also ",
    "apparently ",
    "well, ",
    "um, ",
    "she says ",
    "anyway, ",
    "he mentioned ",
)
COPIES = 4


def carriers() -> list[tuple[str, str]]:
    """(label, sentence with slots), one a line of `carriers.txt`."""
    lines = (HERE / "carriers.txt").read_text().splitlines()
    return [tuple(line.split("\t", 1)) for line in lines if line.strip() and not line.startswith("#")]  # type: ignore[misc]


def filled(carrier: str, random_: random.Random) -> str:
    """One sentence of a carrier: slots, a lead, now and then no capitals, no marks, a filler."""

    def slot(match: re.Match[str]) -> str:
        if match.group(1) == "Q":
            return f"{random_.choice(NUMBERS)} {random_.choice(UNITS)}"
        return random_.choice(SLOTS[match.group(1)])

    text = random_.choice(LEADS) + re.sub(r"\{([A-Z])\}", slot, carrier)
    if random_.random() < 0.3:
        return text.lower().replace(",", "").replace("'", random_.choice(("'", "")))
    if random_.random() < 0.15:
        words = text.split()
        words.insert(random_.randrange(len(words)), random_.choice(("uh,", "um,", "like,", "you know,")))
        text = " ".join(words)
    return text[:1].upper() + text[1:] + random_.choice((".", ".", ",", ""))


def sentences(lines: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """`COPIES` of each carrier; the same seed gives the same sentences."""
    random_ = random.Random(seed)
    return [(label, filled(text, random_)) for label, text in lines for _ in range(COPIES)]
