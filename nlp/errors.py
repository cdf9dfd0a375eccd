"""What the language room can fail with.

NlpError
├── ModelMissing    the English model is not installed
└── UnknownZone     the company's time zone is no IANA name
"""


class NlpError(Exception):
    """Base of all; `code` is stable, the message is for people."""

    code: str = "nlp"
    action: str = "Try again; if it stays, show the log to whoever runs the server."
    retryable: bool = False


class ModelMissing(NlpError):
    code = "model_missing"
    action = "Run `make setup`, which installs the English model."


class UnknownZone(NlpError):
    code = "unknown_zone"
    action = "Set the company's time zone to an IANA name, such as Europe/Dublin."
