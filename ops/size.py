"""The payments behind ops/size. Standard library only; it is bounded, and ends only what it started."""
import argparse
import collections
import concurrent.futures
import datetime
import http.client
import json
import sys
import threading
import time

from installation import ACCOUNT, Installation, callback

parser = argparse.ArgumentParser(prog="ops/size", description="Bytes of disk and of log for each payment.")
parser.add_argument("--khop", required=True, help="the program")
parser.add_argument("--payments", type=int, default=20000, help="how many (20000)")
parser.add_argument("--senders", type=int, default=16, help="connections (16)")
options = parser.parse_args()
VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
here = threading.local()


def send(site, method, path, body, headers, wanted):
    if not hasattr(here, "connection"):
        here.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    here.connection.request(method, path, body, headers)
    answer = here.connection.getresponse()
    text = answer.read()
    if answer.status != wanted:
        raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
    return json.loads(text)


def pay(site, secret, portal, number):
    """One payer: the portal asks, the bank reports; gives the line of the statement."""
    order = json.dumps({"dossier_code": f"H44.01-261201-{number:07d}", "agency_code": "H44.01", "procedure_code": "1.004222",
                        "channel": "online", "payer": {"name": f"Nguyễn Thị {number}"}}).encode()
    made = send(site, "POST", "/v1/payment-requests", order,
                {"Authorization": f"Bearer {portal}", "Idempotency-Key": f"size-{number}", "Content-Type": "application/json"}, 201)
    path, body, headers = callback("bank", secret, ACCOUNT, f"FT{number:09d}", made["reference"], made["amount_due"])
    said = send(site, "POST", path, body, headers, 200)
    if said["outcome"] != "settled":
        raise RuntimeError(f"payment {number} was {said['outcome']}")
    now = datetime.datetime.now(VIETNAM)
    return (f"FT{number:09d},{now.isoformat()},{now.date()},{made['amount_due']},VND,NGUYEN THI {number},{number:012d},"
            f"MBVCB.{made['reference']}.LE PHI,")


def reconcile(site, lines):
    body = ("transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n" + "\n".join(lines) + "\n")
    send(site, "POST", f"/v1/statements?account={ACCOUNT}&format=csv", body.encode(),
         {"Authorization": f"Bearer {site.key('feed')}"}, 202)
    site.khop("reconcile", "--account", ACCOUNT, "--through", str(datetime.datetime.now(VIETNAM).date()))


def sizes(site):
    """Bytes of each table, and of its indexes."""
    site.sql("checkpoint")
    rows = site.sql("""select c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid) from pg_class c
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace""")
    return {name: (int(table), int(index)) for name, table, index in (row.split("|") for row in rows.splitlines())}


def log(site):
    return int(site.sql("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"))


def sealed(site):
    """Whether everything is sealed, which adds to a payment's size."""
    return site.sql("select count(*) from audit_entry where id > coalesce((select sealed_through from seal_progress where kind = 1), 0)") == "0"


def main():
    site = Installation(options.khop, "size")
    try:
        site.begin()
        secret, portal = site.connect("bank", ACCOUNT), site.key("portal")
        site.serve()
        with concurrent.futures.ThreadPoolExecutor(options.senders) as pool:
            # The first pages of every table are there before it counts.
            first = 200
            lines = list(pool.map(lambda n: pay(site, secret, portal, n), range(first)))
            before, log_before = sizes(site), log(site)
            lines += list(pool.map(lambda n: pay(site, secret, portal, n), range(first, first + options.payments)))
        reconcile(site, lines)
        end = time.time() + 120
        while not sealed(site) and time.time() < end:
            time.sleep(0.5)
        time.sleep(6)
        after, log_after = sizes(site), log(site)
        verified = json.loads(site.khop("ledger", "verify", "--json"))["ok"]
        grown = {name: ((t - before[name][0]) / options.payments, (i - before[name][1]) / options.payments) for name, (t, i) in after.items()}
        rows = sorted(((t, i, name) for name, (t, i) in grown.items() if t + i >= 1), reverse=True, key=lambda row: row[0] + row[1])
        print(f"{options.payments} payments, books {'clean' if verified else 'NOT CLEAN'}\n\n| table | rows, B | indexes, B | together |\n| --- | ---: | ---: | ---: |")
        for table, index, name in rows:
            print(f"| `{name}` | {table:.0f} | {index:.0f} | {table + index:.0f} |")
        print(f"| all | {sum(r[0] for r in rows):.0f} | {sum(r[1] for r in rows):.0f} | {sum(r[0] + r[1] for r in rows):.0f} |")
        print(f"\nLog (WAL): {(log_after - log_before) / options.payments:.0f} B a payment, full pages included")
        return 0 if verified else 1
    finally:
        site.remove()


sys.exit(main())
