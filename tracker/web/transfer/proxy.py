"""Behind a TLS proxy: who asks, under which name, and that it was https, is told by the proxy, and by it alone."""

from ipaddress import ip_address, ip_network
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix


class BehindProxy:
    """A WSGI program that hears the `X-Forwarded-` headers of one proxy, named by its address or network.

    From anybody else they say nothing. Of several addresses in X-Forwarded-For the last counts: the proxy wrote it.
    """

    def __init__(self, program: Any, trusted: str | None) -> None:
        self.program = program
        self.trusted = ip_network(trusted, strict=False) if trusted else None
        self.told = ProxyFix(program, x_for=1, x_proto=1, x_host=1)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return (self.told if self._is_proxy(environ) else self.program)(environ, start_response)

    def _is_proxy(self, environ: dict[str, Any]) -> bool:
        try:
            return self.trusted is not None and ip_address(environ.get("REMOTE_ADDR", "")) in self.trusted
        except ValueError:
            return False
