"""An engagement index on a free port of the loopback, for trying and testing: Update and FindContent of RIV-TA's
itintegration:engagementindex 1.0 over SOAP 1.1, with the rules of the national one.

usage: engagement_index.py FOLDER OWNER

FOLDER/port tells the port once it listens. OWNER is its HSA-id: requests for another logical address are refused (EI003). What
it knows is GET /state, a JSON list of posts; POST /state replaces it. PUT /fault sets how it fails, in JSON: {"before": n} the
next n updates are refused before they are taken, {"after": n} they are taken, and the answer is a fault all the same.
"""

import datetime
import json
import pathlib
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree
from xml.sax.saxutils import escape

CORE = "urn:riv:itintegration:engagementindex:1"
UPDATE = "urn:riv:itintegration:engagementindex:UpdateResponder:1"
FIND = "urn:riv:itintegration:engagementindex:FindContentResponder:1"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
REGISTRY = "urn:riv:itintegration:registry:1"
KEY = [
    "registeredResidentIdentification", "serviceDomain", "categorization", "logicalAddress", "businessObjectInstanceIdentifier",
    "clinicalProcessInterestId", "sourceSystem", "dataController",
]
ORDER = KEY[:6] + ["mostRecentContent", "sourceSystem", "creationTime", "updateTime", "dataController", "owner"]

folder, owner = pathlib.Path(sys.argv[1]), sys.argv[2]
lock = threading.Lock()
posts = {}
faults = {"before": 0, "after": 0}
updates = 0


class Refusal(Exception):
    pass


def fields(element):
    return {child.tag.rpartition("}")[2]: child.text or "" for child in element}


def key(post):
    missing = [name for name in KEY if not post.get(name)]
    if missing:
        raise Refusal(f"EI001 {missing[0]} is missing")
    return tuple(post[name] for name in KEY)


def check(post, deletes):
    if not re.fullmatch("[0-9]{8}[0-9A-Zptf]{4}", post.get("registeredResidentIdentification", "")):
        raise Refusal("EI001 the number of the resident")
    if any(value != value.strip() for value in post.values()):
        raise Refusal("EI004 white space")
    if deletes and "mostRecentContent" in post:
        raise Refusal("EI004 a deletion with a time")
    if any(name in post for name in ("creationTime", "updateTime", "owner")):
        raise Refusal("EI004 what only the index says")


def update(body):
    transactions = body.findall(f"{{{UPDATE}}}engagementTransaction")
    if not 1 <= len(transactions) <= 1000:
        raise Refusal(f"EI004 {len(transactions)} transactions")
    changes = {}
    for transaction in transactions:
        deletes = transaction.findtext(f"{{{CORE}}}deleteFlag") == "true"
        post = fields(transaction.find(f"{{{CORE}}}engagement"))
        check(post, deletes)
        if key(post) in changes:
            raise Refusal("EI002 twice in one call")
        changes[key(post)] = None if deletes else post
    now = datetime.datetime.now().strftime("%Y%m%d%H%M%S")
    for name, post in changes.items():
        if post is None:
            posts.pop(name, None)
        else:
            made = posts.get(name, {}).get("creationTime", now)
            posts[name] = {**post, "creationTime": made, "updateTime": now, "owner": owner}
    return f'<r:UpdateResponse xmlns:r="{UPDATE}"><r:ResultCode>OK</r:ResultCode></r:UpdateResponse>'


def find(body):
    wish = {name: value for name, value in fields(body).items() if value}
    for name in ("registeredResidentIdentification", "serviceDomain"):
        if name not in wish:
            raise Refusal(f"EI001 {name} is missing")
    text = ""
    for post in posts.values():
        if all(post.get(name) == value for name, value in wish.items()):
            inner = "".join(f"<c:{name}>{escape(post[name])}</c:{name}>" for name in ORDER if name in post)
            text += f"<r:engagement>{inner}</r:engagement>"
    return f'<r:FindContentResponse xmlns:r="{FIND}" xmlns:c="{CORE}">{text}</r:FindContentResponse>'


def answer(envelope):
    global updates
    address = envelope.findtext(f"{{{SOAP}}}Header/{{{REGISTRY}}}LogicalAddress")
    if address != owner:
        raise Refusal("EI003 the logical address is not the owner")
    body = envelope.find(f"{{{SOAP}}}Body")[0]
    if body.tag == f"{{{FIND}}}FindContent":
        return find(body)
    if body.tag != f"{{{UPDATE}}}Update":
        raise Refusal("EI001 no such operation")
    if faults["before"] > 0:
        faults["before"] -= 1
        raise Refusal("EI000 on purpose, before")
    text = update(body)
    updates += 1
    if faults["after"] > 0:
        faults["after"] -= 1
        raise Refusal("EI000 on purpose, after")
    return text


class Index(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def tell(self, status, text, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        with lock:
            self.tell(200, json.dumps({"posts": list(posts.values()), "updates": updates}), "application/json")

    def do_PUT(self):
        with lock:
            faults.update(json.loads(self.body()))
            self.tell(200, "{}", "application/json")

    def do_POST(self):
        data = self.body()
        with lock:
            if self.path == "/state":
                posts.clear()
                posts.update({key(post): post for post in json.loads(data)})
                return self.tell(200, "{}", "application/json")
            try:
                status, text = 200, answer(ElementTree.fromstring(data))
            except Refusal as refusal:
                status = 500
                text = f"<s:Fault><faultcode>s:Server</faultcode><faultstring>{refusal}</faultstring></s:Fault>"
            self.tell(status, f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{text}</s:Body></s:Envelope>', "text/xml; charset=utf-8")


server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
(folder / "port.new").write_text(str(server.server_port))
(folder / "port.new").rename(folder / "port")
server.serve_forever()
