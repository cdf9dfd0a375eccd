"""A model is loaded once, goes when nobody has spoken for a while, and comes back with the next recording."""

import numpy as np
import pytest

from speech.engines.canned import CannedTranscriber
from speech.errors import ModelUnavailable
from speech.resting import RestingTranscriber
from speech.sound import SAMPLE_RATE, sound
from speech.types import Vocabulary

NOTHING = Vocabulary(terms=())
SECOND = sound(np.zeros(SAMPLE_RATE, np.float32))


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class Models:
    """Counts how often one is loaded."""

    def __init__(self) -> None:
        self.loaded = 0

    def __call__(self) -> CannedTranscriber:
        self.loaded += 1
        return CannedTranscriber(otherwise=f"model {self.loaded}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def models() -> Models:
    return Models()


def test_it_is_loaded_once_and_stays_while_it_is_used(clock, models):
    resting = RestingTranscriber(models, 60.0, clock)
    for _ in range(3):
        clock.now_s += 59
        assert not resting.rest()
        assert resting.transcribe(SECOND, NOTHING).text == "model 1"
    assert models.loaded == 1


def test_it_goes_when_idle_and_comes_back_with_the_next_recording(clock, models):
    resting = RestingTranscriber(models, 60.0, clock)
    clock.now_s += 60
    assert resting.rest()
    assert not resting.rest()
    assert models.loaded == 1
    assert resting.transcribe(SECOND, NOTHING, "de").language == "de"
    assert models.loaded == 2
    assert not resting.rest()


def test_it_does_not_go_while_it_works(clock):
    tried = []

    class Slow(CannedTranscriber):
        def transcribe(self, *given):
            clock.now_s += 3600
            tried.append(resting.rest())
            return super().transcribe(*given)

    resting = RestingTranscriber(Slow, 60.0, clock)
    resting.transcribe(SECOND, NOTHING)
    assert tried == [False]
    assert not resting.rest()


def test_a_model_that_cannot_be_loaded_is_known_at_the_start(clock):
    def broken():
        raise ModelUnavailable("There is no such model.")

    with pytest.raises(ModelUnavailable):
        RestingTranscriber(broken, 60.0, clock)
