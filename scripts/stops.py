"""The stops of the tour: who looks at which page, and what there is to see."""

from dataclasses import dataclass

BRIEFING, SUNDAY = "Leaked congratulatory briefing", "Readout of the Sunday call"


@dataclass(frozen=True)
class Stop:
    """One page: `CASE` in its path stands for the address of the case. Ended cases show no button; `alive` ones do."""

    title: str
    who: str
    path: str
    words: str
    case: str = BRIEFING
    theme: str = "light"
    alive: bool = False


STOPS: tuple[Stop, ...] = (
    Stop("A case", "lead", "CASE", "What is asked, where it stands, and what blocks the next step.", alive=True),
    Stop(
        "Reviews that wait",
        "reviewer",
        "/reviews",
        "What only this reader can do, over all cases, the oldest first. The key `n` leads from one to the next.",
        alive=True,
    ),
    Stop("What came out", "investigator", "CASE/disclosures", "Every appearance outside, and what it repeats."),
    Stop(
        "A claim",
        "investigator",
        "CASE/disclosures/1/claims/2",
        "One leaked statement: protected or not, held against the version, and whether it was public before.",
    ),
    Stop("Materials", "investigator", "CASE/materials/2", "What leaked, with its versions, copies and loose ends."),
    Stop(
        "Who could have seen it",
        "investigator",
        "CASE/disclosures/1/exposure",
        "People by what the evidence says of their access, and how complete that is. No ranking, anywhere.",
    ),
    Stop("People", "observer", "CASE/people", "Pseudonyms and posts, no names."),
    Stop("A person", "observer", "CASE/people/11", "All that the record holds of one person, against and for."),
    Stop("Access", "investigator", "CASE/access", "One row for each recorded occurrence, with its level of evidence."),
    Stop("Interviews", "lead", "CASE/interviews", "Who was heard, in which capacity, and how it ended."),
    Stop(
        "An interview in five parts",
        "investigator",
        "CASE/interviews/9/engagement",
        "Planning, engage and explain, account, closure, evaluation: each part saves by itself.",
        alive=True,
    ),
    Stop(
        "A sealed interview",
        "observer",
        "CASE/interviews/4",
        "Signed, it never changes; what is said later is added below.",
    ),
    Stop(
        "Even treatment",
        "lead",
        "CASE/interviews/fairness",
        "Whether people of one class were asked alike: it speaks of how the inquiry behaved, not of them.",
    ),
    Stop("Exhibits", "investigator", "CASE/exhibits", "Files and objects; source and information are graded apart."),
    Stop(
        "An exhibit and its custody",
        "investigator",
        "CASE/exhibits/3",
        "One holder at a time; every handover is sealed together with the one before.",
    ),
    Stop("Contacts", "investigator", "CASE/contacts", "Contacts with outsiders, and on what basis they are known."),
    Stop(
        "Lines of inquiry",
        "lead",
        "CASE/lines-of-inquiry",
        "Questions to settle. At least one looks for what speaks against the allegation.",
    ),
    Stop("Hypotheses", "lead", "CASE/hypotheses", "Ten ways it may have come about, held against cited evidence."),
    Stop(
        "A hypothesis",
        "lead",
        "CASE/hypotheses/9",
        "What contradicts it stands first; what is untested says why.",
        theme="dark",
    ),
    Stop("Exclusions", "lead", "CASE/exclusions", "Who is excluded on which ground, confirmed by a reviewer."),
    Stop("Findings", "reviewer", "CASE/findings", "One for each allegation, about a person or a process."),
    Stop(
        "A finding",
        "observer",
        "CASE/findings/2",
        "Evidence for and against, what is missing, the reasoning, the reply; below it each review and revision.",
    ),
    Stop(
        "An approval",
        "reviewer",
        "CASE/findings/2/approval",
        "The reviewer judges exactly this text; what changed since the text read last is marked.",
        alive=True,
    ),
    Stop("A revision", "observer", "CASE/findings/2/revisions/3", "Every saved text stays, against the one before."),
    Stop(
        "The right of reply",
        "counsel",
        "CASE/findings/2/replies",
        "What was put to the person, what came back, what the inquiry says to it.",
    ),
    Stop(
        "An appraisal",
        "reviewer",
        "CASE/appraisals/1",
        "Was there a disclosure, and would looking further do harm?",
        case=SUNDAY,
    ),
    Stop("Decisions", "lead", "CASE/decisions", "What was decided on the way, and what was rejected."),
    Stop(
        "An outcome",
        "decider",
        "CASE/outcomes/1",
        "Four answers that are never merged. That nobody was identified is an ordinary ending.",
    ),
    Stop("A closed case", "lead", "CASE", "It was public before the article: nobody was asked.", case=SUNDAY),
    Stop("The team", "lead", "CASE/team", "Who holds which duty, and what each declared.", theme="dark"),
    Stop("The ledger of a case", "lead", "CASE/ledger", "Every change and every recorded read, one entry each."),
    Stop("Export", "lead", "CASE/export", "The whole case as CSV with a manifest; names only by reveal."),
    Stop("Standard texts", "investigator", "/texts", "Advisements and core questions, in versions that stay."),
    Stop("Permissions", "observer", "/permissions", "Drawn from the rules that the program itself asks."),
)
