import numpy as np

from speech.bench import RUNS, Clip, measure
from speech.sound import SAMPLE_RATE, Sound
from speech.types import Vocabulary


def test_every_sound_is_heard_and_the_timed_ones_five_times(encoded, tmp_path):
    path = tmp_path / "a.flac"
    path.write_bytes(encoded(np.zeros(2 * SAMPLE_RATE, np.float32), "flac", "flac"))
    given: list[Vocabulary] = []

    def hear(sound: Sound, vocabulary: Vocabulary) -> str:
        given.append(vocabulary)
        return f"sound {len(given)}"

    clip = Clip(group="w", path=str(path), text="", world=None, vocabulary=Vocabulary(terms=()), timed=False)
    timed = Clip(group="w", path=str(path), text="", world=None, vocabulary=clip.vocabulary, timed=True)
    heard = measure(hear, [clip, timed])
    assert heard.texts == ("sound 1", f"sound {1 + RUNS}")
    assert 1.9 < heard.timed_s < 2.1
    assert heard.peak_mb > 10
