"""Who gets which answer where: one row for each route and method, read in review like a contract.

The columns: nobody is signed in; Ada administers, Aldo audits, Nora has no duty; in LK-AAAA Lena leads, Ines
investigates, Rhea reviews, Cora is counsel, Dora decides, Otto observes, and Walt, an investigator, is walled off;
`late` is Lena with a session that has ended.

A POST carries valid tokens and no fields. So whoever may do it is told what is missing (422), or has done it (303), or
hears why it cannot be (409). A case that does not exist for somebody answers 404, whatever is asked of it.
"""

COLUMNS = "nobody ada aldo nora lena ines rhea cora dora otto walt late".split()
TABLE = """
GET  /                                                   302  200  200  200  200  200  200  200  200  200  200  302
GET  /accounts                                           302  200  403  403  403  403  403  403  403  403  403  302
GET  /accounts/1                                         302  200  404  404  404  404  404  404  404  404  404  302
GET  /accounts/1/aliases                                 302  200  404  404  404  404  404  404  404  404  404  302
POST /accounts/1/aliases                                 401  422  404  404  404  404  404  404  404  404  404  401
POST /accounts/1/aliases/1/remove                        401  404  404  404  404  404  404  404  404  404  404  401
POST /accounts/1/disable                                 401  409  404  404  404  404  404  404  404  404  404  401
GET  /accounts/1/edit                                    302  200  404  404  404  404  404  404  404  404  404  302
POST /accounts/1/edit                                    401  422  404  404  404  404  404  404  404  404  404  401
POST /accounts/1/enable                                  401  409  404  404  404  404  404  404  404  404  404  401
POST /accounts/1/end-sessions                            401  303  404  404  404  404  404  404  404  404  404  401
POST /accounts/1/reset                                   401  409  404  404  404  404  404  404  404  404  404  401
GET  /accounts/cases-without-lead                        302  200  403  403  403  403  403  403  403  403  403  302
POST /accounts/cases-without-lead                        401  200  403  403  403  403  403  403  403  403  403  401
GET  /accounts/new                                       302  200  403  403  403  403  403  403  403  403  403  302
POST /accounts/new                                       401  422  403  403  403  403  403  403  403  403  403  401
GET  /cases                                              302  403  403  200  200  200  200  200  200  200  200  302
GET  /cases.csv                                          302  403  403  200  200  200  200  200  200  200  200  302
GET  /cases/LK-AAAA                                      302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/access                               302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/access-logs                          302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/access-logs.csv                      302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/access-logs/1                        302  404  404  404  200  200  200  200  200  200  404  302
POST /cases/LK-AAAA/access-logs/1/check                  401  404  404  404  409  409  403  403  403  403  404  401
GET  /cases/LK-AAAA/access-logs/1/columns                302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access-logs/1/columns                401  404  404  404  422  422  403  403  403  403  404  401
POST /cases/LK-AAAA/access-logs/1/drop                   401  404  404  404  409  409  403  403  403  403  404  401
GET  /cases/LK-AAAA/access-logs/1/edit                   302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access-logs/1/edit                   401  404  404  404  409  409  403  403  403  403  404  401
GET  /cases/LK-AAAA/access-logs/1/faults.csv             302  404  404  404  200  200  403  200  403  403  404  302
GET  /cases/LK-AAAA/access-logs/1/file                   302  404  404  404  200  200  403  200  403  403  404  302
GET  /cases/LK-AAAA/access-logs/1/people                 302  404  404  404  404  404  403  403  403  403  404  302
POST /cases/LK-AAAA/access-logs/1/people                 401  404  404  404  404  404  403  403  403  403  404  401
GET  /cases/LK-AAAA/access-logs/1/reading                302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access-logs/1/reading                401  404  404  404  409  409  403  403  403  403  404  401
POST /cases/LK-AAAA/access-logs/1/start                  401  404  404  404  409  409  403  403  403  403  404  401
GET  /cases/LK-AAAA/access-logs/1/undo                   302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access-logs/1/undo                   401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/access.csv                           302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/access/1                             302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/access/1/correct                     302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access/1/correct                     401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/access/import                        302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access/import                        401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/access/new                           302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/access/new                           401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/captures.csv                         302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/checks.csv                           302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/claims.csv                           302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/copies.csv                           302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/coverage.csv                         302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures                          302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures.csv                      302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures/1                        302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures/1/captures/1/file        302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures/1/captures/new           302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/disclosures/1/captures/new           401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/disclosures/1/claims/1               302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures/1/claims/1/edit          302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/disclosures/1/claims/1/edit          401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/disclosures/1/claims/1/exposure      302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures/1/claims/new             302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/disclosures/1/claims/new             401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/disclosures/1/edit                   302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/disclosures/1/edit                   401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/disclosures/1/exposure               302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/disclosures/new                      302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/disclosures/new                      401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/edit                                 302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/edit                                 401  404  404  404  422  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/export                               302  404  404  404  200  200  200  200  200  403  404  302
POST /cases/LK-AAAA/export                               401  404  404  404  200  200  200  200  200  403  404  401
GET  /cases/LK-AAAA/export.csv                           302  404  404  404  200  200  200  200  200  403  404  302
GET  /cases/LK-AAAA/ledger                               302  404  404  404  200  403  403  200  403  403  404  302
GET  /cases/LK-AAAA/ledger.csv                           302  404  404  404  200  403  403  200  403  403  404  302
GET  /cases/LK-AAAA/ledger/1                             302  404  404  404  200  403  403  200  403  403  404  302
GET  /cases/LK-AAAA/materials                            302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/materials.csv                        302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/materials/1                          302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/materials/1/copies/1/edit            302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/copies/1/edit            401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/copies/new               302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/copies/new               401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/coverage/1/edit          302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/coverage/1/edit          401  404  404  404  422  422  403  403  403  403  404  401
POST /cases/LK-AAAA/materials/1/coverage/1/reopen        401  404  404  404  409  409  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/coverage/1/resolve       302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/coverage/1/resolve       401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/edit                     302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/edit                     401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/versions/1               302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/materials/1/versions/1/correct       302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/versions/1/correct       401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/versions/1/coverage/new  302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/versions/1/coverage/new  401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/versions/1/edit          302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/versions/1/edit          401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/1/versions/1/file          302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/materials/1/versions/1/text          302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/materials/1/versions/new             302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/1/versions/new             401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/materials/new                        302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/materials/new                        401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/people                               302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/people.csv                           302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/people/1                             302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/people/1/edit                        302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/people/1/edit                        401  404  404  404  409  409  403  403  403  403  404  401
POST /cases/LK-AAAA/people/1/identifiers/1/remove        401  404  404  404  409  409  403  403  403  403  404  401
GET  /cases/LK-AAAA/people/1/identifiers/new             302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/people/1/identifiers/new             401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/people/new                           302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/people/new                           401  404  404  404  303  303  403  403  403  403  404  401
GET  /cases/LK-AAAA/related                              302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/related                              401  404  404  404  422  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/rivals                               302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/rivals.csv                           302  404  404  404  200  200  200  200  200  200  404  302
POST /cases/LK-AAAA/rivals/1/withdrawal                  401  404  404  404  303  303  403  403  403  403  404  401
GET  /cases/LK-AAAA/rivals/new                           302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/rivals/new                           401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/screen                               302  404  404  404  403  403  403  200  403  403  404  302
POST /cases/LK-AAAA/screen                               401  404  404  404  403  403  403  422  403  403  404  401
GET  /cases/LK-AAAA/team                                 302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/team.csv                             302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/team/1/answer                        302  404  404  404  303  403  403  403  403  403  404  302
POST /cases/LK-AAAA/team/1/answer                        401  404  404  404  303  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/team/1/end                           302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/team/1/end                           401  404  404  404  422  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/team/1/step-down                     302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/team/1/step-down                     401  404  404  404  422  403  403  403  403  403  404  401
POST /cases/LK-AAAA/team/1/wake                          401  404  404  404  403  403  403  409  409  403  404  401
GET  /cases/LK-AAAA/team/lead                            302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/team/lead                            401  404  404  404  422  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/team/new                             302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/team/new                             401  404  404  404  422  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/team/new-lead                        302  404  404  404  403  403  403  403  403  403  404  302
POST /cases/LK-AAAA/team/new-lead                        401  404  404  404  403  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/versions.csv                         302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/wall/1                               302  404  404  404  200  403  403  403  403  403  404  302
POST /cases/LK-AAAA/wall/1                               401  404  404  404  422  403  403  403  403  403  404  401
GET  /cases/LK-AAAA/whereabouts                          302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/whereabouts.csv                      302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/whereabouts/1                        302  404  404  404  200  200  200  200  200  200  404  302
GET  /cases/LK-AAAA/whereabouts/1/correct                302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/whereabouts/1/correct                401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/whereabouts/import                   302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/whereabouts/import                   401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/LK-AAAA/whereabouts/new                      302  404  404  404  200  200  403  403  403  403  404  302
POST /cases/LK-AAAA/whereabouts/new                      401  404  404  404  422  422  403  403  403  403  404  401
GET  /cases/new                                          302  403  403  200  200  200  200  200  200  200  200  302
POST /cases/new                                          401  403  403  422  422  422  422  422  422  422  422  401
GET  /healthz                                            200  200  200  200  200  200  200  200  200  200  200  200
GET  /invitations/never-was                              404  404  404  404  404  404  404  404  404  404  404  404
POST /invitations/never-was                              404  404  404  404  404  404  404  404  404  404  404  404
GET  /ledger                                             302  403  200  403  403  403  403  403  403  403  403  302
GET  /ledger.csv                                         302  403  200  403  403  403  403  403  403  403  403  302
GET  /ledger/1                                           302  403  200  403  403  403  403  403  403  403  403  302
GET  /password                                           302  200  200  200  200  200  200  200  200  200  200  302
POST /password                                           401  422  422  422  422  422  422  422  422  422  422  401
GET  /rules                                              302  200  200  200  200  200  200  200  200  200  200  302
GET  /sessions                                           302  200  200  200  200  200  200  200  200  200  200  302
POST /sessions/99/end                                    401  404  404  404  404  404  404  404  404  404  404  401
GET  /sign-in                                            200  200  200  200  200  200  200  200  200  200  200  200
POST /sign-in                                            422  422  422  422  422  422  422  422  422  422  422  422
POST /sign-out                                           401  303  303  303  303  303  303  303  303  303  303  401
"""


def rows() -> list[tuple[str, str, dict[str, int]]]:
    """Method, address, and the answer each person gets."""
    told = [line.split() for line in TABLE.strip().splitlines()]
    return [(method, url, dict(zip(COLUMNS, map(int, answers), strict=True))) for method, url, *answers in told]
