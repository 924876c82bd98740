"""Founding the register: its first administrator, and the standard texts that come with the program.

Sources: US Office of Special Counsel, 5 U.S.C. 2302(b)(13), for the whistleblower text, word for word; the advisements
say in our own words what the rulings they are named after ask for. An organisation's counsel confirms or replaces them.
"""

from tracker.audit.doors import now
from tracker.base import db
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind, TextRule

STATUTE = (
    "These provisions are consistent with and do not supersede, conflict with, or otherwise alter the employee "
    "obligations, rights, or liabilities created by existing statute or Executive order relating to (1) classified "
    "information, (2) communications to Congress, (3) the reporting to an Inspector General or the Office of Special "
    "Counsel of a violation of any law, rule, or regulation, or mismanagement, a gross waste of funds, an abuse of "
    "authority, or a substantial and specific danger to public health or safety, or (4) any other whistleblower "
    "protection. The definitions, requirements, obligations, rights, sanctions, and liabilities created by controlling "
    "Executive orders and statutory provisions are incorporated into this agreement and are controlling."
)
TEXTS = (  # kind, key, name, rule, text
    ("advisement", "garrity", "Garrity (US)", "voluntary_only",
     ("You are asked about your own conduct. This interview is voluntary, and you may leave at any time. You may decline "
     "to answer where your answer could incriminate you, and you will not be disciplined for that alone. What you do "
     "say may be used in disciplinary and in criminal proceedings.")),
    ("advisement", "kalkines", "Kalkines (US)", "declination",
     ("The prosecutor has declined to prosecute. You must answer fully and truthfully; if you refuse you can be "
     "disciplined, up to removal. Neither your answers nor what is learned from them can be used against you in "
     "criminal proceedings, except for knowingly false answers.")),
    ("advisement", "weingarten", "Weingarten (US)", "offer_first",
     ("If you reasonably believe that this interview may lead to discipline, you may ask for a representative of your "
     "union to be present. If you ask, no question is put before the representative is here.")),
    ("advisement", "upjohn", "Upjohn (US)", "counsel",
     ("The lawyer who is present acts for the organisation and not for you. What is said here is privileged; the "
     "privilege belongs to the organisation alone, which may give it up without asking you. Please keep this "
     "conversation confidential; nothing prevents you from reporting facts to a competent authority.")),
    ("advisement", "uk-workplace", "UK workplace", "none",
     ("This is a meeting to find facts and no disciplinary hearing. You may bring a companion if you wish. If it turns "
     "to discipline, or you begin to admit something, we stop and begin again under the rules for that. Tell us of any "
     "adjustment you need.")),
    ("advisement", "miranda", "Miranda (US): stop", "stop",
     "The person is in custody and is suspected of a crime: stop, and hand over to law enforcement."),
    ("advisement", "uk-caution", "Police caution (UK): stop", "stop",
     "There are grounds to believe that the person has committed a criminal offence: stop, and refer to the police."),
    ("whistleblower", "us-2302b13", "US statement, 5 U.S.C. 2302(b)(13)", "none", STATUTE),
    ("whistleblower", "eu-uk", "EU and UK statement", "none",
     ("Nothing in this instruction prevents you from making a disclosure that the law protects, to your employer, to a "
     "competent authority or, where the law allows it, to the public; or from seeking legal advice.")),
    ("questions", "general", "Anybody", "none",
     ("1. What is your post, and what did it have to do with the material?\n2. When and how did the material reach you, in "
     "which version, and who else was there?\n3. Where did you keep it, and who could see it there?\n4. To whom did you "
     "give, show or tell any of it, when and why?\n5. Were you in contact with anybody who publishes, on whose "
     "authority, and what was said?\n6. What could explain the disclosure without anybody here having passed it on?\n"
     "7. Whom should we ask, and what should we look at?")),
    ("questions", "handler", "Handlers: assistants, couriers, interpreters, system staff", "none",
     ("1. Which copies and systems passed through your hands, and when?\n2. Which of them leave a record, and which do "
     "not?\n3. Who asked you for a copy or for access, and did that differ from what is usual?\n4. What becomes of "
     "misprints, drafts and old copies?\n5. What could explain the disclosure without anybody here having passed it "
     "on?\n6. Whom should we ask, and what should we look at?")),
    ("questions", "originator", "Originators and custodians", "none",
     ("1. Why was the material made, for whom, and how was it marked?\n2. Which versions were there, and how do they "
     "differ?\n3. To whom did each go, and how?\n4. Which of the published words are accurate, and what harm do they "
     "do, item by item?\n5. Was a release authorised, or clearance asked for?\n6. What of it was public before?")),
)  # fmt: skip


def add_standard_texts() -> None:
    """Inside the action that founds the register: the texts as they come, each as its version 1, added by nobody."""
    for kind, key, name, rule, text in TEXTS:
        of = {"kind": TextKind(kind), "rule": TextRule(rule), "version": 1, "added": now()}
        db.session().add(StandardText(key=key, name=name, text=text, **of))
