"""What can go wrong in storage, in plain words; how it looks over HTTP is decided in `api.errors`.

StorageError
├── Unknown                 a thing that is not there
│   ├── UnknownEmployee  UnknownDevice  UnknownCustomer  UnknownContact  UnknownProduct
│   ├── UnknownCompetitor  UnknownVisit  UnknownMemo  UnknownPromise  UnknownAlias  UnknownImport  BlobMissing
│   ├── UnknownLine  UnknownCall  UnknownMerge  UnknownWebhook  UnknownApproval
│   ├── UnknownComment  UnknownSubject  UnknownVoice  UnknownLetter
├── Conflict                what is stored says otherwise
│   ├── VisitDiffers  MemoDiffers  MemoDeleted  Approved  NoReport  Unfinished
│   ├── NothingToRetry  LastAdmin  AmbiguousName  MoveDiffers  ImportDiffers  AliasTaken
│   ├── SameRecord  MergeDiffers  NothingSure  ApprovalDiffers
│   ├── CommentDiffers  CommentDeleted  TooManyFollowed
│   ├── TaskTaken  TaskDone  LetterSent  MailOff
├── Refused                 a value that cannot be stored
│   ├── BadCursor  BadPhone  BadPlace  BadCompany  BadReport  BadWorld  BadSheet
│   └── PartDiffers  PartBeyond  BadCall  BadReceiver  BadPeriod  BadAddress
├── Unauthorised            who is calling cannot be told
│   ├── BadToken  UnknownCode  UsedCode  ExpiredCode  BadSignature
└── Unavailable             the store itself; passes, so jobs try again
    ├── StoreUnavailable  StoreFull
"""

from typing import ClassVar


class StorageError(Exception):
    """Root: `code` for machines, the message and `action` for people, `retryable` for jobs."""

    code: ClassVar[str] = "storage"
    message: ClassVar[str] = "The store refused this."
    action: ClassVar[str | None] = None
    retryable: ClassVar[bool] = False

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class Unknown(StorageError):
    code = "unknown"
    message = "There is no such thing here."


class UnknownEmployee(Unknown):
    code = "unknown_employee"
    message = "There is no such person in the company."


class UnknownDevice(Unknown):
    code = "unknown_device"
    message = "There is no such phone."


class UnknownCustomer(Unknown):
    code = "unknown_customer"
    message = "There is no such customer."


class UnknownContact(Unknown):
    code = "unknown_contact"
    message = "There is no such person at this customer."


class UnknownProduct(Unknown):
    code = "unknown_product"
    message = "There is no such product."


class UnknownCompetitor(Unknown):
    code = "unknown_competitor"
    message = "There is no such competitor."


class UnknownVisit(Unknown):
    code = "unknown_visit"
    message = "There is no such visit."
    action = "Send the check-in first."


class UnknownMemo(Unknown):
    code = "unknown_memo"
    message = "There is no such recording at this visit."


class UnknownImport(Unknown):
    code = "unknown_import"
    message = "There is no such import."


class UnknownLine(Unknown):
    code = "unknown_line"
    message = "There is no such telephone system."


class UnknownCall(Unknown):
    code = "unknown_call"
    message = "There is no such call."


class UnknownMerge(Unknown):
    code = "unknown_merge"
    message = "There is no such merge."


class UnknownApproval(Unknown):
    code = "unknown_approval"
    message = "Nothing was approved under this id."


class UnknownWebhook(Unknown):
    code = "unknown_webhook"
    message = "There is no such receiver."


class UnknownLetter(Unknown):
    code = "unknown_letter"
    message = "There is no such letter."


class UnknownAlias(Unknown):
    code = "unknown_alias"
    message = "There is no such learned name."


class UnknownPromise(Unknown):
    code = "unknown_promise"
    message = "There is no such promise."


class UnknownComment(Unknown):
    code = "unknown_comment"
    message = "There is no such comment at this visit."


class UnknownSubject(Unknown):
    code = "unknown_subject"
    message = "There is no such subject."


class UnknownVoice(Unknown):
    code = "unknown_voice"
    message = "There is no such voice; the report it came from was changed."
    action = "Look at the subject again."


class BlobMissing(Unknown):
    code = "recording_missing"
    message = "The recording's bytes are not in the store."
    action = "Run `rounds verify` and restore the file from a backup."


class BlobDamaged(StorageError):
    code = "recording_damaged"
    message = "The recording's bytes are not those that were received."
    action = "Restore the file from a backup, then try again."


class Conflict(StorageError):
    code = "conflict"
    message = "What is stored says otherwise."


class VisitDiffers(Conflict):
    code = "visit_differs"
    message = "A visit with this id is stored with other values."
    action = "Use a new id for a new visit."


class MemoDiffers(Conflict):
    code = "memo_differs"
    message = "A memo with this id is stored with other bytes."
    action = "Use a new id for a new recording."


class MemoDeleted(Conflict):
    code = "memo_deleted"
    message = "This memo was deleted."
    action = "Use a new id for a new recording."


class Approved(Conflict):
    code = "approved"
    message = "The visit is approved and takes no more changes."
    action = "Start a new visit."


class NoReport(Conflict):
    code = "no_report"
    message = "The visit has no report yet."
    action = "Record a memo or type a note first."


class Unfinished(Conflict):
    code = "unfinished"
    message = "Something that was said is still being worked on."
    action = "Try again in a moment."


class NothingToRetry(Conflict):
    code = "nothing_to_retry"
    message = "Nothing failed at this visit."


class CommentDiffers(Conflict):
    code = "comment_differs"
    message = "A comment with this id is stored with other words."


class CommentDeleted(Conflict):
    code = "comment_deleted"
    message = "This comment was deleted."


class TooManyFollowed(Conflict):
    code = "too_many_followed"
    message = "Nobody can follow more than this."
    action = "Stop following something else first."


class ImportDiffers(Conflict):
    code = "import_differs"
    message = "This import is somebody else's, or was carried out already."


class SameRecord(Conflict):
    code = "same_record"
    message = "This is one and the same record; it cannot be merged with itself."
    action = "Choose the other one of the two."


class MergeDiffers(Conflict):
    code = "merge_differs"
    message = "This merge was taken back already, or a later one stands on it."
    action = "Take back the later merge first."


class NothingSure(Conflict):
    code = "nothing_sure"
    message = "None of these reports waits for a yes without a doubt; somebody may have been faster."
    action = "Look at the list again."


class ApprovalDiffers(Conflict):
    code = "approval_differs"
    message = "This was taken back already."


class TaskTaken(Conflict):
    code = "task_taken"
    message = "Somebody else took this already."
    action = "Look who has it, or take it over from them."


class TaskDone(Conflict):
    code = "task_done"
    message = "This is done already."


class LetterSent(Conflict):
    code = "letter_sent"
    message = "The customer was told already, or it is on its way."


class MailOff(Conflict):
    code = "mail_off"
    message = "No mail server is set up, so nothing can be sent."
    action = "Let whoever runs the server set ROUNDS_MAIL__HOST and ROUNDS_MAIL__SENDER."


class AliasTaken(Conflict):
    code = "alias_taken"
    message = "Somebody or something else is called that, or it is too short or too long for a name."
    action = "Use a name that tells them apart."


class LastAdmin(Conflict):
    code = "last_admin"
    message = "This is the only administrator left."
    action = "Make somebody else an administrator first."


class AmbiguousName(Conflict):
    code = "ambiguous_name"
    message = "Several people have this name."
    action = "Give the person's id instead."


class MoveDiffers(Conflict):
    code = "move_differs"
    message = "What was copied is not what was there."
    action = (
        "Make sure that the new database was empty and that nothing works on the old one, then start again."
    )


class Refused(StorageError):
    code = "refused"
    message = "This value cannot be stored."


class BadCursor(Refused):
    code = "bad_cursor"
    message = "The value of `after` did not come from an earlier page."
    action = "Start from the first page."


class BadPhone(Refused):
    code = "bad_phone"
    message = "This is not a telephone number."
    action = "Write it with its country code, such as +1 617 555 0142."


class BadPlace(Refused):
    code = "bad_place"
    message = "A place needs both latitude (-90 to 90) and longitude (-180 to 180), or neither."


class BadCompany(Refused):
    code = "bad_company"
    message = "The time zone or the region is not known."
    action = "Use an IANA zone such as Europe/Berlin and an ISO region such as DE."


class BadReport(Refused):
    code = "bad_report"
    message = "The corrected report does not have the form of a report."


class BadSheet(Refused):
    code = "bad_sheet"
    message = "The file is no table that can be imported."
    action = "Save it as CSV with a header line; one column must hold the name."


class BadCall(Refused):
    code = "bad_call"
    message = "The announcement names no telephone number."
    action = "Send the caller's number as `phone` or `From`, as JSON or as a form."


class BadPeriod(Refused):
    code = "bad_period"
    message = "A period begins before it ends and is not longer than three years."


class BadReceiver(Refused):
    code = "bad_receiver"
    message = "Nothing is sent to this address."
    action = "Give an https address of a machine outside your own network."


class BadAddress(Refused):
    code = "bad_address"
    message = "This is no mail address."
    action = "Write it as name@example.com."


class BadWorld(Refused):
    code = "bad_world"
    message = "The file is not in a form that can be imported."


class PartDiffers(Refused):
    code = "part_differs"
    message = "The part that arrived is not the part that was sent."
    action = "Send it again."


class PartBeyond(Refused):
    code = "part_beyond"
    message = "The part begins elsewhere than where the upload stands."
    action = "Ask for the offset and go on from there."


class Unauthorised(StorageError):
    code = "unauthorised"
    message = "Who is calling cannot be told."


class BadToken(Unauthorised):
    code = "bad_token"
    message = "This device is not enrolled, or was shut out."
    action = "Ask an administrator for a new enrolment link."


class BadSignature(Unauthorised):
    code = "bad_signature"
    message = "The message is not signed with this line's secret."
    action = "Sign `id.timestamp.body` by the Standard Webhooks specification with the secret."


class UnknownCode(Unauthorised):
    code = "unknown_code"
    message = "This enrolment code is not known."
    action = "Check the link, or ask an administrator for a new one."


class UsedCode(Unauthorised):
    code = "used_code"
    message = "This enrolment code was used already."
    action = "Ask an administrator for a new one."


class ExpiredCode(Unauthorised):
    code = "expired_code"
    message = "This enrolment code has expired."
    action = "Ask an administrator for a new one."


class Unavailable(StorageError):
    code = "unavailable"
    message = "The store cannot be reached."
    retryable = True


class StoreUnavailable(Unavailable):
    code = "store_unavailable"
    message = "The database did not answer."
    action = "It is tried again by itself."


class StoreFull(Unavailable):
    code = "store_full"
    message = "There is no room left on the disk."
    action = "Make room; nothing that was acknowledged is lost."
