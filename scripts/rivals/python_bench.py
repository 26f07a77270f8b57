"""How many small visits a second libxslt (through lxml) and JSONata in Rust (jsonatapy) translate on one thread."""

import json
import sys
import time

import jsonatapy
from lxml import etree


def best_rate(work, seconds=0.6, rounds=5):
    """The best of several rounds after a warm-up."""
    best = 0.0
    for _ in range(rounds + 1):
        start = time.perf_counter()
        count = 0
        while time.perf_counter() - start < seconds:
            for _ in range(50):
                work()
            count += 50
        best = max(best, count / (time.perf_counter() - start))
    return best


def main(folder, fixtures):
    visit_xml = open(f"{fixtures}/visit.xml", "rb").read()
    visit_json = open(f"{fixtures}/visit.json", encoding="utf-8").read()
    transform = etree.XSLT(etree.parse(f"{folder}/visit.xslt"))
    parser = etree.XMLParser(no_network=True)
    expression = jsonatapy.compile(open(f"{folder}/visit.jsonata", encoding="utf-8").read())

    def libxslt():
        return bytes(transform(etree.fromstring(visit_xml, parser)))

    def jsonata():
        return expression.evaluate_json(visit_json)

    json.loads(jsonata())
    print(json.dumps({"name": "small.libxslt", "perSecond": round(best_rate(libxslt), 1)}))
    print(json.dumps({"name": "small.jsonata", "perSecond": round(best_rate(jsonata), 1)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
