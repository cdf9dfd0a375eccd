import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.sound import SAMPLE_RATE, Sound, Stretch
from speech.windows import ENOUGH_S, LONGEST_S, after, windows


@st.composite
def sounds(draw):
    at, speech = 0.0, []
    for pause, length in draw(
        st.lists(st.tuples(st.floats(0.1, 20), st.floats(0.3, 70)), min_size=1, max_size=8)
    ):
        speech.append(Stretch(at + pause, at + pause + length))
        at = speech[-1].end_s
    return Sound(samples=np.zeros(int((at + 1) * SAMPLE_RATE), np.float32), speech=tuple(speech))


@given(sounds())
def test_windows_hold_all_speech_in_order_and_fit_the_model(sound):
    found = windows(sound)
    assert all(window.length_s <= LONGEST_S + 1e-6 for window in found)
    parts = [part for window in found for part in window.parts]
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(parts))
    for stretch in sound.speech:
        covered = sum(max(0.0, min(p.end_s, stretch.end_s) - max(p.start_s, stretch.start_s)) for p in parts)
        assert covered == pytest.approx(stretch.length_s, abs=0.01)


@given(sounds(), st.floats(0, 1))
def test_what_is_spoken_later_changes_the_last_window_alone(sound, share):
    until = sound.length_s * share
    speech = tuple(
        Stretch(stretch.start_s, min(stretch.end_s, until))
        for stretch in sound.speech
        if stretch.start_s < until
    )
    early = windows(Sound(samples=sound.samples[: int(until * SAMPLE_RATE) + 1], speech=speech))
    assert early[:-1] == windows(sound)[: max(0, len(early) - 1)]


@given(sounds())
def test_the_speech_from_a_window_on_is_cut_into_the_same_windows(sound):
    found = windows(sound)
    for number, window in enumerate(found):
        assert windows(after(sound, window.parts[0].start_s)) == found[number:]


@given(sounds())
def test_a_moment_of_a_window_is_a_moment_of_its_parts(sound):
    for window in windows(sound):
        moments = [window.time(share * window.length_s / 10) for share in range(11)]
        assert moments == sorted(moments)
        assert moments[0] == pytest.approx(window.parts[0].start_s)
        assert moments[-1] == pytest.approx(window.parts[-1].end_s, abs=0.01)
        assert len(window.samples(sound)) == pytest.approx(window.length_s * SAMPLE_RATE, abs=8)


@given(sounds())
def test_a_window_ends_at_the_first_pause_after_it_has_enough(sound):
    ends = {stretch.end_s for stretch in sound.speech}
    for window, following in itertools.pairwise(windows(sound)):
        held = 0.0
        for stretch in sound.speech:
            inside = [p for p in window.parts if p.start_s < stretch.end_s and stretch.start_s < p.end_s]
            held += sum(min(p.end_s, stretch.end_s) - max(p.start_s, stretch.start_s) for p in inside)
            if held >= ENOUGH_S and stretch.end_s < window.parts[-1].end_s:
                pytest.fail("it went on after a pause")
        assert window.length_s >= ENOUGH_S or _next_is_long(sound, window, following)
        assert window.parts[-1].end_s in ends or window.length_s > LONGEST_S / 2


def _next_is_long(sound, window, following) -> bool:
    """It ended early because all that comes before the next pause has no room in it."""
    stretch = next(s for s in sound.speech if s.end_s > following.parts[0].start_s)
    return window.length_s + stretch.end_s - window.parts[-1].end_s > LONGEST_S - 1e-6 or (
        window.length_s + stretch.length_s > LONGEST_S - 1e-6
    )


def test_a_long_stretch_is_cut_where_it_is_quietest():
    samples = np.ones(60 * SAMPLE_RATE, np.float32)
    samples[24 * SAMPLE_RATE : 25 * SAMPLE_RATE] = 0
    first, *_ = windows(Sound(samples=samples, speech=(Stretch(0.0, 60.0),)))
    assert 24.0 < first.parts[0].end_s < 25.0
