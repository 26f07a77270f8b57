"""Kills running gateways with SIGKILL at moments of chance, under load, and checks afterwards what senders and receivers saw.

usage: crash.py SLUSS KILLS [SEED [sqlite|postgresql]]

With PostgreSQL two gateways share a database, and each attempt of a sender goes to either. The server crashes and is restarted
too, and the network to it is cut or swallows all for a while. Before the end one gateway is killed for good, and the other has
to take over.

Senders push visits over HTTP and admissions over MLLP, each its own patients and one message at a time, again and again until
it is acknowledged; some are sent twice. What comes of them goes to a system over HTTP that fails, hangs, answers late, with
half an answer or with garbage, and to a folder. After the last kill everything is let go through, and then:

- each acknowledged message is stored, once, and delivered to both targets: accepted = delivered + waiting + dead;
- no receiver saw two idempotency keys for one event;
- at the receiver no event of a patient came after a later one of theirs;
- a byte-identical duplicate got the id of the first;
- the database is sound, and so is the audit log, against all that was signed.
"""

import base64
import collections
import http.client
import json
import os
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

import crash_postgresql

root = pathlib.Path(__file__).resolve().parent.parent
sluss, kills = sys.argv[1], int(sys.argv[2])
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
engine = sys.argv[4] if len(sys.argv) > 4 else "sqlite"
LEASE = 3
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
    """The program under test. Those that share a database share the mappings, the folder target and the audit log's keys."""

    def __init__(self, name, sink, mappings, store):
        self.port, self.mllp = free_port(), free_port()
        self.data, self.drop = folder / f"data-{name}", folder / "drop"
        self.log_file = folder / f"log-{name}"
        self.log = open(self.log_file, "wb")
        self.configuration = folder / f"{name}.yaml"
        self.configuration.write_text(
            f"""
port: {self.port}
data: {self.data}
mappings: {mappings}
store: {store}
audit: {{folder: {folder / "audit"}, sign-every: 1 s}}
log: json
systems: anybody
mllp:
  journal: {{port: {self.mllp}, mapping: journal/adt, acknowledgements: original}}
targets:
  sink: {{http: {{url: "http://127.0.0.1:{sink.port}/sink", network: loopback}}, at-once: 8}}
  drop: {{directory: {self.drop}}}
"""
        )

    process = None

    def start(self):
        self.process = subprocess.Popen(
            [sluss, "serve", "--config", self.configuration], stdout=self.log, stderr=self.log
        )

    def end(self, number):
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait()

    def expect_running(self):
        if self.process.poll() is not None:
            raise SystemExit(f"a gateway ended by itself: {self.log_file.read_text()[-2000:]}")

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
                raise SystemExit(f"the gateway does not start: {self.log_file.read_text()[-2000:]}")
            time.sleep(0.02)
        raise SystemExit("the gateway does not listen")


class Backlog(threading.Thread):
    """How far those who receive are behind those who send. Without a bound, kills would hit what accepts and little else."""

    MOST = 2000

    def __init__(self):
        super().__init__(daemon=True)
        self.senders, self.is_long = [], False

    def run(self):
        while not over.is_set():
            sent = sum(len(sender.history) for sender in self.senders)
            self.is_long = sent - len(os.listdir(folder / "drop")) > self.MOST
            time.sleep(0.5)


backlog = Backlog()


class Unexpected(Exception):
    """An answer that no sender should get."""


class Sender(threading.Thread):
    """One that sends its patients' events in order, each until it is acknowledged, by whichever gateway."""

    def __init__(self, number, gateways):
        super().__init__(daemon=True)
        self.number, self.gateways = number, gateways
        self.chance = random.Random(seed * 1000 + number)
        self.patients = [personal_number(number * 100 + each) for each in range(1, 100)]
        # What is acknowledged, in order: patient, event, id.
        self.history, self.duplicates, self.wrong = [], 0, []

    def run(self):
        count = 0
        while not over.is_set():
            while backlog.is_long and not over.is_set():
                time.sleep(0.05)
            count += 1
            patient = self.patient()
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

    def patient(self):
        """Often one of the first three: what comes of one patient's events has to wait for each other."""
        return self.chance.choice(self.patients[:3] if self.chance.random() < 0.2 else self.patients)

    def until_acknowledged(self, body):
        while True:
            try:
                return self.send(body, self.chance.choice(self.gateways))
            except (OSError, http.client.HTTPException, EOFError):
                time.sleep(0.02)


class HTTPSender(Sender):
    template = (root / "Mappings/visiba/cases/minimal-visit/event.json").read_text()

    def message(self, event, patient):
        told = json.loads(self.template)
        told["eventId"], told["visit"]["id"], told["patient"]["personalNumber"] = event, "V" + event, patient
        return json.dumps(told).encode()

    def send(self, body, gateway):
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=40)
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

    def send(self, body, gateway):
        with socket.create_connection(("127.0.0.1", gateway.mllp), timeout=40) as connection:
            connection.sendall(b"\x0b" + body + b"\x1c\r")
            answer = b""
            while not answer.endswith(b"\x1c\r"):
                part = connection.recv(65536)
                if not part:
                    raise EOFError
                answer += part
        fields = answer.split(b"\r")[0].split(b"|")
        verdict = next(line for line in answer.split(b"\r") if line.startswith(b"MSA")).split(b"|")[1]
        if verdict == b"AE" and b"could not be stored" in answer:
            raise OSError("not acknowledged")
        if verdict != b"AA":
            raise Unexpected(f"the gateway answers {answer[:300]}")
        # MSH-10 of an acknowledgement follows from the message's id.
        return fields[9].decode()


def trouble(sink):
    while not over.is_set():
        sink.answer(chance.choice(ANSWERS))
        time.sleep(0.15)


class SQLite:
    """One gateway with a file beside it."""

    def __init__(self, sink, mappings):
        self.gateways = [Gateway("alone", sink, mappings, "sqlite")]

    def start(self):
        pass

    def crash(self):
        """Kills it so many times, also while it starts; how many of them hit it while it listened."""
        gateway, hits = self.gateways[0], 0
        for count in range(kills):
            gateway.start()
            if chance.random() < 0.85:
                gateway.wait_up()
                time.sleep(chance.uniform(0, 0.8))
            else:
                time.sleep(chance.uniform(0, 0.3))
            hits += gateway.is_up()
            gateway.expect_running()
            gateway.end(signal.SIGKILL)
            if (count + 1) % 50 == 0:
                print(f"{count + 1} kills", flush=True)
        gateway.start()
        gateway.wait_up()
        return f"{kills} kills, {hits} of them while it listened"

    def ask(self, sql):
        # Read only, and never while the gateway could be the one that recovers the log.
        with sqlite3.connect(f"file:{self.gateways[0].data}/sluss.sqlite?mode=ro", uri=True) as database:
            return [[str(value) for value in row] for row in database.execute(sql)]

    def unsound(self):
        sound = self.ask("PRAGMA integrity_check")
        return [] if sound == [["ok"]] else sound[:3]

    def end(self):
        pass


class PostgreSQL:
    """Two gateways on one database, each with a network of its own to it."""

    def __init__(self, sink, mappings):
        self.server = crash_postgresql.Server()
        self.networks = [crash_postgresql.Network(self.server) for _ in range(2)]
        self.gateways = [
            Gateway(name, sink, mappings, self.store(network)) for name, network in zip(["one", "other"], self.networks)
        ]

    @staticmethod
    def store(network):
        connection = f"host=127.0.0.1 port={network.port} user=sluss dbname=postgres sslmode=disable"
        return f"{{postgresql: {{connection: '{connection}', lease: {LEASE} s}}}}"

    def start(self):
        one, other = self.gateways
        one.start()
        one.wait_up()
        other.data.mkdir()
        shutil.copy(one.data / "pseudonym.key", other.data)
        other.start()
        other.wait_up()

    def crash(self):
        events, killed = collections.Counter(), 0
        while killed < kills:
            time.sleep(chance.uniform(0, 0.8))
            for gateway in self.gateways:
                gateway.expect_running()
            event = chance.choices(
                ["kill", "kill both", "crash the server", "restart the server", "cut", "swallow"], [60, 8, 6, 4, 12, 10]
            )[0]
            events[event] += 1
            killed += self.do(event)
            if killed // 50 > (killed - 1) // 50 and event.startswith("kill"):
                print(f"{killed} kills", flush=True)
        told = ", ".join(f"{event} {count}" for event, count in sorted(events.items()))
        return f"{killed} kills ({told}); one gone for good, the other had taken over after {self.take_over():.1f} s"

    def do(self, event):
        """How many were killed."""
        if event.startswith("kill"):
            victims = self.gateways if event == "kill both" else [chance.choice(self.gateways)]
            for gateway in victims:
                gateway.end(signal.SIGKILL)
            # Now and then longer than the lease.
            time.sleep(chance.uniform(0, 1) if chance.random() < 0.8 else chance.uniform(LEASE, LEASE + 2))
            for gateway in victims:
                gateway.start()
                if chance.random() < 0.9:
                    gateway.wait_up()
            for gateway in victims:
                gateway.wait_up()
            return len(victims)
        if "server" in event:
            self.server.stop("immediate" if event.startswith("crash") else "fast")
            time.sleep(chance.uniform(0, 1.5))
            self.server.start()
            return 0
        victims = self.networks if chance.random() < 0.3 else [chance.choice(self.networks)]
        for network in victims:
            network.cut() if event == "cut" else network.swallow()
        time.sleep(chance.uniform(0, 1) if chance.random() < 0.7 else chance.uniform(LEASE, LEASE + 2))
        for network in victims:
            network.mend()
        return 0

    def take_over(self):
        """Seconds until the one that stays has everything of the one that is gone."""
        gone = chance.choice(self.gateways)
        gone.end(signal.SIGKILL)
        began = time.monotonic()
        while self.ask("SELECT count(*) FROM gateway") != [["1"]]:
            if time.monotonic() - began > 10 * LEASE:
                raise SystemExit("the other gateway does not take over")
            time.sleep(0.05)
        return time.monotonic() - began

    def ask(self, sql):
        return self.server.ask(sql)

    def unsound(self):
        try:
            self.ask("CREATE EXTENSION IF NOT EXISTS amcheck")
        except subprocess.CalledProcessError:
            print("amcheck is not installed: the database's indexes were not checked")
            return []
        try:
            self.ask("SELECT bt_index_check(indexrelid, true) FROM pg_index JOIN pg_class ON oid = indrelid WHERE relkind = 'r'")
        except subprocess.CalledProcessError as error:
            return [error.stderr[:300]]
        return []

    def end(self):
        self.server.end()


def drain(stage):
    """Waits until everything has gone out, for as long as it goes on: a busy machine takes its time."""
    # A message that is translated becomes two deliveries.
    left = "SELECT 3 * (SELECT count(*) FROM waiting) + (SELECT count(*) FROM lane) + (SELECT count(*) FROM behind)"
    least, since = None, time.monotonic()
    while time.monotonic() - since < 180:
        now = int(stage.ask(left)[0][0])
        if now == 0:
            return
        if least is None or now < least:
            least, since = now, time.monotonic()
        time.sleep(0.2)


def settle(stage, senders):
    """Lets everything through and stops the gateways properly."""
    over.set()
    for sender in senders:
        sender.join(90)
    drain(stage)
    for gateway in stage.gateways:
        if gateway.process.poll() is None and gateway.end(signal.SIGTERM) != 0:
            print("a gateway did not stop properly")


def stored(stage, senders, complain):
    if unsound := stage.unsound():
        complain(f"the database is not sound: {unsound}")
    verify = [sluss, "audit", "verify", "--store", "--config", stage.gateways[0].configuration, "--keys", folder / "audit"]
    verified = subprocess.run(verify, capture_output=True, text=True, check=False)
    if verified.returncode != 0:
        complain(f"the audit log is not sound: {verified.stdout[-300:]} {verified.stderr[-300:]}")
    events = {event for sender in senders for _, event, _ in sender.history}
    keys = [row[0] for row in stage.ask("SELECT sender_key FROM message")]
    # MLLP's keys name also the sending application.
    found = collections.Counter(key[key.rindex("S") :] for key in keys)
    for event in events:
        if (count := found[event]) != 1:
            complain(f"{event} was acknowledged and is stored {count} times")
    if len(keys) != len(events):
        complain(f"{len(keys)} messages are stored and {len(events)} were sent")
    states = {int(state): int(count) for state, count in stage.ask("SELECT state, count(*) FROM delivery GROUP BY state")}
    if sum(states.values()) != 2 * len(events) or set(states) != {3}:
        complain(f"of {2 * len(events)} deliveries there are by state {states}")
    counted = int(stage.ask("SELECT sum(count) FROM delivery_tally WHERE state = 3")[0][0])
    if counted != states.get(3, 0):
        complain(f"{counted} deliveries are counted and {states.get(3, 0)} are there")
    files = len(list((folder / "drop").glob("*.json")))
    if files != len(events):
        complain(f"{files} files are in the folder for {len(events)} events")
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
    if engine == "postgresql" and crash_postgresql.binaries() is None:
        print("Skipped, because PostgreSQL's server is not installed: kills of gateways that share a database.")
        return
    sink = Neighbour()
    (folder / "drop").mkdir()
    mappings = folder / "Mappings"
    shutil.copytree(root / "Mappings", mappings)
    (mappings / "routes.yaml").write_text(ROUTES)
    stage = {"sqlite": SQLite, "postgresql": PostgreSQL}[engine](sink, mappings)
    senders = [HTTPSender(number, stage.gateways) for number in range(4)]
    senders += [MLLPSender(number, stage.gateways) for number in range(4, 6)]
    began = time.monotonic()
    try:
        stage.start()
        backlog.senders = senders
        for thread in senders + [backlog, threading.Thread(target=trouble, args=[sink], daemon=True)]:
            thread.start()
        told = stage.crash()
        threading.Thread(target=lambda: (over.wait(), time.sleep(0.3), sink.answer({})), daemon=True).start()
        settle(stage, senders)
        problems = [wrong for sender in senders for wrong in sender.wrong]
        events = stored(stage, senders, problems.append)
        requests = received(sink, senders, problems.append)
    finally:
        over.set()
        sink.process.kill()
        for gateway in stage.gateways:
            gateway.end(signal.SIGKILL)
        stage.end()
    duplicates = sum(sender.duplicates for sender in senders)
    print(
        f"{engine}, seed {seed}: {told}; in {time.monotonic() - began:.0f} s {len(events)} messages"
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
