import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.phonetics import keys, similarity, tokens

names = st.text(min_size=1, max_size=30)


@given(names, names)
def test_similarity_is_symmetric_and_a_share(a, b):
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, b) == pytest.approx(similarity(b, a))


@given(names)
def test_a_name_is_like_itself_in_any_case_and_has_keys(name):
    if tokens(name):
        assert similarity(name, name) == pytest.approx(1.0)
        assert keys(name) == keys(f" {name}!")
        assert len(keys(name)) == len(set(keys(name))) > 0
    else:
        assert keys(name) == ()


@pytest.mark.parametrize(
    ("said", "heard", "other"),
    [
        ("Snoqualmie", "snakwami", "Skagit"),
        ("Yusuf Demirci", "use of Demersai", "Joseph Miller"),
        ("Gull & Gimlet", "Gall and Gimlet", "Gallagher's"),
        ("Niamh", "Neve", "Mark"),
        ("Bella Vista", "Bellavista", "Belle Aire"),
        ("Žofia Nováková", "Sofia Novakova", "Sophie Turner"),
    ],
)
def test_a_misheard_name_is_nearer_than_another(said, heard, other):
    assert similarity(said, heard) > similarity(said, other)


def test_small_marks_do_not_make_another_name():
    assert similarity("O'Neill's Café & Bar", "oneill cafe and bar") == pytest.approx(1.0)


def test_loads_no_model():
    heavy = "{'numpy', 'torch', 'av', 'whisper'} & set(sys.modules)"
    code = f"import sys, speech.phonetics, speech.types; print({heavy})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
