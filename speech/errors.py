"""What can go wrong between a sound and its transcript; each kind has a `code` that the outside may show.

SpeechError
├── RecordingError          nothing to gain from trying again with the same bytes
│   ├── EmptyRecording      empty_recording
│   ├── TooShort            too_short
│   ├── TooLong             too_long
│   ├── NotAudio            not_audio
│   └── NoSpeech            no_speech
└── ModelError
    ├── WeightsDamaged      weights_damaged
    └── ModelUnavailable    model_unavailable
"""

from typing import ClassVar

from speech.types import Transcript


class SpeechError(Exception):
    """Any failure of this room; the message is in plain words, `action` says what a person can do."""

    code: ClassVar[str] = "speech_error"
    action: ClassVar[str | None] = None
    retryable: ClassVar[bool] = False


class RecordingError(SpeechError):
    """The recording itself is the problem."""

    code = "recording_error"
    action = "Record again, or type a note."


class EmptyRecording(RecordingError):
    code = "empty_recording"


class TooShort(RecordingError):
    code = "too_short"


class TooLong(RecordingError):
    code = "too_long"
    action = "Send it in several memos."


class NotAudio(RecordingError):
    code = "not_audio"


class NoSpeech(RecordingError):
    code = "no_speech"

    def __init__(self, title: str, transcript: Transcript | None = None) -> None:
        """`transcript` holds no words, only the ledger of what noise sounded like."""
        super().__init__(title)
        self.transcript = transcript


class ModelError(SpeechError):
    """The model is the problem: every recording would fail until somebody acts."""

    code = "model_error"
    retryable = True


class WeightsDamaged(ModelError):
    code = "weights_damaged"
    action = "Run the setup again to install the Whisper weights anew."


class ModelUnavailable(ModelError):
    code = "model_unavailable"
    action = "Check the model setting, and that this machine can download the model."
