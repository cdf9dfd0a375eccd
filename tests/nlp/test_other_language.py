"""A memo in a language that nobody here reads is filed with its words and says so; nothing is made up."""

import msgspec

from nlp.extract import Extractor
from nlp.link import link
from nlp.report import compose
from nlp.types import Context, Source
from speech.types import note


def test_its_report_is_nearly_empty_and_says_why(extractor: Extractor, context: Context) -> None:
    spoken = note("Marco nimmt vierzig Kisten Tomaten, bis Freitag schicke ich die Rechnung.", language="de")
    extraction = extractor.extract((Source(memo="m1", transcript=spoken),), context)
    linking = link(extraction, context)
    report = compose(extraction, linking, context)
    assert (report.orders, report.commitments, report.amounts, report.next_meeting) == ((), (), (), None)
    assert "Words: not English, so nothing was read from them." in [doubt.reason for doubt in report.doubts]


def test_what_was_said_in_english_is_read_all_the_same(extractor: Extractor, context: Context) -> None:
    """The memo before it in another language takes nothing away, and the report says that it was not read."""
    first = note("Hallo, ich bin wieder da.", language="de")
    text = "Marco ordered forty cases of San Marzano tomatoes. I'll send the invoice by Friday."
    alone = extractor.extract((Source(memo="m2", transcript=note(text)),), context)
    both = (Source(memo="m1", transcript=first), Source(memo="m2", transcript=note(text)))
    for sources in (both, both[::-1]):
        extraction = extractor.extract(sources, context)
        assert alone.commitments
        assert extraction == msgspec.structs.replace(alone, unread=True)
        assert {e.memo for item in extraction.commitments for e in item.evidence} == {"m2"}
        report = compose(extraction, link(extraction, context), context)
        assert "Words: some are not English and were not read." in [doubt.reason for doubt in report.doubts]
