"""Whether this server is ready; tells nothing about the company."""

from importlib.metadata import version

from litestar import get

from api.answers import opens
from api.deps import Store, Work
from api.schemas import Health


@get("/health", operation_id="getHealth", responses=opens(), sync_to_thread=True)
def get_health(database: Store, jobs: Work) -> Health:
    """200 when the server is ready, which means that its database answers."""
    with database.reading() as session:
        worker = "running" if jobs.worker_running(session) else "absent"
    return Health(status="ready", version=version("rounds"), worker=worker)
