"""Keeps what was said findable: written with each transcript, forgotten with its memo, in one transaction."""

import re
from collections.abc import Iterator

from sqlalchemy import text
from sqlmodel import Session, col, delete, select

from speech.types import Transcript
from storage.finding.naming import fold, sounds
from storage.rows import insert_new
from storage.tables.said import SaidRow, WordRow
from storage.tables.visits import MemoRow

SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|$)|\n|$)", re.DOTALL)
SHORTEST = 3
"""Letters from which a word is worth being found under another spelling."""
LONGEST = 40

STILL_SAID = {
    "sqlite": "SELECT 1 FROM said_words WHERE said_words MATCH :word LIMIT 1",
    "postgresql": (
        "WITH asked AS (SELECT to_tsquery('english', :word) AS word) "
        "SELECT 1 FROM asked WHERE numnode(word) = 0 UNION ALL "  # a word such as 'the' is in no index
        "SELECT 1 FROM said, asked WHERE to_tsvector('english', words) @@ word LIMIT 1"
    ),
}


def keep_said(session: Session, memo: MemoRow) -> None:
    """Of a memo that was heard; anew when it is heard again."""
    forget_said(session, memo.id)
    if memo.transcript is None:
        return
    rows = list(passages(memo, memo.transcript))
    session.add_all(rows)
    spoken = {word for row in rows for word in row.words.split() if SHORTEST <= len(word) <= LONGEST}
    for word in sorted(spoken):
        insert_new(session, WordRow(word=word, sound=sound_of(word)))


def forget_said(session: Session, memo_id: str) -> None:
    """With the words that nobody else said."""
    rows = session.exec(select(SaidRow.words).where(SaidRow.memo == memo_id)).all()
    if not rows:
        return
    session.exec(delete(SaidRow).where(col(SaidRow.memo) == memo_id))
    session.flush()
    query = text(STILL_SAID[session.get_bind().dialect.name])
    for word in sorted({word for words in rows for word in words.split()}):
        if session.connection().execute(query, {"word": word}).first() is None:
            session.exec(delete(WordRow).where(col(WordRow.word) == word))


def passages(memo: MemoRow, transcript: Transcript) -> Iterator[SaidRow]:
    """Segments of a recording, sentences of a note."""
    if not transcript.segments:
        for found in SENTENCE.finditer(transcript.text):
            yield passage(memo, found.start(), found.group())
        return
    start = 0
    for segment in transcript.segments:
        row = passage(memo, start, segment.text)
        row.start_s, row.end_s = segment.start_s, segment.end_s
        yield row
        start += len(segment.text) + 1


def passage(memo: MemoRow, start: int, said: str) -> SaidRow:
    return SaidRow(
        memo=memo.id, visit=memo.visit, start=start, end=start + len(said), text=said, words=fold(said)
    )


def sound_of(word: str) -> str:
    heard = sounds(word)
    return heard[0] if heard else ""
