"""The one place where things are joined: settings in, an application out. Opens nothing before it starts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial

from litestar import Litestar, Router
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.memory import MemoryChannelsBackend
from litestar.config.compression import CompressionConfig
from litestar.middleware import DefineMiddleware

from api.auth import DeviceAuthentication, identify_all
from api.contract import DEVICE, openapi_config
from api.deps import DEPENDENCIES
from api.errors import HANDLERS
from api.headers import headers_for
from api.live import CHANNEL, Live
from api.routes import (
    address_book,
    aliases,
    calendar,
    catalogue,
    comments,
    company,
    customers,
    desk,
    duplicates,
    enrolment,
    events,
    exports,
    feed,
    follows,
    health,
    heard,
    imports,
    jobs,
    kept,
    letters,
    memos,
    moments,
    notes,
    parts,
    people,
    persons,
    phone,
    promises,
    queue,
    reports,
    search,
    today,
    trust,
    visits,
    web_app,
    webhooks,
)
from api.settings import Settings
from api.together import Together
from storage.database import Database
from storage.sound.blobs import open_blobs
from storage.visits.checkins import check_in_together
from storage.work.jobs import Jobs

CLOSED = (
    enrolment.get_me,
    enrolment.make_key,
    enrolment.list_my_devices,
    enrolment.revoke_my_device,
    enrolment.forget_me,
    visits.put_visit,
    visits.get_visit,
    visits.list_visits,
    visits.choose_customer,
    visits.forget_position,
    visits.retry_visit,
    memos.put_memo,
    memos.delete_memo,
    memos.get_recording,
    parts.ask_upload,
    parts.append_upload,
    parts.cancel_upload,
    notes.put_note,
    notes.delete_note,
    reports.correct_report,
    reports.approve_visit,
    feed.get_feed,
    follows.list_followed,
    follows.follow,
    follows.unfollow,
    follows.get_digest,
    follows.put_seen,
    comments.get_talk,
    comments.put_comment,
    comments.delete_comment,
    comments.thank,
    comments.take_back_thank,
    heard.list_heard,
    heard.get_heard,
    heard.list_voices,
    heard.rename_heard,
    heard.move_voice,
    heard.part_voice,
    desk.get_review,
    desk.get_sure,
    desk.list_approvals,
    desk.approve_many,
    desk.undo_approval,
    desk.get_desk,
    desk.export_desk,
    desk.list_silent,
    events.get_events,
    customers.find_customers,
    customers.get_my_customers,
    customers.get_customer,
    customers.get_timeline,
    customers.put_customer,
    customers.delete_customer,
    customers.put_contact,
    customers.delete_contact,
    moments.put_moment,
    imports.preview_import,
    imports.choose_columns,
    imports.apply_import,
    imports.undo_import,
    catalogue.list_products,
    catalogue.put_product,
    catalogue.delete_product,
    catalogue.list_competitors,
    catalogue.put_competitor,
    catalogue.delete_competitor,
    aliases.list_aliases,
    aliases.give_alias,
    aliases.delete_alias,
    search.search_said,
    promises.list_promises,
    promises.keep_promise,
    promises.reopen_promise,
    queue.get_queue,
    queue.get_task,
    queue.take_task,
    queue.put_task_back,
    queue.hand_task_on,
    queue.finish_task,
    queue.reopen_task,
    queue.list_abilities,
    queue.put_ability,
    letters.draft_letter,
    letters.send_letter,
    letters.list_letters,
    letters.send_letter_again,
    today.get_today,
    people.list_people,
    people.put_employee,
    people.invite,
    people.revoke_device,
    company.get_company,
    company.put_company,
    calendar.get_calendar,
    address_book.get_contacts,
    exports.export_table,
    persons.get_person,
    persons.list_elsewhere,
    persons.join_persons,
    persons.move_person,
    persons.undo_change,
    duplicates.list_duplicates,
    duplicates.tell_apart,
    duplicates.list_merges,
    duplicates.merge_customers,
    duplicates.undo_merge,
    webhooks.list_webhooks,
    webhooks.add_webhook,
    webhooks.remove_webhook,
    webhooks.list_deliveries,
    webhooks.send_again,
    phone.list_lines,
    phone.add_line,
    phone.put_takers,
    phone.remove_line,
    phone.get_call,
    jobs.list_jobs,
    kept.list_kept,
    kept.get_kept,
    kept.file_kept,
    kept.delete_kept,
)
"""In the order of the path; each needs a token."""
OPEN = (enrolment.enrol, health.get_health, phone.announce_call)


def open_database(settings: Settings) -> Database:
    chosen = settings.database
    return Database(settings.database_url, pool_size=chosen.pool_size, busy_timeout_s=chosen.busy_timeout_s)


def create_app(settings: Settings) -> Litestar:
    channels = ChannelsPlugin(MemoryChannelsBackend(), channels=[CHANNEL], subscriber_max_backlog=100)

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        """Opens the stores, brings the tables to the newest form, and closes all in the opposite order."""
        with closing(open_database(settings)) as database:
            await asyncio.to_thread(database.migrate)
            with closing(await asyncio.to_thread(Jobs, database)) as engine:
                live = Live(database, channels)
                callers = Together(partial(identify_all, database, {}))
                check_ins = Together(partial(check_in_together, database, jobs=engine))
                app.state.update(
                    settings=settings, database=database, jobs=engine, live=live, callers=callers,
                    check_ins=check_ins, blobs=open_blobs(settings.audio, settings.home),
                )  # fmt: skip
                with closing(callers), closing(check_ins):
                    async with channels, live.running():
                        yield

    authenticated = DefineMiddleware(DeviceAuthentication)
    return Litestar(
        [
            Router("/api", route_handlers=OPEN),
            Router("/api", route_handlers=CLOSED, middleware=[authenticated], security=DEVICE),
            Router("/", route_handlers=[address_book.serve_address_book], middleware=[authenticated]),
            address_book.find_address_book,
            trust.get_trust,
            trust.get_authority,
            web_app.get_first_page,
            web_app.get_web_app,
        ],
        dependencies=DEPENDENCIES,
        exception_handlers=HANDLERS,
        before_send=[headers_for(settings.map.origin)],
        compression_config=CompressionConfig(
            "gzip", gzip_compress_level=6, exclude=["/api/events", "/audio$"]
        ),
        openapi_config=openapi_config(),
        logging_config=None,  # whoever runs the application chooses
        lifespan=[running],
    )
