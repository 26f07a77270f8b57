"""FHIRPath in Rust (fhirpathrs) and in Python (fhirpathpy) on the official suite's expressions.

Writes the expressions that both evaluate without an error to a file, so that all contestants run the same ones.
"""

import json
import pathlib
import sys
import time
import xml.etree.ElementTree as ElementTree

import fhirpathpy
import fhirpathrs
from fhirpathpy.models import models

SECONDS = 3.0


def expressions(suite):
    """(expression, name of the resource's JSON file, resource) of each test that is not to be refused and prints nothing."""
    for test in ElementTree.parse(suite / "tests-fhir-r4.xml").iter("test"):
        expression = test.find("expression")
        file = suite / test.get("inputfile", "patient-example.xml").replace(".xml", ".json")
        if "invalid" not in expression.attrib and "trace(" not in expression.text and file.exists():
            yield expression.text, file.name, json.loads(file.read_text())


def works(expression, resource):
    try:
        fhirpathrs.evaluate(expression, resource)
        fhirpathpy.compile(expression, models["r4"])(resource)
        return True
    except Exception:  # whatever a rival raises, it has no answer
        return False


def rate(work, count):
    """How many of `count` evaluations that `work` makes fit into a second; the best of several rounds."""
    best, end = 0.0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        work()
        best = max(best, count / (time.perf_counter() - start))
    return best


def main(suite, out):
    cases = [case for case in expressions(suite) if works(case[0], case[2])]
    out.write_text(json.dumps([{"expression": text, "file": str(suite / name)} for text, name, _ in cases]))
    compiled = [(fhirpathpy.compile(text, models["r4"]), resource) for text, _, resource in cases]
    contestants = {
        "fhirpath.rust": lambda: [fhirpathrs.evaluate(text, resource) for text, _, resource in cases],
        "fhirpath.python": lambda: [evaluate(resource) for evaluate, resource in compiled],
    }
    for name, work in contestants.items():
        print(json.dumps({"name": name, "perSecond": rate(work, len(cases))}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
