"""What handlers ask for by name, and the forms of the values in an address."""

from typing import Annotated, Any, TypeAlias

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from api.live import Live
from api.settings import Settings
from api.together import Together
from storage.database import Database
from storage.records import Identity, Visit
from storage.sound.blobs import ObjectBlobs
from storage.visits.checkins import Arrival
from storage.work.jobs import Jobs

Caller: TypeAlias = NamedDependency[Identity]
Store: TypeAlias = NamedDependency[Database]
Work: TypeAlias = NamedDependency[Jobs]
Sounds: TypeAlias = NamedDependency[ObjectBlobs]
"""Litestar checks the class of what it hands over, which a protocol does not let it."""
CheckIns: TypeAlias = Together[Arrival, tuple[Visit, bool]]
Lines: TypeAlias = NamedDependency[Live]
Chosen: TypeAlias = NamedDependency[Settings]

Id: TypeAlias = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._:~-]{0,99}$")]
"""Made by the client, a UUID as a rule; imported ones stay as they are."""
Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=200, description="Largest number of items.")]
After: TypeAlias = Annotated[
    str | None, QueryParameter(max_length=500, description="`after` of the page before; none for the first.")
]


async def caller(request: Request[Identity, str, State]) -> Identity:
    return request.user


def held(name: str) -> Provide:
    """What the application opened when it started."""

    async def provide(state: State) -> Any:
        return getattr(state, name)

    return Provide(provide)


DEPENDENCIES = {
    "caller": Provide(caller),
    **{name: held(name) for name in ("database", "jobs", "blobs", "live", "settings")},
}
