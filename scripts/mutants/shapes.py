"""What shapes allow, read just well enough to propose other fields than those a mapping names."""

import re
from pathlib import Path

FIELD = re.compile(r"^( *)([^\s#][^\s:]*(?::[^\s:]+)*): *([^#]*?) *(?:#.*)?$")


def tree(text):
    """The nested keys of a YAML file in block style; a value that is not a block stays a text."""
    root = {}
    open_blocks = [(-1, root)]
    for line in text.splitlines():
        if not (found := FIELD.match(line)):
            continue
        indent, key, value = len(found[1]), found[2], found[3]
        while open_blocks[-1][0] >= indent:
            open_blocks.pop()
        content = value if value else {}
        open_blocks[-1][1][key] = content
        if not value:
            open_blocks.append((indent, content))
    return root


def plain(key):
    """A field's name as paths write it, and whether it repeats."""
    name = key.rstrip("?*+")
    prefix, colon, local = name.partition(":")
    return (local if colon else name), key[-1] in "*+"


class Shapes:
    """All shapes of a folder."""

    def __init__(self, folder):
        self.shapes = {}
        self.types = {}
        for path in Path(folder).rglob("*.shape.yaml"):
            shape = tree(path.read_text())
            self.shapes[shape["shape"]] = shape
            self.types |= shape.get("types") or {}

    def root(self, shape):
        return self.shapes[shape].get("fields", {})

    def resource(self, name):
        return self.root("hub/" + name) if "hub/" + name in self.shapes else self.types.get(name)

    def fields(self, content):
        """The fields of an object as name: (content, repeats); none for a value."""
        if isinstance(content, str):
            content = self.types.get(content, {})
        return {plain(key)[0]: (below, plain(key)[1]) for key, below in content.items()}

    def is_value(self, content):
        return isinstance(content, str) and content not in self.types

    def descend(self, content, segments):
        """What a path leads to; `None` when it leads nowhere."""
        if content is None:
            return None
        for segment in segments:
            fields = self.fields(content)
            name = re.sub(r"(\[.*\])?\*?$", "", segment)
            if name not in fields:
                return None
            content = fields[name][0]
        return content

    def near(self, content, segments):
        """Other paths to values: one of the last two segments exchanged for a sibling."""
        found = []
        for position in range(max(0, len(segments) - 2), len(segments)):
            parent = self.descend(content, segments[:position])
            if parent is None:
                continue
            for name, (below, repeats) in self.fields(parent).items():
                path = segments[:position] + [name + ("[first]" if repeats else "")] + segments[position + 1 :]
                target = self.descend(content, path)
                if target is not None and self.is_value(target) and not target.startswith("="):
                    found.append(".".join(path))
        return found
