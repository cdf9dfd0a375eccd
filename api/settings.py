"""Everything that may be chosen about an installation: composed here, read once from `ROUNDS_` variables.

`ROUNDS_HOME` names the folder of all state; a group's setting is written `ROUNDS_SPEECH__MODEL`.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from nlp.settings import NlpSettings
from speech.settings import SpeechSettings
from storage.settings import AudioSettings, DatabaseSettings, MailSettings, WebhookSettings

PREFIX = "ROUNDS_"
NOT_SETTINGS = frozenset({"ROUNDS_TOKEN", "ROUNDS_TEST_POSTGRES"})
"""Read by clients of the contract and by the tests; by rights in the same shell as the server."""

WEB_APP = Path(__file__).resolve().parent.parent / "mobile-web" / "dist"


class SettingsError(Exception):
    """A setting that does not exist or has a value that does not fit; the server does not start."""


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True):
    host: str = "127.0.0.1"
    """Address that plain HTTP listens on; browsers give no microphone over it except on this machine."""

    port: int = 8000
    """Port of plain HTTP."""

    https: bool = True
    """Also serve HTTPS, with a certificate by this installation's own authority."""

    https_host: str = "0.0.0.0"  # noqa: S104 - phones on the same network are the point
    """Address that HTTPS listens on."""

    https_port: int = 8443
    """Port of HTTPS."""

    public_url: str = ""
    """Address that invitations lead to, such as `https://rounds.example.com`; empty is this machine's own."""

    web_app: Path = WEB_APP
    """Folder of the built web app."""


class MapSettings(msgspec.Struct, frozen=True, kw_only=True):
    tiles: str = ""
    """Where maps get their pictures, such as `https://tiles.example/{z}/{x}/{y}.png`; empty draws without."""

    credit: str = ""
    """What the map says about where its pictures come from, as their licence asks for."""

    def __post_init__(self) -> None:
        source = urlsplit(self.tiles)
        if self.tiles and not (
            re.fullmatch(r"https?", source.scheme)
            and re.fullmatch(r"[A-Za-z0-9.:-]+", source.netloc)
            and all(part in source.path for part in ("{z}", "{x}", "{y}"))
        ):
            raise ValueError("a tile source is an address with {z}, {x} and {y} in its path")

    @property
    def origin(self) -> str:
        """Scheme and host of the source; empty without one."""
        source = urlsplit(self.tiles)
        return f"{source.scheme}://{source.netloc}" if self.tiles else ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    home: Path = Path("var")
    """Folder of all state: database, recordings, models, certificates."""

    database: DatabaseSettings = DatabaseSettings()
    """Where rows are kept."""

    audio: AudioSettings = AudioSettings()
    """Where recordings are kept, and how large they may be."""

    speech: SpeechSettings = SpeechSettings()
    """Who listens, and in which languages."""

    nlp: NlpSettings = NlpSettings()
    """How what was said is understood."""

    server: ServerSettings = ServerSettings()
    """Addresses that are listened on."""

    webhooks: WebhookSettings = WebhookSettings()
    """To whom what happened may be sent."""

    mail: MailSettings = MailSettings()
    """Who takes letters to customers."""

    map: MapSettings = MapSettings()
    """What maps are drawn on."""

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def tls(self) -> Path:
        return self.home / "tls"

    @property
    def embedded(self) -> bool:
        """Rows lie in an SQLite file, so that one machine is all there is."""
        return self.database_url.startswith("sqlite")

    @property
    def database_url(self) -> str:
        return self.database.url or f"sqlite:///{self.home.resolve() / 'rounds.db'}"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingsError for an unknown name, so that a mistyped one is not silently without effect."""
    values: dict[str, Any] = {}
    for name, text in environ.items():
        if name.startswith(PREFIX) and name not in NOT_SETTINGS:
            place(values, name, text)
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=lambda kind, text: kind(text))
    except msgspec.ValidationError as error:
        raise SettingsError(f"A setting has a value that does not fit: {error}") from error


def place(values: dict[str, Any], name: str, text: str) -> None:
    """Puts one variable where its setting stands in the composed structs."""
    group: Any = Settings
    *parents, last = name.removeprefix(PREFIX).lower().split("__")
    for parent in parents:
        group = fields(group).get(parent)
        values = values.setdefault(parent, {})
    kind = fields(group).get(last)
    if kind is None or fields(kind):
        raise SettingsError(f"{name} is no setting of Rounds.")
    values[last] = tuple(text.split(",")) if kind == tuple[str, ...] else text


def fields(group: Any) -> dict[str, Any]:
    """Names and types of a group of settings; empty for anything else."""
    if not (isinstance(group, type) and issubclass(group, msgspec.Struct)):
        return {}
    return {field.name: field.type for field in msgspec.structs.fields(group)}
