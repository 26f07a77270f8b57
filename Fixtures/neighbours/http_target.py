"""A system that takes documents over HTTP, on a free port of the loopback, for trying and testing.

usage: http_target.py FOLDER

FOLDER/port tells the port once it listens. Each request becomes a file FOLDER/NNNN.json with its method, path, headers and
body. FOLDER/answer, if there, says how it answers, in JSON: status (200), body, headers, and delay in seconds; "hang" never
answers, "drop" closes the connection, "half" sends half an answer, "raw" sends what is no HTTP. It is read anew for each request.
"""

import base64
import itertools
import json
import pathlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = pathlib.Path(sys.argv[1])
numbers = itertools.count(1)
lock = threading.Lock()


class Target(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.keep(body)
        answer = self.wish()
        time.sleep(answer.get("delay", 0))
        if answer.get("hang"):
            time.sleep(3600)
        if answer.get("drop") or "raw" in answer:
            self.wfile.write(answer.get("raw", "").encode())
            self.close_connection = True
            return
        text = answer.get("body", "").encode()
        self.send_response(answer.get("status", 200))
        for name, value in answer.get("headers", {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text) * (2 if answer.get("half") else 1)))
        self.end_headers()
        self.wfile.write(text)
        if answer.get("half"):
            self.close_connection = True

    do_PUT = do_POST

    def keep(self, body):
        told = {
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": base64.b64encode(body).decode(),
        }
        with lock:
            number = next(numbers)
            part = folder / f".{number:06}.part"
            part.write_text(json.dumps(told))
            part.rename(folder / f"{number:06}.json")

    def wish(self):
        try:
            return json.loads((folder / "answer").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """Clients that have gone are no news."""


server = Server(("127.0.0.1", 0), Target)
part = folder / ".port.part"
part.write_text(str(server.server_address[1]))
part.rename(folder / "port")
server.serve_forever()
