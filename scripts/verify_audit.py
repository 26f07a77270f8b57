"""Checks a package of `sluss audit export` by its description alone: python verify_audit.py PACKAGE [VKEY…]

An independent second implementation, with nothing but the standard library and Ed25519. The article "Verifying an
audit log" in Sources/Audit describes what it does. Prints what is wrong, a line for each, and ends with 1; or the
number of entries and the root, and ends with 0."""

import base64
import hashlib
import pathlib
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

problems = []


def leaf(record):
    return hashlib.sha256(b"\x00" + record).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes):
    """RFC 9162, section 2.1.1, without recursion: whole subtrees are joined as they meet."""
    stack = []
    for place, value in enumerate(hashes):
        while place & 1:
            value = node(stack.pop(), value)
            place >>= 1
        stack.append(value)
    if not stack:
        return hashlib.sha256(b"").digest()
    value = stack.pop()
    while stack:
        value = node(stack.pop(), value)
    return value


def unbase64(text):
    value = base64.b64decode(text, validate=True)
    if base64.b64encode(value).decode() != text:
        raise ValueError("base64 in another form")
    return value


def read_key(vkey):
    name, identifier, rest = vkey.split("+", 2)
    rest = unbase64(rest)
    if hashlib.sha256(name.encode() + b"\n" + rest).hexdigest()[:8] != identifier or len(rest) != 33:
        raise ValueError("a malformed key")
    return name, bytes.fromhex(identifier), rest[0], rest[1:]


def open_note(data, keys):
    """The text of a note of which every line is a different known key's."""
    text, _, lines = data.decode().rpartition("\n\n")
    text += "\n"
    lines = lines.split("\n")
    if lines.pop() != "" or not lines:
        raise ValueError("no signed note")
    seen = []
    for line in lines:
        dash, name, signature = line.split(" ")
        signature = unbase64(signature)
        key = next((k for k in keys if k[0] == name and k[1] == signature[:4]), None)
        if dash != "\u2014" or key is None or key in seen:
            raise ValueError("a signature line that is nobody's")
        seen.append(key)
        signature = signature[4:]
        message = text.encode()
        if key[2] == 4:
            (time,) = struct.unpack(">Q", signature[:8])
            message = f"cosignature/v1\ntime {time}\n".encode() + message
            signature = signature[8:]
        Ed25519PublicKey.from_public_bytes(key[3]).verify(signature, message)
    if not any(key[2] == 1 for key in seen):
        raise ValueError("not signed by the log")
    return text


def open_checkpoint(data, keys):
    lines = open_note(data, keys).split("\n")
    value = unbase64(lines[2])
    if lines[0] != keys[0][0] or str(int(lines[1])) != lines[1] or len(value) != 32:
        raise ValueError("no checkpoint of this log")
    previous = [int(line[9:]) for line in lines[3:] if line.startswith("previous ")]
    return int(lines[1]), value, previous[0] if previous else None


def tile_path(number, width):
    parts = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03}")
    return "/".join(parts) + ("" if width == 256 else f".p/{width}")


def check(name, work, *arguments):
    try:
        return work(*arguments)
    except (ValueError, OSError, InvalidSignature, IndexError, KeyError, StopIteration, struct.error) as error:
        problems.append(f"{name}: {type(error).__name__} {error}")
        return None


def check_record(record):
    """The form of version 1."""
    place = 0

    def take(count):
        nonlocal place
        if place + count > len(record):
            raise ValueError("a record that ends too early")
        place += count
        return record[place - count : place]

    def text():
        return take(int.from_bytes(take(2), "big"))

    if take(1) != b"\x01":
        raise ValueError("another version")
    take(8)
    if take(1)[0] not in (0, 4, 8):
        raise ValueError("an unknown outcome")
    for _ in range(11):
        text().decode()
    for _ in range(take(1)[0]):
        text().decode()
    kind = take(1)[0]
    if kind > 2:
        raise ValueError("an unknown kind of patient")
    if kind:
        take(16)
    if kind == 1:
        take(16 + 32)
        text()
    if place != len(record):
        raise ValueError("a record that ends too late")


def bundle(data):
    records = []
    while data:
        length = int.from_bytes(data[:2], "big")
        if len(data) < 2 + length:
            raise ValueError("a bundle that ends too early")
        records.append(data[2 : 2 + length])
        data = data[2 + length :]
    return records


def check_entries(folder, size):
    leaves = []
    for first in range(0, size, 256):
        width = min(256, size - first)
        tile = (folder / "tile/0" / tile_path(first // 256, width)).read_bytes()
        hashes = [tile[at : at + 32] for at in range(0, len(tile), 32)]
        if len(tile) != 32 * width:
            raise ValueError(f"the tile of the entries from {first} on has another size")
        file = folder / "tile/entries" / tile_path(first // 256, width)
        if file.exists():
            records = bundle(file.read_bytes())
            if len(records) != width:
                raise ValueError(f"the bundle of the entries from {first} on has another size")
            for index, record in enumerate(records):
                if leaf(record) != hashes[index]:
                    problems.append(f"entry {first + index}: it is not what its tile says")
                check(f"entry {first + index}", check_record, record)
        leaves += hashes
    return leaves


def check_upper_tiles(folder, leaves):
    level, hashes = 0, leaves
    while hashes:
        for first in range(0, len(hashes), 256):
            part = hashes[first : first + 256]
            path = folder / "tile" / str(level) / tile_path(first // 256, len(part))
            if path.read_bytes() != b"".join(part):
                problems.append(f"tile {level}/{first // 256}: it is not what the entries lead to")
        hashes = [root(hashes[at : at + 256]) for at in range(0, len(hashes) // 256 * 256, 256)]
        level += 1


def check_manifest(folder, keys):
    text = open_note((folder / "manifest").read_bytes(), keys)
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"manifest"}
    for line in text.split("\n")[2:-1]:
        digest, path = line[:64], line[66:]
        if path not in present:
            problems.append(f"{path}: the file is missing")
            continue
        present.discard(path)
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != digest:
            problems.append(f"{path}: the file was changed")
    problems.extend(f"{path}: the file does not belong here" for path in sorted(present))


def check_proof(data, keys):
    lines = data.decode().split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise ValueError("no proof")
    record = unbase64(lines.pop(0).removeprefix("extra ")) if lines[0].startswith("extra ") else None
    index = int(lines.pop(0).removeprefix("index "))
    path = []
    while lines[0]:
        path.append(unbase64(lines.pop(0)))
    size, expected, _ = open_checkpoint("\n".join(lines[1:]).encode(), keys)
    # RFC 9162, section 2.1.3.2.
    if index >= size or record is None or any(len(value) != 32 for value in path):
        raise ValueError("nothing is proved")
    first, second, value = index, size - 1, leaf(record)
    for sibling in path:
        if second == 0:
            raise ValueError("a proof that is too long")
        if first & 1 or first == second:
            value = node(sibling, value)
            while not first & 1 and first:
                first >>= 1
                second >>= 1
        else:
            value = node(value, sibling)
        first >>= 1
        second >>= 1
    if second or value != expected:
        raise ValueError("the proof is wrong")


def check_checkpoints(folder, keys, leaves, last):
    previous = None
    for file in sorted((folder / "checkpoints").iterdir(), key=lambda file: int(file.name)):
        found = check(str(file), open_checkpoint, file.read_bytes(), keys)
        if found is None:
            continue
        size, value, before = found
        if str(size) != file.name or before != previous:
            problems.append(f"{file}: a checkpoint before it is missing")
        previous = size
        if size > len(leaves) or root(leaves[:size]) != value:
            problems.append(f"{file}: the entries are not those that it was signed for")
    if previous != last:
        problems.append("checkpoint: it is not the last one")


def check_heads(folder, leaves):
    for file in sorted((folder / "heads").glob("*.keys")):
        keys = [read_key(line) for line in file.read_text().splitlines()]
        size, value, _ = open_checkpoint(file.with_suffix("").read_bytes(), keys)
        if size > len(leaves) or root(leaves[:size]) != value:
            problems.append(f"{file}: the entries are not those that it was signed for")


def main(package, *trusted):
    folder = pathlib.Path(package)
    listed = check("keys", lambda: [read_key(line) for line in (folder / "keys").read_text().splitlines()])
    keys = [read_key(line) for line in trusted] or listed
    if not keys or listed != keys:
        problems.append("keys: these are not the trusted ones")
    if keys:
        check("manifest", check_manifest, folder, keys)
        last = check("checkpoint", lambda: open_checkpoint((folder / "checkpoint").read_bytes(), keys))
        leaves = check("entries", check_entries, folder, last[0]) if last else None
        if leaves is not None:
            if root(leaves) != last[1]:
                problems.append("checkpoint: the entries are not those that it was signed for")
            check("tiles", check_upper_tiles, folder, leaves)
            check("checkpoints", check_checkpoints, folder, keys, leaves, last[0])
            check("heads", check_heads, folder, leaves)
            for file in sorted(folder.glob("proof/*.tlog-proof")):
                check(str(file), lambda: check_proof(file.read_bytes(), keys))
    if problems:
        print("\n".join(problems))
        return 1
    print(f"{len(leaves)} entries, root {base64.b64encode(last[1]).decode()}")
    return 0


sys.exit(main(*sys.argv[1:]))
