"""The enrolment link and its QR code. The code stands behind the `#`, which no server or proxy logs."""

import io

import segno

from api.schemas import Invitation
from api.settings import Settings
from api.tls import reachable_address
from storage.records import Invite


def public_url(settings: Settings) -> str:
    """The address that phones reach this installation under."""
    server = settings.server
    if server.public_url:
        return server.public_url.rstrip("/")
    if server.https:
        return f"https://{reachable_address()}:{server.https_port}"
    return f"http://{server.host}:{server.port}"


def enrolment_link(code: str, settings: Settings) -> str:
    return f"{public_url(settings)}/enrol#{code}"


def invitation(invite: Invite, settings: Settings) -> Invitation:
    url = enrolment_link(invite.code, settings)
    drawing = io.BytesIO()
    segno.make(url, error="m").save(
        drawing, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return Invitation(
        code=invite.code, url=url, qr_svg=drawing.getvalue().decode(), expires_at=invite.expires_at
    )


def terminal_code(url: str) -> str:
    """The QR code in half blocks, for a dark or a light terminal."""
    drawing = io.StringIO()
    segno.make(url, error="l").terminal(drawing, compact=True)
    return drawing.getvalue()
