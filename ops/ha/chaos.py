"""The faults behind ops/ha/chaos. Standard library only; it ends by itself, and touches only what ops/ha/run started."""
import argparse
import json
import os
import random
import signal
import sys
import time

import cluster
import faults
from flood import Flood

parser = argparse.ArgumentParser(description="Faults in the set-up of ops/ha/run under a flood of callbacks.")
parser.add_argument("--faults", type=int, default=17, help="how many (17: each kind once)")
parser.add_argument("--only", help="these kinds alone, separated by commas: " + ", ".join(f.__name__ for f in faults.ALL))
parser.add_argument("--rate", type=float, default=40, help="callbacks a second (40)")
parser.add_argument("--senders", type=int, default=32, help="connections of the sender (32)")
parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="for the same order again")
parser.add_argument("--limit", type=int, default=5400, help="seconds after which it stops making faults (5400)")
parser.add_argument("--most", type=float, default=15, help="seconds that a fault may last for callers, 99th percentile (15)")
parser.add_argument("--output", default=f"{cluster.HOME}/chaos.json", help="where the figures go")
options = parser.parse_args()
random.seed(options.seed)
kinds = [f for f in faults.ALL if not options.only or f.__name__ in options.only.split(",")]
deadline = time.time() + options.limit


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def wait_until_whole(seconds):
    until, missing = time.time() + seconds, "?"
    while time.time() < until:
        try:
            missing = cluster.is_whole()
        except Exception as error:  # whatever is missing is named if it stays missing
            missing = str(error)
        if missing is None:
            return None
        time.sleep(0.3)
    return missing


def make(kind, flood):
    """One fault; gives a row of the table."""
    # The flood must be running when the blow falls.
    count, patience = flood.count(), time.time() + 30
    while flood.count() < count + 20 and time.time() < patience:
        time.sleep(0.02)
    before = cluster.leaders()
    began = time.time()
    undo, lasts = kind()
    made = time.time()
    try:
        # At least its time, and until callbacks are acknowledged again, for 45 seconds at most.
        while time.time() < began + 60:
            time.sleep(0.1)
            if time.time() >= made + lasts and flood.silences(time.time() - 2, time.time())[0] < 1.5:
                break
    finally:
        undo()
    missing = wait_until_whole(120)
    ended = time.time()
    if missing:
        flood.faults.append(f"after {kind.__name__} the set-up did not become whole again: {missing}")
    longest, total = flood.silences(began, ended)
    return {"fault": kind.__name__, "longest": round(longest, 2), "unavailable": round(total, 2),
            "whole_again": round(ended - began, 1), "moved": before != cluster.leaders()}


def check_books(flood):
    """Whether what was acknowledged is in the books exactly once, and the books and seals agree."""
    faulty = flood.faults
    if missing := wait_until_whole(120):
        faulty.append(f"at the end the set-up is not whole: {missing}")
    primary = faults.primary()
    books = {}
    for row in cluster.sql(primary, "select provider_transaction_id || ' ' || payment_request_id from bank_notice "
                           f"where outcome = 'settled' and provider_transaction_id like '{flood.run}-%'").splitlines():
        name, request = row.split(" ")
        number = int(name.split("-")[1])
        if number in books:
            faulty.append(f"{name} is in the books twice")
        books[number] = request
    lost = [n for n in flood.acks if n not in books]
    other = [n for n, ids in flood.acks.items() if n in books and any(i != books[n] for i in ids)]
    of_run = f"from payment_request where dossier_code = '{flood.run}' and "
    paid = int(cluster.sql(primary, f"select count(*) {of_run} status = 'paid' and amount_received = amount_due"))
    over = int(cluster.sql(primary, f"select count(*) {of_run} amount_received > amount_due"))
    if lost:
        faulty.append(f"{len(lost)} acknowledged callbacks are not in the books, such as {flood.run}-{lost[0]}")
    if other:
        faulty.append(f"{len(other)} acknowledgements named another request than the books")
    if paid != len(books) or over:
        faulty.append(f"{len(books)} notices settled, {paid} requests are paid, {over} overpaid")
    for what in (["ledger", "verify", "--json"], ["seal", "now"], ["seal", "verify"]):
        done = cluster.khop("n1", *what, check=False)
        if done.returncode:
            faulty.append(f"khop {' '.join(what)}: {(done.stdout + done.stderr)[-500:]}")
    return {"acknowledged": len(flood.acks), "in_the_books": len(books), "lost": len(lost), "double": over}


def check_copies(flood):
    """Whether the standbys hold the same as the primary, row by row: each will be the primary one day."""
    if wait_until_whole(60):
        flood.faults.append("the copies could not be compared: the set-up is not whole")
        return
    primary = faults.primary()
    tables = ["bank_notice", "ledger_transfer", "payment_request", "row_version", "receipt", "seal", "seal_progress"]
    question = " union all ".join(f"select '{t} ' || count(*) || ' ' || coalesce(sum(hashtextextended(x::text, 0)), 0) from {t} x"
                                  for t in tables)
    # Nothing but housekeeping writes now; a difference that passes was a row on its way.
    found = {}
    for _ in range(10):
        found = {n: cluster.sql(n, question, timeout=120) for n in cluster.NODES}
        if len(set(found.values())) == 1:
            return
        time.sleep(2)
    for node, text in found.items():
        if text != found[primary]:
            other = [a for a, b in zip(text.splitlines(), found[primary].splitlines()) if a != b]
            flood.faults.append(f"{node} holds other rows than the primary {primary}: {other}")


def table(rows):
    lines = ["| fault | times | nothing acknowledged for, median | most | whole again after, median |", "| --- | --- | --- | --- | --- |"]
    for kind in faults.ALL:
        own = [r for r in rows if r["fault"] == kind.__name__]
        if own:
            down, whole = [r["unavailable"] for r in own], [r["whole_again"] for r in own]
            lines.append(f"| {kind.__doc__} | {len(own)} | {percentile(down, .5):.1f} s | {max(down):.1f} s | {percentile(whole, .5):.0f} s |")
    return "\n".join(lines)


def end_early(*_):
    global deadline
    deadline = 0


signal.signal(signal.SIGTERM, end_early)
signal.signal(signal.SIGINT, end_early)
missing = wait_until_whole(60)
if missing:
    raise SystemExit(f"the set-up is not whole ({missing}): ops/ha/run first")
print(f"seed {options.seed}: {options.faults} faults, {options.rate:g} callbacks a second", file=sys.stderr)
flood, rows = Flood(options.rate, options.senders), []
flood.begin()
plan = []
while len(plan) < options.faults:
    plan += random.sample(kinds, len(kinds))
try:
    for kind in plan[:options.faults]:
        if time.time() > deadline:
            break
        if len(flood.queue) < 3000:
            flood.feed(4000)
        try:
            row = make(kind, flood)
        except Exception as error:
            flood.faults.append(f"{kind.__name__}: {error}")
            break
        rows.append(row)
        print(f"{len(rows)}/{options.faults} {row['fault']}: silent for {row['longest']} s, unavailable {row['unavailable']} s, "
              f"whole after {row['whole_again']} s{', primary moved' if row['moved'] else ''}; "
              f"{len(flood.acks)} acknowledged, {len(flood.faults)} faults", file=sys.stderr)
        if flood.faults:
            print("   " + flood.faults[-1], file=sys.stderr)
finally:
    flood.end()
flood.faults += faults.STALE
books = check_books(flood)
check_copies(flood)
down = [r["unavailable"] for r in rows]
figures = {"faults_made": len(rows), "unavailable_seconds": {
    "median": percentile(down, .5), "p90": percentile(down, .9), "p99": percentile(down, .99), "most": max(down, default=0)}}
if percentile(down, .99) > options.most:
    flood.faults.append(f"unavailable for {percentile(down, .99)} s at the 99th percentile")
result = {"ok": not flood.faults, "seed": options.seed, **figures, **books, "answers": dict(flood.answers),
          "in_the_books_although_answered": dict(flood.though), "faults": flood.faults[:30]}
with open(options.output, "w") as file:
    json.dump({**result, "rows": rows}, file, indent=1)
print(table(rows))
print(json.dumps(result, indent=2))
sys.exit(0 if not flood.faults else 1)
