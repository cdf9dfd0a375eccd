"""The command `rounds`: arguments in, one call. Models are loaded by the commands that need them alone."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from api.commands import company, language, server, upkeep
from api.commands.demo import load_demo
from api.commands.learn import learn
from api.errors import ROOTS
from api.settings import Settings, SettingsError, read_settings

ROLES = ("rep", "manager", "employee", "admin")


FAILURES: tuple[type[Exception], ...] = (SettingsError, OSError, *ROOTS)
"""What is told in one line; anything else is a bug and shows where."""


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("alembic", "dbos", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        return int(chosen.run(chosen, read_settings()) or 0)
    except FAILURES as error:
        print(f"rounds: {error}", *filter(None, [getattr(error, "action", None)]), file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="rounds", description="A field-sales log that fills itself in.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    add = commands.add_parser("serve", help="serve the web app; on SQLite with a worker beside it")
    add.add_argument("--host", help="address of plain HTTP (127.0.0.1)")
    add.add_argument("--port", type=int, help="port of plain HTTP (8000)")
    add.add_argument("--https-port", type=int, help="port of HTTPS (8443)")
    add.add_argument("--https", action=argparse.BooleanOptionalAction, help="HTTPS for phones around (yes)")
    add.add_argument("--worker", action=argparse.BooleanOptionalAction, help="a worker beside it (on SQLite)")
    add.set_defaults(run=lambda a, s: server.serve(with_server(a, s), a.worker))

    add = commands.add_parser("worker", help="listen to recordings and file reports")
    add.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    add.set_defaults(run=lambda a, s: server.work(s, a.with_parent))

    add = commands.add_parser("import", help="a company: world.json, or customers as CSV")
    add.add_argument("file", type=Path)
    add.set_defaults(run=lambda a, s: company.import_file(s, a.file))

    add = commands.add_parser("invite", help="print a one-time enrolment link and QR code")
    add.add_argument("name")
    add.add_argument("--role", choices=ROLES, help="for somebody new (rep)")
    add.set_defaults(run=lambda a, s: company.invite(s, a.name, a.role))

    add = commands.add_parser("token", help="print a bearer token for a person, and nothing else")
    add.add_argument("name")
    add.set_defaults(run=lambda a, s: company.token(s, a.name))

    add = commands.add_parser("demo", help="fill an empty company from a folder of dictations")
    add.add_argument("folder", type=Path)
    add.set_defaults(run=lambda a, s: load_demo(s, a.folder))

    add_language(commands)
    add_upkeep(commands)
    return top


def add_language(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = commands.add_parser("transcribe", help="print what is said in a recording, as JSON")
    add.add_argument("file", type=Path)
    add.set_defaults(run=lambda a, s: language.transcribe(s, a.file))

    add = commands.add_parser("extract", help="print the report of a text, as JSON")
    add.add_argument("file", help="a text file, or - for what is typed")
    add.set_defaults(run=lambda a, s: language.extract(s, a.file))

    add = commands.add_parser("setup-models", help="join, verify and convert the Whisper weights")
    add.set_defaults(run=lambda _, s: language.setup_models(s))

    add = commands.add_parser("learn", help="show what corrections would change on past visits")
    add.add_argument("--apply", action="store_true", help="write it down, for a person to look at")
    add.set_defaults(run=lambda a, s: learn(s, a.apply))

    add = commands.add_parser("bench", help="replay dictated worlds and score the reports")
    add.add_argument("folder", type=Path, nargs="?", default=Path("../shared/benchmark"))
    add.add_argument("--out", type=Path, default=Path("bench-results"))
    add.add_argument("--text", action="store_true", help="typed notes only, no recordings")
    add.set_defaults(run=lambda a, s: language.bench(s, a.folder, a.out, a.text))

    add = commands.add_parser("openapi", help="print the published contract, as JSON")
    add.set_defaults(run=lambda _, s: server.openapi(s))


def add_upkeep(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = commands.add_parser("jobs", help="print what waits, runs or was given up")
    add.set_defaults(run=lambda _, s: upkeep.jobs(s))

    add = commands.add_parser("verify", help="read every recording again and compare its sum")
    add.set_defaults(run=lambda _, s: upkeep.verify(s))

    add = commands.add_parser("move", help="copy this installation into another database")
    add.add_argument("--to", required=True, help="its address, such as postgresql://...")
    add.add_argument(
        "--audio", help="where the recordings go: s3://bucket, or a new home folder; else they stay"
    )
    add.set_defaults(run=lambda a, s: upkeep.move(s, a.to, a.audio))

    add = commands.add_parser("seed", help="fill an empty installation with made-up visits")
    add.add_argument("--scale", type=int, default=1_000_000, help="visits; a fifth as many customers")
    add.set_defaults(run=lambda a, s: upkeep.seed(s, a.scale // 5, a.scale))


def with_server(chosen: argparse.Namespace, settings: Settings) -> Settings:
    """What the command line says about addresses goes before the variables."""
    names = ("host", "port", "https", "https_port")
    said = {name: value for name in names if (value := getattr(chosen, name)) is not None}
    return msgspec.structs.replace(settings, server=msgspec.structs.replace(settings.server, **said))


if __name__ == "__main__":
    sys.exit(main())
