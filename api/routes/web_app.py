"""The built web app's files, and its first page for every address that the app itself understands."""

from pathlib import Path
from typing import Annotated

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import File

from api.deps import Chosen

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose name holds a sum of their content."""
FRESH = "no-cache"
"""Asked for again each time: the first page, the service worker, the manifest."""
TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".woff2": "font/woff2"}
NOT_BUILT = "The web app is not built yet: run `make setup`, then start the server again.\n"

FilePath = Annotated[Path, PathParameter()]


@get(["/", "/{path:path}"], include_in_schema=False, sync_to_thread=True)
def get_web_app(settings: Chosen, path: FilePath = Path("/")) -> Response[str] | File:
    """A file of the app; its first page where there is no such file and the name looks like none."""
    folder = settings.server.web_app.resolve()
    wanted = (folder / path.relative_to("/")).resolve()
    if not wanted.is_relative_to(folder) or path.parts[1:2] == ("api",):
        raise NotFoundException("There is nothing at this address.")
    if not wanted.is_file():
        if wanted.suffix:
            raise NotFoundException("There is no such file.")
        wanted = folder / "index.html"
    if not wanted.is_file():
        return Response(NOT_BUILT, status_code=503, media_type="text/plain")
    hashed = wanted.parent == folder / "assets"
    return File(
        wanted,
        media_type=TYPES.get(wanted.suffix),
        content_disposition_type="inline",
        headers={"Cache-Control": IMMUTABLE if hashed else FRESH},
    )
