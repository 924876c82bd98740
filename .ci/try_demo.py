"""The README's way in, tried as a stranger would: `make demo` in a fresh folder, then sign in as one of its accounts.

`python3 .ci/try_demo.py FOLDER`; standard library only. Ends with 0 when the cases of the demo were seen.
"""

import html
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

PATIENCE = 420  # seconds for the installation and the founding of the demo, on a slow machine
FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def main(folder):
    port = free_port()
    demo = subprocess.Popen(
        ["make", "demo", f"PORT={port}"], cwd=folder, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    watchdog = threading.Timer(PATIENCE, os.killpg, (demo.pid, signal.SIGKILL))
    watchdog.start()
    try:
        emails, password = printed(demo.stdout)
        for email in emails:
            cases = sign_in(f"http://127.0.0.1:{port}", email, password)
            print(f"{email} signed in and sees {len(cases)} cases: {', '.join(cases)}")
            if email.startswith("lead@") and not cases:
                sys.exit("The lead of the example sees no case.")
    finally:
        watchdog.cancel()
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(30)


def free_port():
    """A port below those that the system hands out by itself."""
    for port in range(20100, 32000, 7):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    sys.exit("There is no free port.")


def printed(lines):
    """The accounts and the password, as the demo prints them once; all lines are shown on the way."""
    emails, password = [], None
    for line in lines:
        print("  |", line.rstrip())
        emails += re.findall(r"[\w.-]+@[\w.-]+", line)
        password = password or first(r"(?i)password\b\W*\s(\S+)$", line.strip())
        if emails and password:
            threading.Thread(target=lines.read, daemon=True).start()  # the demo must not wait for a reader
            return emails, password
    sys.exit("The demo ended before it had printed an account and a password.")


def first(pattern, text):
    found = re.search(pattern, text)
    return found and found.group(found.re.groups)


def sign_in(address, email, password):
    """The references of the cases that this account sees after signing in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = patiently(browser, address + "/")
    fields = [dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(page.text)]
    filled = {field["name"]: html.unescape(field.get("value", "")) for field in fields if "name" in field}
    for field in fields:
        if field.get("type") in {"email", "password"}:
            filled[field["name"]] = email if field["type"] == "email" else password
    answer = browser.open(page.url, urllib.parse.urlencode(filled).encode(), timeout=30)
    if answer.url == page.url:
        sys.exit("The account that the demo printed could not sign in.")
    start = browser.open(address + "/", timeout=30).read().decode()
    return sorted(set(re.findall(r"/cases/(LK-\w{4})", start)))


def patiently(browser, address):
    """The page at an address, as soon as the server answers."""
    wait = threading.Event()
    for _ in range(120):
        try:
            page = browser.open(address, timeout=30)
        except urllib.error.URLError:
            wait.wait(0.5)
        else:
            page.text = page.read().decode()
            return page
    sys.exit("The demo does not answer.")


if __name__ == "__main__":
    main(sys.argv[1])
