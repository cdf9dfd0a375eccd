"""A memo in a language that nobody here reads is filed with its words and says so; nothing is made up."""

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
