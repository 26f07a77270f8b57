"""CheckBlocks 3.0, CheckConsent 1.0 and CheckPatientRelation 1.0 on a free port of the loopback, for trying and testing.

usage: access_checks.py FOLDER

FOLDER/port tells the port once it listens. The body of each request becomes a file FOLDER/NNNN-CONTRACT.xml. FOLDER/answer, if
there, says how it answers, in JSON, read anew for each request: blocked (care units whose records are blocked), consent and
relation (true), silent-about (care units of which nothing is said), code (the ResultCode, OK), delay in seconds, and fault for one
contract or "*": {"CheckBlocks": "500" | "drop" | "hang" | "garbage" | "empty"}.
"""

import itertools
import json
import pathlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

folder = pathlib.Path(sys.argv[1])
numbers = itertools.count(1)
lock = threading.Lock()
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%s</s:Body></s:Envelope>'


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def text(element, name):
    found = next((child for child in element.iter() if local(child) == name), None)
    return "" if found is None else found.text or ""


class Checks(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = ElementTree.fromstring(content).find(SOAP + "Body")[0]
        contract = local(request).removesuffix("Request")
        with lock:
            part = folder / ".part"
            part.write_bytes(ElementTree.tostring(request))
            part.rename(folder / f"{next(numbers):04}-{contract}.xml")
        try:
            wish = json.loads((folder / "answer").read_text())
        except FileNotFoundError:
            wish = {}
        time.sleep(wish.get("delay", 0))
        faults = wish.get("fault", {})
        fault = faults.get(contract, faults.get("*"))
        if fault == "hang":
            time.sleep(3600)
        if fault == "drop":
            self.close_connection = True
            return
        if fault == "500":
            return self.answer(500, ENVELOPE % "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>")
        if fault == "garbage":
            return self.answer(200, "<html>")
        if fault == "empty":
            return self.answer(200, "")
        self.answer(200, ENVELOPE % getattr(self, contract)(request, wish))

    def answer(self, status, body):
        body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def result(self, wish):
        return f"<c:Result><c:ResultCode>{wish.get('code', 'OK')}</c:ResultCode><c:ResultText/></c:Result>"

    def CheckBlocks(self, request, wish):
        rows = ""
        for row in (child for child in request if local(child) == "InformationEntities"):
            unit = text(row, "InformationCareUnitId")
            if unit in wish.get("silent-about", []):
                continue
            status = "BLOCKED" if unit in wish.get("blocked", []) else "OK"
            number = text(row, "RowNumber")
            rows += f"<c:CheckResults><c:Status>{status}</c:Status><c:RowNumber>{number}</c:RowNumber></c:CheckResults>"
        base = "urn:riv:ehr:blocking:accesscontrol"
        return (
            f'<r:CheckBlocksResponse xmlns:r="{base}:CheckBlocksResponder:3" xmlns:c="{base}:3"><r:CheckBlocksResultType>'
            f"{self.result(wish)}{rows}</r:CheckBlocksResultType></r:CheckBlocksResponse>"
        )

    def CheckConsent(self, request, wish):
        return self.given("urn:riv:ehr:patientconsent", "CheckConsent", "HasConsent", wish.get("consent", True), wish)

    def CheckPatientRelation(self, request, wish):
        base = "urn:riv:ehr:patientrelationship"
        return self.given(base, "CheckPatientRelation", "HasPatientrelation", wish.get("relation", True), wish)

    def given(self, base, contract, word, value, wish):
        return (
            f'<r:{contract}Response xmlns:r="{base}:accesscontrol:{contract}Responder:1" xmlns:c="{base}:1"><r:CheckResultType>'
            f"{self.result(wish)}<c:{word}>{str(value).lower()}</c:{word}></r:CheckResultType></r:{contract}Response>"
        )


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """Clients that have gone are no news."""


server = Server(("127.0.0.1", 0), Checks)
part = folder / ".port.part"
part.write_text(str(server.server_address[1]))
part.rename(folder / "port")
server.serve_forever()
