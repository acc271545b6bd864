"""One HTTP/1.1 connection, near enough to the socket to see an answer's bytes and to send a file from the kernel."""

import socket
import subprocess
from typing import NamedTuple

TIMEOUT_SECONDS = 120
HEAD_END = b"\r\n\r\n"


class Answer(NamedTuple):
    head: bytes
    body: bytes

    @property
    def status(self):
        return int(self.head.split(b" ", 2)[1])

    @property
    def fields(self):
        """Names as they came, and values."""
        lines = self.head.decode("latin-1").rstrip("\r\n").split("\r\n")[1:]
        return [tuple(part.strip() for part in line.split(":", 1)) for line in lines]


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def get(self, path):
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        return self._answer()

    def post(self, path, content_type, body):
        self.socket.sendall(_post_head(path, content_type, len(body)) + body)
        return self._answer()

    def put(self, path, content_type, body):
        head = _head(path, content_type, f"Content-Length: {len(body)}", method="PUT")
        self.socket.sendall(head + body)
        return self._answer()

    def post_file(self, path, content_type, file, byte_count):
        self.socket.sendall(_post_head(path, content_type, byte_count))
        self.socket.sendfile(file)
        return self._answer()

    def post_pieces(self, path, content_type, pieces, byte_count):
        """Sends a body that is made meanwhile."""
        self.socket.sendall(_post_head(path, content_type, byte_count))
        for piece in pieces:
            self.socket.sendall(piece)
        return self._answer()

    def post_made(self, path, content_type, command, seconds_max):
        """Sends what a program writes, which has to be the body in chunks; the answer, and the program's errors."""
        self.socket.sendall(_head(path, content_type, "Transfer-Encoding: chunked"))
        # The program writes to this very socket, which must not tell it to come again later.
        self.socket.settimeout(None)
        made = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=self.socket, stderr=subprocess.PIPE, timeout=seconds_max,
            check=False)
        self.socket.settimeout(TIMEOUT_SECONDS)
        return self._answer(), made.stderr

    def _answer(self):
        received = bytearray()
        while HEAD_END not in received:
            self._receive(received)
        head, _, body = bytes(received).partition(HEAD_END)
        answer = Answer(head + HEAD_END, b"")
        length = next(int(value) for name, value in answer.fields if name.lower() == "content-length")
        body = bytearray(body)
        while len(body) < length:
            self._receive(body)
        return answer._replace(body=bytes(body))

    def _receive(self, into):
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError("the server closed the connection before its answer had ended")
        into += piece


def _post_head(path, content_type, byte_count):
    return _head(path, content_type, f"Content-Length: {byte_count}")


def _head(path, content_type, framing, method="POST"):
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\n{framing}\r\n\r\n"
    ).encode()
