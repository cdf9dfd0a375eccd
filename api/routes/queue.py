"""What customers wait for, and who does what about it."""

from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from api.answers import changes, reads
from api.auth import employees, managers
from api.deps import After, Caller, Id, Limit, Store
from api.schemas import HandOn, PutAbility
from nlp.types import Owner
from storage.errors import BadCursor, TaskDone, TaskTaken, UnknownEmployee, UnknownPromise
from storage.records import Page
from storage.waiting.abilities import Abilities, Ability
from storage.waiting.queue import Queue, Task, Whose

OfWhom = Annotated[Whose, QueryParameter(description="What lies with the caller, or with everybody.")]
OwedBy = Annotated[Owner, QueryParameter(description="What customers wait for, or what they promised us.")]


@get("/queue", operation_id="getQueue", guards=[employees], responses=reads(BadCursor), sync_to_thread=True)
def get_queue(
    caller: Caller,
    database: Store,
    whose: OfWhom = "mine",
    owner: OwedBy = "us",
    limit: Limit = 50,
    after: After = None,
) -> Page[Task]:
    """In the order received; `ahead` says why something goes before its turn."""
    with database.reading() as session:
        return Queue(session).page(caller.employee.id, whose, owner, limit, after)


@get(
    "/queue/{task_id:str}",
    operation_id="getTask",
    guards=[employees],
    responses=reads(UnknownPromise),
    sync_to_thread=True,
)
def get_task(task_id: Id, database: Store) -> Task:
    """One, done or not."""
    with database.reading() as session:
        return Queue(session).get(task_id)


@post(
    "/queue/{task_id:str}/take",
    operation_id="takeTask",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise, TaskTaken, TaskDone),
    sync_to_thread=True,
)
def take_task(task_id: Id, caller: Caller, database: Store) -> Task:
    """The caller does it, unless somebody else said so before."""
    with database.writing() as session:
        return Queue(session).take(task_id, by=caller.employee.id)


@delete(
    "/queue/{task_id:str}/take",
    operation_id="putTaskBack",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise, TaskDone),
    sync_to_thread=True,
)
def put_task_back(task_id: Id, database: Store) -> Task:
    """It lies where it would have lain by itself."""
    with database.writing() as session:
        return Queue(session).put_back(task_id)


@post(
    "/queue/{task_id:str}/hand",
    operation_id="handTaskOn",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise, UnknownEmployee, TaskDone),
    sync_to_thread=True,
)
def hand_task_on(task_id: Id, data: JSONBody[HandOn], caller: Caller, database: Store) -> Task:
    """To somebody else; to oneself it takes it over from whoever has it."""
    with database.writing() as session:
        return Queue(session).hand(task_id, data.to, by=caller.employee.id)


@post(
    "/queue/{task_id:str}/done",
    operation_id="finishTask",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise),
    sync_to_thread=True,
)
def finish_task(task_id: Id, caller: Caller, database: Store) -> Task:
    """A promise is kept, a complaint closed, a request answered."""
    with database.writing() as session:
        return Queue(session).done(task_id, by=caller.employee.id)


@delete(
    "/queue/{task_id:str}/done",
    operation_id="reopenTask",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise),
    sync_to_thread=True,
)
def reopen_task(task_id: Id, database: Store) -> Task:
    """It is not done after all."""
    with database.writing() as session:
        return Queue(session).undo(task_id)


@get("/abilities", operation_id="listAbilities", guards=[employees], responses=reads(), sync_to_thread=True)
def list_abilities(database: Store) -> tuple[Ability, ...]:
    """Everybody who works here, with what they are good at and where."""
    with database.reading() as session:
        return Abilities(session).list()


@put(
    "/abilities/{employee_id:str}",
    operation_id="putAbility",
    guards=[managers],
    responses=changes(UnknownEmployee),
    sync_to_thread=True,
)
def put_ability(employee_id: Id, data: JSONBody[PutAbility], database: Store) -> Ability:
    """What comes from now on is laid with people by it."""
    with database.writing() as session:
        return Abilities(session).put(employee_id, data.skills, data.areas)
