"""How many admissions of two kilobytes a second hl7apy and python-hl7 read and write on one thread."""

import json
import sys

import hl7
from hl7apy.parser import parse_message

from python_bench import best_rate


def main(file):
    with open(file, encoding="utf-8", newline="") as message:
        text = message.read()

    def hl7apy():
        return parse_message(text, find_groups=False).to_er7()

    def python_hl7():
        return str(hl7.parse(text))

    assert hl7apy().rstrip("\r") == text.rstrip("\r") == python_hl7().rstrip("\r")
    print(json.dumps({"name": "hl7v2.hl7apy", "perSecond": round(best_rate(hl7apy), 1)}))
    print(json.dumps({"name": "hl7v2.pythonHL7", "perSecond": round(best_rate(python_hl7), 1)}))


if __name__ == "__main__":
    main(sys.argv[1])
