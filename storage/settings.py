"""Where the company's records and recordings lie."""

from typing import Literal

import msgspec
from email_validator import EmailNotValidError, validate_email


class DatabaseSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    url: str | None = None
    """`postgresql://…` for many machines, `sqlite:///…` for one; unset: `rounds.db` in the home folder."""
    pool_size: int = 10
    """Connections that one process keeps open at most."""
    busy_timeout_s: float = 30.0
    """Seconds that a writer waits for another one before it gives up (SQLite)."""


class WebhookSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    local: bool = False
    """Also send to machines of the own network, by plain http too; off, they are refused."""


class MailSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    host: str = ""
    """Mail server that takes letters to customers (SMTP); empty: none is ever sent."""
    port: int = 587
    """Its port; 465 as a rule with `tls`."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the line to it is encrypted; `none` on this machine or a network of one's own only."""
    user: str = ""
    """Name to log in with; empty: no login."""
    password: str = ""
    """Password to log in with."""
    sender: str = ""
    """Address that letters come from, such as `service@example.com`."""

    def __post_init__(self) -> None:
        if not self.host:
            return
        try:
            validate_email(self.sender, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise ValueError(
                f"a mail server needs ROUNDS_MAIL__SENDER, the address that letters come from: {error}"
            ) from error

    @property
    def ready(self) -> bool:
        """Letters can be sent."""
        return bool(self.host)


class AudioSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    url: str | None = None
    """`s3://bucket/prefix` for an S3-compatible store; unset: the folder `audio` in the home folder."""
    endpoint: str | None = None
    """Address of an S3-compatible store that is not Amazon's, such as `http://127.0.0.1:9000`."""
    memo_limit_mb: int = 200
    """Largest recording that is taken, in megabytes."""

    @property
    def memo_limit(self) -> int:
        """The same in bytes."""
        return self.memo_limit_mb * 1_000_000
