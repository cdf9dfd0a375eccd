"""Headers on every answer, errors included: what a browser may do with it, and who may keep it."""

from litestar.types import BeforeMessageSendHookHandler, Message, Scope

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{pictures}; "
        "media-src 'self' blob:; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), geolocation=(self), camera=(), payment=(), usb=()",
}


def headers_for(pictures: str) -> BeforeMessageSendHookHandler:
    """`pictures` is the origin of a map's tiles, the only strangers that a page may ask for; empty for none.

    What the company knows is kept by no cache; the web app's files say themselves how long they last.
    """
    allowed = {name: value.replace("{pictures}", f" {pictures}".rstrip()) for name, value in HEADERS.items()}
    always = [(name.lower().encode(), value.encode()) for name, value in allowed.items()]
    company = [*always, (b"cache-control", b"no-store")]

    async def add_headers(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        said = list(message["headers"])
        names = {name for name, _ in said}
        ours = company if scope["path"].startswith("/api/") else always
        message["headers"] = said + [pair for pair in ours if pair[0] not in names]

    return add_headers
