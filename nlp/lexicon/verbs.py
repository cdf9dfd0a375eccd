"""Verbs by what they mean for a promise. One word more is one word more; nothing is decided here."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REPORTS = words(
    "say tell promise swear assure guarantee confirm reckon think believe mention agree know guess hope "
    "suppose insist reply answer explain feel figure warn text write admit ask suggest mean request"
)
"""What somebody says follows."""
OPINIONS = words("think reckon believe feel suggest guess suppose know hope figure")
"""'He thinks we should' is no promise of ours."""
PROMISES = words("promise agree offer commit undertake swear vow volunteer pledge guarantee")
THROUGH = {
    "need": "must", "want": "want", "like": "want", "love": "want", "prefer": "want", "wish": "want",
    "hope": "want", "plan": "plan", "intend": "plan", "aim": "plan", "decide": "plan", "go": "fut",
    "promise": "promise", "agree": "promise", "offer": "promise", "commit": "promise",
    "undertake": "promise", "swear": "promise", "vow": "promise", "volunteer": "promise",
    "pledge": "promise", "remember": "must", "suppose": "must", "supposed": "must", "mean": "must",
    "due": "must", "oblige": "must", "happy": "fut", "glad": "fut", "set": "fut", "bound": "fut",
    "able": "can", "try": "", "start": "", "get": "", "look": "", "sure": "", "ready": "", "continue": "",
    "use": "habit", "tend": "habit", "refuse": "not", "decline": "not", "fail": "not", "forget": "must",
    "threaten": "not", "fix": "fut", "pretend": "not",
}  # fmt: skip
"""Verbs and adjectives behind which 'to' brings the verb that counts, and what they make of it."""
SHIFTS = words("ask tell want need remind expect like beg trust request urge instruct")
"""'She asked me to send': who acts is the one asked."""
GIVING = words(
    "send email mail post forward text share give get bring drop deliver hand provide supply ship courier "
    "fax shoot pass run show submit return refund credit replace swap issue raise loan lend leave whatsapp "
    "message fetch carry take offer quote invoice mail chuck sling fire bang pop owe"
)
TALKING = words(
    "call ring phone text message email ping contact follow come let talk speak check ask find confirm tell "
    "revert chase reply answer discuss raise introduce touch catch buzz bell update brief report hear see"
)
PAYING = words("pay settle transfer wire clear square remit reimburse fix")
DOING = words(
    "arrange book organise organize set sort fix look check find prepare put draw write work price quote "
    "update change order review decide sign dig collect pick install repair service train finish measure "
    "make beat match hold reserve schedule rebook reschedule research test try trial sort have register "
    "cancel process complete fill approve investigate escalate chase move speak clear correct design build "
    "print pull count line remove add apply submit file hand resend redo switch log"
)
GOING = words("come go see meet visit call pop swing stop drop look sit catch walk be return head")
ARRIVING = words(
    "be go ship arrive land come leave get reach turn make hit follow have happen deliver send post email "
    "mail promise dispatch collect sort do raise sign pay settle transfer clear fix install book want need "
    "require expect submit share issue provide prepare give forward"
)
