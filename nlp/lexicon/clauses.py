"""Words that deny, doubt, date back or belong to us. One alternative more is one line more; nothing is
decided here."""

import re

JOINERS = {"and", "but", "so", "because", "since", "while", "though", "although", "then", "which", "who",
"when", "where",
           "if", "whereas", "plus", "unless", "until", "except", "cos", "as"}  # fmt: skip
FINITE = {"VBZ", "VBP", "VBD", "MD"}
US = {"i", "we", "i'm", "we're", "i've", "we've", "i'll", "we'll", "i'd", "we'd", "us", "me"}
THEM = {"he", "she", "they", "who"}
NEGATION = re.compile(
    r"\b(?:not|never|no|nothing|nobody|none|without|neither|nor|cannot|hardly|isn't|aren't|wasn't|weren't"
    r"|don't|doesn't"
    r"|didn't|won't|wouldn't|can't|couldn't|hasn't|haven't|hadn't|shouldn't|mightn't|refused|declined"
    r"|dropped it"
    r"|cancel(?:l?ed)?|passed on|turned down|instead of|rather than|skip(?:ped|ping)?)\b",
    re.IGNORECASE,
)
WHETHER = re.compile(
    r"\b(?:see|ask(?:ed|ing|s)?|wonder(?:ed|ing|s)?|check(?:ed|ing)?|know|find out|sure|even|as|look) if\b"
)
CONDITION = re.compile(
    r"\b(?:if|unless|might|mightn't|maybe|perhaps|possibly|depending on|provided|assuming|in case|could "
    r"be|may want|thinking (?:about|of)"
    r"|consider(?:ing)?|toying|down the (?:line|road)|some ?day|eventually|would (?:order|take|want|need"
    r"|be wanting|buy|go for)"
    r"|they'd (?:order|take|want|need|buy|go for|be wanting)|s?he'd (?:order|take|want|need|buy|go for"
    r"|open with|be wanting)"
    r"|later (?:on|this year|in the year)|come (?:spring|summer|autumn|winter|fall)|for now they"
    r"|potentially|hoping to|hypothetically)\b",
    re.IGNORECASE,
)
HISTORY = re.compile(
    r"\b(?:last (?:week|month|year|time|spring|summer|autumn|fall|winter|order|quarter|season|january"
    r"|february|march|april|may|june"
    r"|july|august|september|october|november|december)|the year before|used to|(?:weeks?|months?|years?"
    r"|days?) ago|back in|previously|usually|normally|typically"
    r"|on average|goes? through|going through|gets? through|were (?:moving|taking|buying|ordering)|was "
    r"(?:moving|taking|buying|ordering)|had been|a while back|(?<!in )a month|per month"
    r"|(?:had|took|bought|ordered|got|taking|buying) [^.,]{0,40}\bin (?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december|the (?:spring|summer|autumn|fall|winter))"
    r"|every (?:week|month|year|quarter)|in the past|historically|already (?:has|have|had|got)|still "
    r"(?:has|have|got|sitting)|left over|in stock|their usage|yesterday)\b",
    re.IGNORECASE,
)
MODAL = re.compile(r"\b(?:would|could|might|may|will)\b|'d\b|'ll\b", re.IGNORECASE)
MENDING = re.compile(
    r"\bno,? (?=sorry|wait|hold on|actually|make|scratch|he said|she said|they said|(?:two|three|four"
    r"|five|six|seven|eight|nine|ten|\w+teen|\w+ty|a)\b)|\bnot \w+\.$",
    re.IGNORECASE,
)
"""A 'no' that mends what was just said denies nothing."""
OURS = re.compile(
    r"\b(?:our|my) (?!customers?\b)\w+|\b(?:dispatch|accounting|the office|head office|the warehouse|the "
    r"van|the truck|the driver)\b",
    re.I,
)
