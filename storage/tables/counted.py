"""What a visit adds to the desk's counts, kept beside it so that exactly that is taken back."""

import msgspec


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """`day` is the company's; the numbers are those of `TallyRow`."""

    day: str
    rep: str
    region: str
    customer: str | None
    visits: int
    promised: int
    kept: int
    complaints: int
    closed: int
    compliments: int
