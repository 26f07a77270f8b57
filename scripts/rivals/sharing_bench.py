"""What PostgreSQL costs the whole path, and what a second gateway on the same database adds: `sharing_bench.py`, under a minute.

Visits are taken, translated and delivered over HTTP; the ratios are of one run: one gateway on PostgreSQL against one on SQLite, and
two that share a database against one.
"""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import bench


@contextlib.contextmanager
def server(folder):
    """A PostgreSQL server with a database of its own, durable as it comes; its connection string."""
    servers = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not servers:
        raise SystemExit("PostgreSQL's server is not installed")
    folder = os.path.abspath(folder)
    # PostgreSQL refuses to run as root, and wants a short path for its socket.
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory() as socket:
        if user:
            shutil.chown(folder, "postgres")
            shutil.chown(socket, "postgres")
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
        data = f"{folder}/postgresql"
        subprocess.run(
            [*user, servers[-1] / "initdb", "-D", data, "-U", "sluss", "-A", "trust", "-E", "UTF8", "--locale=C"], **quiet)
        control = [*user, servers[-1] / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log"]
        subprocess.run([*control, "-o", f"-k {socket} -c listen_addresses=", "start"], **quiet)
        try:
            yield f"host={socket} user=sluss dbname=postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def gateway(folder, neighbour, store):
    configuration = pathlib.Path(folder, "sluss.yaml")
    configuration.write_text(
        f"port: 0\ndata: {folder}/data\nstore: {store}\nsystems: anybody\naudit: {{folder: {folder}/../audit}}\n"
        f"targets: {{journal: {{http: {{url: {neighbour}/journal, network: loopback}}, at-once: 64}}}}\n")
    return bench.running(f"{bench.BIN}/sluss", "serve", "--config", str(configuration))


def journey(store, gateways, messages, keys):
    """Messages a second from the first that is sent to the last that is delivered."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=".build-release"))
        _, neighbour = stack.enter_context(bench.running(f"{bench.BIN}/sluss-bench", "neighbour"))
        urls = []
        for number in range(gateways):
            data = pathlib.Path(folder, str(number), "data")
            data.mkdir(parents=True)
            if keys.exists():
                shutil.copy(keys, data / "pseudonym.key")
            urls.append(stack.enter_context(gateway(data.parent, neighbour, store))[1])
            if not keys.exists():
                shutil.copy(data / "pseudonym.key", keys)
        ports = [url.rsplit(":", 1)[1] for url in urls]
        began = time.perf_counter()
        load = [
            threading.Thread(
                target=lambda port=port: urllib.request.urlopen(
                    f"{neighbour}/steady?port={port}&rate={messages // gateways}&seconds=1").read())
            for port in ports
        ]
        for thread in load:
            thread.start()
        while bench.number(neighbour + "/count") < messages:
            time.sleep(0.02)
            if time.perf_counter() - began > 120:
                break
        return bench.number(neighbour + "/count") / (time.perf_counter() - began)


def main(messages):
    with tempfile.TemporaryDirectory(dir=".build-release") as folder, server(folder) as connection:
        shared = f"{{postgresql: {{connection: '{connection}'}}}}"
        keys = pathlib.Path(folder, "pseudonym.key")
        small = journey("sqlite", 1, messages, pathlib.Path(folder, "small.key"))
        one = journey(shared, 1, messages, keys)
        two = journey(shared, 2, messages, keys)
    print(f"{'what (a second)':58} {'ours':>10} {'other':>10} {'ratio':>7}   bar")
    bench.row("whole path on PostgreSQL / on SQLite", one, small, 0.3)
    bench.row("two gateways on one PostgreSQL / one", two, one, 0.8)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
