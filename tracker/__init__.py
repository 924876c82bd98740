"""A leak-investigation case tracker. `create_app` is the table of contents of the program."""

import os
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from tracker.base import db
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.base.keys import read_key
from tracker.base.paths import resource
from tracker.models import all as _every_model  # noqa: F401  # models name each other by their words
from tracker.policy.quotas import set_quotas
from tracker.views import AREAS
from tracker.views.register import confirmation, sessions
from tracker.web import addresses, clocks, guard, login, navigation, rendering, table_layout
from tracker.web.as_of import pages
from tracker.web.limits import budgets
from tracker.web.transfer import bodies, formats, static_files
from tracker.web.transfer.proxy import BehindProxy

__version__ = "0.1.0"


def open_register(settings: Settings | None = None) -> Flask:
    """One register and its files, without pages: a command would wait longer for 700 addresses than for its own work.

    Raises BadSetting, Unusable or Damaged with a sentence for the operator.
    """
    app = Flask(__name__, template_folder=resource("templates"), static_folder=resource("static"))
    settings = settings or Settings.load(os.environ, Path(app.instance_path))
    app.config["SETTINGS"] = settings
    db.bind(settings.database_url)
    set_quotas(settings.quota_member_mb, settings.quota_case_mb)
    app.extensions["files"] = FileStore(settings.instance / "files", read_key(settings.storage_key_file))
    app.teardown_appcontext(lambda _fault: db.sessions.remove())
    return app


def create_app(settings: Settings | None = None) -> Flask:
    """The web program over one register; raises what `open_register` raises."""
    app = open_register(settings)
    settings = app.config["SETTINGS"]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        MAX_CONTENT_LENGTH=bodies.STRANGER,  # of who is not signed in; `bodies` allows more
        MAX_FORM_MEMORY_SIZE=bodies.MEMBER,
        MAX_FORM_PARTS=bodies.MOST_FIELDS,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        **login.cookie(settings),
    )
    addresses.init_app(app)
    CSRFProtect(app)
    for area in AREAS:
        app.register_blueprint(area)
    app.wsgi_app = BehindProxy(app.wsgi_app, settings.trusted_proxy)  # type: ignore[method-assign]
    static_files.init_app(app)
    formats.init_app(app)
    table_layout.init_app(app)
    budgets.init_app(app)
    bodies.init_app(app)
    login.init_app(app, sessions.unauthorized)
    pages.init_app(app)
    guard.init_app(app, confirmation.confirm_first)
    navigation.init_app(app)
    rendering.init_app(app)
    clocks.init_app(app)
    return app
