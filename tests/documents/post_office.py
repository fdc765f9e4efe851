"""A mail server that speaks enough SMTP for one client at a time (RFC 5321), and keeps what it got."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class PostOffice:
    """``refuses`` answers an address with a code; ``mails`` holds (recipient, raw mail). While it is
    not ``open`` a client that has said who it is waits, and has made it ``busy``."""

    port: int = 0
    open: threading.Event = field(default_factory=threading.Event)
    busy: threading.Event = field(default_factory=threading.Event)
    refuses: dict[str, str] = field(default_factory=dict)
    mails: list[tuple[str, str]] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the listener is closed when the test is over
            while True:
                client, _address = listener.accept()
                # A client that was killed hears no answer.
                with (
                    suppress(OSError),
                    client,
                    client.makefile("rw", encoding="utf-8", newline="\r\n") as stream,
                ):
                    self._talk(stream)

    def _talk(self, stream) -> None:
        def say(line: str) -> None:
            stream.write(f"{line}\r\n")
            stream.flush()

        say("220 tests")
        recipient = ""
        for line in iter(stream.readline, ""):
            verb = line[:4].upper()
            if verb == "MAIL":
                self.busy.set()
                self.open.wait()
                say("250 OK")
            elif verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                say(self.refuses.get(recipient, "250 OK"))
            elif verb == "DATA":
                say("354 Go on")
                lines = iter(stream.readline, ".\r\n")
                self.mails.append((recipient, "".join(lines)))
                say("250 Taken")
            elif verb == "QUIT":
                say("221 Bye")
                return
            else:
                say("250 OK")


@contextmanager
def open_post_office(*, is_open: bool = True) -> Iterator[PostOffice]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        office = PostOffice(port=listener.getsockname()[1])
        if is_open:
            office.open.set()
        clerk = threading.Thread(target=office.serve, args=[listener], daemon=True)
        clerk.start()
        yield office
        office.open.set()
        listener.shutdown(socket.SHUT_RDWR)
    clerk.join(5)
