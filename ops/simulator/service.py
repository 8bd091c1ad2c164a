"""Calls of the service, as its portals, counters and persons make them."""
import concurrent.futures
import http.client
import json
import threading
import urllib.parse

WORKERS = 8


class Refused(Exception):
    """An answer that nobody expected."""


class Service:
    def __init__(self, base):
        parts = urllib.parse.urlsplit(base)
        self.host, self.port = parts.hostname, parts.port or 80
        self.local = threading.local()
        self.pool = concurrent.futures.ThreadPoolExecutor(WORKERS)
        self.calls = 0

    def send(self, method, path, headers, body=b""):
        """The status, the headers and the bytes of an answer; over a connection of the thread's own."""
        self.calls += 1
        for attempt in (1, 2):
            connection = getattr(self.local, "connection", None)
            if connection is None:
                connection = self.local.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (ConnectionError, http.client.HTTPException):
                # A kept connection may have been closed while nobody used it.
                connection.close()
                self.local.connection = None
                if attempt == 2:
                    raise
        raise AssertionError

    def call(self, token, method, path, body=None, raw=None, accept=(200, 201, 202), **headers):
        """The JSON of an answer. With `accept=None` the status too, whatever it is."""
        sent = {"Authorization": "Bearer " + token, "Accept-Language": "vi"}
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        payload = raw if raw is not None else b""
        if body is not None:
            payload = json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json"
        status, _, answer = self.send(method, path, sent, payload)
        found = json.loads(answer) if answer[:1] in (b"{", b"[") else answer
        if accept is None and status < 500:
            return status, found
        if accept is None or status not in accept:
            raise Refused(f"{method} {path}: {status} {answer[:2000].decode(errors='replace')} "
                          f"(sent {payload[:500].decode(errors='replace')})")
        return found

    def pages(self, token, path):
        """Everything that a list has."""
        items, cursor = [], None
        while True:
            separator = "&" if "?" in path else "?"
            more = "&cursor=" + urllib.parse.quote(cursor) if cursor else ""
            page = self.call(token, "GET", f"{path}{separator}limit=500{more}")
            items += page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return items

    def together(self, work, items):
        """Does the same with each of many things, several at once, and returns what came of them in their order."""
        return list(self.pool.map(work, items))
