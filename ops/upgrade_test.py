"""The upgrade behind ops/upgrade-test. Standard library only; it ends by itself, and only what it started."""
import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

from installation import ACCOUNT, Installation, callback, free_port

parser = argparse.ArgumentParser(prog="ops/upgrade-test", description="Upgrade from one program to another under a flood of callbacks.")
parser.add_argument("--old", required=True, help="the program that serves at first")
parser.add_argument("--new", required=True, help="the program that migrates and takes over")
parser.add_argument("--rate", type=int, default=100, help="callbacks a second (100)")
parser.add_argument("--senders", type=int, default=16, help="connections of the sender (16)")
parser.add_argument("--seconds", type=int, default=5, help="of each stage (5)")
parser.add_argument("--hold", type=int, default=4, help="seconds for which somebody reads a table while the migration wants it; 0: nobody (4)")
parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="for the same run again")
options = parser.parse_args()
random.seed(options.seed)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference():
    body = "".join(random.choices(ALPHABET, k=12))
    return f"RF{98 - int(''.join(str(int(c, 36)) for c in body + 'RF00')) % 97:02d}{body}"


class Flood:
    """Signed callbacks at a steady rate. Each sender goes to the port that it is given, and finishes what it sent before it moves."""

    def __init__(self, secret, references):
        self.secret, self.queue = secret, list(enumerate(references))
        self.ports, self.stop, self.lock = [None] * options.senders, threading.Event(), threading.Lock()
        self.busy, self.acknowledged, self.refused, self.stage, self.slowest = {}, {}, [], "", {}
        self.threads = [threading.Thread(target=self.send, args=(i,), daemon=True) for i in range(options.senders)]

    def enter(self, stage):
        self.stage = stage
        self.slowest[stage] = 0.0

    def send(self, which):
        connection, port, pause = None, None, options.senders / options.rate
        following = time.monotonic() + random.random() * pause
        while not self.stop.is_set():
            time.sleep(max(0, following - time.monotonic()))
            following = max(following + pause, time.monotonic() - pause)
            with self.lock:
                if not self.queue:
                    return
                number, ref = self.queue.pop()
                wanted = self.ports[which]
                self.busy[which] = wanted
            if wanted != port:
                if connection:
                    connection.close()
                connection, port = http.client.HTTPConnection("127.0.0.1", wanted, timeout=30), wanted
            began, stage = time.monotonic(), self.stage
            try:
                path, body, headers = callback("bank", self.secret, ACCOUNT, f"FT{number}", ref, 10000)
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status == 200 and json.loads(text)["outcome"] == "settled":
                    self.acknowledged[number] = json.loads(text).get("payment_request_id")
                else:
                    self.refused.append(f"{stage}: FT{number} was answered {answer.status} {text[:200]!r}")
            except (OSError, http.client.HTTPException) as error:
                self.refused.append(f"{stage}: FT{number} was not answered: {error!r}")
                connection = port = None
            with self.lock:
                self.busy.pop(which, None)
                self.slowest[stage] = max(self.slowest[stage], time.monotonic() - began)

    def move(self, ports):
        """Gives each sender one of the ports, and returns when nobody waits for an answer of another."""
        with self.lock:
            self.ports = [ports[i % len(ports)] for i in range(options.senders)]
        while True:
            with self.lock:
                if all(port in ports for port in self.busy.values()):
                    return
            time.sleep(0.01)


class Server:
    def __init__(self, place, program):
        self.place, self.port = place, free_port()
        env = {**place.env, "KHOP_PORT": str(self.port), "KHOP_METRICS_PORT": str(free_port())}
        as_root = ["--allow-root"] if os.geteuid() == 0 else []
        self.log = open(place.home + f"/serve-{self.port}.log", "a")
        self.process = subprocess.Popen([program, "serve", *as_root], env=env, stdout=subprocess.DEVNULL, stderr=self.log)

    def ready(self):
        try:
            return self.place.ask("GET", "/readyz", port=self.port)
        except OSError:
            return None, b""

    def wait(self):
        for _ in range(600):
            if self.ready()[0] == 200:
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("a server did not come up: " + open(self.log.name, errors="replace").read()[-1000:])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def ask_for_payments(place, count):
    """Pending requests of 10,000 đồng, as the service writes them."""
    references = [reference() for _ in range(count)]
    place.sql("create table upgrade_reference (reference text)")
    subprocess.run(["psql", place.url, "-qX", "-v", "ON_ERROR_STOP=1", "-c", "copy upgrade_reference from stdin"], check=True,
                   input="\n".join(references).encode())
    place.sql(f"""insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
        assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name,
        revenue_account, catalogue_version, lines)
        select gen_random_uuid(), reference, 'upgrade-' || reference, 'U', 'H44.01', '1.004222', 'online', current_date,
            10000, 10000, 'pending', now() + interval '1 day', now(), '970436', '{ACCOUNT}', 'A',
            (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'),
            (select max(id) from catalogue_version), '[]' from upgrade_reference""")
    place.sql("drop table upgrade_reference")
    return references


def migrate(place, flood, faults):
    """With the newer program, while somebody reads the tables that it wants."""
    holder = None
    if options.hold:
        reading = f"begin; select 1 from payment_request limit 1; select 1 from bank_notice limit 1; select pg_sleep({options.hold})"
        holder = subprocess.Popen(["psql", place.url, "-qAtX", "-c", reading], stdout=subprocess.DEVNULL)
        time.sleep(0.5)
    began = time.monotonic()
    done = subprocess.run([options.new, "migrate", "--json"], env=place.env, capture_output=True, text=True)
    took = time.monotonic() - began
    if done.returncode:
        raise RuntimeError("the migration failed: " + done.stdout + done.stderr)
    if holder:
        holder.wait(options.hold + 30)
    return json.loads(done.stdout)["applied"], took, len(done.stderr.splitlines())


def compare(place, flood, faults):
    """What was acknowledged with what is in the books."""
    rows = place.sql("select provider_transaction_id || ' ' || payment_request_id from bank_notice where outcome = 'settled'")
    books = dict(row.split(" ") for row in rows.split("\n") if row)
    if len(books) != len(rows.split("\n")):
        faults.append("a transfer is in the books twice")
    lost = [n for n, request in flood.acknowledged.items() if books.get(f"FT{n}") != request]
    if lost:
        faults.append(f"{len(lost)} acknowledged callbacks are not in the books, such as FT{lost[0]}")
    verified = json.loads(place.khop("ledger", "verify", "--json"))
    if not verified["ok"]:
        faults.append("the books do not agree: " + json.dumps([c for c in verified["checks"] if not c["ok"]]))
    return len(books)


def main():
    place, servers, faults = Installation(options.old, "upgrade"), [], []
    flood, result = None, {}
    versions = [subprocess.run([p, "--version"], env=place.env, capture_output=True, text=True).stdout.strip() for p in (options.old, options.new)]
    print(f"seed {options.seed}: from {versions[0]} to {versions[1]}", file=sys.stderr)
    try:
        place.begin()
        references = ask_for_payments(place, options.rate * (options.seconds * 4 + options.hold + 150))
        flood = Flood(place.connect("bank", ACCOUNT), references)
        old = Server(place, options.old)
        servers.append(old)
        old.wait()
        flood.move([old.port])
        flood.enter("before")
        for thread in flood.threads:
            thread.start()
        time.sleep(options.seconds)
        flood.enter("migration")
        applied, took, waits = migrate(place, flood, faults)
        flood.enter("old after migration")
        status, text = old.ready()
        if status != 200:
            faults.append(f"the older program is not ready after the migration: {status} {text[:300]!r}")
        time.sleep(options.seconds)
        new = Server(place, options.new)
        servers.append(new)
        new.wait()
        flood.enter("side by side")
        flood.move([old.port, new.port])
        time.sleep(options.seconds)
        flood.enter("after")
        flood.move([new.port])
        code = old.end()
        if code != 0:
            faults.append(f"the older program ended with {code}")
        time.sleep(options.seconds)
        flood.stop.set()
        for thread in flood.threads:
            thread.join(60)
        place.program = options.new
        faults += flood.refused[:20]
        result = {"ok": not faults, "seed": options.seed, "from": versions[0], "to": versions[1], "applied": applied,
                  "migration_seconds": round(took, 2), "tries_given_up": waits, "acknowledged": len(flood.acknowledged),
                  "refused": len(flood.refused), "in_the_books": compare(place, flood, faults),
                  "slowest_callback_seconds": {k: round(v, 3) for k, v in flood.slowest.items()}, "faults": faults}
        result["ok"] = not faults
        print(json.dumps(result, indent=2, ensure_ascii=False))
    finally:
        if flood:
            flood.stop.set()
        for server in servers:
            if server.process.poll() is None:
                server.process.kill()
                server.process.wait()
        place.remove()
    return 0 if result and not faults else 1


sys.exit(main())
