"""Signed messages by the Standard Webhooks specification (v1, symmetric), both those sent and those received.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import binascii
import hmac
import secrets
import time
from base64 import b64decode, b64encode

from storage.errors import BadSignature

PREFIX = "whsec_"
SECRET_BYTES = 32
TOLERANCE_S = 300
"""How far the sender's clock may be off; what is older is a repetition by a stranger."""


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()


def verify(
    secret: str, message: str, timestamp: str, signatures: str, body: bytes, now_s: float | None = None
) -> None:
    """Raises BadSignature. `signatures` holds one or more, parted by blanks."""
    try:
        sent_s = int(timestamp)
    except ValueError as error:
        raise BadSignature("`webhook-timestamp` is no number of seconds.") from error
    if abs((time.time() if now_s is None else now_s) - sent_s) > TOLERANCE_S:
        raise BadSignature("`webhook-timestamp` is more than five minutes off this server's clock.")
    right = sign(secret, message, sent_s, body).encode()
    if not any(hmac.compare_digest(right, each.encode()) for each in signatures.split(" ")):
        raise BadSignature


def is_secret(secret: str) -> bool:
    try:
        return len(b64decode(secret.removeprefix(PREFIX), validate=True)) >= 24
    except (binascii.Error, ValueError):
        return False
