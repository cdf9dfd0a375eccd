import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech import decoding
from speech.decoding import decode
from speech.errors import EmptyRecording, NotAudio, RecordingError, TooLong, TooShort
from speech.sound import SAMPLE_RATE


def tone(seconds: float, hertz: float = 440.0) -> np.ndarray:
    at = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.5 * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


def pitch(samples: np.ndarray) -> float:
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    return float(spectrum.argmax()) * SAMPLE_RATE / len(middle)


@pytest.mark.parametrize(
    ("container", "codec", "rate", "layout"),
    [
        ("webm", "libopus", 48_000, "mono"),
        ("ogg", "libopus", 48_000, "stereo"),
        ("mp4", "aac", 44_100, "stereo"),
        ("mp3", "libmp3lame", 22_050, "mono"),
        ("flac", "flac", 48_000, "mono"),
        ("wav", "pcm_s16le", 8_000, "stereo"),
        ("adts", "aac", 48_000, "mono"),
        ("amr", "libopencore_amrnb", 8_000, "mono"),
        ("3gp", "libopencore_amrnb", 8_000, "mono"),
        ("3gp", "aac", 32_000, "mono"),
    ],
)
def test_every_container_of_a_phone_is_decoded(encoded, container, codec, rate, layout):
    sound = decode(encoded(tone(2.0), container, codec, rate, layout))
    assert sound.length_s == pytest.approx(2.0, abs=0.15)
    assert sound.samples.dtype == np.float32
    assert pitch(sound.samples) == pytest.approx(440, abs=3)
    assert 0.3 < np.abs(sound.samples[8000:-8000]).max() < 0.7


@pytest.mark.parametrize(
    ("name", "seconds"), [("chrome-live.webm", 14.9), ("ios-fragmented.mp4", 25.8), ("ios.m4a", 33.1)]
)
def test_what_phones_really_record_is_decoded(recording, name, seconds):
    assert decode(recording(name)).length_s == pytest.approx(seconds, abs=0.2)


@pytest.mark.parametrize("name", ["chrome-live.webm", "ios-fragmented.mp4"])
@pytest.mark.parametrize("share", [0.3, 0.62, 0.95])
def test_a_truncated_file_gives_what_is_there(recording, name, share):
    data = recording(name)
    whole = decode(data).length_s
    assert whole * share * 0.6 < decode(data[: int(len(data) * share)]).length_s < whole


def test_a_scratch_in_the_middle_costs_only_itself(recording):
    data = bytearray(recording("chrome-live.webm"))
    data[30_000:30_400] = bytes(400)
    assert decode(bytes(data)).length_s > 13


def test_nothing_at_all_has_its_own_error():
    with pytest.raises(EmptyRecording) as caught:
        decode(b"")
    assert caught.value.code == "empty_recording"
    assert caught.value.action


def test_a_fifth_of_a_second_is_too_short(encoded):
    with pytest.raises(TooShort, match=r"0\.2 seconds"):
        decode(encoded(tone(0.2), "wav", "pcm_s16le"))


def test_a_file_without_an_end_is_not_read_into_memory(encoded, monkeypatch):
    monkeypatch.setattr(decoding, "LONGEST_S", 1.0)
    with pytest.raises(TooLong):
        decode(encoded(tone(3.0), "flac", "flac"))


@pytest.mark.parametrize(
    "data",
    [
        b"Dear diary, today I visited the Brass Otter.\n" * 50,
        b"1\n00:00:01,000 --> 00:00:02,000\nA subtitle\n\n" * 20,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        bytes(4096),
        b"RIFF" + struct.pack("<I", 4) + b"WAVE",
    ],
)
def test_what_is_not_a_recording_is_told(data):
    with pytest.raises(NotAudio) as caught:
        decode(data)
    assert caught.value.code == "not_audio"


@given(
    st.binary(min_size=1, max_size=600), st.sampled_from([b"", b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"ID3"])
)
def test_any_bytes_give_a_sound_or_an_error_of_ours(data, magic):
    try:
        assert decode(magic + data).length_s >= decoding.SHORTEST_S
    except RecordingError as error:
        assert error.code in {"not_audio", "too_short"}
