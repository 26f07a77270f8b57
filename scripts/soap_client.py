"""Calls SOAP services by their WSDLs with zeep, as consumers do.

usage: soap_client.py < job.json

The job: ca, cert and key are files in PEM (none for plain HTTP), calls a list of wsdl, url, operation, address, body and headers.
Prints a list with, for each call, status, headers, body (the XML of the SOAP body's element), fault (code and text) or error.
"""

import json
import sys

import requests
import zeep
from lxml import etree
from zeep.transports import Transport

job = json.load(sys.stdin)


class Remembering(Transport):
    last = None

    def post(self, *arguments):
        self.last = None
        self.last = super().post(*arguments)
        return self.last


def outcome(call):
    session = requests.Session()
    session.trust_env = False
    if job.get("ca"):
        session.verify = job["ca"]
    cert = call.get("cert", job.get("cert"))
    if cert:
        session.cert = (cert, job["key"])
    transport = Remembering(session=session, timeout=300, operation_timeout=300)
    told = {}
    try:
        client = zeep.Client(call["wsdl"], transport=transport)
        service = client.create_service(next(iter(client.wsdl.bindings)), call["url"])
        with client.settings(extra_http_headers=call.get("headers", {})):
            service[call["operation"]](_soapheaders={"LogicalAddress": call["address"]}, **call["body"])
    except zeep.exceptions.Fault as fault:
        told["fault"] = f"{fault.code} {fault.message}"
    except Exception as error:
        told["error"] = f"{type(error).__name__}: {error}"
    answer = transport.last
    if answer is not None:
        told["status"] = answer.status_code
        told["headers"] = {name.lower(): value for name, value in answer.headers.items()}
        try:
            body = etree.fromstring(answer.content).find("{*}Body")
            told["body"] = etree.tostring(body[0]).decode()
        except etree.XMLSyntaxError:
            told["body"] = answer.text
    return told


json.dump([outcome(call) for call in job["calls"]], sys.stdout)
