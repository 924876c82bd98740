"""The floor of serving: a bare Flask page that reads 50 cases by the ORM and renders one template.

It has no sign-in, no layout, no audit log. `python -m benchmarks.bare PORT` serves the instance of BARE_INSTANCE.
"""

import os
import sys
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, render_template
from jinja2 import DictLoader

from tracker.base import db
from tracker.models.case import cases
from tracker.serving.processes import listen, serve
from tracker.serving.servers import Server

LIST = """<!doctype html><title>Cases</title><table>
<tr><th>Reference<th>Title<th>Marking<th>Stage<th>Opened</tr>
{% for case in cases %}
<tr><td><a href="/cases/{{ case.reference }}">{{ case.reference }}</a><td>{{ case.title }}<td>{{ case.marking }}
<td>{{ case.stage.label }}<td>{{ case.opened.strftime("%d %b %Y, %H:%M") }}</tr>
{% endfor %}
</table>"""

app = Flask(__name__)
app.jinja_loader = DictLoader({"list.html": LIST})


@app.get("/cases")
def case_list() -> str:
    """The newest 50 cases."""
    newest = sa.select(cases.Case).order_by(cases.Case.opened.desc(), cases.Case.id.desc()).limit(50)
    return render_template("list.html", cases=db.session().scalars(newest).all())


@app.get("/healthz")
def health() -> str:
    """Whether it answers."""
    return "ok"


app.teardown_appcontext(lambda _fault: db.sessions.remove())

if __name__ == "__main__":
    db.bind(f"sqlite:///{Path(os.environ['BARE_INSTANCE']) / 'tracker.db'}")
    listener = listen("127.0.0.1", int(sys.argv[1]))
    serve(lambda: Server(app, listener, lambda _environ: 0), 1)
