"""Validates YAML files by a JSON Schema as editors do: python validate.py SCHEMA FILE…; prints FILE: PATH: MESSAGE for each error."""

import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors use: `yes` and dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if (kept := [(tag, rule) for tag, rule in resolvers if tag.rpartition(":")[2] in ("int", "float", "null")])
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", yaml.resolver.re.compile("^(?:true|false)$"), list("tf"))


def texts(node):
    """JSON has only texts for keys."""
    if isinstance(node, dict):
        return {key if isinstance(key, str) else json.dumps(key): texts(value) for key, value in node.items()}
    return [texts(item) for item in node] if isinstance(node, list) else node


def main(schema_file, *files):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for name in files:
        with open(name, encoding="utf-8") as file:
            document = texts(yaml.load(file, Loader))
        for error in validator.iter_errors(document):
            print(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message}")


main(*sys.argv[1:])
