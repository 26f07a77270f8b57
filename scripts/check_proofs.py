"""Checks a log's roots and proofs with pymerkle: python check_proofs.py FILE

Lines are `entry HEX`, `root SIZE HEX`, `inclusion INDEX SIZE HASH,…` and `consistency FIRST SIZE HASH,…`."""

import hashlib
import sys

from pymerkle import InclusionProof, InmemoryTree, verify_inclusion

tree = InmemoryTree(algorithm="sha256")
checked = 0


def with_path(kind, proof, path):
    """pymerkle's proof with our hashes in it."""
    return kind.deserialize(proof.serialize() | {"path": [value.hex() for value in path]})


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def continues(old_root, first, new_root, size, path):
    """RFC 9162, section 2.1.4.2, between pymerkle's roots: its own proofs of consistency have another form."""
    if first & (first - 1) == 0:
        path = [old_root] + path
    at, end = first - 1, size - 1
    while at & 1:
        at, end = at >> 1, end >> 1
    old = new = path[0]
    for value in path[1:]:
        if end == 0:
            return False
        if at & 1 or at == end:
            old, new = node(value, old), node(value, new)
            while not at & 1 and at:
                at, end = at >> 1, end >> 1
        else:
            new = node(new, value)
        at, end = at >> 1, end >> 1
    return end == 0 and old == old_root and new == new_root


for line in open(sys.argv[1], encoding="ascii"):
    kind, *words = line.rstrip("\n").split(" ")
    if kind == "entry":
        tree.append_entry(bytes.fromhex(words[0]))
        continue
    if kind == "root":
        assert tree.get_root(int(words[0])).hex() == words[1], line
    else:
        first, size = int(words[0]), int(words[1])
        hashes = [bytes.fromhex(word) for word in words[2].split(",") if word]
        root = tree.get_root(size)
        if kind == "inclusion":
            leaf = tree.get_leaf(first + 1)
            theirs = tree.prove_inclusion(first + 1, size)
            verify_inclusion(leaf, root, with_path(InclusionProof, theirs, [leaf] + hashes), first + 1, size)
        else:
            prior = tree.get_root(first)
            assert continues(prior, first, root, size, hashes), line
    checked += 1
print(f"{checked} checked")
