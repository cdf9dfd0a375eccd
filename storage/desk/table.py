"""The comparison as a table for a spreadsheet: a line for each territory and step, and one for the whole."""

import csv
import io

from storage.desk.comparing import Desk, Measures, Territory
from storage.outside.exports import cell
from storage.tables.desk import COUNTS

HEAD = ("territory_id", "territory", "from", "step", *COUNTS, "customers", "silent")


def table(desk: Desk) -> str:
    """With the mark at its start that Excel needs."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(HEAD)
    for each in desk.territories:
        for start, one in zip(desk.steps, each.steps, strict=True):
            writer.writerow(line(each, max(start, desk.start), desk.step, one, "", ""))
        writer.writerow(line(each, desk.start, "all", each.total, each.customers, each.silent))
    return buffer.getvalue()


def line(each: Territory, start: str, step: str, one: Measures, *rest: int | str) -> list[str]:
    numbers = (str(getattr(one, name)) for name in COUNTS)
    return [cell(each.id), cell(each.name), start, step, *numbers, *map(str, rest)]
