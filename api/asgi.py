"""For any ASGI server that runs several web processes; `rounds serve` needs none."""

from api.app import create_app
from api.settings import read_settings

app = create_app(read_settings())
