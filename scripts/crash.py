"""Kills a running gateway with SIGKILL at moments of chance, under load, and checks afterwards what senders and receivers saw.

usage: crash.py SLUSS KILLS [SEED]

Senders push visits over HTTP and admissions over MLLP, each its own patients and one message at a time, again and again until
it is acknowledged; some are sent twice. What comes of them goes to a system over HTTP that fails, hangs, answers late, with
half an answer or with garbage, and to a folder. After the last kill everything is let go through, and then:

- each acknowledged message is stored, once, and delivered to both targets: accepted = delivered + waiting + dead;
- no receiver saw two idempotency keys for one event;
- at the receiver no event of a patient came after a later one of theirs;
- a byte-identical duplicate got the id of the first;
- the database is sound.
"""

import base64
import collections
import http.client
import json
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

root = pathlib.Path(__file__).resolve().parent.parent
sluss, kills = sys.argv[1], int(sys.argv[2])
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
chance = random.Random(seed)
folder = pathlib.Path(tempfile.mkdtemp(prefix="sluss-crash-"))
over = threading.Event()

ROUTES = """
routes:
  everything:
    from: [visiba/visit-event, journal/adt]
    to: {sink: hub, drop: hub}
    order: = patient.identifier.where(use = 'official').value.first()
    delivery: {timeout: 500 ms, backoff: 20 ms to 200 ms, give-up-after: 72 h, when-dead: hold}
"""

# How the receiver answers: mostly well.
ANSWERS = [{}] * 6 + [
    {"status": 503}, {"status": 429, "headers": {"Retry-After": "1"}}, {"drop": True}, {"hang": True}, {"delay": 0.8},
    {"half": True, "body": "<ok/>"}, {"status": 302}, {"status": 500, "body": "\u0000garbage<"}, {"status": 999},
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def personal_number(count):
    """A number of somebody born in 1912 whose check digit is right."""
    digits = f"120101{count:03}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return f"19{digits}{-total % 10}"


class Neighbour:
    """A running http_target.py."""

    def __init__(self):
        self.folder = folder / "sink"
        self.folder.mkdir()
        program = root / "Fixtures/neighbours/http_target.py"
        self.process = subprocess.Popen([sys.executable, program, self.folder], stderr=subprocess.DEVNULL)
        while not (self.folder / "port").exists():
            time.sleep(0.01)
        self.port = int((self.folder / "port").read_text())

    def answer(self, wish):
        part = self.folder / ".answer"
        part.write_text(json.dumps(wish))
        part.rename(self.folder / "answer")

    def requests(self):
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))]


class Gateway:
    """The program under test."""

    def __init__(self, sink):
        self.port, self.mllp = free_port(), free_port()
        self.data, self.drop = folder / "data", folder / "drop"
        self.drop.mkdir()
        mappings = folder / "Mappings"
        shutil.copytree(root / "Mappings", mappings)
        (mappings / "routes.yaml").write_text(ROUTES)
        self.log = open(folder / "log", "wb")
        self.configuration = folder / "sluss.yaml"
        self.configuration.write_text(
            f"""
port: {self.port}
data: {self.data}
mappings: {mappings}
log: json
systems: anybody
mllp:
  journal: {{port: {self.mllp}, mapping: journal/adt, acknowledgements: original}}
targets:
  sink: {{http: {{url: "http://127.0.0.1:{sink.port}/sink", network: loopback}}, at-once: 8}}
  drop: {{directory: {self.drop}}}
"""
        )

    def start(self):
        self.process = subprocess.Popen(
            [sluss, "serve", "--config", self.configuration], stdout=self.log, stderr=self.log
        )

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait()

    def is_up(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def wait_up(self):
        for _ in range(3000):
            if self.is_up():
                return
            if self.process.poll() is not None:
                raise SystemExit(f"the gateway does not start: {(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        raise SystemExit("the gateway does not listen")


class Unexpected(Exception):
    """An answer that no sender should get."""


class Sender(threading.Thread):
    """One that sends its patients' events in order, each until it is acknowledged."""

    def __init__(self, number, gateway):
        super().__init__(daemon=True)
        self.number, self.gateway = number, gateway
        self.chance = random.Random(seed * 1000 + number)
        self.patients = [personal_number(number * 10 + each) for each in range(1, 4)]
        # What is acknowledged, in order: patient, event, id.
        self.history, self.duplicates, self.wrong = [], 0, []

    def run(self):
        count = 0
        while not over.is_set():
            count += 1
            patient = self.chance.choice(self.patients)
            event = f"S{self.number}E{count:06}"
            body = self.message(event, patient)
            try:
                identity = self.until_acknowledged(body)
            except Unexpected as unexpected:
                return self.wrong.append(f"{event}: {unexpected}")
            self.history.append((patient, event, identity))
            if self.chance.random() < 0.1:
                self.duplicates += 1
                again = self.until_acknowledged(body)
                if again != identity:
                    self.wrong.append(f"{event} was acknowledged as {identity} and, again, as {again}")

    def until_acknowledged(self, body):
        while True:
            try:
                return self.send(body)
            except (OSError, http.client.HTTPException, EOFError):
                time.sleep(0.02)


class HTTPSender(Sender):
    template = (root / "Mappings/visiba/cases/minimal-visit/event.json").read_text()

    def message(self, event, patient):
        told = json.loads(self.template)
        told["eventId"], told["visit"]["id"], told["patient"]["personalNumber"] = event, "V" + event, patient
        return json.dumps(told).encode()

    def send(self, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=10)
        try:
            connection.request("POST", "/in/visiba/visit-event", body)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status in (200, 202):
            return json.loads(text)["id"]
        if answer.status != 503:
            raise Unexpected(f"the gateway answers {answer.status}: {text[:200]}")
        raise OSError("not acknowledged")


class MLLPSender(Sender):
    template = (root / "Mappings/journal/cases/admission/message.hl7").read_bytes().replace(b"\n", b"\r")

    def message(self, event, patient):
        told = self.template.replace(b"|M-1|", f"|{event}|".encode()).replace(b"191212121212", patient.encode())
        return told.replace(b"V-4711", b"V" + event.encode()).replace(b"|19121212|", b"|19120101|")

    def send(self, body):
        with socket.create_connection(("127.0.0.1", self.gateway.mllp), timeout=10) as connection:
            connection.sendall(b"\x0b" + body + b"\x1c\r")
            answer = b""
            while not answer.endswith(b"\x1c\r"):
                part = connection.recv(65536)
                if not part:
                    raise EOFError
                answer += part
        fields = answer.split(b"\r")[0].split(b"|")
        verdict = next(line for line in answer.split(b"\r") if line.startswith(b"MSA")).split(b"|")[1]
        if verdict != b"AA":
            raise Unexpected(f"the gateway answers {answer[:300]}")
        # MSH-10 of an acknowledgement follows from the message's id.
        return fields[9].decode()


def trouble(sink):
    while not over.is_set():
        sink.answer(chance.choice(ANSWERS))
        time.sleep(0.15)


def crash(gateway):
    """Kills it so many times, also while it starts; gives how many of them hit it while it listened."""
    hits = 0
    for count in range(kills):
        gateway.start()
        if chance.random() < 0.85:
            gateway.wait_up()
            time.sleep(chance.uniform(0, 0.8))
        else:
            time.sleep(chance.uniform(0, 0.3))
        hits += gateway.is_up()
        if gateway.process.poll() is not None:
            raise SystemExit(f"the gateway ended by itself: {(folder / 'log').read_text()[-2000:]}")
        gateway.end(signal.SIGKILL)
        if (count + 1) % 50 == 0:
            print(f"{count + 1} kills", flush=True)
    return hits


def waiting(database):
    return database.execute("SELECT (SELECT count(*) FROM waiting) + (SELECT count(*) FROM lane)").fetchone()[0]


def settle(gateway, senders):
    """Lets everything through and stops the gateway properly."""
    gateway.start()
    gateway.wait_up()
    over.set()
    for sender in senders:
        sender.join(60)
    for _ in range(1200):
        time.sleep(0.1)
        # Read only, and never while the gateway could be the one that recovers the log.
        with sqlite3.connect(f"file:{gateway.data}/sluss.sqlite?mode=ro", uri=True) as database:
            if waiting(database) == 0:
                break
    if gateway.end(signal.SIGTERM) != 0:
        print("the gateway did not stop properly")


def stored(gateway, senders, complain):
    database = sqlite3.connect(f"{gateway.data}/sluss.sqlite")
    sound = [row[0] for row in database.execute("PRAGMA integrity_check")]
    if sound != ["ok"]:
        complain(f"the database is not sound: {sound[:3]}")
    events = {event for sender in senders for _, event, _ in sender.history}
    keys = [row[0] for row in database.execute("SELECT sender_key FROM message")]
    # MLLP's keys name also the sending application.
    found = collections.Counter(key[key.rindex("S") :] for key in keys)
    for event in events:
        if (count := found[event]) != 1:
            complain(f"{event} was acknowledged and is stored {count} times")
    if len(keys) != len(events):
        complain(f"{len(keys)} messages are stored and {len(events)} were sent")
    states = dict(database.execute("SELECT state, count(*) FROM delivery GROUP BY state"))
    if sum(states.values()) != 2 * len(events) or set(states) != {3}:
        complain(f"of {2 * len(events)} deliveries there are by state {states}")
    counted = database.execute("SELECT sum(count) FROM delivery_tally WHERE state = 3").fetchone()[0]
    if counted != states.get(3, 0):
        complain(f"{counted} deliveries are counted and {states.get(3, 0)} are there")
    if len(list(gateway.drop.glob("*.json"))) != len(events):
        complain(f"{len(list(gateway.drop.glob('*.json')))} files are in the folder for {len(events)} events")
    return events


def received(sink, senders, complain):
    place = {event: (patient, index) for sender in senders for index, (patient, event, _) in enumerate(sender.history)}
    keys, last = collections.defaultdict(set), {}
    requests = sink.requests()
    for request in requests:
        body = base64.b64decode(request["body"])
        if len(body) != int(request["headers"].get("content-length", 0)):
            # Its sender was killed before it had sent all; no receiver takes that for a document.
            continue
        event = event_of(body.decode())
        keys[event].add(request["headers"]["idempotency-key"])
        if event not in place:
            complain(f"{event} was delivered and never acknowledged")
            continue
        patient, index = place[event]
        if index < last.get(patient, -1):
            complain(f"{event} of {patient} came after a later event")
        last[patient] = max(index, last.get(patient, -1))
    for event, seen in keys.items():
        if len(seen) != 1:
            complain(f"{event} came under {len(seen)} keys")
    for event in place.keys() - keys.keys():
        complain(f"{event} was acknowledged and never came")
    return len(requests)


def event_of(text):
    start = text.index('"VS') + 2
    return text[start : text.index('"', start)]


def main():
    sink = Neighbour()
    gateway = Gateway(sink)
    senders = [HTTPSender(number, gateway) for number in range(4)]
    senders += [MLLPSender(number, gateway) for number in range(4, 6)]
    began = time.monotonic()
    try:
        for thread in senders + [threading.Thread(target=trouble, args=[sink], daemon=True)]:
            thread.start()
        hits = crash(gateway)
        settle_answers = threading.Thread(target=lambda: (over.wait(), time.sleep(0.3), sink.answer({})), daemon=True)
        settle_answers.start()
        settle(gateway, senders)
        problems = [wrong for sender in senders for wrong in sender.wrong]
        events = stored(gateway, senders, problems.append)
        requests = received(sink, senders, problems.append)
    finally:
        over.set()
        sink.process.kill()
        if gateway.process.poll() is None:
            gateway.end(signal.SIGKILL)
    duplicates = sum(sender.duplicates for sender in senders)
    print(
        f"{kills} kills with seed {seed}, {hits} of them while it listened, in {time.monotonic() - began:.0f} s: {len(events)} messages"
        f" acknowledged, {duplicates} sent twice, {2 * len(events)} deliveries, {requests} requests at the receiver;"
        f" {len(problems)} problems"
    )
    for problem in problems[:20]:
        print(problem)
    if problems:
        print(f"what was left is in {folder}")
        sys.exit(1)
    shutil.rmtree(folder)


main()
