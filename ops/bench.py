"""The measuring behind ops/bench. Standard library only."""
import atexit
import base64
import datetime
import glob
import hashlib
import hmac
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

KHOP = sys.argv[1]
SECONDS = int(os.environ.get("KHOP_BENCH_SECONDS", "8"))
PORT = os.environ.get("KHOP_BENCH_PORT", "8095")
HOME = os.path.abspath(os.environ.get("KHOP_BENCH_HOME", ".khop/bench"))
ACCOUNT = "0801000567890"
BATCH = 60_000  # callbacks prepared for each second that is measured, more than can be sent
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
env = dict(os.environ, KHOP_HOME=HOME, KHOP_PORT=PORT, KHOP_LOG_LEVEL="warning")
env.pop("KHOP_DATABASE_URL", None)
os.makedirs(HOME, exist_ok=True)


def khop(*arguments, **more):
    return subprocess.run([KHOP, *arguments], env=dict(env, **more), check=True, capture_output=True, text=True).stdout


khop("database", "start")
URL = khop("database", "url").strip()
BIN = (sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [""])[-1]


def psql(sql, stdin=None):
    return subprocess.run(["psql", URL, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql], check=True, capture_output=True,
                          text=stdin is None, input=stdin).stdout


def pgbench(script, clients, seconds=SECONDS, **variables):
    path = os.path.join(HOME, "pgbench.sql")
    with open(path, "w") as file:
        file.write(script)
    defines = [f"-D{name}={value}" for name, value in variables.items()]
    out = subprocess.run([os.path.join(BIN, "pgbench"), "-n", "-M", "prepared", "-f", path, "-c", str(clients), "-j", "2",
                          "-T", str(seconds), *defines, URL], capture_output=True, text=True)
    found = re.search(r"tps = ([0-9.]+)", out.stdout)
    if not found or out.returncode:
        raise SystemExit((out.stdout + out.stderr)[:2000])
    return float(found[1])


def reference():
    body = "".join(random.choices(ALPHABET, k=12))
    digits = "".join(str(int(c, 36)) for c in body + "RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"


def requests(count):
    """Pending payment requests of 10,000 đồng, as the service writes them."""
    references = [reference() for _ in range(count)]
    psql("create table if not exists bench_reference (n bigint generated always as identity primary key, reference text)")
    psql("truncate bench_reference restart identity")
    psql("copy bench_reference (reference) from stdin", "\n".join(references).encode())
    psql(f"""insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
        amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name, revenue_account,
        catalogue_version, lines)
        select gen_random_uuid(), reference, 'bench-' || reference, 'B', 'H44.01', '1.004222', 'online', current_date, 10000,
            10000, 'pending', now() + interval '1 day', now(), '970436', '{ACCOUNT}', 'A',
            (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'),
            (select max(id) from catalogue_version), '[]' from bench_reference""")
    psql("vacuum analyze payment_request")
    return references


def reset():
    """Every measurement begins with the same tables."""
    psql("drop schema public cascade; create schema public")
    khop("migrate")
    khop("catalogue", "import", "Fixtures/catalogue")
    psql("checkpoint")


def serve():
    log = open(os.path.join(HOME, "serve.log"), "a")
    process = subprocess.Popen([KHOP, "serve"], env=env, stdout=subprocess.DEVNULL, stderr=log)
    atexit.register(stop, process)  # also where a measurement fails
    for _ in range(100):
        if process.poll() is not None:
            raise SystemExit(f"the service did not come up: see {HOME}/serve.log")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1)
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not come up")


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def memory(process):
    with open(f"/proc/{process.pid}/status") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) // 1024


def processor(process):
    with open(f"/proc/{process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


LUA = """
local threads = 0
function setup(thread) thread:set("id", threads) threads = threads + 1 end
function init(args)
  lines = {}
  local n = 0
  for line in io.lines(args[1]) do if n % 2 == id then lines[#lines + 1] = line end n = n + 1 end
  place = 0
end
function request()
  place = place + 1
  local line = lines[place]
  if not line then wrk.thread:stop() return wrk.format("GET", "/healthz") end
  local t, s, body = line:match("^([^\\t]*)\\t([^\\t]*)\\t(.*)$")
  return wrk.format("POST", args_path, {["webhook-id"] = "msg_1", ["webhook-timestamp"] = t, ["webhook-signature"] = s,
    ["Authorization"] = authorization, ["Content-Type"] = "application/json"}, body)
end
function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration, summary.errors.status,
    summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect,
    latency:percentile(50), latency:percentile(99)))
end
"""


def wrk(path, lines, connections, authorization=""):
    feed, script = os.path.join(HOME, "feed"), os.path.join(HOME, "feed.lua")
    with open(feed, "w") as file:
        file.writelines(line + "\n" for line in lines)
    with open(script, "w") as file:
        file.write(f'local args_path = "{path}"\nlocal authorization = "{authorization}"\n'
                   .replace("local ", "") + LUA)
    out = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "10s", "-s", script,
                          f"http://127.0.0.1:{PORT}", "--", feed], capture_output=True, text=True)
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", out.stdout)
    if not found:
        raise SystemExit(out.stdout + out.stderr)
    count, micros, bad, broken, p50, p99 = map(int, found.groups())
    if bad or broken:
        print(f"   {bad} answers were no 2xx, {broken} connections broke", file=sys.stderr)
    return count / (micros / 1e6), p50 / 1000, p99 / 1000, count


def callbacks(references, secret):
    now = str(int(time.time()))
    occurred = datetime.datetime.now(datetime.timezone.utc).isoformat()
    for number, ref in enumerate(references):
        body = (f'{{"transaction_id":"FT{number}","amount":10000,"currency":"VND","account_number":"{ACCOUNT}",'
                f'"direction":"credit","status":"success","occurred_at":"{occurred}","memo":"MBVCB.{ref}.LE PHI"}}')
        code = hmac.new(secret, f"msg_1.{now}.{body}".encode(), hashlib.sha256).digest()
        yield f"{now}\tv1,{base64.b64encode(code).decode()}\t{body}"


ONE = """\\set i :i + 1
\\set n :client_id * :share + :i
select outcome from bench_reference b, settle_notices(array['callback'], array[:connection::integer], array['pg' || b.n],
  array['\\x00'::bytea], array[true], array[10000]::bigint[], array[:account::text], array['pg' || b.n], array[b.reference],
  array[now()], array['memo'], array[:headers::text], array[:body::text], array[:bank::integer], array[:suspense::integer],
  array[null::boolean], now(), interval '1 day')
where b.n = :n;
"""
MANY = """\\set i :i + 1
\\set n :client_id * :share + :i
select reference as r from bench_reference where n = :n \\gset
begin;
select id as request, amount_due as due, amount_received as received, revenue_account as revenue from payment_request
  where reference = :r for update \\gset
insert into bank_notice (source, connection_id, provider_transaction_id, content_hash, outcome, amount, account_number,
  bank_reference, payment_request_id, applied_amount, occurred_at, booked_on, memo, headers, body)
  values ('callback', :connection, 'pg' || :n, '\\x00', 'settled', 10000, :account::text, 'pg' || :n, :request::uuid, 10000, now(),
  current_date, 'memo', :headers::text, :body::text) returning id as notice \\gset
insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id, booked_on)
  values (:bank, :revenue, 10000, 'payment', :request::uuid, :notice, current_date);
update payment_request set amount_received = amount_received + 10000, status = 'paid', paid_at = now(), paid_on = current_date
  where id = :request::uuid;
commit;
"""


def connection():
    secret = os.urandom(32)
    khop("connection", "add", "bench", "--profile", "standard", "--account", ACCOUNT, "--secret-env", "BENCH_SECRET",
         BENCH_SECRET="whsec_" + base64.b64encode(secret).decode())
    row = psql("select id, bank_ledger_account, suspense_ledger_account from connection").strip().split("|")
    filler = {"connection": row[0], "bank": row[1], "suspense": row[2], "account": ACCOUNT, "headers": "h" * 250, "body": "b" * 230}
    return secret, filler


rows = []


def row(what, ours, theirs, value, other, note=""):
    rows.append((what, ours, theirs, f"{value:,.0f}", f"{other:,.0f}", f"{value / other:.2f}", note))
    print(f"   {what}: {value:,.0f} against {other:,.0f}, {value / other:.2f}", file=sys.stderr)


print("==> round trips", file=sys.stderr)
mine = max(json.loads(khop("database", "ping", "--seconds", str(SECONDS // 2), "--json"))["round_trips_per_second"] for _ in range(2))
row("`select 1`, one connection", "khop's client", "pgbench, prepared", mine, pgbench("select 1;\n", 1, SECONDS // 2))

print("==> payment requests", file=sys.stderr)
reset()
key = json.loads(khop("key", "create", "--role", "portal", "--name", "bench", "--json"))["key"]
server = serve()
order = '{"dossier_code":"D","agency_code":"H44.01","procedure_code":"1.004222","channel":"online"}'
rate, p50, p99, _ = wrk("/v1/payment-requests", (f"\t\t{order}" for _ in range(BATCH * SECONDS)), 64, f"Bearer {key}")
psql("create table bench_sample as select lines from payment_request limit 1")
insert = f"""insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
 amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name, revenue_account,
 catalogue_version, lines) select gen_random_uuid(), 'RF00' || translate(upper(substr(md5(random()::text), 1, 12)), 'ILOU', '0000'),
 md5(random()::text), 'D', 'H44.01', '1.004222', 'online', current_date, 10000, 10000, 'pending', now() + interval '1 day', now(),
 '970436', '{ACCOUNT}', 'A', (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'), 1,
 lines from bench_sample where (select max(id) from catalogue_version) = 1;\n"""
base = pgbench(insert, 32)
row("payment requests created", f"HTTP, 64 connections, p99 {p99:.0f} ms", "pgbench, the same INSERT, 32 clients", rate, base)
stop(server)

share = BATCH * SECONDS // 32
print("==> callbacks, one at a time", file=sys.stderr)
reset()
_, filler = connection()
requests(BATCH * SECONDS // 2)
one = pgbench(ONE, 32, share=share // 2, i=0, **filler)
print("==> callbacks, separate statements", file=sys.stderr)
reset()
_, filler = connection()
requests(BATCH * SECONDS // 2)
many = pgbench(MANY, 32, share=share // 2, i=0, **filler)
for connections in (64, 256):
    print(f"==> callbacks over HTTP, {connections} connections", file=sys.stderr)
    reset()
    secret, _ = connection()
    references = requests(BATCH * SECONDS)
    server = serve()
    feed = list(callbacks(references, secret))
    before = processor(server)
    rate, p50, p99, count = wrk("/v1/callbacks/bench", feed, connections)
    spent = processor(server) - before
    settled = int(psql("select count(*) from bank_notice where outcome = 'settled'"))
    note = f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, {memory(server)} MB at most, {spent / count * 1e6:.0f} µs of server processor each"
    if settled < count:
        print(f"   {count} answered and {settled} settled", file=sys.stderr)
    row("durable callbacks a second", f"HTTP, {connections} connections", "pgbench, the same function, one notice, 32 clients", rate, one, note)
    row("durable callbacks a second", f"HTTP, {connections} connections", "pgbench, separate statements in one transaction, 32 clients", rate, many, note)
    stop(server)
verify = json.loads(khop("ledger", "verify", "--json"))
khop("database", "stop")
shutil.rmtree(HOME, ignore_errors=True)

model = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read())
machine = f"{os.cpu_count()} × {model[1] if model else platform.machine()}, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') >> 30} GiB, {platform.system()} {platform.release()}"
text = f"""# Benchmarks

The output of `ops/bench` of {datetime.date.today()}, on {machine}. PostgreSQL with its defaults (fsync on), khop, and the
program that makes the load share the same cores. Each row is measured side by side in one run on one cluster, {SECONDS} s a figure;
read the ratios, not the figures. Callbacks are verified (HMAC), unique, and answered after their commit. The books were verified
afterwards: {"clean" if verify["ok"] else "NOT CLEAN"}.

| what | khop | instead | khop, /s | instead, /s | ratio | |
| --- | --- | --- | ---: | ---: | ---: | --- |
""" + "".join("| " + " | ".join(r) + " |\n" for r in rows)
with open("BENCHMARKS.md", "w") as file:
    file.write(text)
print(text)
