"""HL7 v2 as hl7apy sees it: python hl7v2.py make, or python hl7v2.py FILE…; prints messages as JSON texts, one a line.

`make` builds an ADT^A01 of its own, by the names that hl7apy gives to fields. Files are read, checked by its tables of
the message's version and written again. Lengths are not checked: an HSA-id is longer than v2.5.1 allows in XCN.1 and HD.1.
"""

import json
import sys

from hl7apy.core import Message
from hl7apy.parser import parse_message


def made():
    message = Message("ADT_A01", version="2.5.1")
    message.msh.msh_4 = "SE2321000016-TESTJOURNAL"
    message.msh.msh_7 = "20261120081702"
    message.msh.msh_9 = "ADT^A01^ADT_A01"
    message.msh.msh_10 = "M-1"
    message.msh.msh_11 = "P"
    message.msh.msh_18 = "UNICODE UTF-8"
    message.evn.evn_2 = "20261120081702"
    message.pid.pid_3 = "191212121212^^^&1.2.752.129.2.1.3.1&ISO^NNSWE"
    message.pid.pid_5 = "Tolvansson^Tolvan"
    message.pid.pid_7 = "19121212"
    message.pv1.pv1_2 = "I"
    message.pv1.pv1_44 = "202611200815"
    return message


def read(name):
    with open(name, encoding="utf-8", newline="") as file:
        return parse_message(file.read())


def main(*words):
    for message in [made()] if words == ("make",) else map(read, words):
        message.validate()
        print(json.dumps(message.to_er7()))


main(*sys.argv[1:])
