"""A client as a person's browser is one: keeps its connection and cookies, sends forms with their token."""

from __future__ import annotations

import http.client
import http.cookies
import re
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, text and headers of one response."""

    status: int
    text: str
    headers: dict[str, str]


class Visitor:
    """One connection to the product on loopback."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.port = port
        self.headers = headers or {}
        self.cookies: dict[str, str] = {}
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        """One request; a connection that was closed in between is opened again once."""
        sent = self.headers | headers
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for last in (False, True):
            try:
                self._link.request(method, path, body, sent)
                answer = self._link.getresponse()
                text = answer.read().decode("utf-8", errors="replace")
                break
            except (http.client.HTTPException, OSError):
                if last:
                    raise
                self._link.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, text, dict(answer.headers))

    def get(self, path: str) -> Answer:
        """A page."""
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str], *, drawn_by: str = "") -> Answer:
        """A form; its token is read from the page `drawn_by` (or the path itself)."""
        page = self.get(drawn_by or path)
        token = TOKEN.search(page.text)
        body = urlencode(fields | {"csrfmiddlewaretoken": token.group(1) if token else ""})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body, Referer=f"http://127.0.0.1:{self.port}{path}", **kind)

    def sign_in(self, username: str, password: str) -> None:
        """Raises: RuntimeError when the product does not let the person in."""
        answer = self.post("/accounts/login/", {"login": username, "password": password})
        if answer.status not in {302, 303}:
            raise RuntimeError(f"login of {username} answered {answer.status}")
