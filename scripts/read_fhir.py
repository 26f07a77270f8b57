"""Reads FHIR R4B resources in XML or JSON and writes both again: python read_fhir.py FILE…; beside FILE.xml stand FILE.xml.out.json and FILE.xml.out.xml.

Prints FILE: MESSAGE for each that is refused."""

import json
import sys
from xml.etree import ElementTree

from fhir.resources.R4B import get_fhir_model_class


def read(name):
    with open(name, "rb") as file:
        data = file.read()
    if name.endswith(".xml"):
        kind = ElementTree.fromstring(data).tag.rpartition("}")[2]
        return get_fhir_model_class(kind).model_validate_xml(data)
    return get_fhir_model_class(json.loads(data)["resourceType"]).model_validate_json(data)


for name in sys.argv[1:]:
    try:
        resource = read(name)
    except Exception as error:
        print(f"{name}: {error}".replace("\n", " "))
        continue
    with open(name + ".out.json", "w", encoding="utf-8") as file:
        file.write(resource.model_dump_json())
    with open(name + ".out.xml", "wb") as file:
        file.write(resource.model_dump_xml())
