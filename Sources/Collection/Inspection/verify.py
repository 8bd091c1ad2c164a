#!/usr/bin/env python3
"""Checks an inspection bundle of Khớp, with Python alone: no Khớp, no network.

    python3 verify.py [FOLDER [PUBLIC_KEY]]

FOLDER is the unpacked bundle, by default where this file lies. PUBLIC_KEY is what `khop seal key` prints; get it from another
place than the bundle. Exit code 0: nothing was changed, removed or added; 1: something was, and it is named.
"""
import base64
import hashlib
import json
import os
import sqlite3
import sys

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if not (x * x - xx) % P else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, p):
    result = (0, 1, 1, 0)
    while number:
        result = add(result, p) if number & 1 else result
        p, number = add(p, p), number >> 1
    return result


def is_signed(key, message, signature):
    base, s = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, base), add(point(signature[:32]), times(h, point(key)))
    return s < L and not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P


def check_head(head, keys, name):
    message = f"khop-seal/1\n{head['size']}\n{head['root']}\n{head['seconds']}\n".encode()
    own = [key for key in keys if hashlib.sha256(key).digest()[:4].hex() == head["key"]]
    if not own or not is_signed(own[0], message, bytes.fromhex(head["signature"])):
        yield f"{name}: its signature is wrong, or of another key"


def climb(place, size, path, old, new):
    """The roots that a path leads to (RFC 9162, 2.1.3.2 and 2.1.4.2): of the tree up to a leaf, and of the whole tree."""
    last = size - 1
    for beside in path:
        if place & 1 or place == last:
            old, new = (hashlib.sha256(b"\1" + beside + own).digest() for own in (old, new))
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = hashlib.sha256(b"\1" + new + beside).digest()
        place, last = place >> 1, last >> 1
    return (None, None) if last else (old, new)


def check_consistency(first, last, path):
    roots = tuple(bytes.fromhex(head["root"]) for head in (first, last))
    place, size = first["size"] - 1, last["size"]
    path = path if first["size"] & place else roots[:1] + path
    while place & 1:
        place, size = place >> 1, (size - 1 >> 1) + 1
    if not path or climb(place, size, path[1:], path[0], path[0]) != roots:
        yield "the history before the period is not the beginning of the history after it"


def fields(text):
    """The columns of a row as PostgreSQL writes it; None for null."""
    values, value, quoted, was, place = [], "", False, False, 0
    while place < len(text):
        letter, place = text[place], place + 1
        if letter == "\\" or (quoted and text[place - 1:place + 1] == '""'):
            value, place = value + text[place], place + 1
        elif letter == '"':
            quoted, was = not quoted, True
        elif letter == "," and not quoted:
            values, value, was = values + [value if value or was else None], "", False
        else:
            value += letter
    return values + [value if value or was else None]


def check_row(database, columns, line, last):
    table, index, entry = line["table"], line["index"], line["entry"]
    row = database.execute(f'select * from "{table}" where leaf_index = ?', (index,)).fetchone()
    name = f"{table} at {index}" if row is None or table == "seal" else f"{table} {row[1]}"
    path = base64.b64decode(line["path"])
    leaf = hashlib.sha256(b"\0" + entry.encode()).digest()
    root = climb(index, last["size"], [path[place:place + 32] for place in range(0, len(path), 32)], leaf, leaf)[1]
    if root != bytes.fromhex(last["root"]) or not (entry.startswith(table + "(") and entry.endswith(")")):
        yield f"{name}: its entry in proofs.jsonl is not what was sealed"
    elif row is None:
        yield f"{name}: it is missing from inspection.sqlite"
    else:
        pairs = zip(columns[table], row[1:], fields(entry[len(table) + 1:-1]))
        wrong = [column for column, stored, sealed in pairs if (None if stored is None else str(stored)) != sealed]
        yield from [f"{name}: {', '.join(wrong)}: not what was sealed"] if wrong else []


def check(folder, key):
    database = sqlite3.connect(f"file:{os.path.abspath(folder)}/inspection.sqlite?mode=ro", uri=True)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    tables = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
    columns = {table: [row[1] for row in database.execute(f'pragma table_info("{table}")')][1:] for table in tables}
    with open(os.path.join(folder, "proofs.jsonl"), encoding="utf-8") as lines:
        head, counts = json.loads(next(lines)), dict.fromkeys(tables, 0)
        keys = [base64.b64decode(text) for text in ([key] if key else head["public_keys"])]
        first, last, expected = head["first"], head["last"], (head["first"] or {"size": 0})["size"]
        yield from check_head(last, keys, "the last seal")
        if first:
            yield from check_head(first, keys, "the seal before the period")
            yield from check_consistency(first, last, tuple(bytes.fromhex(text) for text in head["consistency"]))
        for line in map(json.loads, lines):
            if line["index"] != expected:
                yield f"proofs.jsonl: the entry {expected} is missing"
            expected, counts[line["table"]] = line["index"] + 1, counts[line["table"]] + 1
            yield from check_row(database, columns, line, last)
        if expected != last["size"]:
            yield f"proofs.jsonl: the entries from {expected} on are missing"
    for table in (table for table in tables if not table.startswith("state_")):
        if database.execute(f'select count(*) from "{table}"').fetchone()[0] > counts[table]:
            yield f"{table}: rows in inspection.sqlite that were never sealed"
    print(f"{sum(counts.values())} entries of {head['from']} to {head['to']}")


faults, here = 0, os.path.dirname(os.path.abspath(__file__))
try:
    for fault in check(sys.argv[1] if len(sys.argv) > 1 else here, sys.argv[2] if len(sys.argv) > 2 else None):
        faults += print("✗", fault) or 1
except (OSError, ValueError, KeyError, RuntimeError, sqlite3.Error) as error:
    faults += print("✗ the bundle cannot be read:", repr(error)) or 1
print("✗ something was changed" if faults else "✓ as it was sealed: nothing was changed, removed or added")
sys.exit(1 if faults else 0)
