"""Serves one application on two addresses: plain HTTP for this machine, HTTPS for the phones around it."""

import asyncio
import contextlib
import logging
import signal
import socket
import ssl
from collections.abc import Generator

import uvicorn
from litestar import Litestar

from api import memory
from api.settings import ServerSettings, Settings
from api.tls import Certificate, ensure_certificate
from api.workers import WorkerProcess
from storage.errors import StorageError
from storage.sound.uploads import Uploads

log = logging.getLogger("rounds.serving")
DRAIN_S = 20
"""Seconds that answers under way get when the server is told to stop."""
CHECK_CERTIFICATE_EVERY_S = 60.0
PRUNE_EVERY_S = 6 * 3600.0


class Listener(uvicorn.Server):
    """One address. Signals are the business of `serve`, which stops all listeners together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def bind(server: ServerSettings) -> list[socket.socket]:
    """A socket for each address, taken before anything else starts. Raises OSError in plain words."""
    addresses = [(server.host, server.port, "--port")]
    if server.https:
        addresses.append((server.https_host, server.https_port, "--https-port"))
    sockets = []
    for host, port, option in addresses:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            taken = socket.create_server((host, port), family=family, backlog=2048)
            # asyncio sets it only where it made the socket itself; without it each answer waits 40 ms
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sockets.append(taken)
        except OSError as error:
            raise OSError(
                f"cannot listen on {host} port {port} ({error.strerror}). "
                f"Is Rounds running already? Another port: {option}."
            ) from error
    return sockets


def listeners(app: Litestar, settings: Settings) -> list[Listener]:
    server = settings.server
    found = [Listener(config(app, server.host, server.port, None))]
    if server.https:
        files = ensure_certificate(settings.tls)
        found.append(Listener(config(app, server.https_host, server.https_port, files)))
    return found


def config(app: Litestar, host: str, port: int, files: Certificate | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        ssl_certfile=files.chain if files else None,
        ssl_keyfile=files.key if files else None,
        http="h11",  # goes on reading, and forgets, what is sent after a refusal: the phone sees the reason
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=DRAIN_S,
    )


async def serve(app: Litestar, settings: Settings, worker: bool, sockets: list[socket.socket]) -> None:
    """On `bind`'s sockets until SIGTERM or SIGINT; then streams end, answers finish, the worker stops."""
    servers = listeners(app, settings)
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with app.lifespan(), asyncio.TaskGroup() as group:
        memory.keep_what_is_loaded()
        running = [
            group.create_task(server.serve(sockets=[taken]))
            for server, taken in zip(servers, sockets, strict=True)
        ]
        child = WorkerProcess() if worker else None
        chores = [
            group.create_task(keep_certificate(servers, settings)),
            group.create_task(throw_parts_away(app)),
        ]
        if child:
            chores.append(group.create_task(child.keep_running()))
        stop = asyncio.create_task(stopping.wait())
        await asyncio.wait([stop, *running], return_when=asyncio.FIRST_COMPLETED)
        await app.state.live.end()
        for server in servers:
            server.should_exit = True
        for chore in chores:
            chore.cancel()
        if child:
            await child.stop()


async def throw_parts_away(app: Litestar) -> None:
    """Of uploads that no phone went on with."""
    while True:
        try:
            await asyncio.to_thread(Uploads(app.state.blobs).prune)
        except StorageError as error:
            log.warning("abandoned uploads stay for now: %s", error)
        await asyncio.sleep(PRUNE_EVERY_S)


async def keep_certificate(servers: list[Listener], settings: Settings) -> None:
    """A machine that moves to another network, or runs for a year, goes on being trusted."""
    while settings.server.https:
        await asyncio.sleep(CHECK_CERTIFICATE_EVERY_S)
        files = await asyncio.to_thread(ensure_certificate, settings.tls)
        for context in (server.config.ssl for server in servers):
            if isinstance(context, ssl.SSLContext):
                context.load_cert_chain(files.chain, files.key)
