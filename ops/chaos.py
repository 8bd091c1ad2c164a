"""The killing behind ops/chaos. Standard library only; it ends by itself, and kills only what it started."""
import argparse
import base64
import datetime
import glob
import hashlib
import hmac
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

parser = argparse.ArgumentParser(description="Kill the service or PostgreSQL in the middle of a flood of callbacks.")
parser.add_argument("--khop", required=True, help="the program")
parser.add_argument("--kills", type=int, default=50, help="how often each target is killed (50)")
parser.add_argument("--target", choices=["server", "postgres", "both"], default="both", help="what is killed (both)")
parser.add_argument("--servers", type=int, default=2, help="servers on the one database (2)")
parser.add_argument("--senders", type=int, default=24, help="connections of the sender (24)")
parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="for the same run again")
parser.add_argument("--catalogue", default="Fixtures/catalogue", help="the catalogue to import")
parser.add_argument("--limit", type=int, default=1200, help="seconds after which it gives up (1200)")
options = parser.parse_args()
random.seed(options.seed)
deadline = time.time() + options.limit
print(f"seed {options.seed}: {options.kills} kills of {options.target}, {options.servers} servers", file=sys.stderr)

HOME = tempfile.mkdtemp(prefix="khop-chaos-")
os.chmod(HOME, 0o755)
ACCOUNT = "0801000567890"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
AS_ROOT = ["--allow-root"] if os.geteuid() == 0 else []
env = dict(os.environ, KHOP_HOME=HOME, KHOP_LOG_LEVEL="error")
for name in ("KHOP_DATABASE_URL", "KHOP_OWNER_DATABASE_URL", "KHOP_PUBLIC_URL", "KHOP_SECRET_KEY"):
    env.pop(name, None)


def khop(*arguments, **more):
    done = subprocess.run([options.khop, *arguments], env=dict(env, **more), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"khop {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def psql(sql, stdin=None):
    return subprocess.run(["psql", URL, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql], check=True, capture_output=True,
                          text=stdin is None, input=stdin).stdout


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self):
        self.port, self.process, self.lock = free_port(), None, threading.Lock()

    def start(self):
        with self.lock:
            self.process = subprocess.Popen([options.khop, "serve", *AS_ROOT], env=dict(env, KHOP_PORT=str(self.port)),
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self):
        with self.lock:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def is_running(self):
        return self.process is not None and self.process.poll() is None


def reference():
    body = "".join(random.choices(ALPHABET, k=12))
    return f"RF{98 - int(''.join(str(int(c, 36)) for c in body + 'RF00')) % 97:02d}{body}"


def postmaster():
    with open(glob.glob(HOME + "/**/postmaster.pid", recursive=True)[0]) as file:
        return int(file.readline())


servers, stop, acks, faults, sent = [Server() for _ in range(options.servers)], threading.Event(), {}, [], [0]
try:
    khop("database", "start")
    URL = khop("database", "url", "--as", "superuser").strip()
    khop("migrate")
    khop("catalogue", "import", options.catalogue)
    secret = os.urandom(32)
    khop("connection", "add", "chaos", "--profile", "standard", "--account", ACCOUNT, "--secret-env", "CHAOS_SECRET",
         CHAOS_SECRET="whsec_" + base64.b64encode(secret).decode())
    psql("create table chaos_reference (n bigint generated always as identity primary key, reference text)")

    def more_requests(count):
        """Pending requests of 10,000 đồng, as the service writes them; gives (number, reference)."""
        references = [reference() for _ in range(count)]
        before = int(psql("select coalesce(max(n), 0) from chaos_reference"))
        psql("copy chaos_reference (reference) from stdin", "\n".join(references).encode())
        psql(f"""insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
            assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name,
            revenue_account, catalogue_version, lines)
            select gen_random_uuid(), reference, 'chaos-' || reference, 'C', 'H44.01', '1.004222', 'online', current_date,
                10000, 10000, 'pending', now() + interval '1 day', now(), '970436', '{ACCOUNT}', 'A',
                (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'),
                (select max(id) from catalogue_version), '[]' from chaos_reference where n > {before}""")
        return [(before + 1 + i, r) for i, r in enumerate(references)]

    queue, lock = [], threading.Lock()

    def send(connection, number, ref):
        now = str(int(time.time()))
        body = json.dumps({"transaction_id": f"FT{number}", "amount": 10000, "currency": "VND", "account_number": ACCOUNT,
                           "direction": "credit", "status": "success",
                           "occurred_at": datetime.datetime.now(datetime.timezone.utc).isoformat(), "memo": f"CK {ref}"})
        code = base64.b64encode(hmac.new(secret, f"m{number}.{now}.{body}".encode(), hashlib.sha256).digest()).decode()
        connection.request("POST", "/v1/callbacks/chaos", body, {"webhook-id": f"m{number}", "webhook-timestamp": now,
                           "webhook-signature": "v1," + code, "content-type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, text

    def sender():
        connections = {}
        rng = random.Random(random.random())
        while not stop.is_set():
            with lock:
                work = queue.pop() if queue else None
            if work is None:
                time.sleep(0.01)
                continue
            number, ref = work
            # As a provider does: again and again until it is acknowledged, now and then once more although it was.
            times = 2 if rng.random() < 0.1 else 1
            while times and not stop.is_set():
                server = rng.choice(servers)
                try:
                    if server.port not in connections:
                        connections[server.port] = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
                    status, text = send(connections[server.port], number, ref)
                    sent[0] += 1
                except (OSError, http.client.HTTPException):
                    connections.pop(server.port, None)
                    time.sleep(0.02)
                    continue
                if status == 200:
                    answer = json.loads(text)
                    if answer["outcome"] not in ("settled", "duplicate"):
                        faults.append(f"FT{number} was answered {text!r}")
                    acks.setdefault(number, []).append(answer.get("payment_request_id"))
                    times -= 1
                elif status != 503:
                    faults.append(f"FT{number} was answered {status} {text!r}")
                    times -= 1
                else:
                    time.sleep(0.02)

    for server in servers:
        server.start()
    threads = [threading.Thread(target=sender, daemon=True) for _ in range(options.senders)]
    for thread in threads:
        thread.start()

    def feed():
        with lock:
            short = len(queue) < 2000
        if short:
            fresh = more_requests(4000)
            random.shuffle(fresh)
            with lock:
                queue.extend(fresh)

    kills = {"server": 0, "postgres": 0}
    targets = ["server", "postgres"] if options.target == "both" else [options.target]
    plan = [t for t in targets for _ in range(options.kills)]
    random.shuffle(plan)
    feed()
    time.sleep(1.5)
    for target in plan:
        if time.time() > deadline:
            raise RuntimeError("time is up")
        acked = len(acks)
        patience = time.time() + 30
        # The flood must be running when the blow falls: wait until something new was acknowledged.
        while len(acks) < acked + 50 and time.time() < patience:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.3))
        if target == "server":
            victim = random.choice(servers)
            victim.kill()
            time.sleep(random.uniform(0, 0.2))
            victim.start()
        else:
            os.kill(postmaster(), signal.SIGKILL)
            for attempt in range(60):
                time.sleep(0.25)
                try:
                    khop("database", "start")
                    psql("select 1")
                    break
                except (RuntimeError, subprocess.CalledProcessError):
                    continue
            else:
                raise RuntimeError("PostgreSQL did not come back")
            for server in servers:
                if not server.is_running():
                    faults.append("a server ended when PostgreSQL was killed")
                    server.start()
        kills[target] += 1
        feed()
        done = sum(kills.values())
        print(f"\r{done}/{len(plan)} kills, {len(acks)} callbacks acknowledged", end="", file=sys.stderr)
    print(file=sys.stderr)
    patience = time.time() + 60
    while time.time() < patience:
        with lock:
            if not queue:
                break
        time.sleep(0.1)
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join(30)
    for server in servers:
        server.process.send_signal(signal.SIGTERM)
    for server in servers:
        if server.process.wait(60) != 0:
            faults.append(f"a server ended with {server.process.returncode} when it was asked to stop")

    rows = psql("select provider_transaction_id || ' ' || payment_request_id from bank_notice where outcome = 'settled'")
    books = {}
    for row in rows.split("\n"):
        if row:
            transaction, request = row.split(" ")
            if int(transaction[2:]) in books:
                faults.append(f"{transaction} is in the books twice")
            books[int(transaction[2:])] = request
    lost = [n for n in acks if n not in books]
    other = [n for n, ids in acks.items() if n in books and any(i != books[n] for i in ids)]
    paid = int(psql("select count(*) from payment_request where status = 'paid' and amount_received = amount_due"))
    over = int(psql("select count(*) from payment_request where amount_received > amount_due"))
    if lost:
        faults.append(f"{len(lost)} acknowledged callbacks are not in the books, such as FT{lost[0]}")
    if other:
        faults.append(f"{len(other)} acknowledgements named another request than the books")
    if paid != len(books) or over:
        faults.append(f"{len(books)} notices settled, {paid} requests are paid, {over} overpaid")
    verify = json.loads(khop("ledger", "verify", "--json"))
    if not verify["ok"]:
        faults.append("the books do not agree: " + json.dumps([c for c in verify["checks"] if not c["ok"]]))
    result = {"ok": not faults, "seed": options.seed, "kills": kills, "sent": sent[0], "acknowledged": len(acks),
              "in_the_books": len(books), "faults": faults[:20]}
    print(json.dumps(result, indent=2))
    if faults:
        print("\n".join(faults[:20]), file=sys.stderr)
    sys.exit(0 if not faults else 1)
finally:
    stop.set()
    for server in servers:
        if server.is_running():
            server.kill()
    try:
        khop("database", "stop")
    except Exception as error:
        print(error, file=sys.stderr)
    shutil.rmtree(HOME, ignore_errors=True)
