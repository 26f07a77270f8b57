"""Runs the contestants in turn, takes the best of each, and prints one table of ratios."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

import postgresql_server

BIN = ".build-release/release"
SAXON = "/usr/share/java/Saxon-HE.jar:/usr/share/java/xml-resolver.jar"
rates = {}


def measure(*command):
    """Runs a program that prints JSON lines; keeps the best rate for each name."""
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in lines.splitlines():
        figure = json.loads(line)
        rates[figure["name"]] = max(rates.get(figure["name"], 0), figure["perSecond"])


def saxon(classes, kind):
    measure("java", "-Xmx2g", "-cp", f"{SAXON}:{classes}", "SaxonBench",
            "scripts/rivals/visit.xslt", "Fixtures/bench/visit.xml", kind, "5")


def listening(process, log):
    """The address that a server prints when it listens."""
    for _ in range(5000):
        found = re.search(r"listens on (http://\S+)", log.read_text())
        if found:
            return found.group(1)
        if process.poll() is not None:
            break
        time.sleep(0.002)
    raise SystemExit(f"{process.args[0]} did not start: {log.read_text()}")


def wrk(url, seconds, events, threads=1, connections=64):
    """Requests a second that are answered well."""
    told = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-s", f"scripts/rivals/{events}.lua", url],
        check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1))


def peak_megabytes(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


@contextlib.contextmanager
def running(*command):
    """A server, with the address that it listens on."""
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(command, stderr=log)
        try:
            yield process, listening(process, pathlib.Path(log.name))
        finally:
            process.terminate()
            process.wait()


def load(command, path, seconds=6, events="unique_events"):
    """Requests a second that a server answers, its peak memory in MB, and its start-up time in ms."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, "log")
        start = time.perf_counter()
        with log.open("w") as errors:
            process = subprocess.Popen([word.replace("FOLDER", folder) for word in command], stderr=errors)
        try:
            url = listening(process, log)
            if path != "/":
                urllib.request.urlopen(url + "/health").read()
            startup = (time.perf_counter() - start) * 1000
            rate = wrk(url + path, seconds, events)
            peak = peak_megabytes(process)
        finally:
            process.terminate()
            process.wait()
    return rate, peak, startup


def accept():
    memory, startup = [], []
    for _ in range(3):
        bare, _, _ = load([f"{BIN}/sluss-bench", "insert-server", "0", "FOLDER/bare.sqlite"], "/")
        ours, peak, ms = load([f"{BIN}/sluss", "serve", "--port", "0", "--data", "FOLDER"], "/in/visiba/visit-event")
        rates["accept.bare"] = max(rates.get("accept.bare", 0), bare)
        rates["accept.sluss"] = max(rates.get("accept.sluss", 0), ours)
        memory.append(peak)
        startup.append(ms)
    return max(memory), min(startup)


def number(url):
    return json.load(urllib.request.urlopen(url))


def journey(rounds=2, seconds=6):
    """Visits that are taken, translated and delivered over HTTP, against bare inserts between; then half as many."""
    memory = 0
    for _ in range(rounds):
        bare, _, _ = load([f"{BIN}/sluss-bench", "insert-server", "0", "FOLDER/bare.sqlite"], "/", seconds)
        rates["journey.bare"] = max(rates.get("journey.bare", 0), bare)
        with tempfile.TemporaryDirectory() as folder, running(f"{BIN}/sluss-bench", "neighbour") as (_, neighbour):
            with gateway(folder, neighbour) as (process, url):
                began = time.perf_counter()
                wrk(url + "/in/visiba/visit-event", seconds, "unique_visits", connections=256)
                done = all_delivered(url, neighbour)
                rate = done / (time.perf_counter() - began)
                rates["journey.sluss"] = max(rates.get("journey.sluss", 0), rate)
                memory = max(memory, peak_megabytes(process))
    # What the crowd left is not written beside it.
    os.sync()
    with tempfile.TemporaryDirectory() as folder, running(f"{BIN}/sluss-bench", "neighbour") as (_, neighbour):
        with gateway(folder, neighbour) as (process, url):
            port = url.rsplit(":", 1)[1]
            number(f"{neighbour}/steady?port={port}&rate=100&seconds=1")
            rate = int(rates["journey.sluss"] / 2)
            steady = number(f"{neighbour}/steady?port={port}&rate={rate}&seconds={seconds}")
            memory = max(memory, peak_megabytes(process))
    if steady.get("refused") or steady.get("lost"):
        raise SystemExit(f"at a steady rate of {rate} a second: {steady}")
    return steady["median"], steady["p99"], rate, memory


def gateway(folder, neighbour):
    configuration = pathlib.Path(folder, "sluss.yaml")
    configuration.write_text(
        f"port: 0\ndata: {folder}/data\nsystems: anybody\n"
        f"targets: {{journal: {{http: {{url: {neighbour}/journal, network: loopback}}, at-once: 64}}}}\n")
    return running(f"{BIN}/sluss", "serve", "--config", str(configuration))


def all_delivered(url, neighbour):
    """How many messages were taken, once all are delivered."""
    metrics = urllib.request.urlopen(url + "/metrics").read().decode()
    taken = int(re.search(r'sluss_messages_received_total\{[^}]*result="accepted"[^}]*\} (\d+)', metrics).group(1))
    for _ in range(3000):
        if number(neighbour + "/count") >= taken:
            return taken
        time.sleep(0.02)
    raise SystemExit(f"of {taken} only {number(neighbour + '/count')} were delivered")


def audit():
    """A million entries verified and searched. AUDIT_BENCH says otherwise: [VERIFIED] SEARCHED; 10000000 takes minutes."""
    with tempfile.TemporaryDirectory(dir=".build-release") as folder:
        measure(f"{BIN}/sluss-bench", "audit", folder, *os.environ.get("AUDIT_BENCH", "").split())


VISITS, RECORDS = 100_000, 20_000


def billing():
    """A tenth of a million visits, and a fifth of a month of 100 000 records."""
    with tempfile.TemporaryDirectory() as folder:
        measure(f"{BIN}/sluss-bench", "billing", folder, str(VISITS), str(RECORDS))


def outbox():
    """The store alone; then a gateway with the million deliveries that wait in it, against one without."""
    with tempfile.TemporaryDirectory(dir=".build-release") as folder:
        measure(f"{BIN}/sluss-bench", "outbox", folder)
        crowded = pathlib.Path(folder, "crowded")
        crowded.mkdir()
        for file in pathlib.Path(folder).glob("outbox.sqlite*"):
            file.rename(crowded / file.name.replace("outbox", "sluss"))
        startup = []
        for _ in range(2):
            for name, data in ("empty", "FOLDER"), ("crowded", str(crowded)):
                command = [f"{BIN}/sluss", "serve", "--port", "0", "--data", data]
                rate, _, ms = load(command, "/in/visiba/visit-event", events="unique_visits")
                rates[f"gateway.{name}"] = max(rates.get(f"gateway.{name}", 0), rate)
                startup += [ms] if name == "crowded" else []
        return min(startup)


def npo(patients="100000", seconds="8"):
    """200 questions at once over mutual TLS, each answer logged before it leaves."""
    with tempfile.TemporaryDirectory(dir=".build-release") as folder:
        subprocess.run(["scripts/certificates", f"{folder}/certificates"], check=True)
        measure(f"{BIN}/sluss-bench", "npo", folder, patients, seconds)


def free_times(units="20"):
    """Free times of one unit, where a region's 128 000 are in the store."""
    with tempfile.TemporaryDirectory(dir=".build-release") as folder:
        measure(f"{BIN}/sluss-bench", "free-times", folder, units)


def postgresql():
    """On a server of its own, durable as it comes; False when none is installed."""
    if not postgresql_server.installed():
        return False
    with tempfile.TemporaryDirectory(dir=".build-release") as folder:
        with postgresql_server.running(folder) as connection:
            measure(f"{BIN}/sluss-bench", "postgresql", os.path.abspath(folder), connection)
    return True


def lanes():
    """A backlog of five patients: what each has goes one after another, and only once the one before is on disk."""
    with tempfile.TemporaryDirectory(dir=".build-release") as folder:
        if not postgresql_server.installed():
            measure(f"{BIN}/sluss-bench", "lanes", folder, "5000")
            return
        with postgresql_server.running(folder) as connection:
            store = pathlib.Path(folder, "store").absolute()
            store.mkdir()
            measure(f"{BIN}/sluss-bench", "lanes", str(store), "5000", connection)


def tell_lanes():
    """Likewise in under a minute: `scripts/rivals/bench.py lanes`."""
    for engine in "sqlite", "postgresql":
        if commits := rates.get(f"lanes.{engine}.commits"):
            one, eight = rates[f"lanes.{engine}.atOnce1"], rates[f"lanes.{engine}.atOnce8"]
            print(
                f"    a backlog of five patients, {engine}: {one:.0f} a second with at-once 1, {eight:.0f} with 8; for each commit"
                f" that a single writer could make, {one / commits:.2f} and {eight / commits:.2f} (5 when none waits for another)"
            )


def fhirpath(suite):
    """Their expressions first: those that both rivals can evaluate are the ones that count."""
    with tempfile.TemporaryDirectory() as folder:
        cases = f"{folder}/cases.json"
        measure(sys.executable, "scripts/rivals/fhirpath_bench.py", suite, cases)
        measure(f"{BIN}/sluss-bench", "fhirpath", cases)


def row(what, ours, theirs, bar, at_most=False):
    ratio = theirs / ours if at_most else ours / theirs
    met = ratio <= bar if at_most else ratio >= bar
    print(f"{what:58} {ours:>10.0f} {theirs:>10.0f} {ratio:>7.2f} {'≤' if at_most else '≥'} {bar:<5} {'met' if met else 'MISSED'}")


def main(classes):
    if classes == "journey":
        return only_journey()
    if classes == "lanes":
        lanes()
        return tell_lanes()
    for _ in range(2):
        measure(f"{BIN}/sluss-bench", "translate")
        measure(f"{BIN}/sluss-bench", "small")
        saxon(classes, "small")
        saxon(classes, "batch")
        measure(sys.executable, "scripts/rivals/python_bench.py", "scripts/rivals", "Fixtures/bench")
        measure(f"{BIN}/sluss-bench", "hl7v2")
        measure(sys.executable, "scripts/rivals/hl7v2_bench.py", "Fixtures/bench/adt.hl7")
    suite = pathlib.Path("../shared/suites/fhirpath")
    if suite.exists():
        fhirpath(str(suite))
    memory, startup = accept()
    median, p99, steady, journey_memory = journey()
    crowded = outbox()
    audit()
    billing()
    npo()
    free_times()
    has_postgresql = postgresql()
    lanes()
    print(f"{'what (a second)':58} {'Sluss':>10} {'other':>10} {'ratio':>7}   bar")
    row("(a) example visit: translating / its codecs alone (time)", rates["example.translate"], rates["example.codecs"], 3, True)
    row("(b) small visit, against Saxon-HE", rates["small.sluss"], rates["small.saxon"], 1.5)
    row("    against libxslt (lxml)", rates["small.sluss"], rates["small.libxslt"], 1.5)
    row("    against JSONata in Rust (jsonatapy)", rates["small.sluss"], rates["small.jsonata"], 1.5)
    row("    1 000 visits in one document, against Saxon-HE", rates["batch.sluss"], rates["batch.saxon"], 1.5)
    row("(c) accepting events durably, against bare inserts", rates["accept.sluss"], rates["accept.bare"], 0.4)
    row("(d) store: accept, record, send, report / bare inserts", rates["outbox.delivered"], rates["outbox.bare"], 0.2)
    row("    likewise beside a million that wait / without", rates["outbox.deliveredBesideMillion"], rates["outbox.delivered"], 0.7)
    row("    only accepting beside a million that wait / without", rates["outbox.acceptedBesideMillion"], rates["outbox.accepted"], 0.9)
    row("    claiming ten beside a million that wait / without", rates["outbox.claimBesideMillion"], rates["outbox.claim"], 0.5)
    row("    a gateway accepting beside a million that wait / without", rates["gateway.crowded"], rates["gateway.empty"], 0.9)
    row("    gateway: accept, translate, deliver over HTTP / bare inserts", rates["journey.sluss"], rates["journey.bare"], 0.25)
    if has_postgresql:
        row("    store in PostgreSQL, fsync on / in SQLite", rates["postgresql.delivered"], rates["postgresql.sqlite"], 0.3)
    else:
        print("    store in PostgreSQL: left out, its server is not installed")
    row("(e) accepting messages with an audit entry each / without", rates["audit.accepted"], rates["audit.bare"], 0.85)
    row("    likewise, entries about patients", rates["audit.acceptedSealed"], rates["audit.bare"], 0.85)
    row("    verifying a million entries / hashing their bytes", rates["audit.verified"], rates["audit.hashed"], 0.5)
    row("    likewise / hashing leaves and nodes", rates["audit.verified"], rates["audit.hashedTree"], 0.5)
    row("(f) pricing visits / reading their rows from the store", rates["billing.price"], rates["billing.read"], 1 / 3)
    row("(f) NPÖ, 100 000 patients, 200 at once / reading the rows", rates["npo.answered"], rates["npo.bare"], 0.05)
    if suite.exists():
        row("FHIRPath, the suite's expressions, against fhirpathrs", rates["fhirpath.sluss"], rates["fhirpath.rust"], 1)
        row("    reading the expression each time too, as it does", rates["fhirpath.slussReading"], rates["fhirpath.rust"], 1)
        row("    against fhirpathpy", rates["fhirpath.sluss"], rates["fhirpath.python"], 20)
    else:
        print("    FHIRPath: left out, ../shared is not there")
    row("HL7 v2, reading and writing 2 kB, against hl7apy", rates["hl7v2.sluss"], rates["hl7v2.hl7apy"], 20)
    row("    against python-hl7", rates["hl7v2.sluss"], rates["hl7v2.pythonHL7"], 5)
    print(f"    closing and exporting 100 000 records {rates['billing.month-seconds'] * 100_000 / RECORDS:.1f} s (bar 10), "
          f"with {rates['billing.month-megabytes']:.0f} MB more than before (as many for any month)")
    print(f"    three searches of the million {1000 / rates['outbox.search']:.1f} ms (bar 100), opening it {1000 / rates['outbox.open']:.0f} ms (bar 1000)")
    print(f"    a proof {1000 / rates['audit.proved']:.2f} ms (bar 1), a patient among {rates['audit.searched'] / 1e6:.1f} million entries ({rates['audit.megabytes']:.0f} MB) {1000 / rates['audit.found']:.1f} ms (bar 50), memory from there to here {rates['audit.memoryBefore'] / 1024:.0f} to {rates['audit.memory'] / 1024:.0f} MB")
    print(f"    NPÖ: {rates['npo.answered']:.0f} answers a second (bar 2000), p50 {1000 / rates['npo.p50']:.0f} ms, p99 {1000 / rates['npo.p99']:.0f} ms (bar 100), "
          f"{rates['npo.filled']:.0f} patients a second put into the store")
    print("    free times of one unit of twenty: " + ", ".join(
        f"{name} {1 / rates[f'free.{name}']:.2f} s" for name in ("day", "week", "month", "dates")) + " (bar 3)")
    print(f"    at {steady} a second, half of that: from accept to delivered {median:.1f} ms, p99 {p99:.1f} ms (bar 50), peak memory {journey_memory:.0f} MB (bar 150)")
    tell_lanes()
    print(f"    serve with a million that wait: start-up {crowded:.0f} ms (bar 1000)")
    print(f"    serve: peak memory {memory:.0f} MB (bar 100), start-up {startup:.0f} ms (bar 50)")


def only_journey():
    """Under a minute: `scripts/rivals/bench.py journey`."""
    median, p99, steady, memory = journey()
    row("gateway: accept, translate, deliver over HTTP / bare inserts", rates["journey.sluss"], rates["journey.bare"], 0.25)
    print(f"    at {steady} a second: from accept to delivered {median:.1f} ms, p99 {p99:.1f} ms (bar 50), peak memory {memory:.0f} MB (bar 150)")


if __name__ == "__main__":
    main(sys.argv[1])
