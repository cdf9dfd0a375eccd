"""The sockets that the server listens on."""

import socket

from api.serving import bind
from api.settings import ServerSettings


def test_an_answer_does_not_wait_for_the_one_before_it_to_be_acknowledged() -> None:
    """Headers and body are two packets: Nagle's algorithm would hold the second one back for 40 ms."""
    listening, secure = bind(ServerSettings(host="127.0.0.1", port=0, https_host="127.0.0.1", https_port=0))
    for each in (listening, secure):
        with each, socket.create_connection(each.getsockname()), each.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
