"""A journal's time book over MLLP on a free port of the loopback, for trying and testing: HL7 v2.5.1, SRM of the events S01 to S04
and S06 with SRR, SQM^S25 with SQR.

usage: journal.py FOLDER

FOLDER/port tells the MLLP port and FOLDER/control the port of its control over HTTP, once they listen. GET /state tells the
bookings: {placer: {patient, slot, held, confirmed, start, end, filler}}. PUT /fault sets how it fails, in JSON: {"before": n} the
next n questions are not heard, {"after": n} they are done and the answer gets lost, {"refuse": [placer]} what it refuses to
reserve, {"keep": [placer]} what it refuses to cancel, {"locked": n} the next n are answered with error 206. POST /act does what its people do: {"do": "book" | "move" |
"cancel", "booking": placer, "slot", "patient", "start", "end"}; it answers {"done": true or false}. What was asked of it is GET
/asked, a list of events.
"""

import json
import pathlib
import socketserver
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = pathlib.Path(sys.argv[1])
lock = threading.Lock()
bookings = {}
answers = {}
asked = []
faults = {"before": 0, "after": 0, "locked": 0, "refuse": [], "keep": []}


class Refused(Exception):
    def __init__(self, code, words):
        super().__init__(words)
        self.code, self.words = code, words


def owner(slot):
    return next((name for name, entry in bookings.items() if slot in (entry["slot"], entry["held"])), None)


def free_for(slot, placer):
    if owner(slot) not in (None, placer):
        raise Refused("205", "Tiden är redan bokad.")


def known(placer):
    if placer not in bookings:
        raise Refused("204", "Bokningen finns inte.")
    return bookings[placer]


def reserve(placer, patient, slot, start, end):
    if placer in bookings:
        return
    if placer in faults["refuse"]:
        raise Refused("205", "Mottagningen tar inte emot bokningen.")
    free_for(slot, placer)
    bookings[placer] = {
        "patient": patient, "slot": slot, "held": None, "confirmed": False, "start": start, "end": end,
        "filler": f"J-{len(answers) + len(bookings) + 1}",
    }


def hold(placer, slot, start, end):
    entry = known(placer)
    if entry["slot"] == slot:
        return
    free_for(slot, placer)
    entry.update(held=slot, held_start=start, held_end=end)


def confirm(placer):
    entry = known(placer)
    entry["confirmed"] = True
    if entry["held"]:
        entry.update(slot=entry["held"], start=entry["held_start"], end=entry["held_end"], held=None)


def release(placer):
    entry = bookings.get(placer)
    if entry and not entry["confirmed"]:
        del bookings[placer]
    elif entry:
        entry["held"] = None


def change(placer, slot, start, end):
    entry = known(placer)
    free_for(slot, placer)
    entry.update(slot=slot, start=start, end=end)


def annul(placer):
    if placer in faults["keep"]:
        raise Refused("205", "Besöket har börjat.")
    bookings.pop(placer, None)


def perform(event, kind, placer, patient, slot, start, end):
    if event == "S01":
        reserve(placer, patient, slot, start, end)
    elif event == "S02" and kind == "Tentative":
        hold(placer, slot, start, end)
    elif event == "S02":
        change(placer, slot, start, end)
    elif event == "S03":
        confirm(placer)
    elif event == "S04":
        annul(placer)
    elif event == "S06":
        release(placer)


def field(segments, name, number, component=1):
    for segment in segments:
        if segment[0] == name:
            number_in = number - 1 if name == "MSH" else number
            parts = segment[number_in].split("^") if number_in < len(segment) else []
            return parts[component - 1] if component <= len(parts) else ""
    return ""


def schedule(placer):
    entry = bookings.get(placer)
    if not entry:
        return ""
    status = "Booked" if entry["confirmed"] else "Pending"
    sch = [""] * 26
    sch[0], sch[1], sch[2], sch[25] = "SCH", placer, entry["filler"], status
    sch[11] = f"^^^{entry['start']}^{entry['end']}"
    return "|".join(sch) + f"\rRGS|1||{entry['slot']}\r"


def answer(text):
    segments = [line.split("|") for line in text.split("\r") if line]
    event, control = field(segments, "MSH", 9, 2), field(segments, "MSH", 10)
    placer, kind = field(segments, "ARQ", 1), field(segments, "ARQ", 8)
    asked.append(event)
    if faults["locked"] > 0:
        faults["locked"] -= 1
        code, error = "AE", "ERR|||206|E||||Upptagen\r"
    else:
        code, error = "AA", ""
        try:
            perform(
                event, kind, placer, field(segments, "PID", 3), field(segments, "RGS", 3), field(segments, "ARQ", 11, 1),
                field(segments, "ARQ", 11, 2))
        except Refused as refused:
            code, error = "AE", f"ERR|||{refused.code}|E||||{refused.words}\r"
    kinds = ("SQR", "SQR_S25") if event == "S25" else ("SRR", "SRR_S01")
    head = f"MSH|^~\\&|TESTJOURNAL||SLUSS||20261121120000||{kinds[0]}^{event}^{kinds[1]}|A-{control}|P|2.5.1||||||UNICODE UTF-8\r"
    return head + f"MSA|{code}|{control}\r" + error + (schedule(placer) if code == "AA" else "")


class TimeBook(socketserver.StreamRequestHandler):
    def handle(self):
        data = b""
        while True:
            chunk = self.request.recv(65536)
            if not chunk:
                return
            data += chunk
            while b"\x1c\r" in data:
                block, data = data.split(b"\x1c\r", 1)
                with lock:
                    if faults["before"] > 0:
                        faults["before"] -= 1
                        return
                    reply = answer(block.lstrip(b"\x0b").decode())
                    if faults["after"] > 0:
                        faults["after"] -= 1
                        return
                self.request.sendall(b"\x0b" + reply.encode() + b"\x1c\r")


class Control(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def tell(self, value):
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")

    def do_GET(self):
        with lock:
            self.tell(asked if self.path == "/asked" else bookings)

    def do_PUT(self):
        wish = self.body()
        with lock:
            faults.update(wish)
            self.tell({})

    def do_POST(self):
        wish = self.body()
        placer, slot = wish["booking"], wish.get("slot")
        start, end = wish.get("start", ""), wish.get("end", "")
        with lock:
            try:
                if wish["do"] == "book":
                    reserve(placer, wish["patient"], slot, start, end)
                    confirm(placer)
                elif wish["do"] == "move":
                    # While somebody is booking or moving it, the journal shows it as reserved.
                    if not known(placer)["confirmed"] or known(placer)["held"]:
                        raise Refused("206", "Upptagen")
                    change(placer, slot, start, end)
                else:
                    known(placer)
                    annul(placer)
                self.tell({"done": True, "filler": bookings.get(placer, {}).get("filler")})
            except Refused:
                self.tell({"done": False})


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def tell_port(name, number):
    part = folder / f".{name}.part"
    part.write_text(str(number))
    part.rename(folder / name)


book = Server(("127.0.0.1", 0), TimeBook)
control = ThreadingHTTPServer(("127.0.0.1", 0), Control)
control.daemon_threads = True
threading.Thread(target=book.serve_forever, daemon=True).start()
tell_port("control", control.server_address[1])
tell_port("port", book.server_address[1])
control.serve_forever()
