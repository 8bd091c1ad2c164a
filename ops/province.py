"""Behind ops/province: a demonstration province, lived through day by day. Standard library only.

Everything is done as it is done in earnest: portals and counters ask over HTTP, banks sign what they report, statements
are imported and reconciled, persons log in, propose, approve, refund and sign. Only the time is not the real one: the
service, its commands and its PostgreSQL take it from a file (simulator/clock.c), and this program moves it on.
"""
import argparse
import base64
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "simulator"))
import people  # noqa: E402
import signing  # noqa: E402
from bank import Account  # noqa: E402
from clock import VIETNAM, Clock, moment  # noqa: E402
from members import Member  # noqa: E402
from office import Office  # noqa: E402
from service import Service  # noqa: E402
from tally import Tally  # noqa: E402
from town import EVIDENCE, Agency, Town  # noqa: E402

# (key, role, name, e-mail address)
STAFF = [
    ("clerk", "finance", "Nguyễn Thị Lan", "lan.nguyen@demo.invalid"),
    ("approver", "approver", "Trần Quang Minh", "minh.tran@demo.invalid"),
    ("auditor", "auditor", "Lê Thu Hà", "ha.le@demo.invalid"),
    ("leader", "leader", "Phạm Đức Thắng", "thang.pham@demo.invalid"),
    ("cashier", "cashier", "Đỗ Bích Ngọc", "ngoc.do@demo.invalid"),
    ("admin", "admin", "Vũ Thành Trung", "trung.vu@demo.invalid"),
]
CENTRE = [("2.000488", [("LLTP", 1)], 10), ("2.001610", [("DN-CONGBO", 1), ("DN-DANGKY", 1)], 5), ("1.002820", None, 12),
          ("9.000008", [("DN-TT-GCN", 2)], 4), ("9.000019", None, 2), ("9.000017", [("DL-HDV", 1)], 1), ("2.001263", None, 1),
          ("9.000003", None, 1), ("9.000015", [("TM-DIEUKIEN-HKD", 1)], 1), ("9.000018", None, 1)]
WARD = [("2.000815", [("CTH-BANSAO", 12)], 14), ("2.000884", [("CTH-CHUKY", 3)], 9), ("2.000635", [("HT-TRICHLUC", 4)], 10),
        ("1.001193", None, 1), ("9.000007", None, 4), ("1.001612", None, 1), ("9.000010", None, 2)]
POLICE = [("1.004222", None, 12), ("1.004194", [("CT-TAMTRU", 1)], 9), ("1.014064", [("CC-DOI", 1)], 8),
          ("1.014064", [("CC-CAPLAI", 1)], 3), ("1.002755", None, 3), ("1.010038", None, 2), ("1.002820", None, 5)]
# (agency, payments of a working day, part online, part of the counter in cash, what is asked for, profile, gateway)
PLACES = [
    ("H26.01", 24, 0.72, 0.45, CENTRE, "standard", True), ("H26.02", 11, 0.55, 0.55, WARD, "casso", False),
    ("H26.03", 9, 0.62, 0.50, WARD, "timestamped", False), ("H26.04", 7, 0.48, 0.62, WARD, "standard", False),
    ("H44.01", 19, 0.50, 0.70, CENTRE, "standard", False), ("H44.02", 16, 0.46, 0.80, POLICE, "casso", False),
    ("H62.01", 8, 0.38, 0.75, CENTRE, "timestamped", False),
]
# Statements of these are brought by the clerk, and what only they tell is confirmed by the approver.
BY_HAND = ["H26.04", "H44.01", "H62.01"]
# The statement of this one did not come, some days before the end.
MISSING = ("H26.03", 4)


def parse():
    parser = argparse.ArgumentParser(description="Live through the days of a demonstration province.")
    parser.add_argument("--url", required=True, help="the service, under the clock's time")
    parser.add_argument("--clock", required=True, help="the file that ops/simulator/clock.c maps")
    parser.add_argument("--secrets", required=True, help="where passwords and keys are written, for their owner alone")
    parser.add_argument("--people", required=True, help="where it is written who can look around: role, address, name")
    parser.add_argument("--catalogue", default="Fixtures/catalogue", help="the catalogue in force")
    parser.add_argument("--days", type=int, default=90, help="how many days, up to yesterday (90)")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual number of payments (1)")
    parser.add_argument("--seed", type=int, default=2026, help="for the same province again (2026)")
    parser.add_argument("--verbose", action="store_true", help="tell what happened how often")
    parser.add_argument("khop", nargs="+", help="khop, and whom it runs as: the words before its own arguments")
    return parser.parse_args()


class Province:
    def __init__(self, options):
        self.options = options
        self.service = Service(options.url)
        self.clock = Clock(options.clock)
        self.random = random.Random(options.seed)
        self.tally = Tally()
        today = datetime.datetime.now(VIETNAM).date()
        self.end = today - datetime.timedelta(days=1)
        self.first = self.end - datetime.timedelta(days=options.days - 1)

    def khop(self, *arguments, **secrets):
        done = subprocess.run([*self.options.khop, *arguments, "--json"], env=dict(os.environ, **secrets),
                              capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"khop {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def token(self, length):
        """Secrets are as secret as those of anybody; the seed decides what happens, not what opens it."""
        return base64.b32encode(os.urandom(length)).decode().lower().rstrip("=")

    # Who and what there is.

    def prepare(self):
        self.staff = {}

        def invite(row):
            key, role, name, email = row
            invited = self.khop("person", "add", name, "--email", email, "--role", role)
            member = Member(key, name, email, role, self.token(15))
            member.accept(self.service, self.clock, invited["invitation_url"])
            self.staff[key] = member

        def make_key(row):
            role, name = row
            return role, self.khop("key", "create", "--role", role, "--name", name)["key"]
        self.service.together(invite, STAFF)
        self.keys = dict(self.service.together(make_key, [
            ("portal", "Cổng dịch vụ công"), ("cashier", "Phần mềm một cửa"), ("feed", "Tải sao kê ngân hàng"),
            ("finance", "Đối soát hằng ngày")]))
        self.write_secrets()
        self.connections = {}
        self.agencies = self.service.together(self.settle, PLACES)
        self.bank = [agency.account for agency in self.agencies]

    def write_secrets(self):
        """The passwords, for those who log in without a link."""
        with open(os.open(self.options.secrets, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(self.staff[key].secrets for key, *_ in STAFF))
            file.write("\n" + "".join(f"key of {name}   {key}\n" for name, key in self.keys.items()))

    def introduce(self):
        with open(self.options.people, "w", encoding="utf-8") as file:
            for key in ("clerk", "approver", "auditor", "leader"):
                member = self.staff[key]
                file.write(f"{key}\t{member.email}\t{member.name}\n")

    def settle(self, place):
        """An agency: what can be asked for there today, its account, and how its bank reports."""
        code, volume, online, cash, work, profile, has_gateway = place
        number = self.accounts()[code]
        known, exempt = [], {}
        for procedure, items, weight in work:
            body = {"agency_code": code, "procedure_code": procedure, "channel": "online"}
            if items:
                body["items"] = [{"fee_code": fee, "quantity": 1} for fee, _ in items]
            status, quote = self.service.call(self.keys["portal"], "POST", "/v1/quotes", body, accept=None)
            if status == 200 and quote["amount_due"] > 0:
                known.append((procedure, items, weight))
                exempt[procedure] = [category for category in EVIDENCE if self.is_free(body, category)]
        agency = Agency(code, Account(number, code, self.random.randrange(20, 90) * 1_000_000), volume * self.options.share,
                        online, cash, known, exempt=exempt)
        agency.connection = self.connect(f"{code.lower().replace('.', '-')}-{profile}", profile, number)
        if has_gateway:
            agency.gateway = self.connect(f"{code.lower().replace('.', '-')}-vnpay", "vnpay", number,
                                          "--commission-percent", "1.1", "--merchant", signing.MERCHANT)
        return agency

    def is_free(self, body, category):
        status, quote = self.service.call(self.keys["portal"], "POST", "/v1/quotes", dict(body, payer={"category": category}),
                                          accept=None)
        return status == 200 and quote["amount_due"] == 0

    def connect(self, name, profile, number, *more):
        secret = "whsec_" + base64.b64encode(os.urandom(24)).decode() if profile == "standard" else self.token(20)
        self.khop("connection", "add", name, "--profile", profile, "--account", number, "--secret-env", "PROVINCE_SECRET", *more,
                  PROVINCE_SECRET=secret)
        self.connections[name] = (profile, secret, signing.PROFILES[profile])
        return name

    def accounts(self):
        with open(os.path.join(self.options.catalogue, "agencies.csv"), encoding="utf-8") as file:
            return {row["code"]: row["account_number"] for row in csv.DictReader(file)}

    # The days.

    def live(self):
        town = Town(self.service, self.clock, self.agencies, self.keys, self.connections, self.options.seed, self.tally)
        office = Office(self.service, self.clock, self.bank, self.keys, self.staff, self.options.seed,
                        self.end + datetime.timedelta(days=1), self.tally)
        office.by_hand = [agency.account for agency in self.agencies if agency.code in BY_HAND]
        code, back = MISSING
        office.missing = {(agency.account.number, self.end - datetime.timedelta(days=back)) for agency in self.agencies
                          if agency.code == code and self.options.days > 2 * back}
        behind = []
        day = self.first
        while day <= self.end + datetime.timedelta(days=1):
            if day > self.first:
                behind.append(day - datetime.timedelta(days=1))
            behind = self.morning(town, office, day, behind)
            if day <= self.end:
                # The approver comes every other working day.
                has_approved = day.weekday() not in (0, 2, 4)
                for start, share, is_busy in town.day(day):
                    if not has_approved and start >= moment(day, 10, 0):
                        has_approved = True
                        office.approvers_morning(day)
                    town.hour(start, share, is_busy)
            day += datetime.timedelta(days=1)
        office.check()

    def morning(self, town, office, day, behind):
        """Statements of the day before, and the clerk's work; returns the days whose statements are still to be brought."""
        self.clock.to(moment(day, 7, 10))
        town.payouts(day)
        self.other_lines(day)
        is_clerk_there = bool(behind) and (day.weekday() < 5 or day > self.end)
        # A password takes its time: the clerk logs in while the statements are fetched.
        coming = self.service.pool.submit(office.staff["clerk"].log_in, self.service, self.clock) if is_clerk_there else None
        if behind:
            office.feed(day - datetime.timedelta(days=1))
        if coming is None:
            return behind
        coming.result()
        office.clerks_morning(day, behind, town.withdrawn)
        return []

    def other_lines(self, day):
        """What banks and strangers do without being asked: fees, interest, money that nobody announced."""
        draw = self.random
        for agency in self.agencies:
            if day.day == 25:
                agency.account.book(moment(day, 17, 5), -draw.choice([22_000, 33_000, 55_000]),
                                    f"THU PHI QUAN LY TAI KHOAN VA SMS T{day:%m/%Y}")
                agency.account.book(moment(day, 17, 6), draw.randrange(1_200, 48_000), f"TRA LAI TIEN GUI KKH T{day:%m/%Y}")
            if draw.random() < 0.022:
                payer = people.person(draw)
                payer["printed"] = people.folded(payer["name"])
                line = agency.account.book(moment(day, draw.randrange(8, 20), draw.randrange(60)),
                                           draw.choice([20_000, 50_000, 100_000, 150_000, 500_000, 1_000_000]),
                                           draw.choice(["{} chuyen tien", "{} ung ho quy phuong", "{} tra tien", "CK nham {}"])
                                           .format(payer["printed"]), payer)
                agency.account.payers[line["id"]] = payer


def main():
    options = parse()
    begin = time.monotonic()
    province = Province(options)
    print(f"seed {options.seed}: {options.days} days, {province.first:%d/%m/%Y} to {province.end:%d/%m/%Y}", file=sys.stderr)
    province.clock.to(moment(province.first, 6, 0))
    province.prepare()
    province.live()
    province.introduce()
    tally = province.tally
    if options.verbose:
        for name, count in sorted(tally.counts.items()):
            print(f"  {name}: {count}", file=sys.stderr)
        for what in tally.refusals:
            print("  refused:", *what, file=sys.stderr)
    counts = tally.counts
    print(f"{counts['requests']} payment requests, {counts['statements']} statements, "
          f"{counts['refunds paid out']} refunds paid out; {province.service.calls} calls in "
          f"{time.monotonic() - begin:.1f} s", file=sys.stderr)


main()
