"""The stops of the tour: who looks at which page, and what there is to see."""

from dataclasses import dataclass

OPEN, SUNDAY = "Leaked congratulatory briefing", "Readout of the Sunday call"
CLOSED = f"{OPEN} (closed)"


@dataclass(frozen=True)
class Stop:
    """One page: `CASE` in its path stands for the address of the case, which is closed or still open."""

    title: str
    who: str
    path: str
    words: str
    case: str = CLOSED
    theme: str = "light"


STOPS: tuple[Stop, ...] = (
    Stop(
        "Case overview",
        "lead",
        "CASE",
        "The question, the stage, and the open points before the next stage.",
        case=OPEN,
    ),
    Stop(
        "Home",
        "reviewer",
        "/",
        "What waits for this account in all its cases, what is overdue first. Press `n` to open the next item.",
        case=OPEN,
    ),
    Stop(
        "Disclosures",
        "investigator",
        "CASE/disclosures",
        "Every publication of the material, and which earlier publication it repeats.",
    ),
    Stop(
        "Claim",
        "investigator",
        "CASE/disclosures/1/claims/2",
        "One leaked statement: whether it is protected, which version it fits, and whether it was public before.",
    ),
    Stop(
        "Material",
        "investigator",
        "CASE/materials/2",
        "What leaked, with its versions, copies and unresolved channels.",
    ),
    Stop(
        "Who had access",
        "investigator",
        "CASE/disclosures/1/claims/2/who-had-access",
        "People by the evidence of their access, and how complete that evidence is. Nobody is ranked.",
        case=OPEN,
    ),
    Stop("People", "observer", "CASE/people", "Pseudonyms and posts, no names."),
    Stop("Person", "observer", "CASE/people/11", "Everything recorded about one person."),
    Stop("Access records", "investigator", "CASE/access", "One record for each access, with its evidence level."),
    Stop(
        "Interviews", "lead", "CASE/interviews", "Who was interviewed, in which capacity, and how the interview ended."
    ),
    Stop(
        "Interview",
        "investigator",
        "CASE/interviews/9/engagement",
        "Five parts, each saved separately: planning, engage and explain, narrative, closure, evaluation.",
        case=OPEN,
    ),
    Stop(
        "Sealed interview",
        "observer",
        "CASE/interviews/4",
        "A signed interview never changes. Later statements are added below it.",
    ),
    Stop(
        "Fair treatment",
        "lead",
        "CASE/interviews/fair-treatment",
        "Whether people of one class were treated alike. The page is about the inquiry, not about them.",
    ),
    Stop(
        "Exhibits", "investigator", "CASE/exhibits", "Files and objects. Source and information are graded separately."
    ),
    Stop(
        "Exhibit and custody",
        "investigator",
        "CASE/exhibits/3",
        "One holder at a time. Every handover is sealed together with the previous handover.",
    ),
    Stop(
        "Press contacts", "investigator", "CASE/press-contacts", "Contacts with the press, and how they became known."
    ),
    Stop(
        "Lines of inquiry",
        "lead",
        "CASE/lines-of-inquiry",
        "Questions to settle. At least one line of inquiry looks for evidence against the allegation.",
    ),
    Stop("Hypotheses", "lead", "CASE/hypotheses", "Ten possible explanations, tested by cited evidence."),
    Stop(
        "Hypothesis",
        "lead",
        "CASE/hypotheses/9",
        "Evidence against it comes first. An untested hypothesis has a reason.",
        theme="dark",
    ),
    Stop(
        "Eliminations", "lead", "CASE/eliminations", "Who is eliminated and on which ground, confirmed by a reviewer."
    ),
    Stop("Findings", "reviewer", "CASE/findings", "One finding for each allegation about a person or a process."),
    Stop(
        "Finding",
        "observer",
        "CASE/findings/2",
        "Evidence for and against, gaps, reasoning and reply, followed by every review and revision.",
    ),
    Stop(
        "Approval",
        "reviewer",
        "CASE/findings/1/approval",
        "The reviewer approves exactly this text. Changes since the text they last read are marked.",
        case=OPEN,
    ),
    Stop(
        "Revision",
        "observer",
        "CASE/findings/2/revisions/3",
        "Every saved text stays, compared with the previous text.",
    ),
    Stop(
        "Right of reply",
        "counsel",
        "CASE/findings/2/replies",
        "The passage put to the person, their reply, and the response of the inquiry.",
    ),
    Stop(
        "Preliminary assessment",
        "reviewer",
        "CASE/assessments/1",
        "Was there a disclosure, and would further inquiry do harm?",
        case=SUNDAY,
    ),
    Stop("Decisions", "lead", "CASE/decisions", "Decisions taken during the inquiry, with the rejected alternatives."),
    Stop(
        "Outcome",
        "deciding_official",
        "CASE/outcomes/1",
        "Four answers that are never merged. “Source not identified” is a normal ending.",
    ),
    Stop(
        "Closed case",
        "lead",
        "CASE",
        "Everything was public before the article, so nobody was interviewed.",
        case=SUNDAY,
    ),
    Stop("Team", "lead", "CASE/team", "Who has which role, and what each person declared.", theme="dark"),
    Stop("Audit log", "lead", "CASE/audit-log", "One entry for every change and every recorded read."),
    Stop(
        "Export",
        "lead",
        "CASE/export",
        "The whole case as CSV with a manifest. Names only for a stated purpose and recipient.",
    ),
    Stop("Standard texts", "investigator", "/standard-texts", "Advisements and core questions. Every version stays."),
    Stop(
        "Permissions",
        "observer",
        "/permissions",
        "Every role and permission, generated from the rules that the program enforces.",
    ),
)
