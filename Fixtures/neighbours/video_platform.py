"""A video platform's booking API on a free port of the loopback, for trying and testing: POST /patients, PUT and PATCH
/appointments/ID with documents of visiba/patient and visiba/booking.

usage: video_platform.py FOLDER

FOLDER/port tells the port once it listens. An appointment is known by the platform's own id or by the one it was asked for with
(requestedAs). GET /state tells {"patients": [...], "appointments": {requestedAs: {id, patient, slot, start, status}}}. PUT /fault
sets how it fails, in JSON: {"before": n} the next n requests are not heard, {"after": n} they are done and the answer gets lost,
{"refuse": [requestedAs]} what it will not have or move, {"late": seconds} how long each answer takes, {"status": n} with
{"times": n} what the next ones are answered with. POST /act does what its people do: {"do": "book" | "move" | "cancel", "booking",
"slot", "patient", "start"}.
"""

import json
import pathlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

folder = pathlib.Path(sys.argv[1])
lock = threading.Lock()
patients, appointments = set(), {}
faults = {"before": 0, "after": 0, "refuse": [], "late": 0, "status": 0, "times": 0}
OVER = ("cancelled", "entered-in-error")


class Refused(Exception):
    pass


def number(person):
    return person.get("personalNumber") or person.get("reserveNumber") or ""


def find(name):
    if name in appointments:
        return name
    return next((key for key, entry in appointments.items() if entry["id"] == name), None)


def place(name, document):
    told = document["appointment"]
    key = find(name) or told.get("requestedAs") or name
    entry = appointments.get(key)
    patient = number(document["patient"])
    if patient not in patients:
        raise Refused(422, "the patient is not known")
    if entry is None and key in faults["refuse"]:
        raise Refused(409, "not here")
    if entry is None:
        entry = appointments[key] = {"id": f"V-{len(appointments) + 1}"}
    entry.update(patient=patient, slot=told.get("slot"), start=told.get("start"), status="booked")
    document["appointment"]["id"] = entry["id"]
    document["appointment"]["status"] = "booked"
    document.setdefault("sender", "SE2321000016-TESTVIDEO")
    return document


def patch(name, document):
    told = document["appointment"]
    key = find(name)
    if key is None or appointments[key]["status"] in OVER:
        if told["status"] in OVER:
            return None
        raise Refused(404, "no such appointment")
    if told["status"] in OVER:
        appointments[key]["status"] = "cancelled"
    else:
        if key in faults["refuse"]:
            raise Refused(409, "not then")
        appointments[key].update(slot=told.get("slot"), start=told.get("start"))
    return None


def act(wish):
    key, entry = wish["booking"], appointments.get(wish["booking"])
    if wish["do"] == "book":
        patients.add(wish["patient"])
        identity = f"V-{len(appointments) + 1}"
        appointments[key] = {
            "id": identity, "patient": wish["patient"], "slot": wish["slot"], "start": wish.get("start"), "status": "booked",
        }
    elif entry is None or entry["status"] in OVER:
        return {"done": False}
    elif wish["do"] == "move":
        entry.update(slot=wish["slot"], start=wish.get("start"))
    else:
        entry["status"] = "cancelled"
    return {"done": True, "id": appointments[key]["id"]}


class Platform(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def tell(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")

    def do_GET(self):
        with lock:
            self.tell(200, {"patients": sorted(patients), "appointments": appointments})

    def work(self):
        document = self.body()
        if self.path == "/fault":
            with lock:
                faults.update(document)
            return self.tell(200, {})
        if self.path == "/act":
            with lock:
                told = act(document)
            return self.tell(200, told)
        time.sleep(faults["late"])
        with lock:
            if faults["before"] > 0:
                faults["before"] -= 1
                self.close_connection = True
                return None
            if faults["times"] > 0:
                faults["times"] -= 1
                return self.tell(faults["status"], {})
            try:
                answer = self.perform(document)
            except Refused as refused:
                return self.tell(refused.args[0], {"error": refused.args[1]})
            if faults["after"] > 0:
                faults["after"] -= 1
                self.close_connection = True
                return None
        return self.tell(200, answer or {})

    def perform(self, document):
        name = unquote(self.path.rpartition("/")[2])
        if self.path == "/patients":
            patients.add(number(document["person"]))
            return document
        return place(name, document) if self.command == "PUT" else patch(name, document)

    do_POST = do_PUT = do_PATCH = work


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients that have gone are no news."""


server = Server(("127.0.0.1", 0), Platform)
part = folder / ".port.part"
part.write_text(str(server.server_address[1]))
part.rename(folder / "port")
server.serve_forever()
