import numpy as np
import pytest
import torch

from speech.activity import listen, probabilities, stretches
from speech.decoding import decode
from speech.sound import SAMPLE_RATE, sound


def test_speech_is_found_and_the_silence_around_it_is_not(recording):
    spoken = decode(recording("chrome-live.webm")).samples
    quiet = np.zeros(5 * SAMPLE_RATE, np.float32)
    found = listen(sound(np.concatenate([quiet, spoken, quiet]))).speech
    assert found[0].start_s == pytest.approx(5.0, abs=0.5)
    assert found[-1].end_s == pytest.approx(19.9, abs=0.7)


@pytest.mark.parametrize("kind", ["silence", "hum", "hiss"])
def test_three_minutes_without_a_voice_hold_no_speech(kind):
    at = np.arange(180 * SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
    noise = np.random.default_rng(7).normal(0, 0.05, len(at)).astype(np.float32)
    samples = {"silence": at * 0, "hum": 0.2 * np.sin(2 * np.pi * 50 * at), "hiss": noise}[kind]
    assert listen(sound(samples.astype(np.float32))).speech == ()


@pytest.mark.filterwarnings("ignore:.torch.jit.:DeprecationWarning")
def test_the_network_written_out_is_the_one_that_is_shipped(recording):
    import silero_vad

    threads = torch.get_num_threads()
    samples = decode(recording("chrome-live.webm")).samples[: 512 * 200]
    shipped = silero_vad.load_silero_vad()
    expected = [
        shipped(torch.tensor(samples[at : at + 512]), SAMPLE_RATE).item() for at in range(0, 512 * 200, 512)
    ]
    torch.set_num_threads(threads)
    assert probabilities(samples) == pytest.approx(expected, abs=1e-4)


def test_short_pauses_belong_to_the_speech_and_clicks_do_not():
    quiet, voice = [0.0] * 40, [0.9] * 20
    heard = stretches(np.array([*quiet, *voice, *[0.0] * 8, *voice, *quiet, 0.9, *quiet], np.float32), 6.0)
    assert len(heard) == 1
    assert heard[0].length_s == pytest.approx(48 * 0.032 + 0.4, abs=0.05)
