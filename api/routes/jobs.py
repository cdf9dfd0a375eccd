"""What the workers have before them, for whoever looks after the installation."""

from litestar import get

from api.answers import reads
from api.auth import admins
from api.deps import Limit, Work
from storage.records import Job


@get("/jobs", operation_id="listJobs", guards=[admins], responses=reads(), sync_to_thread=True)
def list_jobs(jobs: Work, limit: Limit = 50) -> tuple[Job, ...]:
    """What waits, runs or was given up, the newest first."""
    return jobs.list(limit)
