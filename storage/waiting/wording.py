"""What a customer could be told at once: that it arrived, what happens next and by when. A person reads it
before it goes."""

from datetime import date, timedelta
from typing import Literal, TypeAlias

from sqlmodel import Session, col, select

from storage.crm.companies import Companies
from storage.errors import UnknownPromise
from storage.records import Record, TaskKind
from storage.tables.customers import ContactRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import MemoRow, PromiseRow, ReportRow
from storage.waiting.letters import Letter, Letters

Language: TypeAlias = Literal["en", "de", "es", "fr"]

WITHIN_DAYS = 2
"""Working days until a customer hears from us of whom no day was said."""
SATURDAY = 5


class Recipient(Record, frozen=True, kw_only=True):
    name: str
    address: str


class Draft(Record, frozen=True, kw_only=True):
    """`to` are the people there who have an address, those who were met first; `due` is a local day."""

    task: str
    ready: bool
    """A mail server is set up."""
    language: Language
    to: tuple[Recipient, ...]
    subject: str
    text: str
    due: str
    letter: Letter | None
    """What was sent before, or is on its way."""


class Words(Record, frozen=True, kw_only=True):
    """A language; `day` is filled with the weekday, the day of the month and the month."""

    subject: dict[TaskKind, str]
    dear: str
    dear_all: str
    got: dict[TaskKind, str]
    next: str
    until: str
    regards: str
    day: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


WORDS: dict[Language, Words] = {
    "en": Words(
        subject={
            "promise": "What we promised you",
            "complaint": "Your complaint has reached us",
            "follow_up": "Your request has reached us",
        },
        dear="Dear {name},",
        dear_all="Good day,",
        got={
            "promise": "thank you for talking to us. This is what we do for you:",
            "complaint": "thank you for telling us. We are sorry for the trouble. This is what we noted:",
            "follow_up": "thank you for talking to us. This is what we noted:",
        },
        next="What happens next: {who} takes care of it.",
        until="You hear from us by {day}.",
        regards="Kind regards",
        day="{weekday}, {number} {month}",
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=("January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October", "November", "December"),
    ),
    "de": Words(
        subject={
            "promise": "Was wir Ihnen zugesagt haben",
            "complaint": "Ihre Beschwerde ist bei uns angekommen",
            "follow_up": "Ihr Anliegen ist bei uns angekommen",
        },
        dear="Guten Tag {name},",
        dear_all="Guten Tag,",
        got={
            "promise": "danke für das Gespräch. Das erledigen wir für Sie:",
            "complaint": "danke, dass Sie es uns gesagt haben. Das tut uns leid. Notiert haben wir:",
            "follow_up": "danke für das Gespräch. Das haben wir notiert:",
        },
        next="So geht es weiter: {who} kümmert sich darum.",
        until="Sie hören von uns bis {day}.",
        regards="Freundliche Grüße",
        day="{weekday}, {number}. {month}",
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        months=("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
                "Oktober", "November", "Dezember"),
    ),
    "es": Words(
        subject={
            "promise": "Lo que le prometimos",
            "complaint": "Hemos recibido su queja",
            "follow_up": "Hemos recibido su petición",
        },
        dear="Estimado/a {name}:",
        dear_all="Buenos días:",
        got={
            "promise": "Gracias por hablar con nosotros. Esto es lo que hacemos por usted:",
            "complaint": "Gracias por decírnoslo. Sentimos las molestias. Esto es lo que hemos anotado:",
            "follow_up": "Gracias por hablar con nosotros. Esto es lo que hemos anotado:",
        },
        next="Qué pasa ahora: {who} se encarga.",
        until="Tendrá noticias nuestras a más tardar el {day}.",
        regards="Un cordial saludo",
        day="{weekday} {number} de {month}",
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        months=("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
                "octubre", "noviembre", "diciembre"),
    ),
    "fr": Words(
        subject={
            "promise": "Ce que nous vous avons promis",
            "complaint": "Nous avons bien reçu votre réclamation",
            "follow_up": "Nous avons bien reçu votre demande",
        },
        dear="Bonjour {name},",
        dear_all="Bonjour,",
        got={
            "promise": "merci pour notre échange. Voici ce que nous faisons pour vous :",
            "complaint": "merci de nous l’avoir dit. Nous regrettons ce désagrément. Voici ce que nous avons "
            "noté :",
            "follow_up": "merci pour notre échange. Voici ce que nous avons noté :",
        },
        next="La suite : {who} s’en occupe.",
        until="Vous aurez de nos nouvelles au plus tard le {day}.",
        regards="Cordialement",
        day="{weekday} {number} {month}",
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
                "octobre", "novembre", "décembre"),
    ),
}  # fmt: skip


def draft(
    session: Session, task_id: str, *, by: str, ready: bool, language: Language | None, due: str | None
) -> Draft:
    """In the language that was spoken there, else English. Raises UnknownPromise."""
    row = session.get(PromiseRow, task_id)
    if row is None:
        raise UnknownPromise
    language = language or _spoken(session, row.visit)
    company, today = Companies(session).get().name, Companies(session).now().date()
    until = due or later(row.due, today)
    to = _people(session, row)
    words = WORDS[language]
    sender = session.get_one(EmployeeRow, by).name
    holder = session.get(EmployeeRow, row.holder) if row.holder else None
    lines = (
        words.dear.format(name=to[0].name) if to else words.dear_all,
        "",
        words.got[row.kind],  # type: ignore[index]
        "",
        f"  {row.action[:1].upper()}{row.action[1:]}",
        "",
        words.next.format(who=holder.name if holder else company or sender),
        words.until.format(day=written(until, words)),
        "",
        words.regards,
        sender,
        *([company] if company else []),
    )
    return Draft(
        task=task_id,
        ready=ready,
        language=language,
        to=to,
        subject=words.subject[row.kind],  # type: ignore[index]
        text="\n".join(lines),
        due=until,
        letter=Letters(session).of(task_id),
    )


def later(due: str | None, today: date) -> str:
    """The day that was said, when it is still to come; else some working days from today."""
    if due is not None and due[:10] >= today.isoformat():
        return due[:10]
    day = today
    for _ in range(WITHIN_DAYS):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return day.isoformat()


def written(day: str, words: Words) -> str:
    on = date.fromisoformat(day)
    return words.day.format(
        weekday=words.weekdays[on.weekday()], number=on.day, month=words.months[on.month - 1]
    )


def _spoken(session: Session, visit: str) -> Language:
    heard = select(MemoRow).where(MemoRow.visit == visit, col(MemoRow.deleted_at).is_(None))
    for memo in session.exec(heard.order_by(col(MemoRow.at), col(MemoRow.id))):
        for known in WORDS:
            if memo.transcript is not None and memo.transcript.language == known:
                return known
    return "en"


def _people(session: Session, row: PromiseRow) -> tuple[Recipient, ...]:
    if row.customer is None:
        return ()
    report = session.get(ReportRow, row.visit)
    met = [each.id for each in report.filed.contacts] if report else []
    known = select(ContactRow).where(ContactRow.customer == row.customer).order_by(col(ContactRow.place))
    people = [each for each in session.exec(known) if each.email]
    people.sort(key=lambda each: each.id not in met)
    return tuple(Recipient(name=each.name, address=each.email or "") for each in people)
