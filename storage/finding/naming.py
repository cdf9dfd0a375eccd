"""How names and numbers are written so that they can be found: folded words, sounds, digits."""

import re
import unicodedata
from contextlib import suppress

import phonenumbers

from speech import phonetics
from storage.errors import BadPhone

MOST_WRITTEN = 60
"""Characters of what may be one number."""
SEPARATORS = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Lower case without accents and punctuation, words parted by one blank; other scripts stay."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.casefold().replace("'", "").replace("’", "")
    return " ".join(SEPARATORS.sub(" ", plain).split())


def sounds(text: str) -> tuple[str, ...]:
    """How the words of a name sound, each once."""
    return tuple(dict.fromkeys(key for key in phonetics.keys(text) if key))


def digits(text: str) -> str:
    """ASCII digits of whatever script."""
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdigit())


def e164(phone: str | None, region: str) -> str | None:
    """`phone` as E.164, read as dialled in `region`; raises BadPhone."""
    if phone is None or not phone.strip():
        return None
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(f"'{phone}' is not a telephone number.") from error
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(f"'{phone}' is not a telephone number.")
    whole = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{whole};ext={number.extension}" if number.extension else whole


def dialled(written: str, region: str) -> tuple[str, ...]:
    """Runs of digits that a number written so has in its international form, the likeliest first."""
    found: list[str] = []
    plain = digits(written)
    with suppress(phonenumbers.NumberParseException):
        number = phonenumbers.parse(written[:MOST_WRITTEN], region)
        if phonenumbers.is_possible_number(number):
            found.append(digits(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)))
    without_trunk = digits(written.replace("(0)", ""))
    found += [plain, without_trunk, without_trunk.lstrip("0"), plain.lstrip("0")]
    return tuple(dict.fromkeys(run for run in found if run))


def e164_or_as_written(phone: str | None, region: str) -> str | None:
    """For imports, where an odd number is better than none."""
    try:
        return e164(phone, region)
    except BadPhone:
        return phone.strip() if phone else None
