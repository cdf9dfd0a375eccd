"""A table out of whatever a spreadsheet program or another CRM wrote: any encoding, any separator."""

import csv
import io

import msgspec
from charset_normalizer import from_bytes

from storage.errors import BadSheet
from storage.finding.naming import fold

SEPARATORS = ",;\t|"
MOST_ROWS = 200_000
LONGEST_CELL = 2_000
"""Characters; what is longer is no name, number or address."""
LEGACY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman"]
"""What spreadsheet programs write when it is not UTF-8."""
ENOUGH = 60
"""Letters beyond ASCII from which their frequency tells the encoding; fewer are taken for western ones."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """`rows` have a cell for each of `columns`, trimmed; `lines` are where they end in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str


def read_sheet(data: bytes) -> Sheet:
    """Raises BadSheet, which says what is wrong with the file as a whole."""
    text, encoding = decoded(data)
    text = text.replace("\x00", "")
    head, _, _ = text.partition("\n")
    separator = max(SEPARATORS, key=head.count) if any(each in head for each in SEPARATORS) else ","
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        numbered = [(reader.line_num, line) for line in reader if any(map(str.strip, line))]
    except csv.Error as error:
        raise BadSheet(f"This is no table: {error}.") from error
    lines = [[cell.strip()[:LONGEST_CELL] for cell in line] for _, line in numbered]
    if len(lines) < 2:
        raise BadSheet("The file has no rows under its header.")
    if len(lines) > MOST_ROWS + 1:
        raise BadSheet(f"The file has more than {MOST_ROWS} rows; send it in parts.")
    columns = tuple(lines[0])
    rows = tuple(tuple((line + [""] * len(columns))[: len(columns)]) for line in lines[1:])
    return Sheet(
        columns=columns, rows=rows, lines=tuple(number for number, _ in numbered[1:]), encoding=encoding
    )


def decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 when it is, else what its letters look like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    encoding = "cp1252"
    if sum(byte > 127 for byte in data) >= ENOUGH:
        best = from_bytes(data[:200_000], cp_isolation=LEGACY).best()
        encoding = best.encoding if best is not None else encoding
    return data.decode(encoding, errors="replace"), encoding


def key(column: str) -> str:
    """A header as it is compared: 'Company_Name ' and 'company name' are one."""
    return fold(column)
