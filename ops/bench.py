"""The measuring behind ops/bench. Standard library only."""
import atexit
import base64
import contextlib
import datetime
import glob
import hashlib
import hmac
import http.client
import json
import os
import platform
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request

import bench_console

KHOP = sys.argv[1]
LONG = "--long" in sys.argv  # 20 million payments and a million callbacks, as BENCHMARKS.md shows them
SECONDS = int(os.environ.get("KHOP_BENCH_SECONDS", "8"))
PORT = os.environ.get("KHOP_BENCH_PORT", "8095")
HOME = os.path.abspath(os.environ.get("KHOP_BENCH_HOME", ".khop/bench"))
NEIGHBOUR_LINES = int(os.environ.get("KHOP_BENCH_NEIGHBOUR_LINES", "1000000"))  # fewer, to try it
OPEN_PAGES = int(os.environ.get("KHOP_BENCH_OPEN_PAGES", "5000"))
STEP = os.environ.get("KHOP_BENCH_STEP")  # of the console: "load" or "measure" alone, to measure again what stands there
ONLY = os.environ.get("KHOP_BENCH_ONLY")  # "sealing", "pages" or "console": that alone, and nothing is written to BENCHMARKS.md
ACCOUNT = "0801000567890"
OTHER = "9990012345678"
BATCH = 60_000  # callbacks prepared for each second that is measured, more than can be sent
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
env = dict(os.environ, KHOP_HOME=HOME, KHOP_PORT=PORT, KHOP_LOG_LEVEL="warning")
env.pop("KHOP_DATABASE_URL", None)
env.pop("KHOP_OWNER_DATABASE_URL", None)
os.makedirs(HOME, exist_ok=True)


def khop(*arguments, **more):
    return subprocess.run([KHOP, *arguments], env=dict(env, **more), check=True, capture_output=True, text=True).stdout


khop("database", "start")
URL = khop("database", "url", "--as", "superuser").strip()
AS_ROOT = ["--allow-root"] if os.geteuid() == 0 else []
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


def requests(count, account=ACCOUNT, agency="H44.01"):
    """Pending payment requests of 10,000 đồng, as the service writes them."""
    references = [reference() for _ in range(count)]
    psql("create table if not exists bench_reference (n bigint generated always as identity primary key, reference text)")
    psql("truncate bench_reference restart identity")
    psql("copy bench_reference (reference) from stdin", "\n".join(references).encode())
    psql(f"""insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
        amount_due, charge_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name, revenue_account,
        catalogue_version, lines)
        select gen_random_uuid(), reference, 'bench-' || reference, 'B', '{agency}', '1.004222', 'online', current_date, 10000, 10000,
            10000, 'pending', now() + interval '1 day', now(), '970436', '{account}', 'A',
            (select id from ledger_account where kind = 'revenue' and owner = '{agency}'),
            (select max(id) from catalogue_version), '[]' from bench_reference""")
    psql("vacuum analyze payment_request")
    return references


def reset():
    """Every measurement begins with the same tables."""
    psql("drop schema public cascade; create schema public authorization khop_owner")
    shutil.rmtree(os.path.join(HOME, "seals"), ignore_errors=True)
    khop("migrate")
    khop("catalogue", "import", "Fixtures/catalogue")
    psql("checkpoint")


def serve(**more):
    log = open(os.path.join(HOME, "serve.log"), "a")
    process = subprocess.Popen([KHOP, "serve", *AS_ROOT], env=dict(env, **more), stdout=subprocess.DEVNULL, stderr=log)
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


def database_processor():
    """Seconds of processor that the cluster's processes have used, those that ended included."""
    with open(glob.glob(HOME + "/**/postmaster.pid", recursive=True)[0]) as file:
        postmaster = int(file.readline())
    total = 0
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path) as file:
                text = file.read()
        except OSError:
            continue
        pid, fields = int(text.split(" ", 1)[0]), text.rsplit(")", 1)[1].split()
        if pid == postmaster:
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == postmaster:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


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


def callbacks(references, secret, first=0, account=ACCOUNT):
    now = str(int(time.time()))
    occurred = datetime.datetime.now(datetime.timezone.utc).isoformat()
    for number, ref in enumerate(references, first):
        body = (f'{{"transaction_id":"FT{number}","amount":10000,"currency":"VND","account_number":"{account}",'
                f'"direction":"credit","status":"success","occurred_at":"{occurred}","memo":"MBVCB.{ref}.LE PHI"}}')
        code = hmac.new(secret, f"msg_1.{now}.{body}".encode(), hashlib.sha256).digest()
        yield f"{now}\tv1,{base64.b64encode(code).decode()}\t{body}"


# The least that a careful engineer would write: one function, on tables that have nothing but what it needs.
LEAST = """create table least_request (reference text primary key, id uuid not null, due bigint not null,
  received bigint not null default 0, status text not null default 'pending') with (fillfactor = 80);
create table least_notice (id bigint generated always as identity primary key, connection integer not null,
  transaction text not null, amount bigint not null, request uuid, body text, unique (connection, transaction));
create table least_ledger (id bigint generated always as identity primary key, debit integer not null,
  credit integer not null, amount bigint not null, notice bigint not null);
create function settle_least(p_connection integer, p_transaction text, p_amount bigint, p_reference text, p_body text)
returns text language plpgsql as $$
declare v_request least_request; v_notice bigint;
begin
    select * into v_request from least_request where reference = p_reference for update;
    insert into least_notice (connection, transaction, amount, request, body)
    values (p_connection, p_transaction, p_amount, v_request.id, p_body) on conflict do nothing returning id into v_notice;
    if v_notice is null then return 'duplicate'; end if;
    insert into least_ledger (debit, credit, amount, notice) values (1, 2, p_amount, v_notice);
    update least_request set received = received + p_amount,
        status = case when received + p_amount >= due then 'paid' else status end where reference = p_reference;
    return 'settled';
end $$;
insert into least_request (reference, id, due) select reference, id, amount_due from payment_request"""
ONE = """\\set i :i + 1
\\set n :client_id * :share + :i
select settle_least(:connection::integer, 'pg' || b.n, 10000, b.reference, :body::text) from bench_reference b where b.n = :n;
"""
MANY = """\\set i :i + 1
\\set n :client_id * :share + :i
select reference as r from bench_reference where n = :n \\gset
begin;
select id as request, amount_due as due, amount_received as received, revenue_account as revenue from payment_request
  where reference = :r for update \\gset
insert into bank_notice (source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome, amount, account_number,
  bank_reference, payment_request_id, applied_amount, occurred_at, booked_on, memo, raw, raw_hash)
  values ('callback', :connection, :issuer, 'pg' || :n, '\\x00', 'settled', 10000, :account::text, 'pg' || :n, :request::uuid, 10000, now(),
  current_date, 'memo', :raw::bytea, sha256(:raw::bytea)) returning id as notice \\gset
insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id, booked_on)
  values (:bank, :revenue, 10000, 'payment', :request::uuid, :notice, current_date);
update payment_request set amount_received = amount_received + 10000, amount_applied = amount_applied + 10000, status = 'paid', paid_at = now(), paid_on = current_date, settled_by = 'notice'
  where id = :request::uuid;
commit;
"""


def connect(name, account):
    secret = os.urandom(32)
    khop("connection", "add", name, "--profile", "standard", "--account", account, "--secret-env", "BENCH_SECRET",
         BENCH_SECRET="whsec_" + base64.b64encode(secret).decode())
    return secret


def connection():
    secret = connect("bench", ACCOUNT)
    # Lines without a notice settle at once, so that the whole of it is measured.
    khop("account", "recovery", ACCOUNT, "automatic")
    row = psql("select id, bank_ledger_account, suspense_ledger_account, issuer_id from connection").strip().split("|")
    filler = {"connection": row[0], "bank": row[1], "suspense": row[2], "issuer": row[3], "account": ACCOUNT, "body": "b" * 230, "raw": "r" * 512}
    return secret, filler


rows = []
notes = []


def row(what, ours, theirs, value, other, note=""):
    rows.append((what, ours, theirs, f"{value:,.0f}", f"{other:,.0f}", f"{value / other:.2f}", note))
    print(f"   {what}: {value:,.0f} against {other:,.0f}, {value / other:.2f}", file=sys.stderr)


def sealed_flood(seals):
    """Callbacks a second, with the sealer at work or, while another session holds its lock, not."""
    reset()
    secret, _ = connection()
    references = requests(BATCH * SECONDS // 2)
    khop("seal", "now")  # what is measured is the callbacks' own entries
    holder = None if seals else subprocess.Popen(
        ["psql", URL, "-qAtX", "-c", "select pg_advisory_lock(1936023916)", "-c", "select pg_sleep(3600)"],
        stdout=subprocess.DEVNULL)
    server = serve()
    rate, _, _, _ = wrk("/v1/callbacks/bench", list(callbacks(references, secret)), 256)
    stop(server)
    if holder:
        holder.terminate()
        holder.wait()
    return rate


def seal_time(count):
    """Seconds to seal so many postings that are committed and not sealed yet, less what an empty pass takes."""
    reset()
    khop("seal", "now")
    psql(f"""set session_replication_role = replica; set synchronous_commit = off;
        insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id, booked_on)
        select 1, 2, 10000 + n, 'payment', gen_random_uuid(), n, current_date from generate_series(1, {count}) n""")
    psql("vacuum analyze ledger_transfer")
    psql("checkpoint")
    full = timed(lambda: khop("seal", "now"))
    return full - min(timed(lambda: khop("seal", "now")) for _ in range(3))


def sealing():
    print("==> sealing", file=sys.stderr)
    seconds = seal_time(1_000_000)
    copied = timed(lambda: psql("copy ledger_transfer to program 'cat > /dev/null'"))
    rows.append(("1,000,000 entries sealed", "hashed, signed, written out", "`copy` of the same rows to nowhere",
                 f"{seconds:.1f} s", f"{copied:.1f} s", f"{seconds / copied:.2f}", ""))
    print(f"   1,000,000 entries sealed in {seconds:.2f} s, copied in {copied:.2f} s", file=sys.stderr)
    # In turn, so that whatever else the machine does falls on both.
    withs, withouts = zip(*((sealed_flood(True), sealed_flood(False)) for _ in range(3)))
    row("durable callbacks a second, 256 connections, best of three in turn", "with the sealer", "without it", max(withs), max(withouts))


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def page_times(lines, tokens):
    """Milliseconds from a bank's being answered to the news on the page, for each callback of a page that is open."""
    answered = {}
    for line, token in zip(lines, tokens):
        now, signature, body = line.split("\t")
        headers = {"webhook-id": "msg_1", "webhook-timestamp": now, "webhook-signature": signature}
        asked = urllib.request.Request(f"http://127.0.0.1:{PORT}/v1/callbacks/bench", body.encode(), headers)
        urllib.request.urlopen(asked, timeout=10).read()
        answered[token] = time.monotonic()
        time.sleep(0.05)
    return answered


def paged_flood(count):
    """Callbacks a second while so many payment pages are open, none of which is of a request that is paid; and how long pages
    that are paid wait for the news."""
    reset()
    secret, _ = connection()
    references = requests(BATCH * SECONDS // 2 + count)
    shown = [f"bench-{one}" for one in references[:count]]
    names = os.path.join(HOME, "tokens")
    with open(names, "w") as file:
        file.write("\n".join(shown))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, count + 8192), most))
    server = serve(KHOP_MAXIMUM_OPEN_PAGES=str(max(1, count)), KHOP_MAXIMUM_OPEN_PAGES_PER_ADDRESS=str(max(1, count)),
                   KHOP_LIMIT_PAGES_PER_MINUTE="0")
    pages, times = None, []
    if count:
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "open_pages.py")
        pages = subprocess.Popen([sys.executable, program, PORT, names, "300"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(pages.kill)
        while not (line := pages.stdout.readline()).startswith("open "):
            if not line:
                raise SystemExit("the pages could not be opened")
    rate, _, _, _ = wrk("/v1/callbacks/bench", list(callbacks(references[count:], secret)), 256)
    if pages:
        few = list(callbacks(references[:100], secret, first=10_000_000))
        answered = page_times(few, shown)
        time.sleep(2)
        pages.stdin.close()
        for line in pages.stdout:
            word, *rest = line.split()
            if word == "news" and rest[0] in answered:
                times.append(1000 * (float(rest[1]) - answered.pop(rest[0])))
        if answered:
            raise SystemExit(f"{len(answered)} pages were not told that they are paid")
        pages.wait(60)
    stop(server)
    return rate, sorted(times)


def open_pages():
    print(f"==> callbacks while {OPEN_PAGES:,} payment pages are open", file=sys.stderr)
    # In turn, so that whatever else the machine does falls on both.
    opened, closed = zip(*((paged_flood(OPEN_PAGES), paged_flood(0)) for _ in range(3)))
    row("durable callbacks a second, 256 connections, best of three in turn", f"{OPEN_PAGES:,} payment pages open", "none open",
        max(rate for rate, _ in opened), max(rate for rate, _ in closed))
    times = sorted(time for _, some in opened for time in some)
    notes.append(f"Paid is seen on an open page, {OPEN_PAGES:,} being open, {times[len(times) // 2]:.0f} ms after the bank was answered "
                 f"(median; worst of {len(times)}: {times[-1]:.0f} ms).")
    print("   " + notes[-1], file=sys.stderr)


@contextlib.contextmanager
def without_indexes(*tables):
    """Takes the indexes of some tables away that no constraint needs, and makes them again: many rows are written faster."""
    names = ", ".join(f"'{table}'" for table in tables)
    free = f"""from pg_indexes i where tablename in ({names}) and not exists (
        select from pg_constraint c where c.conname = i.indexname)"""
    made = psql(f"select indexdef {free}").splitlines()
    psql("drop index " + psql(f"select string_agg(indexname, ', ') {free}").strip())
    yield
    for index in made:
        psql(index)


def load_payments(count, payer="null"):
    """Paid requests over the year's days, twelve agencies and four procedures, with their totals, as settlement keeps them.

    payer is SQL by the number n."""
    reset()
    with without_indexes("payment_request"):
        psql(f"""set session_replication_role = replica; set synchronous_commit = off;
            insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
                amount_due, discount_total, amount_received, status, settled_by, paid_at, paid_on, expires_at, created_at, bank_bin,
                account_number, account_name, revenue_account, catalogue_version, lines, payer_name)
            select gen_random_uuid(), 'RF00' || lpad(translate(upper(to_hex(n)), 'ILOU', '0000'), 12, '0'), 'bench-' || n, 'D' || n, a.code,
                p.code, (array['online', 'online', 'counter_qr', 'counter_cash'])[1 + n % 4], d.day, 10000 + n % 7 * 1000,
                n % 2 * 1000, 10000 + n % 7 * 1000, 'paid', 'notice', d.day + interval '9 hours', d.day, d.day + interval '1 day', d.day,
                '970436', a.account_number, 'A', 1, 1, '[]', {payer}
            from generate_series(1, {count}) n
                cross join lateral (select current_date - 364 + (n * 365::bigint / {count + 1})::integer as day) d
                join (select row_number() over (order by code) - 1 as i, code, account_number from agency) a on a.i = n % 12
                join (select row_number() over (order by code) - 1 as i, code from procedure) p on p.i = n / 12 % 4;
            insert into daily_procedure_total select paid_on, agency_code, procedure_code, channel, 0, count(*), sum(amount_due),
                sum(discount_total) from payment_request group by 1, 2, 3, 4;
            insert into daily_total select paid_on, agency_code, channel, 0, sum(paid_requests), sum(amount_total),
                sum(discount_total) from daily_procedure_total group by 1, 2, 3;""")
    psql("vacuum analyze payment_request, daily_total, daily_procedure_total")


def console_pages(count):
    """The console's pages over so many payments, each with its notice, and many open cases."""
    if STEP != "measure":
        load_payments(count, bench_console.PAYER)
        connection()
        bench_console.load_notices(psql, without_indexes)
        bench_console.load_books(psql, without_indexes)
        bench_console.load_cases(psql)
        bench_console.seal(psql)
        psql("checkpoint")
    if STEP == "load":
        return ""
    server = serve(KHOP_RECONCILE_AT="23:59", KHOP_LIMIT_PAGES_PER_MINUTE="600000", KHOP_LIMIT_PERSON_PER_MINUTE="600000")
    told = bench_console.text(bench_console.measure(psql, khop, PORT, count), count)
    stop(server)
    print(told, file=sys.stderr)
    return told


if ONLY == "sealing":
    sealing()
    raise SystemExit(0)
if ONLY == "pages":
    open_pages()
    raise SystemExit(0)
if ONLY == "console":
    console_pages(int(os.environ.get("KHOP_BENCH_PAYMENTS", "20000000" if LONG else "2000000")))
    raise SystemExit(0)

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
ROUNDS = 3  # the median of the ratios: the speed of a shared machine changes from minute to minute


def least():
    """What a careful engineer would write at the least: one function on bare tables."""
    reset()
    _, filler = connection()
    requests(BATCH * SECONDS // 2)
    psql(LEAST)
    psql("vacuum analyze least_request")
    return pgbench(ONE, 32, share=share // 2, i=0, **filler)


def over_http(connections, analysed=False):
    """Callbacks over HTTP against the same tables, whose past is sealed: a rate, and what is said beside it."""
    reset()
    secret, _ = connection()
    references = requests(BATCH * SECONDS)
    khop("seal", "now")
    if analysed:
        psql("vacuum analyze")
    server = serve()
    feed = list(callbacks(references, secret))
    before, database_before = processor(server), database_processor()
    rate, p50, p99, count = wrk("/v1/callbacks/bench", feed, connections)
    spent, database_spent = processor(server) - before, database_processor() - database_before
    settled = int(psql("select count(*) from bank_notice where outcome = 'settled'"))
    note = f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, {memory(server)} MB at most, {spent / count * 1e6:.0f} µs of processor each in the server and {database_spent / count * 1e6:.0f} in PostgreSQL"
    if settled < count:
        print(f"   {count} answered and {settled} settled", file=sys.stderr)
    stop(server)
    return rate, note


print("==> callbacks, separate statements", file=sys.stderr)
reset()
_, filler = connection()
requests(BATCH * SECONDS // 2)
many = pgbench(MANY, 32, share=share // 2, i=0, **filler)
for connections in (64, 256):
    print(f"==> callbacks over HTTP, {connections} connections, {ROUNDS} rounds", file=sys.stderr)
    rounds = []
    for _ in range(ROUNDS):
        base = least()
        rounds.append((*over_http(connections), base))
    rate, note, one = sorted(rounds, key=lambda one: one[0] / one[2])[ROUNDS // 2]
    row("durable callbacks a second", f"HTTP, {connections} connections", "pgbench, the least by hand: one function on bare tables, 32 clients", rate, one, note)
    row("durable callbacks a second", f"HTTP, {connections} connections", "pgbench, separate statements in one transaction, 32 clients", rate, many, note)

# Plans that fit an empty table are kept while it fills: the day on which a province goes live.
print("==> callbacks on a database just analysed", file=sys.stderr)
one = least()
rate, note = over_http(256, analysed=True)
row("durable callbacks a second, the database just analysed before its first notice", "HTTP, 256 connections", "pgbench, the least by hand", rate, one, note)
verify = json.loads(khop("ledger", "verify", "--json"))

print("==> callbacks without the daily totals", file=sys.stderr)
BARE = """create or replace function payment_request_changed() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan as $$
begin
    insert into payment_request_event (payment_request_id, event, from_status, to_status, amount_received, paid_on, agency_code)
    select i.id, coalesce(t.event, refuse_transition(i.id, r.status, i.status)), r.status, i.status, i.amount_received,
        case when i.status = 'paid' then i.paid_on end, case when i.status = 'paid' then i.agency_code end
    from removed r join inserted i using (id)
        left join state_transition t on t.machine = 'payment_request' and t.from_state = r.status and t.to_state = i.status
            and t.event <> 'cancel_and_refund'
    where r.status <> i.status;
    return null;
end $$"""


def flood(bare):
    reset()
    if bare:
        psql(BARE)
    secret, _ = connection()
    references = requests(BATCH * SECONDS // 2)
    server = serve()
    rate, _, _, _ = wrk("/v1/callbacks/bench", list(callbacks(references, secret)), 256)
    stop(server)
    return rate


# In turn, so that whatever else the machine does falls on both.
withs, withouts = zip(*((flood(False), flood(True)) for _ in range(3)))
row("durable callbacks a second, 256 connections, best of three in turn", "with the daily totals", "without them", max(withs), max(withouts))

sealing()

print("==> verification", file=sys.stderr)
REFERENCE = "RF18539007547034"
NOW = int(time.time())
PLAIN = {"transaction_id": "FT1", "amount": 115000, "currency": "VND", "account_number": ACCOUNT, "direction": "credit",
         "status": "success", "occurred_at": "2026-11-21T09:29:58+07:00", "memo": f"MBVCB {REFERENCE} le phi"}
MESSAGES = {
    "standard": PLAIN, "timestamped": PLAIN, "rfc9421": PLAIN,
    "payos": {"orderCode": 77, "amount": 115000, "description": REFERENCE, "accountNumber": ACCOUNT, "reference": "FT1",
              "transactionDateTime": "2026-11-21 09:29:58", "currency": "VND", "code": "00", "desc": "success"},
    "vnpay": {"vnp_Amount": "11500000", "vnp_BankCode": "NCB", "vnp_OrderInfo": "Le phi", "vnp_PayDate": "20261121092958",
              "vnp_ResponseCode": "00", "vnp_TmnCode": "TMN", "vnp_TransactionNo": "14422574", "vnp_TransactionStatus": "00",
              "vnp_TxnRef": REFERENCE},
    "momo": {"partnerCode": "M", "orderId": REFERENCE, "requestId": "r", "amount": 115000, "orderInfo": "x", "orderType": "w",
             "transId": 2345678901, "resultCode": 0, "message": "ok", "payType": "qr", "responseTime": NOW * 1000, "extraData": ""},
    "zalopay": {"app_id": 1, "app_trans_id": f"261121_{REFERENCE}", "app_time": NOW * 1000, "amount": 115000,
                "zp_trans_id": 261121000000389, "server_time": NOW * 1000, "item": "[]", "embed_data": "{}"},
    "casso": {"error": 0, "data": {"id": 0, "reference": "FT1", "description": REFERENCE, "amount": 115000, "runningBalance": 1,
                                   "transactionDateTime": "2026-11-21 09:29:58", "accountNumber": ACCOUNT}},
}
costs = []
for profile, content in MESSAGES.items():
    key = base64.b64encode(bytes([1] * 24)).decode()
    secret = {"standard": "whsec_" + key, "rfc9421": key, "momo": "ACCESS:a momo secret"}.get(profile, "a secret of some length")
    job = {"profile": profile, "secret": secret, "body": json.dumps(content), "id": "msg_1",
           "time": NOW * 1000 if profile == "casso" else NOW, "parameters": ';keyid="bench";alg="hmac-sha256"',
           "components": ["@method", "@path", "@query", "content-digest", "content-type"]}
    if profile != "rfc9421":
        del job["parameters"], job["components"]
    signed = subprocess.run([sys.executable, "Fixtures/signatures/sign.py"], input=json.dumps(job) + "\n", check=True,
                            capture_output=True, text=True).stdout
    path = os.path.join(HOME, "message.json")
    with open(path, "w") as file:
        json.dump(dict(json.loads(signed), path="/v1/callbacks/bank", now=NOW), file)
    found = json.loads(khop("callback", "measure", "--profile", profile, "--message", path, "--account", ACCOUNT, "--json",
                            "--secret-env", "BENCH_SECRET", BENCH_SECRET=secret))
    costs.append((profile, found["hundredths_of_a_microsecond_each"] / 100))
    print(f"   {profile}: {costs[-1][1]:.1f} µs", file=sys.stderr)
notes.append("Verifying and reading one callback takes, on one core: "
             + ", ".join(f"{name} {cost:.1f} µs" for name, cost in costs) + ".")


def report_time():
    key = json.loads(khop("key", "create", "--role", "finance", "--name", "bench", "--json"))["key"]
    server = serve()
    times = []
    for _ in range(60):
        ask = urllib.request.Request(f"http://127.0.0.1:{PORT}/v1/reports/non-cash-rates?period=2026",
                                     headers={"Authorization": f"Bearer {key}"})
        start = time.perf_counter()
        total = json.load(urllib.request.urlopen(ask))["total"]["paid_requests"]
        times.append(time.perf_counter() - start)
    stop(server)
    return sorted(times)[len(times) // 2] * 1000, total


few, many_payments = 200_000, 20_000_000 if LONG else 2_000_000
print(f"==> the year's report over {few:,} and {many_payments:,} payments", file=sys.stderr)
load_payments(few)
small, _ = report_time()
load_payments(many_payments)
large, total = report_time()
start = time.perf_counter()
counted = int(psql("select count(*) from payment_request where status = 'paid' and paid_on between '2026-01-01' and '2026-12-31'"))
plain = (time.perf_counter() - start) * 1000
if total != counted:
    raise SystemExit(f"the report says {total}, PostgreSQL counts {counted}")
rows.append((f"the year's report by province, {many_payments:,} payments", "HTTP, median", f"the same over {few:,} payments",
             f"{large:.1f} ms", f"{small:.1f} ms", f"{large / small:.2f}", f"counting the payments themselves takes {plain:,.0f} ms"))
print("   " + " ".join(rows[-1]), file=sys.stderr)

if LONG:
    print("==> a million callbacks", file=sys.stderr)
    reset()
    secret, _ = connection()
    references = requests(1_000_000)
    server = serve()
    seconds, SECONDS, first = SECONDS, 60, None  # a part ends by itself when its callbacks are sent
    for part in range(10):
        chunk = references[part * 100_000:(part + 1) * 100_000]
        lines = list(callbacks(chunk, secret, part * 100_000))
        wrk("/v1/callbacks/bench", lines, 256)
        first = first or memory(server)
    settled = int(psql("select count(*) from bank_notice where outcome = 'settled'"))
    SECONDS = seconds
    notes.append(f"Memory of the server: {first} MB at most over the first 100,000 callbacks, {memory(server)} MB over {settled:,}.")
    print("   " + notes[-1], file=sys.stderr)
    stop(server)



def bank_day(count, first, day, days, strangers=None):
    """A statement and the payments it is of: 95% exact, 2% other amounts, 1% missing, 1% twice, 1% without a reference; or so
    large a part of lines that match nothing, and all others exact."""
    file = os.path.join(HOME, "statement.csv")
    rng = random.Random(1)
    begin = datetime.datetime.fromisoformat(day)
    payments = []
    with open(file, "w") as out:
        out.write("transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n")

        def line(transaction, number, amount, memo):
            at = begin + datetime.timedelta(seconds=(number - first) * 86400 * days // count)
            out.write(f"{transaction},{at.isoformat()}+07:00,{at.date()},{amount},VND,NGUYEN VAN A,{number},{memo},\n")

        for number in range(first, first + count):
            ref, amount, kind = reference(), 10000 + number % 50 * 1000, rng.random()
            if strangers is not None:
                kind = 1 if kind < strangers else 0
            if strangers is None or kind == 0:
                payments.append(f"{number}\t{ref}\t{amount}")
            if kind < 0.95:
                line(f"FT{number}", number, amount, f"MBVCB.{number}.{ref}.NOP LE PHI")
            elif kind < 0.97:
                line(f"FT{number}", number, amount + 1000, f"MBVCB.{number}.{ref}.NOP LE PHI")
            elif kind < 0.98:
                continue
            elif kind < 0.99:
                line(f"FT{number}", number, amount, f"CK {ref}")
                line(f"FT{number}", number, amount, f"CK {ref}")
            else:
                line(f"OT{number}", number, amount, "NGUYEN VAN A CHUYEN TIEN")
    psql("drop table if exists bench_payment; create unlogged table bench_payment (n bigint, reference text, amount bigint)")
    psql("copy bench_payment from stdin", "\n".join(payments).encode())
    at = f"('{day}'::timestamp + (n - {first}) * interval '{days} days' / {count})"
    psql(f"""set session_replication_role = replica; set synchronous_commit = off;
        insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
            amount_due, discount_total, amount_received, status, settled_by, paid_at, paid_on, expires_at, created_at, bank_bin,
            account_number, account_name, revenue_account, catalogue_version, lines)
        select gen_random_uuid(), reference, 'bench-' || n, 'D', 'H44.01', '1.004222', 'online', '{day}', amount, 0, amount, 'paid', 'notice',
            {at}, {at}::date, {at} + interval '1 day', {at}, '970436', '{ACCOUNT}', 'A', 1, 1, '[]' from bench_payment;
        insert into bank_notice (source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome, amount, account_number,
            bank_reference, payment_request_id, applied_amount, occurred_at, booked_on, received_at, memo)
        select 'callback', 1, 1, 'FT' || n, '\\x00', 'settled', w.amount, '{ACCOUNT}', 'FT' || n, p.id, w.amount, p.paid_at, p.paid_on,
            p.paid_at, 'x' from bench_payment w join payment_request p using (reference) order by n""")
    psql("vacuum analyze payment_request, bank_notice")
    psql("checkpoint")
    return file


def reconcile_time(file, through):
    return timed(lambda: (khop("statement", "import", file, "--account", ACCOUNT, "--json"),
                          khop("reconcile", "--account", ACCOUNT, "--through", through, "--json")))


def old_rows(count):
    """Years of lines, each matched with its notice, as reconciliation leaves them; the indexes are made afterwards."""
    at = f"('2023-01-01'::timestamp + (n::double precision / {count}) * interval '1095 days')"
    with without_indexes("bank_notice", "line_outcome", "statement_line"):
        psql(f"""set session_replication_role = replica; set synchronous_commit = off;
            insert into statement (account_number, file_hash, format, lines, credits, debits, first_day, last_day,
                imported_by, imported_by_id)
            values ('{ACCOUNT}', '\\x00', 'csv', {count}, 0, 0, '2023-01-01', '2025-12-30', 'bench', 'bench');
            insert into bank_notice (source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome, amount, account_number,
                bank_reference, applied_amount, occurred_at, booked_on, received_at, memo)
            select 'callback', 1, 1, 'OLD' || n, '\\x00', 'settled', 10000, '{ACCOUNT}', 'OLD' || n, 10000, {at}, {at}::date, {at}, 'x'
            from generate_series(1, {count}) n;
            insert into statement_line (statement_id, line_number, account_number, transaction_id, booked_at, booked_on,
                value_date, amount, counterparty_name, counterparty_account, memo)
            select 1, n, '{ACCOUNT}', 'OLD' || n, {at}, {at}::date, {at}::date, 10000, 'NGUYEN VAN A', n::text, 'NOP LE PHI ' || n
            from generate_series(1, {count}) n;
            insert into line_outcome (line_id, run_id, outcome, pass, notice_id)
            select n, 1, 'matched', 'transaction_id', n from generate_series(1, {count}) n;
            insert into reconciliation_run (account_number, through, started_at, started_by)
            values ('{ACCOUNT}', '2025-12-31', '2026-01-01', 'bench');
            insert into reconciliation_state values ('{ACCOUNT}', '2025-12-31', {count}, {count})""")
    psql("vacuum analyze bank_notice, statement_line, line_outcome")


sizes = (1_000_000, 2_000_000) if LONG else (200_000, 400_000)
own = []
for size in sizes:
    print(f"==> reconciliation of {size:,} lines", file=sys.stderr)
    reset()
    connection()
    file = bank_day(size, 0, "2026-01-01", 10)
    own.append(reconcile_time(file, "2026-01-12"))
    psql("create table plain (transaction_id text, booked_at timestamptz, value_date date, amount bigint, currency text, "
         "counterparty_name text, counterparty_account text, memo text, balance bigint)")
    psql("checkpoint")
    copied = timed(lambda: subprocess.run(["psql", URL, "-qAtX", "-c", f"\\copy plain from {file} csv header"], check=True))
    psql("alter table plain add reference text; update plain set reference = substring(memo from 'RF[0-9]{2}[0-9A-Z]{12}')")
    psql("vacuum analyze plain")
    joined = timed(lambda: psql("create table plain_outcome as select p.transaction_id, case when r.id is null then 'unmatched' "
                                "when r.amount_due = p.amount then 'matched' else 'other' end as outcome, r.id from plain p "
                                "left join payment_request r using (reference)"))
    psql("alter table plain add outcome text, add request uuid")
    psql("checkpoint")
    written = timed(lambda: psql("update plain p set request = r.id, outcome = case when r.amount_due = p.amount then 'matched' "
                                 "else 'other' end from payment_request r where r.reference = p.reference"))
    ours = f"{size:,} lines, file to durable classification", "import and reconcile, with cases"
    for instead, other in (("`\\copy` and one hash join on an extracted reference, into a table of its own", copied + joined),
                           ("`\\copy` and the same join, written to the lines", copied + written)):
        rows.append((*ours, instead, f"{own[-1]:.1f} s", f"{other:.1f} s", f"{own[-1] / other:.2f}",
                     "" if len(own) < 2 else f"{own[1] / own[0]:.2f} times half of it"))
        print("   " + " ".join(rows[-1]), file=sys.stderr)
years = 20_000_000 if LONG else 2_000_000
print(f"==> a day's lines on top of {years:,}", file=sys.stderr)
reset()
connection()
old_rows(years)
days = []
for number in range(3):
    day = f"2026-01-{number + 2:02d}"
    days.append(reconcile_time(bank_day(5000, number * 5000, day, 1), day))
notes.append(f"A day's 5,000 new lines on top of {years:,} old lines, notices and outcomes: imported and reconciled in "
             f"{sorted(days)[1]:.2f} s (median of three days).")
print("   " + notes[-1], file=sys.stderr)



def send(name, lines, every, until, times):
    """Sends callbacks one after the other, each at its time, and notes how long each took."""
    client = http.client.HTTPConnection("127.0.0.1", int(PORT), timeout=60)
    due = time.perf_counter()
    for line in lines:
        stamp, signature, body = line.split("\t", 2)
        begin = time.perf_counter()
        client.request("POST", f"/v1/callbacks/{name}", body.encode(), {
            "webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature,
            "Content-Type": "application/json"})
        answer = client.getresponse()
        answer.read()
        times.append(((time.perf_counter() - begin) * 1000, answer.status))
        if until():
            break
        due += every
        time.sleep(max(0, due - time.perf_counter()))
    client.close()


def watched(accounts, until):
    """The times of callbacks of each account, 100 a second of each, until something is so."""
    times = {name: [] for name, _ in accounts}
    senders = [threading.Thread(target=send, args=(name, lines[part::8], 0.08, until, times[name]))
               for name, lines in accounts for part in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    for name in times:
        bad = sum(status != 200 for _, status in times[name])
        if bad:
            print(f"   {bad} of {len(times[name])} callbacks of {name} were refused", file=sys.stderr)
    return {name: sorted(each for each, _ in found) for name, found in times.items()}


def neighbours(size):
    """What callbacks wait at most while a month is imported and reconciled, on its account and on another."""
    reset()
    secret, _ = connection()
    other = connect("other", OTHER)
    file = bank_day(size, 0, "2026-01-01", 10, strangers=0.1)
    first = 10_000_000  # no transaction of the statement
    feeds = [list(callbacks(requests(40_000), secret, first)),
             list(callbacks(requests(40_000, OTHER, "H44.02"), other, first, OTHER))]
    psql("checkpoint")
    server = serve(KHOP_RECONCILE_AT="23:59")  # nobody but this reconciles

    def part(a, b):
        return [("bench", feeds[0][a:b]), ("other", feeds[1][a:b])]

    end = time.perf_counter() + 1
    watched(part(0, 1000), lambda: time.perf_counter() > end)  # the first ones plan
    end = time.perf_counter() + SECONDS
    quiet = watched(part(1000, 10_000), lambda: time.perf_counter() > end)
    took, work = [], threading.Thread(target=lambda: took.append(reconcile_time(file, "2026-01-12")))
    work.start()
    busy = watched(part(10_000, 40_000), lambda: not work.is_alive())
    work.join()
    stop(server)
    for name, whose in (("bench", "of the same account"), ("other", "of another account")):
        p99, worst = quiet[name][len(quiet[name]) * 99 // 100], busy[name][-1]
        rows.append((f"worst callback while {size:,} lines, a tenth of which match nothing, are imported and reconciled",
                     whose, "p99 while nothing else is done", f"{worst:.0f} ms", f"{p99:.0f} ms", f"+{worst - p99:.0f} ms",
                     f"of {len(busy[name]):,} in {took[0]:.1f} s, p99 {busy[name][len(busy[name]) * 99 // 100]:.0f} ms"))
        print("   " + " ".join(rows[-1]), file=sys.stderr)


open_pages()
print("==> the console's pages", file=sys.stderr)
console = console_pages(many_payments)

print(f"==> callbacks while {NEIGHBOUR_LINES:,} lines are imported and reconciled", file=sys.stderr)
neighbours(NEIGHBOUR_LINES)

khop("database", "stop")
shutil.rmtree(HOME, ignore_errors=True)

model = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read())
machine = f"{os.cpu_count()} × {model[1] if model else platform.machine()}, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') >> 30} GiB, {platform.system()} {platform.release()}"
text = f"""# Benchmarks

The output of `ops/bench` of {datetime.date.today()}, on {machine}. PostgreSQL with its defaults (fsync on), khop, and the
program that makes the load share the same cores. Each row is measured side by side in one run on one cluster, {SECONDS} s a figure;
read the ratios, not the figures; of the worst callbacks, how much more they waited. Callbacks are verified (HMAC), unique, and
answered after their commit. The books were verified afterwards: {"clean" if verify["ok"] else "NOT CLEAN"}.

| what | khop | instead | khop, /s | instead, /s | ratio | |
| --- | --- | --- | ---: | ---: | ---: | --- |
""" + "".join("| " + " | ".join(r) + " |\n" for r in rows) + "".join("\n" + note + "\n" for note in notes) + console
# What ops/soak wrote into its own part stays.
with open("BENCHMARKS.md") as file:
    kept = re.search(r"<!-- ops/soak -->\n.*<!-- end of ops/soak -->\n", file.read(), re.S)
with open("BENCHMARKS.md", "w") as file:
    file.write(text + ("\n" + kept[0] if kept else ""))
print(text)
