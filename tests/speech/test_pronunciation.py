"""Names are compared with what they sound like, too."""

import pytest

from speech.phonetics import similarity, tokens
from speech.pronunciation import RESPELLED, heard_as


def test_the_names_own_words_come_first():
    assert heard_as("Brass Otter") == ("brass otter",)
    assert heard_as("Ana Ní Bhriain")[0] == "ana ni bhriain"


@pytest.mark.parametrize(
    ("name", "heard"),
    [("Aoife Daly", "Eefa Daly"), ("CO2", "co two"), ("Wojciech", "Voychek"), ("Caoimhe", "Keeva")],
)
def test_what_is_heard_is_more_like_the_sound_than_like_the_letters(name, heard):
    ways = heard_as(name)
    assert max(similarity(heard, way) for way in ways) > similarity(heard, name)
    assert max(similarity(heard, way) for way in ways) > 0.9


def test_every_respelling_is_found_by_the_name_without_accents():
    for name, ways in RESPELLED.items():
        assert tokens(name) == (name,)
        assert all(tokens(way) == (way,) and way != name for way in ways.split())


def test_long_numbers_are_not_spoken_out():
    assert heard_as("Unit 2045") == ("unit 2045",)
