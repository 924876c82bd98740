"""Words of the disclosure: media, claims, materials and conflicting sources."""

from tracker.models.words import Word


class Medium(Word):
    """Where a disclosure appeared."""

    NEWSPAPER = "newspaper"
    BROADCAST = "broadcast"
    AGENCY = "agency"
    WEBSITE = "website"
    SOCIAL = "social", "Social media"
    EMAIL = "email", "E-mail"
    MESSAGE = "message", "Message or chat"
    PODCAST = "podcast"
    BOOK = "book"
    LEAFLET = "leaflet", "Leaflet or poster"
    LETTER = "letter"
    SPOKEN = "spoken"
    OTHER = "other"


class DisclosureForm(Word):
    """How the disclosure carries the material."""

    REPRODUCES = "reproduces"
    QUOTES = "quotes"
    PARAPHRASES = "paraphrases"
    ORALLY_REPEATS = "orally_repeats"
    CONFIRMS_BY_SILENCE = "confirms_by_silence"


class Protected(Word):
    """Whether a claim was protected."""

    PROTECTED = "protected"
    NOT_PROTECTED = "not_protected"
    UNDETERMINED = "undetermined"


class Accuracy(Word):
    """How true a claim is."""

    ACCURATE = "accurate"
    SUBSTANTIALLY = "substantially", "Substantially accurate"
    PARTLY = "partly", "Partly accurate"
    INACCURATE = "inaccurate"
    UNKNOWN = "unknown"


class Wording(Word):
    """Published words against a version; nothing here says that two texts are the same."""

    CONSISTENT = "consistent"
    CONSISTENT_SHORTENED = "consistent_shortened", "Consistent, shortened"
    INCONSISTENT = "inconsistent"
    NONE = "none"


class Question(Word):
    """What is asked of every claim before anybody is asked anything."""

    ALREADY_PUBLIC = "already_public", "Was it officially released earlier?"
    PRECURSOR = "precursor", "Did an earlier publication allow the inference?"
    CLEARANCE = "clearance", "Was clearance sought?"
    DECLASSIFIED = "declassified", "Was it declassified before?"
    BRIEFING_POSSIBLE = "briefing_possible", "Was an authorised briefing possible?"


class CheckAnswer(Word):
    """The answer to such a question. Unknown is an answer, and says why."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "unknown_not_asked", "Unknown: not yet asked"
    NO_ANSWER = "unknown_no_answer", "Unknown: asked, no answer"
    NOT_KNOWABLE = "unknown_not_knowable", "Unknown: cannot be known"


class HoldersKnown(Word):
    """What is known of the number of people who hold a version."""

    UNKNOWN = "unknown"
    UNKNOWN_SMALL = "unknown_small", "Unknown (small)"
    ABOUT = "about"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    EXACTLY = "exactly"


class CopyForm(Word):
    """What a copy is made of."""

    PAPER = "paper"
    EMAIL = "email", "E-mail"
    PORTAL = "portal"
    ORAL = "oral"
    SLIDE = "slide"
    PHOTO = "photo"


class Point(Word):
    """A way a version may spread that no log shows."""

    UNLOGGED_PRINTER = "unlogged_printer"
    SHARED_MAILBOX = "shared_mailbox"
    DELEGATES = "delegates"
    COURIER = "courier"
    INTERPRETER = "interpreter"
    HOUSEHOLD = "household"
    GROUP = "group", "Group of readers"
    OTHER = "other"


class Confidence(Word):
    """How far a source of a conflict is trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class AliasKind(Word):
    """What an alias of a material is; a file name also fits at the end of a path."""

    PATH = "path"
    FILE_NAME = "file_name"
    SUBJECT = "subject"
    URL = "url", "URL"
