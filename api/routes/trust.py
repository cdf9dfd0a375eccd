"""How a phone comes to trust this installation's own authority; open to all, for nobody is in yet."""

from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException

from api.deps import Chosen

PAGE = Path(__file__).resolve().parent.parent / "pages" / "trust.html"


@get("/trust", include_in_schema=False, media_type="text/html", sync_to_thread=True)
def get_trust() -> str:
    """Plain large text, with the download."""
    return PAGE.read_text(encoding="utf-8")


@get("/trust/rounds.crt", include_in_schema=False, sync_to_thread=True)
def get_authority(settings: Chosen) -> Response[bytes]:
    """The authority's certificate; its key never leaves the server's folder."""
    certificate = settings.tls / "authority.pem"
    if not certificate.is_file():
        raise NotFoundException("This server makes no certificates of its own.")
    return Response(
        certificate.read_bytes(),
        media_type="application/x-x509-ca-cert",
        headers={"Content-Disposition": 'attachment; filename="rounds.crt"'},
    )
