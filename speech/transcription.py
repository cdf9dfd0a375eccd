"""The whole way of this room: bytes, samples, where somebody speaks, words."""

from collections.abc import Iterable

from speech.activity import listen
from speech.decoding import decode
from speech.engines.protocol import Transcriber
from speech.errors import NoSpeech
from speech.streaming import Hearing
from speech.types import Passage, Transcript, Vocabulary


def transcribe(
    data: bytes, transcriber: Transcriber, vocabulary: Vocabulary, known: Iterable[Passage] = ()
) -> Transcript:
    """`known` was heard while the recording was being made. Raises every RecordingError and ModelError."""
    sound = listen(decode(data))
    if not sound.speech:
        raise NoSpeech("Nobody speaks in this recording.")
    transcript = Hearing(sound, vocabulary, known).hear_rest(transcriber)
    if not transcript.segments:
        heard = "; ".join(removal.text for removal in transcript.removed)
        raise NoSpeech(
            f"Nobody speaks in this recording; the noise sounded like: {heard}"
            if heard
            else "No words could be made out in this recording.",
            transcript,
        )
    return transcript
