"""The built web app's files, and its first page for every address that the app itself understands."""

from pathlib import Path, PurePath
from typing import Annotated

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import File

from api.deps import Chosen

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose name holds a sum of their content."""
FRESH = "no-cache"
"""Asked for again each time: the first page, the service worker, the manifest."""
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Said here, because what the machine knows of content types differs from one to the next."""
NOT_BUILT = "The web app is not built yet: run `make setup`, then load this page again."

FilePath = Annotated[PurePath, PathParameter()]


@get("/", include_in_schema=False, sync_to_thread=True)
def get_first_page(settings: Chosen) -> File:
    """Where everybody begins."""
    return web_file(settings.server.web_app.resolve(), PurePath("/"))


@get("/{path:path}", include_in_schema=False, sync_to_thread=True)
def get_web_app(settings: Chosen, path: FilePath) -> File:
    """A file of the app; its first page where there is no such file and the name looks like none."""
    return web_file(settings.server.web_app.resolve(), path)


def web_file(folder: Path, path: PurePath) -> File:
    wanted = (folder / path.relative_to("/")).resolve()
    if not wanted.is_relative_to(folder) or path.parts[1:2] == ("api",):
        raise NotFoundException("There is nothing at this address.")
    if not wanted.is_file():
        if wanted.suffix:
            raise NotFoundException("There is no such file.")
        wanted = folder / "index.html"
    if not wanted.is_file():
        raise NotFoundException(NOT_BUILT)
    hashed = wanted.parent == folder / "assets"
    return File(
        wanted,
        media_type=TYPES.get(wanted.suffix),
        content_disposition_type="inline",
        headers={"Cache-Control": IMMUTABLE if hashed else FRESH},
    )
