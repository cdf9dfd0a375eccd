"""Sends what waits in the outbox, to machines outside the own network only.

The address is looked up once and that very address is called, so a name that changes its meaning between
the check and the call (DNS rebinding) leads nowhere. Redirects are not followed: they would
lead around the check.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from urllib.parse import SplitResult, urlsplit

from api.outbox import Outbox
from storage.database import Database
from storage.errors import BadReceiver
from storage.outside.signing import sign
from storage.outside.webhooks import Message, Outcome, Webhooks

PATIENCE_S = 15.0
"""How long a receiver may take, the specification's advice; a worker has others to serve."""
USER_AGENT = "Rounds"
SCHEMES = {"https": 443, "http": 80}


def checked(url: str, local: bool) -> tuple[SplitResult, str]:
    """The address in parts, and the one IP address to call. Raises BadReceiver."""
    try:
        parts = urlsplit(url)
        port = parts.port or SCHEMES.get(parts.scheme, 0)
        host = parts.hostname or ""
    except ValueError as error:
        raise BadReceiver("This is no web address.") from error
    if parts.scheme not in SCHEMES or not host or parts.username or parts.password or "\x00" in url:
        raise BadReceiver("This is no web address.")
    if parts.scheme != "https" and not local:
        raise BadReceiver("A receiver outside is called by https only.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadReceiver(f"The name {host} leads to no machine.") from error
    addresses = [str(each[4][0]) for each in found]
    inside = [address for address in addresses if not outside(address)]
    if inside and not local:
        raise BadReceiver(f"{host} is {inside[0]}, inside the own network; nothing is sent there.")
    return parts, addresses[0]


def outside(address: str) -> bool:
    """Not private, loopback, link-local, multicast or reserved; an IPv4 address inside an IPv6 one counts."""
    known = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None) or known
    return bool(inner.is_global and not inner.is_multicast)


def send(message: Message, local: bool, patience_s: float = PATIENCE_S) -> Outcome:
    """One attempt; never raises what a receiver can cause."""
    try:
        parts, address = checked(message.url, local)
    except BadReceiver as error:
        return Outcome(status=None, said=str(error))
    began_s = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": message.id,
        "webhook-timestamp": str(began_s),
        "webhook-signature": sign(message.secret, message.id, began_s, message.body),
    }
    connection = connect(parts, address, patience_s)
    alarm = threading.Timer(patience_s, cut, [connection])
    began = time.monotonic()
    try:
        alarm.start()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, message.body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = time.monotonic() - began >= patience_s
        why = f"no answer within {patience_s:g} s" if late or isinstance(error, TimeoutError) else str(error)
        return Outcome(status=None, said=f"The receiver was not reached: {why or type(error).__name__}.")
    finally:
        alarm.cancel()
        connection.close()
    if 300 <= status < 400:
        return Outcome(status=status, said="The receiver redirects; redirects are not followed.")
    return Outcome(status=status, said=None if 200 <= status < 300 else f"The receiver answered {status}.")


def connect(parts: SplitResult, address: str, patience_s: float) -> http.client.HTTPConnection:
    """To this very address, under the name that was asked for."""
    host, port = parts.hostname or "", parts.port or SCHEMES[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=patience_s)

    def dial(_: tuple[str, int], timeout: float, source: object) -> socket.socket:
        plain = socket.create_connection((address, port), timeout)
        if parts.scheme != "https":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)

    connection._create_connection = dial  # type: ignore[attr-defined]  # how http.client lets one dial
    return connection


def cut(connection: http.client.HTTPConnection) -> None:
    """A receiver that drips is not waited for."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def sender(database: Database, local: bool) -> Outbox:
    """Beside the worker."""

    def prune() -> None:
        with database.writing() as session:
            Webhooks(session).prune()

    return Outbox("webhooks", PATIENCE_S, lambda: deliver_one(database, local), prune)


def deliver_one(database: Database, local: bool, patience_s: float = PATIENCE_S) -> bool:
    """False when nothing waits."""
    with database.reading() as session:
        if not Webhooks(session).waiting():
            return False
    with database.writing() as session:
        message = Webhooks(session).claim()
    if message is None:
        return False
    outcome = send(message, local, patience_s)
    with database.writing() as session:
        Webhooks(session).settle(message.id, outcome)
    return True
