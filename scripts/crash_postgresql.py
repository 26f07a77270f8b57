"""A PostgreSQL server of a crash test's own, and the network to it: both can be taken away and given back."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading


def binaries():
    """The folder of the newest server that is installed, or None."""
    versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = versions[-1:] or [pathlib.Path(path) for path in [shutil.which("initdb")] if path]
    return found[0].parent if found else None


class Server:
    """Reached through a socket in its folder by those beside it, through a `Network` by gateways."""

    def __init__(self):
        self.binaries = binaries()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sluss-crash-pg-"))
        # The server refuses to run as root.
        self.as_owner = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.as_owner = ["runuser", "-u", "postgres", "--"]
        self.run("initdb", "-D", self.folder / "data", "-U", "sluss", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def run(self, program, *arguments):
        command = [*self.as_owner, self.binaries / program, *arguments]
        # Its log keeps standard output open for as long as the server runs.
        subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def start(self):
        # What the system does to a disk is not asked here: only processes die, and their writes stay.
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_connections=300"
        self.run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "start", "-o", options)

    def stop(self, way):
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "stop", "-m", way)

    def ask(self, sql):
        """The rows of a question, as texts."""
        program = [self.binaries / "psql", "-h", self.folder, "-U", "sluss", "-d", "postgres", "-qAtX", "-F", "\t", "-c", sql]
        text = subprocess.run(program, capture_output=True, text=True, check=True).stdout
        return [line.split("\t") for line in text.splitlines()]

    @property
    def socket(self):
        return str(self.folder / ".s.PGSQL.5432")

    def end(self):
        try:
            self.stop("immediate")
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(self.folder)


class Network:
    """A port of the loopback that passes bytes on to the server, as long as nothing is in the way."""

    def __init__(self, server):
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.flows = threading.Event()
        self.flows.set()
        self.refuses = False
        self.lock, self.pairs = threading.Lock(), set()
        threading.Thread(target=self.listen, daemon=True).start()

    def cut(self):
        """Everybody is cut off and refused."""
        self.refuses = True
        with self.lock:
            pairs, self.pairs = self.pairs, set()
        for pair in pairs:
            self.close(pair)

    def swallow(self):
        """No byte passes any more, and nobody is told."""
        self.flows.clear()

    def mend(self):
        self.refuses = False
        self.flows.set()

    def listen(self):
        while True:
            client, _ = self.listener.accept()
            if self.refuses:
                client.close()
                continue
            there = socket.socket(socket.AF_UNIX)
            try:
                there.connect(self.server.socket)
            except OSError:
                client.close()
                continue
            pair = (client, there)
            with self.lock:
                self.pairs.add(pair)
            for source, sink in (pair, pair[::-1]):
                threading.Thread(target=self.copy, args=[pair, source, sink], daemon=True).start()

    def copy(self, pair, source, sink):
        try:
            while data := source.recv(1 << 16):
                self.flows.wait()
                sink.sendall(data)
        except OSError:
            pass
        with self.lock:
            self.pairs.discard(pair)
        self.close(pair)

    @staticmethod
    def close(pair):
        for end in pair:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
