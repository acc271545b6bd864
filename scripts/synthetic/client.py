"""The service's HTTP API as the demo uses it: one kept-alive connection, streamed lists, definite answers."""

import http.client
import json
import time
from urllib.parse import urlsplit

PIECE_BYTES = 64 * 1024
SOCKET_TIMEOUT_SECONDS = 60
ATTEMPTS_MAX = 6
RETRY_AFTER_SECONDS_MAX = 10
ERRORS_SHOWN = 5


class Refused(Exception):
    """The service said no, or cannot be reached."""


class Client:
    """Sends what it is given until it has an answer.

    Everything the demo sends may be sent again: the API counts a repeated statement or event once.
    """

    def __init__(self, url):
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or parts.path not in ("", "/"):
            raise Refused(f"{url} is not like http://127.0.0.1:8080")
        self.url = f"http://{parts.netloc}"
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=SOCKET_TIMEOUT_SECONDS)

    def get(self, path):
        return self._answer("GET", path, lambda: None, {})

    def put(self, path, body):
        text = _json(body)
        return self._answer("PUT", path, lambda: text, {"Content-Type": "application/json"})

    def post_list(self, path, items):
        """Streams items as newline-delimited JSON; `items` gives a fresh iterator for every attempt."""
        reply = self._answer("POST", path, lambda: _pieces(items()), {"Content-Type": "application/x-ndjson"})
        if reply.get("rejected"):
            lines = [f"{reply['rejected']} of {reply.get('received')} items of POST {path} were rejected:"]
            for error in reply.get("errors", [])[:ERRORS_SHOWN]:
                lines.append(f"  line {error.get('line')}: {error.get('code')}: {error.get('detail')}")
            raise Refused("\n".join(lines))
        return reply

    def _answer(self, method, path, body, headers):
        headers = {"Accept": "application/json", **headers}
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                response, content = self._exchange(method, path, body(), headers)
            except (http.client.HTTPException, OSError) as error:
                self._connection.close()
                if attempt == ATTEMPTS_MAX or isinstance(error, ConnectionRefusedError):
                    raise Refused(f"{method} {path}: no answer from {self.url}: {error}") from error
                time.sleep(min(0.1 * 2**attempt, RETRY_AFTER_SECONDS_MAX))
                continue
            if response.status == 503 and attempt < ATTEMPTS_MAX:
                time.sleep(_retry_after_seconds(response))
                continue
            return _parsed(method, path, response, content)
        raise AssertionError("the last attempt returns or raises")

    def _exchange(self, method, path, body, headers):
        try:
            # A body that is an iterator goes out in chunks as it is made.
            self._connection.request(method, path, body=body, headers=headers, encode_chunked=True)
        except (BrokenPipeError, ConnectionResetError):
            # The service may have answered before it had read everything, and the answer says why.
            pass
        response = self._connection.getresponse()
        return response, response.read()


class Printer:
    """Stands in for the client in a dry run: prints each request, one JSON object a line."""

    url = ""

    def put(self, path, body):
        print(_json({"method": "PUT", "path": path, "body": body}).decode())

    def post_list(self, path, items):
        for item in items():
            print(_json({"method": "POST", "path": path, "body": item}).decode())


def _json(value):
    return json.dumps(value, separators=(",", ":")).encode()


def _pieces(items):
    piece = bytearray()
    for item in items:
        piece += _json(item)
        piece += b"\n"
        if len(piece) >= PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def _retry_after_seconds(response):
    value = response.getheader("Retry-After", "")
    return min(int(value), RETRY_AFTER_SECONDS_MAX) if value.isdecimal() else 1


def _parsed(method, path, response, content):
    try:
        answer = json.loads(content) if content else {}
    except ValueError:
        answer = {}
    if response.status >= 300:
        why = answer.get("detail") or answer.get("title") or response.reason
        raise Refused(f"{method} {path}: {response.status} {answer.get('code', '')}: {why}")
    return answer
