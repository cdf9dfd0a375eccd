"""Other programs that are told what happens, as an administrator sets them up and sees what became of it."""

from litestar import delete, get, post
from litestar.params import JSONBody

from api.answers import changes, reads
from api.auth import admins
from api.deps import Chosen, Id, Store
from api.schemas import AddWebhook
from api.sending import checked
from storage.errors import BadReceiver, UnknownWebhook
from storage.outside.webhooks import Delivery, NewWebhook, Webhook, Webhooks


@get("/webhooks", operation_id="listWebhooks", guards=[admins], responses=reads(), sync_to_thread=True)
def list_webhooks(database: Store) -> tuple[Webhook, ...]:
    """Receivers, without their secrets."""
    with database.reading() as session:
        return Webhooks(session).list()


@post(
    "/webhooks",
    operation_id="addWebhook",
    guards=[admins],
    responses=changes(BadReceiver),
    sync_to_thread=True,
)
def add_webhook(data: JSONBody[AddWebhook], database: Store, settings: Chosen) -> NewWebhook:
    """A receiver, and the secret that its messages are signed with, told once (Standard Webhooks)."""
    checked(data.url, settings.webhooks.local)
    with database.writing() as session:
        return Webhooks(session).add(data.url, data.kinds)


@delete(
    "/webhooks/{webhook_id:str}",
    operation_id="removeWebhook",
    guards=[admins],
    responses=changes(UnknownWebhook),
    sync_to_thread=True,
)
def remove_webhook(webhook_id: Id, database: Store) -> None:
    """Nothing more is sent there, not even what waits."""
    with database.writing() as session:
        Webhooks(session).remove(webhook_id)


@get("/deliveries", operation_id="listDeliveries", guards=[admins], responses=reads(), sync_to_thread=True)
def list_deliveries(database: Store) -> tuple[Delivery, ...]:
    """What was sent, what waits and why, the newest first."""
    with database.reading() as session:
        return Webhooks(session).log()


@post(
    "/deliveries/{delivery_id:str}/again",
    operation_id="sendAgain",
    guards=[admins],
    status_code=204,
    responses=changes(UnknownWebhook),
    sync_to_thread=True,
)
def send_again(delivery_id: Id, database: Store) -> None:
    """Once more, now."""
    with database.writing() as session:
        Webhooks(session).again(delivery_id)
