import pytest

from api.errors import BadRange
from api.ranges import Span, span


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=5-", 5, 10),
        ("bytes=-3", 7, 10),
        ("bytes=8-99", 8, 10),
        ("Bytes = 0-", 0, 10),
    ],
)
def test_one_range(header: str, start: int, end: int) -> None:
    assert span(header, 10) == Span(start, end, 10, True)


@pytest.mark.parametrize(
    "header", [None, "", "bytes=-", "bytes=0-1,3-4", "items=0-1", "bytes=5-2", "bytes=a-b"]
)
def test_what_may_be_ignored_is(header: str | None) -> None:
    assert span(header, 10) == Span(0, 10, 10, False)


@pytest.mark.parametrize(("header", "total"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_a_part_that_is_not_there(header: str, total: int) -> None:
    with pytest.raises(BadRange):
        span(header, total)
