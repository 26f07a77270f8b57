"""A PostgreSQL server for one measurement."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile


def installed():
    """The folders of the servers' programs, the newest last."""
    return sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@contextlib.contextmanager
def running(folder):
    """A PostgreSQL server with a database of its own, durable as it comes; its connection string."""
    servers = installed()
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
