"""A mail server for tests (PyPI's aiosmtpd), and what a mail program reads of the letters that it took (Python's email).

    server.py PORT FOLDER MODE [HOST]

MODE: plain (no TLS), tls (STARTTLS and the login khop:secret are required; FOLDER holds cert.pem and key.pem), unknown (550 for the
recipient), later (451 for the recipient), spam (554 after the letter), busy (451 after the letter), cut (closes the connection after the
letter without a word), mute (never answers after the letter). Each letter that came is a file FOLDER/letter-N.json, whatever was answered.
"""
import asyncio
import json
import os
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult

port, folder, mode = int(sys.argv[1]), sys.argv[2], sys.argv[3]
host = sys.argv[4] if len(sys.argv) > 4 else "127.0.0.1"
count = 0


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "unknown":
            return f"550 5.1.1 <{address}> no such user"
        if mode == "later":
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        letter = message_from_bytes(envelope.content, policy=policy.default)
        told = {
            "mail_from": envelope.mail_from, "rcpt_tos": envelope.rcpt_tos, "tls": session.ssl is not None,
            "authenticated": session.authenticated, "defects": [str(d) for d in letter.defects],
            "headers": {name: str(value) for name, value in letter.items()},
            "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
            "ascii": all(byte < 128 for byte in envelope.content),
            "type": letter.get_content_type(), # Lines end as in a letter; what was written has them as here.
            "body": letter.get_content().replace("\r\n", "\n"),
        }
        path = f"{folder}/letter-{count}.json"
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False)
        os.rename(path + ".new", path)
        if mode == "spam":
            return "554 5.7.1 refused"
        if mode == "busy":
            return "451 4.3.0 try later"
        if mode == "cut":
            server.transport.abort()
            await asyncio.sleep(3600)
        if mode == "mute":
            await asyncio.sleep(3600)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    # Not handled: the server itself is to say no.
    return AuthResult(success=(data.login, data.password) == (b"khop", b"secret"), handled=False)


def make():
    if mode != "tls":
        return SMTP(Handler(), enable_SMTPUTF8=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
    return SMTP(Handler(), tls_context=context, require_starttls=True, authenticator=authenticate, auth_required=True)


async def main():
    server = await asyncio.get_running_loop().create_server(make, host, port)
    open(folder + "/ready", "w").close()
    await server.serve_forever()


asyncio.run(main())
