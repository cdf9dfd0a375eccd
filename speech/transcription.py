"""The whole way of this room: bytes, samples, where somebody speaks, words."""

from speech.activity import listen
from speech.decoding import decode
from speech.engines.protocol import Transcriber
from speech.errors import NoSpeech
from speech.types import Transcript, Vocabulary


def transcribe(data: bytes, transcriber: Transcriber, vocabulary: Vocabulary) -> Transcript:
    """Raises every RecordingError and ModelError."""
    sound = listen(decode(data))
    if not sound.speech:
        raise NoSpeech("Nobody speaks in this recording.")
    transcript = transcriber.transcribe(sound, vocabulary)
    if not transcript.segments:
        heard = "; ".join(removal.text for removal in transcript.removed)
        raise NoSpeech(
            f"Nobody speaks in this recording; the noise sounded like: {heard}"
            if heard
            else "No words could be made out in this recording."
        )
    return transcript
