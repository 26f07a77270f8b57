"""MLLP as python-hl7 and hl7apy speak it: python mllp_peer.py serve | serve-once | send PORT [FILE…] |
send-tls PORT AUTHORITY CERTIFICATE KEY [FILE…].

`serve` is python-hl7's server: it prints its port and acknowledges each message (AA) on connections that stay open.
`serve-once` is hl7apy's server: the same, but it closes the connection after each message.
`send` is python-hl7's client: it sends the files over one connection and prints each answer as a JSON text.
`send-tls` is the same over Python's TLS, with a certificate.
"""

import asyncio
import json
import ssl
import sys

import hl7
from hl7.client import MLLPClient
from hl7.mllp import start_hl7_server
from hl7apy.mllp import AbstractErrorHandler, AbstractHandler, MLLPServer


async def answer(reader, writer):
    try:
        while True:
            message = await reader.readmessage()
            writer.writemessage(message.create_ack("AA", message_id="PY-" + str(message["MSH.F10"])))
            await writer.drain()
    except asyncio.IncompleteReadError:
        writer.close()


async def serve():
    server = await start_hl7_server(answer, "127.0.0.1", 0, encoding="utf-8")
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class Accept(AbstractHandler):
    def reply(self):
        return "\x0b" + str(hl7.parse(self.incoming_message).create_ack("AA")) + "\x1c\x0d"


class Refuse(AbstractErrorHandler):
    def reply(self):
        return "\x0b" + str(hl7.parse(self.incoming_message).create_ack("AR")) + "\x1c\x0d"


def serve_once():
    server = MLLPServer("127.0.0.1", 0, {"ADT^A01^ADT_A01": (Accept,), "ERR": (Refuse,)})
    print(server.server_address[1], flush=True)
    server.serve_forever()


def send_tls(port, authority, certificate, key, *files):
    context = ssl.create_default_context(cafile=authority)
    context.load_cert_chain(certificate, key)
    send(port, *files, secure=lambda plain: context.wrap_socket(plain, server_hostname="localhost"))


def send(port, *files, secure=lambda plain: plain):
    with MLLPClient("127.0.0.1", int(port)) as client:
        client.socket = secure(client.socket)
        for name in files:
            with open(name, "rb") as file:
                block = client.send_message(file.read())
            assert block[:1] == b"\x0b" and block[-2:] == b"\x1c\x0d", block
            parsed = hl7.parse(block[1:-2].decode())
            print(json.dumps([str(parsed["MSA.F1"]), str(parsed["MSA.F2"]), str(parsed.segment("MSH")[9])]), flush=True)


def main(verb, *words):
    if verb == "serve":
        asyncio.run(serve())
    elif verb == "serve-once":
        serve_once()
    elif verb == "send-tls":
        send_tls(*words)
    else:
        send(*words)


main(*sys.argv[1:])
