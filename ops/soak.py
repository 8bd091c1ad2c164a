"""The load behind ops/soak. Standard library only; it is bounded in time and rate, and ends only what it started."""
import argparse
import asyncio
import collections
import datetime
import json
import os
import platform
import random
import re
import resource
import signal
import sys
import time
import urllib.parse

from installation import ACCOUNT, OTHER, ROOT, Installation, callback

parser = argparse.ArgumentParser(description="An hour of a national peak, scaled to this machine.")
parser.add_argument("--khop", required=True, help="the program")
parser.add_argument("--minutes", type=float, default=60, help="how long (60)")
parser.add_argument("--rate", type=float, default=60, help="payments a second on the average (60)")
parser.add_argument("--windows", type=int, default=12, help="rows of the table (12)")
parser.add_argument("--seed", type=int, default=2026, help="for the same arrivals again (2026)")
parser.add_argument("--folder", default="/var/tmp", help="where the database lies meanwhile (/var/tmp); /dev/shm leaves the disk out of it")
parser.add_argument("--write", action="store_true", help="put the table into BENCHMARKS.md")
options = parser.parse_args()
if not (0.5 <= options.minutes <= 240 and 1 <= options.rate <= 1000 and 2 <= options.windows <= 60):
    parser.error("0.5 to 240 minutes, 1 to 1000 payments a second, 2 to 60 windows")
random.seed(options.seed)
LENGTH = options.minutes * 60
VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
REPORTS = ["/v1/reports/non-cash-rates?period={month}", "/v1/reports/non-cash-rates?period={month}&by=procedure",
           "/v1/reports/collections?period={month}", "/v1/reports/discounts?period={month}", "/v1/reports/hours?period={month}",
           "/v1/cases?state=open&limit=50", "/v1/statements?limit=20", f"/v1/reports/reconciliation?account={ACCOUNT}&day={{day}}",
           f"/v1/accounts/{ACCOUNT}/days/{{day}}/explanation"]
KINDS = ["create", "page", "callback", "read", "statement", "report"]
PLACES = [("H44.01", ACCOUNT, "bank"), ("H44.02", OTHER, "other")]


class Client:
    """Connections that are kept and used again, as many as are needed at once."""

    def __init__(self, port):
        self.port, self.idle = port, []

    async def send(self, method, path, body=b"", headers={}):
        # The service ends those that nobody used for half a minute; the last one given back has waited the shortest.
        while self.idle and self.idle[-1][2] < time.monotonic() - 15:
            self.idle.pop()[1].close()
        reader, writer, _ = self.idle.pop() if self.idle else (*await asyncio.open_connection("127.0.0.1", self.port), 0)
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(body)}",
                 *(f"{k}: {v}" for k, v in headers.items())]
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            status, text = await asyncio.wait_for(self.read(reader), 60)
        except BaseException:
            writer.close()
            raise
        self.idle.append((reader, writer, time.monotonic()))
        return status, text

    @staticmethod
    async def read(reader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        if "content-length" in fields:
            text = await reader.readexactly(int(fields["content-length"]))
        else:
            text = b""
            while size := int(await reader.readline(), 16):
                text += await reader.readexactly(size)
                await reader.readexactly(2)
            await reader.readline()
        return int(head[0].split(" ")[1]), text


class Soak:
    def __init__(self, site):
        self.site, self.client = site, Client(site.port)
        self.times = collections.defaultdict(list)  # (window, kind): milliseconds from when it was due to the last byte
        self.faults, self.errors = [], collections.Counter()
        self.acknowledged, self.lines = {}, {account: [] for _, account, _ in PLACES}
        self.number, self.statements, self.rows = 0, 0, []
        self.tasks, self.slowest = set(), (0, "")

    def window(self):
        return min(int((time.monotonic() - self.began) / LENGTH * options.windows), options.windows - 1)

    async def call(self, kind, expected, method, path, body=b"", headers={}, due=None):
        began = due or time.monotonic()
        try:
            status, text = await self.client.send(method, path, body, headers)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as error:
            status, text = type(error).__name__, b""
        window = self.window()
        took = (time.monotonic() - began) * 1000
        self.times[window, kind].append(took)
        if kind == "report":
            self.slowest = max(self.slowest, (took, path.split("?")[0]))
        if status != expected:
            self.errors[window] += 1
            if len(self.faults) < 20:
                self.faults.append(f"{kind} {method} {path[:60]}: {status} {text[:80]!r}")
            return None
        return text

    async def payment(self, due):
        """One payer: the portal asks, the page is read, the bank reports, the portal looks."""
        self.number += 1
        number = self.number
        agency, account, connection = random.choices(PLACES, [3, 1])[0]
        order = json.dumps({"dossier_code": f"{agency}-26-{number:07d}", "agency_code": agency, "procedure_code": "1.004222", "channel": "online"})
        asks = {"Authorization": f"Bearer {self.portal}"}
        text = await self.call("create", 201, "POST", "/v1/payment-requests", order.encode(), {**asks, "Idempotency-Key": f"soak-{number}"}, due)
        if text is None:
            return
        made = json.loads(text)
        page = urllib.parse.urlsplit(made["pay_url"]).path
        await self.call("page", 200, "GET", page)
        fate = random.random()
        if fate < 0.03:
            return  # who looks and does not pay
        await asyncio.sleep(random.expovariate(1 / 6))
        transaction, amount = f"FT{number}", made["amount_due"] + (1000 if fate > 0.995 else 0)
        if fate > 0.04:
            for again in range(2 if random.random() < 0.05 else 1):
                text = await self.call("callback", 200, "POST", *callback(connection, self.secrets[connection], account, transaction, made["reference"], amount))
                if text is None:
                    return
                said = json.loads(text)["outcome"]
                wanted = "duplicate" if again else "overpaid" if fate > 0.995 else "settled"
                if said != wanted:
                    self.faults.append(f"{transaction} was answered {said}, not {wanted}")
            self.acknowledged[transaction] = made["id"]
        # The rest: the bank does not report it, its statement does.
        now = datetime.datetime.now(VIETNAM)
        self.lines[account].append(f"{transaction},{now.isoformat()},{now.date()},{amount},VND,NGUYEN VAN A,{number},MBVCB.{made['reference']}.LE PHI,")
        await self.call("page", 200, "GET", page)
        await self.call("read", 200, "GET", f"/v1/payment-requests/{made['id']}", headers=asks)

    async def statement(self, account):
        """What came in since the last one, and a few lines that nobody knows; then the run."""
        lines, self.lines[account] = self.lines[account], []
        if not lines:
            return
        self.statements += 1
        now = datetime.datetime.now(VIETNAM)
        lines += [f"XX{self.statements}-{i},{now.isoformat()},{now.date()},50000,VND,NGUYEN VAN B,1,CHUYEN TIEN,"
                  for i in range(max(1, len(lines) // 200))]
        body = ("transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n"
                + "\n".join(lines) + "\n").encode()
        imported = await self.call("statement", 202, "POST", f"/v1/statements?account={account}&format=csv", body,
                                   {"Authorization": f"Bearer {self.feed}"})
        if imported is not None:
            order = json.dumps({"account_number": account, "through": str(now.date())}).encode()
            await self.call("statement", 201, "POST", "/v1/reconciliations", order, {"Authorization": f"Bearer {self.finance}"})

    async def statements_now_and_then(self):
        while time.monotonic() < self.ends:
            await asyncio.sleep(LENGTH / options.windows / 2)
            for _, account, _ in PLACES:
                await self.statement(account)

    async def reports(self):
        turn = 0
        while time.monotonic() < self.ends:
            await asyncio.sleep(1)
            now = datetime.datetime.now(VIETNAM)
            path = REPORTS[turn % len(REPORTS)].format(month=now.strftime("%Y-%m"), day=now.date())
            await self.call("report", 200, "GET", path, headers={"Authorization": f"Bearer {self.finance}"})
            turn += 1

    async def watch(self):
        """Of each window what it cost, when it is over."""
        before = (self.site.processor(), self.site.database_processor(), time.monotonic())
        for window in range(options.windows):
            ends = self.began + (window + 1) * LENGTH / options.windows
            held = []
            while time.monotonic() < ends:
                await asyncio.sleep(min(1, max(0.01, ends - time.monotonic())))
                held.append(self.site.memory())
            after = (self.site.processor(), self.site.database_processor(), time.monotonic())
            spent = [(a - b) / (after[2] - before[2]) for a, b in zip(after[:2], before[:2])]
            before = after
            held.sort()
            self.rows.append({"memory": held[len(held) // 2], "server": spent[0], "database": spent[1]})
            self.say(window)

    async def arrivals(self):
        """Payers come by chance, and not evenly: three waves, the highest half as high again as the average."""
        due = self.began
        while due < self.ends:
            share = (due - self.began) / LENGTH
            wave = 1 + 0.5 * (1 if (share * 6) % 2 < 1 else -1)
            due += random.expovariate(options.rate * wave)
            await asyncio.sleep(max(0, due - time.monotonic()))
            task = asyncio.create_task(self.payment(due))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def figures(self, window, kind):
        values = sorted(self.times[window, kind])
        if not values:
            return None
        return len(values), values[len(values) // 2], values[min(len(values) - 1, len(values) * 99 // 100)], values[-1]

    def say(self, window):
        words = [f"{window + 1}/{options.windows}:"]
        for kind in KINDS:
            if found := self.figures(window, kind):
                words.append(f"{kind} {found[0]} p50 {found[1]:.0f} p99 {found[2]:.0f} ms")
        row = self.rows[window]
        words.append(f"{row['memory']:.0f} MB, {row['server']:.2f} + {row['database']:.2f} cores, {self.errors[window]} errors")
        print("  ".join(words), file=sys.stderr, flush=True)

    async def live(self):
        self.began = time.monotonic()
        self.ends = self.began + LENGTH
        await asyncio.gather(self.arrivals(), self.statements_now_and_then(), self.reports(), self.watch())
        if self.tasks:
            await asyncio.wait(list(self.tasks), timeout=120)
        if self.tasks:
            self.faults.append(f"{len(self.tasks)} payments were not done two minutes after the end")
        for _, account, _ in PLACES:
            await self.statement(account)

    def check_books(self):
        site, books = self.site, {}
        for row in site.sql("select provider_transaction_id || ' ' || payment_request_id from bank_notice where source = 'callback' "
                            "and outcome in ('settled', 'overpaid')").splitlines():
            transaction, request = row.split(" ")
            if transaction in books:
                self.faults.append(f"{transaction} is in the books twice")
            books[transaction] = request
        wrong = [t for t, request in self.acknowledged.items() if books.get(t) != request]
        if wrong or len(books) != len(self.acknowledged):
            self.faults.append(f"{len(self.acknowledged)} payments acknowledged, {len(books)} in the books, wrong {wrong[:3]}")
        for what in (["ledger", "verify"], ["seal", "now"], ["seal", "verify"]):
            try:
                site.khop(*what)
            except RuntimeError as error:
                self.faults.append(str(error)[-500:])
        logged = [line for line in site.log().splitlines() if " error " in line or " critical " in line]
        self.faults += [f"the log: {line[:300]}" for line in logged[:3]]

    def check_flat(self):
        """The last third of the windows beside the second: the first warms up."""
        third = max(1, options.windows // 3)
        middle, last = range(third, 2 * third), range(options.windows - third, options.windows)

        def median(values):
            return sorted(values)[len(values) // 2]
        flat = {"memory": (median([self.rows[w]["memory"] for w in middle]), median([self.rows[w]["memory"] for w in last]))}
        if flat["memory"][1] > flat["memory"][0] * 1.1 + 8:
            self.faults.append(f"memory grew from {flat['memory'][0]:.0f} to {flat['memory'][1]:.0f} MB")
        for kind in ("create", "page", "callback", "report"):
            one, other = ([f[2] for w in windows if (f := self.figures(w, kind))] for windows in (middle, last))
            if one and other:
                flat[kind] = (median(one), median(other))
                if flat[kind][1] > 1.5 * flat[kind][0] + 20:
                    self.faults.append(f"p99 of {kind} grew from {flat[kind][0]:.0f} to {flat[kind][1]:.0f} ms")
        return flat

    def table(self, flat):
        model = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read())
        machine = f"{os.cpu_count()} × {model[1] if model else platform.machine()}"
        sums = {kind: sum(len(self.times[w, kind]) for w in range(options.windows)) for kind in KINDS}
        used = resource.getrusage(resource.RUSAGE_SELF)
        generator = (used.ru_utime + used.ru_stime) / (time.monotonic() - self.began)
        text = f"""## A soak

The output of `ops/soak` of {datetime.date.today()}, on {machine}: {options.minutes:g} minutes, {options.rate:g} payments a second on the average
and half as many again in its waves, on two accounts. Taken as a national peak, for no figure of one is published: a million payments in a
day, a fifth of them in its busiest hour, 56 a second. Each payment is a request, two looks at the page, a signed callback (a twentieth
of them twice, a hundredth never) and a look by the portal; beside them {self.statements} statements with their runs and a report a second. In
all {sum(sums.values()):,} calls ({', '.join(f'{n:,} {k}' for k, n in sums.items())}), {sum(self.errors.values())} of them not answered as they should be.
Times are milliseconds, p50 / p99, from when a call was due; the program that makes the load used {generator:.2f} cores of the same machine. Load of the machine at the
end: {os.getloadavg()[1]:.1f}; the database lay in `{options.folder}`.

| minute | {' | '.join(KINDS)} | server, MB | cores: server | PostgreSQL | errors |
| ---: | {' | '.join(['---:'] * len(KINDS))} | ---: | ---: | ---: | ---: |
"""
        for window, row in enumerate(self.rows):
            cells = []
            for kind in KINDS:
                found = self.figures(window, kind)
                cells.append(f"{found[1]:.0f} / {found[2]:.0f}" if found else "")
            text += (f"| {(window + 1) * options.minutes / options.windows:.3g} | {' | '.join(cells)} | {row['memory']:.0f} | {row['server']:.2f} | "
                     f"{row['database']:.2f} | {self.errors[window]} |\n")
        text += "\nThe last third of the windows beside the second, medians: memory " + " → ".join(f"{v:.0f}" for v in flat["memory"]) + " MB"
        for kind in [k for k in flat if k != "memory"]:
            text += f", p99 of {kind} {flat[kind][0]:.0f} → {flat[kind][1]:.0f} ms"
        text += f". The slowest report: {self.slowest[0]:.0f} ms, `{self.slowest[1]}`"
        size = int(self.site.sql("select pg_database_size(current_database())")) / 1e6
        text += f". {len(self.acknowledged):,} payments were acknowledged and are in the books once; ledger and seals verified; the database has {size:,.0f} MB.\n"
        if self.faults:
            text += "\nNot as it should be: " + "; ".join(self.faults[:5]) + "\n"
        return text


BEGIN, END = "<!-- ops/soak -->\n", "<!-- end of ops/soak -->\n"


def write(text):
    """Into its own part of BENCHMARKS.md, which ops/bench leaves as it is."""
    path = os.path.join(ROOT, "BENCHMARKS.md")
    with open(path) as file:
        all_of_it = file.read()
    before, _, rest = all_of_it.partition(BEGIN)
    after = rest.partition(END)[2]
    with open(path, "w") as file:
        file.write(f"{before.rstrip()}\n\n{BEGIN}{text}{END}{after}")


# Whoever ends it finds nothing left of it.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
site = Installation(options.khop, "soak", options.folder, KHOP_LIMIT_PAGES_PER_MINUTE="0", KHOP_RECONCILE_AFTER_MINUTES="0", KHOP_RECONCILE_AT="23:59")
soak = Soak(site)
try:
    site.begin()
    soak.secrets = {connection: site.connect(connection, account) for _, account, connection in PLACES}
    soak.portal, soak.feed, soak.finance = (site.key(role) for role in ("portal", "feed", "finance"))
    site.serve()
    asyncio.run(soak.live())
    soak.check_books()
    flat = soak.check_flat()
    text = soak.table(flat)
finally:
    site.remove()
print(text)
if options.write:
    write(text)
print("\n".join(soak.faults), file=sys.stderr)
sys.exit(1 if soak.faults else 0)
