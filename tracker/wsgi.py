"""The application object for a WSGI server; the instance is named in TRACKER_INSTANCE."""

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from tracker import create_app
from tracker.guard import settings

application = create_app()
with application.app_context():
    proxy = settings().trusted_proxy
# what a proxy says of the browser's address and of https is believed only from the one that is named
app = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxy) if proxy else application
