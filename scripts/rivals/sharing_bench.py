"""What PostgreSQL costs the whole path, and what a second gateway on the same database adds: `sharing_bench.py`, under a minute.

Visits are taken, translated and delivered over HTTP; the ratios are of one run: one gateway on PostgreSQL against one on SQLite, and
two that share a database against one.
"""

import contextlib
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import time
import urllib.request

import bench
import postgresql_server


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
    with tempfile.TemporaryDirectory(dir=".build-release") as folder, postgresql_server.running(folder) as connection:
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
