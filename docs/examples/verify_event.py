#!/usr/bin/env python3
"""Verifies an event of Khớp (Standard Webhooks) with nothing but Python's own library.

    WEBHOOK_SECRET=whsec_… python3 verify_event.py WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE < body

The three arguments are the headers of those names. It prints the type of the event, or ends with 1.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time

TOLERANCE_SECONDS = 5 * 60


def verify(secret: str, message_id: str, timestamp: str, signatures: str, body: bytes) -> dict:
    """Returns the event; raises ValueError for one that is not from Khớp, or is too old."""
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise ValueError("the timestamp is not of now")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    # The bytes as they were received: a body that was parsed and written again has another signature.
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # While a secret is being changed there are two signatures: one that holds is enough.
    for signature in signatures.split(" "):
        version, _, value = signature.partition(",")
        if version == "v1" and hmac.compare_digest(value, expected):
            return json.loads(body)
    raise ValueError("no signature holds")


if __name__ == "__main__":
    try:
        event = verify(os.environ["WEBHOOK_SECRET"], *sys.argv[1:4], sys.stdin.buffer.read())
    except ValueError as error:
        sys.exit(str(error))
    print(event["type"])
