"""Makes mutants, tries each against the three commands and tells which survived: run.py SLUSS [COUNT] [SEED]."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutations import Mutations

COMMANDS = {"check": ["check"], "laws": ["check", "--laws", "--runs", "300"], "test": ["test"]}
DEMANDED = 0.95


def catchers(sluss, mutation):
    """The commands that end non-zero on a fresh copy with the mutation; a crash is no catch."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "Mappings"
        shutil.copytree("Mappings", copy)
        (Path(folder) / mutation.file).write_text(mutation.text)
        caught = []
        for name, command in COMMANDS.items():
            ended = subprocess.run(
                [sluss, command[0], str(copy), *command[1:]], capture_output=True, timeout=300)
            if ended.returncode < 0 or ended.returncode > 2:
                sys.exit(f"sluss {name} crashed ({ended.returncode}) on {shown(mutation)}")
            if ended.returncode != 0:
                caught.append(name)
                if name == "check":
                    return list(COMMANDS)
        return caught


def shown(mutation):
    return f"{mutation.file}:{mutation.number + 1} ({mutation.kind})\n  - {mutation.old.strip()}\n  + {mutation.new.strip()}"


def chosen(count, seed):
    """As many different mutations as are asked for."""
    mutations, found = Mutations("Mappings", random.Random(seed)), {}
    while len(found) < count:
        if mutation := mutations.next():
            found[(mutation.file, mutation.text)] = mutation
    return list(found.values())


def main(sluss, count=200, seed=1):
    sluss, count, seed = os.path.abspath(sluss), int(count), int(seed)
    tried = chosen(count, seed)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        caught = list(pool.map(lambda mutation: catchers(sluss, mutation), tried))
    columns = ["tried", "check", "laws", "test", "survived"]
    counts = Counter()
    for mutation, by in zip(tried, caught):
        for kind in (mutation.kind, "together"):
            counts[kind, "tried"] += 1
            counts[kind, by[0] if by else "survived"] += 1
    print(f"{'first caught by':20}" + "".join(f"{column:>10}" for column in columns))
    for kind in sorted({mutation.kind for mutation in tried}) + ["together"]:
        print(f"{kind:20}" + "".join(f"{counts[kind, column]:10}" for column in columns))
    survivors = [mutation for mutation, by in zip(tried, caught) if not by]
    for mutation in survivors:
        print(shown(mutation))
    share = 1 - len(survivors) / count
    print(f"{count - len(survivors)} of {count} mutants caught, {share:.1%} (seed {seed}; {DEMANDED:.0%} are demanded)")
    sys.exit(share < DEMANDED)


main(*sys.argv[1:])
