"""First step of the path: the bytes that a phone sent become samples, through the FFmpeg that PyAV carries.

Phones send webm/opus without a duration, fragmented mp4, m4a, ogg, wav, mp3, amr/3gp and flac. What can be
decoded of a truncated or scratched file is kept.
"""

import io
from collections.abc import Iterator

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError

from speech.errors import EmptyRecording, NotAudio, TooLong, TooShort
from speech.sound import SAMPLE_RATE, Sound, sound

SHORTEST_S = 0.4
LONGEST_S = 3600.0
"""An hour is 230 MB of samples; a packed file of a few MB can hold days of silence."""

CONTAINERS = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,ogg,wav,mp3,aac,amr,amrnb,amrwb,flac,caf,aiff"
"""Never playlists and their like (hls, concat, sdp): they would make this machine read other files."""


def decode(data: bytes) -> Sound:
    """Raises EmptyRecording, TooShort, TooLong, NotAudio."""
    if not data:
        raise EmptyRecording("The recording is empty.")
    buffer = bytearray()
    for frame in _frames(data):
        buffer += frame.to_ndarray().tobytes()
        if len(buffer) > LONGEST_S * SAMPLE_RATE * 4:
            raise TooLong(f"The recording is longer than {LONGEST_S / 60:.0f} minutes.")
    decoded = sound(np.frombuffer(buffer, np.float32))
    if not buffer:
        raise NotAudio("No sound could be read from the recording.")
    if decoded.length_s < SHORTEST_S:
        raise TooShort(f"The recording is only {decoded.length_s:.1f} seconds long.")
    return decoded


def _frames(data: bytes) -> Iterator[AudioFrame]:
    """Mono float frames at the rate of the model, a second each: small ones cost a third more time."""
    try:
        container = av.open(
            io.BytesIO(data), mode="r", metadata_errors="ignore", options={"format_whitelist": CONTAINERS}
        )
    except (FFmpegError, ValueError) as error:
        raise NotAudio("This is not a recording that can be played.") from error
    with container:
        if not container.streams.audio:
            raise NotAudio("There is no sound in this file.")
        resampler, heard = None, None
        for frame in _decoded(container):
            form = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or form != heard:
                yield from _flush(resampler)
                resampler = AudioResampler(
                    format="flt", layout="mono", rate=SAMPLE_RATE, frame_size=SAMPLE_RATE
                )
                heard = form
            frame.pts = None  # a gap in the file's clock must not become silence or an error
            yield from resampler.resample(frame)
        yield from _flush(resampler)


def _decoded(container: InputContainer) -> Iterator[AudioFrame]:
    """Frames of the first audio stream; a packet that cannot be read is skipped, a broken end is the end."""
    packets = container.demux(container.streams.audio[0])
    while True:
        try:
            packet = next(packets)
        except (StopIteration, FFmpegError):
            return
        try:
            yield from packet.decode()
        except FFmpegError:
            continue


def _flush(resampler: AudioResampler | None) -> list[AudioFrame]:
    return [] if resampler is None else resampler.resample(None)
