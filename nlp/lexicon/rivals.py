"""Words around competitors. One alternative more is one line more; nothing is decided here."""

import re

_NAME = r"((?:[A-Z][\w'’&-]+)(?:(?: (?:&|and|of))? [A-Z][\w'’&-]+)*)"
FROM = re.compile(
    rf"\b(?:buy(?:s|ing)?|bought|get(?:s|ting)?|gets? (?:it|them|everything|her|his|their|all)|order(?:s"
    rf"|ing)?|source[sd]?|tak(?:es|ing)|com(?:es|ing)|suppl(?:y|ied)|stuff|quote|price|offer|deal|rep"
    rf"|using|with|switch(?:ed|ing)? (?:over )?to|mov(?:ed|ing) (?:over )?to|gone (?:over )?to|going "
    rf"(?:over )?(?:to|with)|signed (?:up )?with|compar(?:ed|ing) (?:us )?(?:to|with|against)|tied to"
    rf"|locked in(?:to)? with|loyal to)"
    rf"(?:[^.,;?!]{{0,40}}?)\b(?:from|by|with|to|at)? ?{_NAME}"
)
DOES = re.compile(
    rf"{_NAME}(?:'s rep|'s guy)?(?: (?:has|have|had|is|are|was|were|also|just|already))? (?:quot(?:ed|es"
    rf"|ing)|offer(?:ed|s|ing)|left (?:her|him|them) a (?:price|quote)|undercut|dropped|came in|is in"
    rf"|are in|supply|supplies|supplied|sniffing|in the running|pitching|beat|delivers?|charges?|sells?"
    rf"|calling on|knocking)\b"
)
NOT_A_FIRM = re.compile(
    r"^(?:I|I'm|I'll|The|They|He|She|We|But|So|And|It|That|This|When|If|Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Christmas|Easter|No|Not|Also|Their|Our|Her|His|Would|Could|What|You)$"
)
RIVALRY = re.compile(
    r"\b(?:supplier|quot|price|cheaper|switch|buys?|buying|gets? (?:it|them|everything|her|his|their|all"
    r"|most)|compet|instead|contract|undercut|rep|deal with|offer|from|suppl)",
    re.I,
)
