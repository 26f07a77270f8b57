"""A server that takes mail over SMTP, on a free port of the loopback, for trying and testing.

usage: mail_server.py FOLDER [CERTIFICATE KEY]

FOLDER/port tells the port once it listens. Each mail becomes a file FOLDER/NNNN.json with its sender, its receivers, the user
that it came from, whether TLS was spoken, and its text as it came. With a certificate and its key, PEM, it offers STARTTLS, takes
users only behind it (the password is "correct horse") and takes mail of users only. FOLDER/refuse, if there, has a line that
answers each RCPT.
"""

import base64
import itertools
import json
import pathlib
import socketserver
import ssl
import sys

folder = pathlib.Path(sys.argv[1])
files = sys.argv[2:4]
numbers = itertools.count(1)


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def line(self):
        return self.rfile.readline().decode().rstrip("\r\n")

    def handle(self):
        self.tls, self.user, self.sender, self.receivers = False, None, None, []
        self.say("220 neighbour ESMTP")
        while line := self.line():
            word = line.split(" ")[0].upper()
            answer = getattr(self, "do_" + word, None)
            if word == "QUIT":
                return self.say("221 bye")
            self.say("502 unknown") if answer is None else answer(line)

    def do_EHLO(self, _):
        offers = ["neighbour"]
        if files and not self.tls:
            offers.append("STARTTLS")
        if self.tls or not files:
            offers.append("AUTH PLAIN LOGIN")
        for offer in offers[:-1]:
            self.say("250-" + offer)
        self.say("250 " + offers[-1])

    def do_STARTTLS(self, _):
        self.say("220 go on")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.tls = True

    def do_AUTH(self, line):
        words = line.split(" ")
        if words[1].upper() == "PLAIN":
            if len(words) < 3:
                self.say("334 ")
                words.append(self.line())
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
        else:
            self.say("334 " + base64.b64encode(b"Username:").decode())
            user = base64.b64decode(self.line()).decode()
            self.say("334 " + base64.b64encode(b"Password:").decode())
            password = base64.b64decode(self.line()).decode()
        if password != "correct horse":
            return self.say("535 no")
        self.user = user
        self.say("235 welcome")

    def do_MAIL(self, line):
        if files and not self.user:
            return self.say("530 who are you?")
        self.sender = line[len("MAIL FROM:") :].split(" ")[0]
        self.receivers = []
        self.say("250 ok")

    def do_RCPT(self, line):
        refuse = folder / "refuse"
        if refuse.exists():
            return self.say(refuse.read_text().strip())
        self.receivers.append(line[len("RCPT TO:") :].split(" ")[0])
        self.say("250 ok")

    def do_DATA(self, _):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            lines.append(line[1:] if line.startswith(".") else line)
        told = {"from": self.sender, "to": self.receivers, "user": self.user, "tls": self.tls, "text": "".join(lines)}
        number = next(numbers)
        part = folder / f".{number:06}.part"
        part.write_text(json.dumps(told))
        part.rename(folder / f"{number:06}.json")
        self.say("250 taken")

    def do_RSET(self, _):
        self.say("250 ok")

    def do_NOOP(self, _):
        self.say("250 ok")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients that have gone are no news."""


server = Server(("127.0.0.1", 0), Session)
part = folder / ".port.part"
part.write_text(str(server.server_address[1]))
part.rename(folder / "port")
server.serve_forever()
