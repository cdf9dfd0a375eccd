"""Hands letters to the company's own mail server, one at a time, and says in plain words what it answered.

What was refused before the letter itself was handed over is safe to try again; a line that broke after that
leaves it open whether the server took it, and such a letter is not tried again by itself.
"""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from api.outbox import Outbox
from storage.database import Database
from storage.settings import MailSettings
from storage.waiting.letters import Letters, Outgoing, Posted

PATIENCE_S = 30.0
"""For each answer of the mail server."""
TAKEN = range(200, 300)
REFUSED = range(500, 600)


def postman(database: Database, settings: MailSettings) -> Outbox:
    """Beside the worker; without a mail server it has nothing to do."""
    return Outbox(
        "letters", PATIENCE_S, lambda: settings.ready and post_one(database, settings), lambda: None
    )


def post_one(database: Database, settings: MailSettings, patience_s: float = PATIENCE_S) -> bool:
    """False when nothing waits."""
    with database.reading() as session:
        if not Letters(session).waiting():
            return False
    with database.writing() as session:
        letter = Letters(session).claim()
    if letter is None:
        return False
    posted = post(letter, settings, patience_s)
    with database.writing() as session:
        Letters(session).settle(letter.id, posted)
    return True


def post(letter: Outgoing, settings: MailSettings, patience_s: float = PATIENCE_S) -> Posted:
    """One attempt; never raises what a mail server can cause."""
    try:
        server = connect(settings, patience_s)
    except smtplib.SMTPAuthenticationError:
        return Posted(state="later", said="The mail server does not take our user name and password.")
    except smtplib.SMTPNotSupportedError:
        return Posted(
            state="later", said="The mail server does not offer what is set up: encryption or login."
        )
    except (OSError, smtplib.SMTPException) as error:
        return Posted(state="later", said=f"The mail server was not reached: {error}.")
    try:
        return hand_over(server, letter, settings)
    except (OSError, smtplib.SMTPException) as error:
        return Posted(state="later", said=f"The mail server broke off: {error}.")
    finally:
        server.close()


def connect(settings: MailSettings, patience_s: float) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=patience_s, context=trusted
        )
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=patience_s)
    try:
        if settings.security == "starttls":
            server.starttls(context=trusted)
        if settings.user:
            server.login(settings.user, settings.password)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def hand_over(server: smtplib.SMTP, letter: Outgoing, settings: MailSettings) -> Posted:
    server.ehlo_or_helo_if_needed()
    for code, answer in (server.mail(settings.sender), server.rcpt(letter.address)):
        if code not in TAKEN:
            return refusal("this address", code, answer)
    try:
        code, answer = server.data(written(letter, settings).as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        return refusal("this letter", error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        said = f"The line to the mail server broke, so that it is not known whether this arrived: {error}."
        return Posted(state="unsure", said=said)
    return Posted(state="sent", said=None) if code in TAKEN else refusal("this letter", code, answer)


def refusal(what: str, code: int, answer: bytes | str) -> Posted:
    """5xx is for good, 4xx passes: RFC 5321, 4.2.1."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    if code in REFUSED:
        return Posted(state="refused", said=f"The mail server refused {what}: {code} {said}")
    return Posted(state="later", said=f"The mail server does not take {what} now: {code} {said}")


def written(letter: Outgoing, settings: MailSettings) -> EmailMessage:
    """Its id is the same at each attempt, so that a server that got it twice can tell."""
    name, _, domain = settings.sender.rpartition("@")
    message = EmailMessage()
    message["From"] = Address(" ".join(letter.sender_name.split()), name, domain)
    message["To"] = letter.address
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    message.set_content(letter.text + "\n")
    return message
