"""What check-ins are measured against: a Litestar handler that does one insert with the driver itself.

bare.py DATABASE_URL PORT
"""

import sqlite3
import sys
import threading
from contextlib import closing
from typing import Annotated, Any

import psycopg
import uvicorn
from litestar import Litestar, put
from litestar.params import FromPath


def serve(url: str, port: int) -> None:
    local = threading.local()

    def connection() -> Any:
        if not hasattr(local, "connection"):
            local.connection = connect(url)
        return local.connection

    @put("/api/visits/{visit_id:str}", sync_to_thread=True, status_code=201)
    def insert(visit_id: Annotated[str, FromPath], data: dict[str, Any]) -> dict[str, str]:
        where = data["position"]
        values = (visit_id, data["at"], where["lat"], where["lon"])
        mark = "?" if url.startswith("sqlite") else "%s"
        connection().execute(f"INSERT INTO bare VALUES ({mark}, {mark}, {mark}, {mark})", values)
        return {"id": visit_id}

    with closing(connect(url)) as made:
        made.execute("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, at TEXT, lat FLOAT, lon FLOAT)")
    uvicorn.run(Litestar([insert]), port=port, log_level="warning", access_log=False)


def connect(url: str) -> Any:
    """A connection that commits each statement, as durably as ours."""
    if not url.startswith("sqlite"):
        return psycopg.connect(url, autocommit=True)
    made = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("PRAGMA synchronous = FULL")
    return made


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
