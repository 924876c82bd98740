"""The glossary: what each term of the program means. Its page, hints and links to terms are drawn from here."""

TERMS = {
    "Access record": "One recorded access of a person to a material: who, when, how, and on what evidence.",
    "Account": "What signs in. Also the kind of identifier by which a system knows a person.",
    "Audit log": "The list of everything done in the program. Each entry is chained to the entry before it.",
    "Claim": "One leaked statement of a disclosure, with its exact quote.",
    "Conflicting source": "A second source that says otherwise. Both are shown, and nothing is computed from them.",
    "Coverage": "How complete the list of holders is: known holders, and the channels that are not resolved.",
    "Deciding official": "Decides the outcome. They neither investigated nor reviewed the case.",
    "Disclosure": "One appearance of the information outside, such as an article or a broadcast.",
    "Elimination": "A person is ruled out for a disclosure or a claim, with evidence that a reviewer confirmed. "
    "The lack of a record is no elimination.",
    "Evidence level": "How strong the evidence of access is, from E0 to E7. It is no measure of guilt.",
    "Exhibit": "A file or an object that was taken as evidence, with its hash and every hand-over.",
    "Finding": "What is alleged, the evidence for and against, the reasoning and the conclusion.",
    "Hypothesis": "One possible explanation. Each is supported, contradicted or left untested with a reason.",
    "Identifier": "What a system calls a person: an e-mail address, an account, a badge. Logs are matched by it.",
    "Involvement": "What a person is in the case, such as recipient, custodian or witness.",
    "Lead": "The lead investigator: opens and runs the case, and submits it for review.",
    "Legal hold": "An order that nothing relevant may be destroyed.",
    "Line of inquiry": "A question to settle, for or against, with an owner and a due date.",
    "Marking": "How the material or the case is classified.",
    "Material": "The document or information that leaked. It has versions, and versions have copies.",
    "Observer": "Reads the case. Names stay masked.",
    "Open points": "What is still needed before the next stage.",
    "Outcome": "What happened, the breach, the source and the findings: four answers that are never merged.",
    "Person-level results": "Every result that speaks of people, such as Who had access. They are withheld until the "
    "protected-disclosure check is done.",
    "Precision": "How exactly a time is known: exact, hour, day, before, between or unknown.",
    "Preliminary assessment": "Whether there was a disclosure at all, and whether an inquiry would add damage.",
    "Protected-disclosure check": "Counsel asks whether the disclosure may have been lawful, and whether steps would "
    "identify a reporting person.",
    "Pseudonym": "The number of a person, such as P-014. It stands in place of the name.",
    "Recusal": "Whoever is, or may be, a person in the case cannot open the case.",
    "Register": "All cases, accounts and the audit log of one installation.",
    "Reporting person": "Somebody who reported wrongdoing. Some of them are protected by law.",
    "Reviewer": "Approves or returns findings, eliminations and the closure. They never worked on the case.",
    "Right of reply": "A criticised person reads the passage and answers before the finding is final.",
    "Subject status": "A person is formally a subject, with two signatures. It lapses after 30 days.",
    "Version": "One state of a material. Claims are matched to a version.",
    "Whereabouts": "Where a person was at a time that matters.",
    "Window": "From the time a version existed to the first sign that it was out.",
}


def anchor(term: str) -> str:
    """The place of a term on the page of the glossary."""
    return term.lower().replace(" ", "-")
