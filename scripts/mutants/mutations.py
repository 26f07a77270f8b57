"""Ways to break one line of a mapping or of a code table."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from shapes import Shapes

LINE = re.compile(r"^( *)([^\s#][^#]*?):( +)(\S.*?)$")
FORMULA_PART = re.compile(r"'[^']*'|\b\w+(?:\.\w+)+\b|[<>!]?=")
HEAD = re.compile(r"^( *)([^\s#]\S*):( +#.*)?$")
RESOURCE = re.compile(r"^([A-Z]\w*)\s+(\w+)")


@dataclass(frozen=True)
class Mutation:
    kind: str
    file: str
    number: int  # of the line, from 0
    old: str
    new: str
    text: str  # the whole file, broken


@dataclass
class Line:
    """A line `key: value` of a block, and where it stands."""

    number: int
    indent: str
    key: str
    gap: str
    value: str
    section: str  # both, in, out, hub, slices, …
    block: tuple  # the numbers of the blocks around
    format: object  # what its left paths begin at
    names: dict  # the hub's names, with what they are

    @property
    def is_formula(self):
        return self.value.startswith("=") or self.section not in ("both", "in", "out")

    @property
    def format_path(self):
        return (self.value if self.section == "in" else self.key).split(" | ")[0].strip()

    @property
    def hub_path(self):
        return (self.key if self.section == "in" else self.value).split(" | ")[0].strip()

    @property
    def chain(self):
        return "".join(" | " + part.strip() for part in self.value.split("|")[1:])

    def written(self, format_path=None, hub_path=None, chain=None):
        format_path, hub_path = format_path or self.format_path, hub_path or self.hub_path
        chain = self.chain if chain is None else chain
        key, value = (hub_path, format_path) if self.section == "in" else (format_path, hub_path)
        return f"{self.indent}{key}:{self.gap}{value}{chain}"


class MappingFile:
    """A mapping, as the lines in it that can be broken."""

    def __init__(self, path, shapes):
        self.path, self.shapes = path, shapes
        self.rows = path.read_text().split("\n")
        head = dict(re.findall(r"(?m)^(mapping|fragment|shape|of): *(\S+)", "\n".join(self.rows)))
        root = shapes.root(head.get("shape") or head["mapping"])
        if "of" in head:
            root = shapes.types[head["of"]]
        self.lines = []
        self._read(root)

    def _read(self, root):
        stack = [(-1, "", (), root, {})]  # indent, section, block, format, names
        for number, row in enumerate(self.rows):
            if not row.strip() or row.lstrip().startswith("#"):
                continue
            indent = len(row) - len(row.lstrip())
            while stack[-1][0] >= indent:
                stack.pop()
            _, section, block, content, names = stack[-1]
            if head := HEAD.match(row):
                key = head[2]
                if key.endswith("*") and section in ("both", "in", "out"):
                    below = self.shapes.descend(content, key.split("."))
                    stack.append((indent, "each", block + (number,), below, dict(names)))
                elif section in ("both", "in", "out"):
                    stack.append((indent, "include", block + (number,), {}, names))
                else:
                    stack.append((indent, key, block, content, names))
            elif found := LINE.match(row):
                line = Line(number, found[1], found[2], found[3], found[4], section, block, content, names)
                self._declare(line)
                self.lines.append(line)

    def _declare(self, line):
        """Notes the hub names that a line gives: `patient: Patient as …`, `each: Condition diagnosis`, `… as item`."""
        if line.section == "hub" or line.section == "each" and line.key != "each":
            line.names[line.key] = self.shapes.resource(line.value.split()[0])
        elif line.key == "each" and (found := RESOURCE.match(line.value)):
            line.names[found[2]] = self.shapes.resource(found[1])
        elif line.key == "each" and (found := re.match(r"(\S+)\s+as\s+(\w+)", line.value)):
            first, *rest = split(found[1])
            line.names[found[2]] = self.shapes.descend(line.names.get(first), rest)

    def pairs(self):
        return [line for line in self.lines if line.section in ("both", "in", "out") and not line.is_formula]

    def with_row(self, number, new):
        return "\n".join(self.rows[:number] + [new] + self.rows[number + 1 :])

    def moved(self, line, section):
        """The file with a line in another section of its block."""
        text = replace(line, section=section)
        key, value = line.format_path, line.hub_path
        text.key, text.value = (value, key + line.chain) if section == "in" else (key, value + line.chain)
        indent = line.indent[:-2]
        rows = self.rows[: line.number] + [None] + self.rows[line.number + 1 :]
        start = max(number for number in range(line.number) if rows[number] == f"{indent}{line.section}:")
        new = f"{line.indent}{text.key}: {text.value}"
        first, last = start, start
        while first > 0 and (self._indent(first - 1) >= len(indent)):
            first -= 1
        while last + 1 < len(rows) and (self._indent(last + 1) >= len(indent)):
            last += 1
        for number in range(first, last + 1):
            if rows[number] == f"{indent}{section}:":
                rows.insert(number + 1, new)
                break
        else:
            rows[last + 1 : last + 1] = [f"{indent}{section}:", new]
        return "\n".join(row for row in rows if row is not None)

    def _indent(self, number):
        row = self.rows[number]
        return len(row) - len(row.lstrip()) if row.strip() else 1000


def split(path):
    """A path's segments; points in brackets are none."""
    return re.findall(r"[^.\[\]]+(?:\[[^\]]*\])?\*?", path)


class Mutations:
    """All that can be broken in a folder of mappings."""

    def __init__(self, folder, random):
        self.folder, self.random = Path(folder), random
        self.shapes = Shapes(folder)
        self.mappings = [MappingFile(path, self.shapes) for path in sorted(self.folder.rglob("*.map.yaml"))]
        self.tables = sorted(self.folder.rglob("codes/*.csv"))
        self.kinds = {
            "path of the format": self.format_path,
            "path of the hub": self.hub_path,
            "table": self.table,
            "converter": self.converter,
            "direction": self.direction,
            "row of a table": self.row,
            "slice": self.slice,
            "where and as": self.link,
            "fixed value": self.fixed,
            "formula": self.formula,
        }

    def next(self):
        """A mutation; `None` when what was tried can't be broken so."""
        kind = self.random.choice(list(self.kinds))
        return self.kinds[kind](kind)

    def _one(self, choices, other_than=()):
        left = sorted(set(choices) - set(other_than))
        return self.random.choice(left) if left else None

    def _line(self, wanted=lambda line: True):
        """A line that goes from a path to a path, each in the folder as likely as the other."""
        lines = [(file, line) for file in self.mappings for line in file.pairs() if wanted(line)]
        return self.random.choice(lines)

    def _made(self, kind, file, line, new):
        old = file.rows[line.number]
        if new is None or new.split() == old.split():
            return None
        return Mutation(kind, str(file.path), line.number, old, new, file.with_row(line.number, new))

    # Paths

    def format_path(self, kind):
        file, line = self._line()
        used = [other.format_path for other in file.pairs() if other.block == line.block]
        new = self._other(used, self.shapes.near(line.format, split(line.format_path)), line.format_path)
        return new and self._made(kind, file, line, line.written(format_path=new))

    def hub_path(self, kind):
        file, line = self._line()
        name, *rest = split(line.hub_path)
        used = [other.hub_path for other in file.pairs() if other.block == line.block[: len(other.block)]]
        near = [f"{name}.{path}" for path in self.shapes.near(line.names.get(name), rest)]
        new = self._other(used, near, line.hub_path)
        return new and self._made(kind, file, line, line.written(hub_path=new))

    def _other(self, used, near, old):
        return self._one(self.random.choice([used, near]), [old])

    def slice(self, kind):
        file, line = self._line(lambda line: "[" in line.hub_path)
        taken = self.random.choice(re.findall(r"\w+\[[^\]]*\]", line.hub_path))
        field = taken[: taken.index("[")]
        texts = [path.read_text() for path in self.folder.rglob("*.shape.yaml")] + ["\n".join(file.rows)]
        known = [found for text in texts for found in re.findall(rf"\b{field}\[[\w-]+\]", text)]
        new = self._one(known + [f"{field}[first]"], [taken])
        return new and self._made(kind, file, line, line.written(hub_path=line.hub_path.replace(taken, new, 1)))

    # Tables and converters

    def table(self, kind):
        file, line = self._line(lambda line: "|" in line.value)
        new = self._one([path.stem for path in self.tables], [line.chain.strip(" |")])
        return self._made(kind, file, line, line.written(chain=f" | {new}"))

    def converter(self, kind):
        file, line = self._line()
        converters = ["", " | base64", " | not", " | prefix('x')"]
        if line.chain.startswith(" | prefix"):
            converters += [line.chain.replace("('", "('x"), line.chain.replace("')", "x')")]
        new = self._one(converters, [line.chain])
        return self._made(kind, file, line, line.written(chain=new))

    def row(self, kind):
        path = self.random.choice(self.tables)
        rows = path.read_text().split("\n")
        cells = [row.split(",") for row in rows]
        taken = [number for number, row in enumerate(rows) if number and row and not row.startswith("#")]
        number = self.random.choice(taken)
        column = self.random.randrange(len(cells[0]))
        old = cells[number][column] if column < len(cells[number]) else ""
        if cells[0][column] == "use":
            new = self._one(["", "in", "out"], [old])
        else:
            new = self._one([cells[other][column] for other in taken] + [old + "x", ""], [old])
        changed = list(cells[number])
        changed[column : column + 1] = [new]
        text = rows[:number] + [",".join(changed)] + rows[number + 1 :]
        return Mutation(kind, str(path), number, rows[number], ",".join(changed), "\n".join(text))

    # Directions

    def direction(self, kind):
        file, line = self._line()
        section = self._one(["both", "in", "out"], [line.section])
        new = f"{section}: {line.format_path} … {line.hub_path}{line.chain}"
        old = file.rows[line.number]
        return Mutation(kind, str(file.path), line.number, old, new, file.moved(line, section))

    # What ties resources together, and what tells elements apart

    def link(self, kind):
        places = []
        for file in self.mappings:
            for line in file.lines:
                if line.section in ("hub", "each", "with") or line.key in ("each", "with"):
                    places += [(file, line, found) for found in re.finditer(r"(?:= ?|as |where |, |: )([\w.\[\]-]+|'[^']*')", line.value)]
                if line.section == "when":
                    places.append((file, line, None))
        file, line, found = self.random.choice(places)
        if found is None:
            swaps = [("!=", "="), ("=", "!="), (" and ", " or "), (" or ", " and ")]
            new = next((line.value.replace(old, other, 1) for old, other in swaps if old in line.value[2:]), None)
            return new and self._made(kind, file, line, f"{line.indent}{line.key}:{line.gap}{new}")
        choices = [other.group(1) for known, _, other in places if known is file and other]
        taken = found[1]
        if "." in taken or taken in line.names:
            name, *rest = split(taken)
            fields = self.shapes.fields(self.shapes.descend(line.names.get(name), rest[:-1]) or {})
            choices = list(line.names) + [".".join([name] + rest[:-1] + [field]) for field in fields if rest]
        elif taken.startswith("'"):
            choices = [choice for choice in choices if choice.startswith("'")] + [taken[:-1] + "x'"]
        new = self._one(choices, [taken])
        value = line.value[: found.start(1)] + str(new) + line.value[found.end(1) :]
        return new and self._made(kind, file, line, f"{line.indent}{line.key}:{line.gap}{value}")

    def fixed(self, kind):
        places = []
        for file in self.mappings:
            for line in file.lines:
                if line.section == "slices" or line.section.partition("[")[2]:
                    places += [(file, line, found) for found in re.finditer(r'(?<=: )("[^"]*"|[\w:.-]+)(?=[,}]|$)', ": " + line.value)]
        file, line, found = self.random.choice(places)
        taken = found[1].strip('"')
        new = self._one([other[1].strip('"') for _, _, other in places] + [taken + "x"], [taken])
        value = (": " + line.value).replace(taken, new, 1)[2:]
        return self._made(kind, file, line, f"{line.indent}{line.key}:{line.gap}{value}")

    def formula(self, kind):
        lines = [(file, line) for file in self.mappings for line in file.lines if FORMULA_PART.search(line.value[2:]) and line.value.startswith("= ")]
        file, line = self.random.choice(lines)
        found = self.random.choice(list(FORMULA_PART.finditer(line.value[2:])))
        taken, (start, end) = found[0], found.span()
        if taken.startswith("'"):
            choices = [taken[:-1] + "x'"]
        elif taken[-1] == "=":
            choices = ["=", "!="]
        else:
            parts = (part for _, other in lines for part in FORMULA_PART.findall(other.value[2:]))
            choices = [part for part in parts if "." in part and "'" not in part]
        new = self._one(choices, [taken])
        value = line.value[: 2 + start] + str(new) + line.value[2 + end :]
        return new and self._made(kind, file, line, f"{line.indent}{line.key}:{line.gap}{value}")
