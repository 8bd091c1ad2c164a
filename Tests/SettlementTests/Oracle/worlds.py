"""Random requests and what is reported for them, and what becomes of each notice by an independent reading of
docs/money-rules.md ("What a notice does"): one notice after the other, whatever batches they come in.

    worlds.py SEED COUNT FIRST

prints two lines a world, from the world FIRST on: the world in numbers (SettlementWorld.swift reads them), and what is
decided, as the tables of SettlementTests write it."""
import random
import sys
from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
NOW = int(datetime(2026, 11, 21, 10, 0, 0, tzinfo=VIETNAM).timestamp())
HOUR, DAY = 3600, 86400
AMOUNTS = [1, 999, 1000, 4000, 6000, 10000]
STATUSES = ["pending", "paid", "expired", "cancelled", "partially_refunded", "refunded"]
SOURCES = ["callback", "statement", "counter", "person"]
OPEN = ("pending", "expired")
# Who gives out the ids of a connection's transactions. Two connections are of one merchant of a gateway, whose messages
# name no account.
ISSUERS = {1: "bank", 2: "gateway", 3: "gateway"}


def day_of(at):
    return (at + 7 * HOUR) // DAY


def time_text(at):
    text = datetime.fromtimestamp(at, VIETNAM).strftime("%Y-%m-%dT%H:%M:%S")
    return text[8:] if text.startswith("2026-11-") else text


# ---------------------------------------------------------------------------------------------------------- the worlds


def make(seed):
    rng = random.Random(seed)
    below = lambda n: int(rng.random() * n)
    pick = lambda items: items[int(rng.random() * len(items))]
    chance = lambda percent: rng.random() * 100 < percent
    grace = DAY if chance(85) else 0
    requests = []
    for _ in range(1 + below(3)):
        due = pick(AMOUNTS[2:])
        status = "pending" if chance(70) else pick(STATUSES)
        net = 0 if chance(70) else pick([1, 500, due - 1, due])
        if status in ("paid", "refunded", "partially_refunded"):
            net = {"paid": due, "refunded": 0, "partially_refunded": due - 1}[status]
        expires = NOW + (DAY if chance(50) else pick([0, -1, -HOUR, -12 * HOUR, -grace, -grace - 1, -30 * HOUR]))
        requests.append(
            {
                "account": "A" if chance(85) else "B",
                "due": due,
                "net": min(net, due - 1) if status in OPEN else net,
                "status": status,
                "created": min(NOW, expires) - pick([HOUR, HOUR, DAY, 3 * DAY, 70 * DAY]),
                "expires": expires,
                "price": None if chance(60) else day_of(NOW) - below(3),
            }
        )
    signed = [(account, day_of(NOW) - below(2)) for account in "AB" if chance(12)]
    lines = []
    for _ in range(below(3) if chance(50) else 0):
        amount = pick(AMOUNTS)
        lines.append(
            {
                "key": (pick("AAAB"), below(4), amount),
                "rest": amount if chance(75) else pick([0, amount - 1]),
                # The recoveries that it is, if it paid several requests.
                "parts": [],
                # The request that it would pay, if only a person confirmed it.
                "waits": -1,
            }
        )
        if chance(30):
            r = below(len(requests))
            due = requests[r]["due"] if chance(70) else amount
            lines[-1].update(key=(requests[r]["account"], lines[-1]["key"][1], due), rest=due, waits=r)
    recoveries = []
    for _ in range(below(3) if chance(50) else 0):
        r = below(len(requests))
        recoveries.append((r, requests[r]["due"] if chance(60) else pick(AMOUNTS)))
        if lines and chance(30):
            line = pick(lines)
            line["rest"] = 0
            line["waits"] = -1
            line["parts"].append(len(recoveries) - 1)
    notices = []
    for _ in range(1 + below(7)):
        notices.append(notice(rng, below, pick, chance, requests, lines, recoveries, notices, grace))
    return {
        "grace": grace, "requests": requests, "signed": signed, "lines": lines, "recoveries": recoveries,
        "notices": notices,
    }


def notice(rng, below, pick, chance, requests, lines, recoveries, before, grace):
    if before and chance(25):
        # The same once more, or nearly: told again, told by somebody else, told differently.
        again = dict(pick(before), starts=chance(50))
        change = below(10)
        if change == 0:
            again["at"] += pick([-1, 1, HOUR])
        elif change == 1:
            again.update(connection=again["connection"] % 3 + 1, transaction=below(40))
        elif change == 2:
            again["amount"] = pick(AMOUNTS)
        elif change == 3:
            again["credit"] = not again["credit"]
        elif change == 4:
            again["memo"] += 1
        elif change in (5, 6):
            # The same transfer by another report, which names no request, or another one.
            again.update(source=pick(["callback", "callback"] + SOURCES), connection=1 + below(3), transaction=below(40))
            again["refs"] = [] if change == 5 else [below(len(requests) + 1)]
        elif change in (7, 8):
            # The same id by another connection, which may be of the same issuer, and may be for another account.
            again.update(connection=again["connection"] % 3 + 1, account=pick("AB"))
        return again
    refs = [below(len(requests) + 1) for _ in range(pick([0, 1, 1, 1, 1, 2]))]
    refs = list(dict.fromkeys(refs))
    known = [requests[r] for r in refs if r < len(requests)]
    request = known[0] if known else None
    account = request["account"] if request and chance(90) else pick("AAB")
    amount = pick(AMOUNTS)
    if request and chance(65):
        amount = max(request["due"] - request["net"] + pick([0, 0, 0, -1, 1, -1000]), 1)
    transaction = below(40)
    bank = transaction if chance(70) else below(4)
    if lines and chance(35):
        account, bank, amount = pick(lines)["key"]
    if recoveries and chance(25):
        r, amount = pick(recoveries)
        refs, request = [r], requests[r]
    at = NOW - (0 if chance(40) else pick([1, HOUR, -600, -601, 20 * HOUR, 61 * DAY, 60 * DAY, 60 * DAY + 11 * HOUR]))
    if request and chance(35):
        at = pick(
            [
                request["created"] - 600, request["created"] - 601, request["expires"], request["expires"] + 1,
                request["expires"] + grace, request["expires"] + grace + 1,
            ]
        )
    return {
        "source": "callback" if chance(85) else pick(SOURCES),
        "connection": 1 + below(3),
        "transaction": transaction,
        "credit": chance(94),
        "amount": amount,
        "account": account,
        "bank": bank,
        "refs": refs,
        "memo": 0,
        "at": at,
        # Begins a batch of its own.
        "starts": chance(50),
    }


def content(notice):
    """What a report says: nothing of it is a time, and a gateway's names no account."""
    account = notice["account"] if ISSUERS[notice["connection"]] == "bank" else None
    return (notice["amount"], account, notice["credit"], tuple(notice["refs"]), notice["memo"])


def numbers(world):
    """The world as SettlementWorld.swift reads it."""
    account = lambda name: int(name == "B")
    out = [NOW, world["grace"], len(world["requests"])]
    for r in world["requests"]:
        out += [account(r["account"]), r["due"], r["net"], STATUSES.index(r["status"]), r["created"], r["expires"]]
        out.append(-1 if r["price"] is None else r["price"])
    out.append(len(world["signed"]))
    for name, day in world["signed"]:
        out += [account(name), day]
    out.append(len(world["lines"]))
    for line in world["lines"]:
        name, bank, amount = line["key"]
        out += [account(name), bank, amount, line["rest"], line["waits"], len(line["parts"]), *line["parts"]]
    out.append(len(world["recoveries"]))
    for r, amount in world["recoveries"]:
        out += [r, amount]
    contents = {}
    out.append(len(world["notices"]))
    for n in world["notices"]:
        out += [SOURCES.index(n["source"]), int(ISSUERS[n["connection"]] == "gateway"), n["transaction"]]
        out += [contents.setdefault(content(n), len(contents)), int(n["credit"]), n["amount"], account(n["account"])]
        out += [n["bank"], n["at"], int(n["starts"]), len(n["refs"]), *n["refs"]]
    return out


# ---------------------------------------------------------------------------------------------------------- the rules


class Office:
    def __init__(self, world):
        self.w = world
        self.requests = [dict(r, received=0, paid_at=None) for r in world["requests"]]
        self.reports = {}
        # Who brought a transfer, and which callback reported one that a line had brought.
        self.transfers = {}
        self.told = {}
        # The first line of a transfer is meant.
        self.lines = {}
        for number, line in enumerate(world["lines"]):
            parts = [901 + part for part in line["parts"]]
            self.lines.setdefault(line["key"], [number + 1, line["rest"], parts, line["waits"]])
        self.suspense = {"A": 0, "B": 0}
        for (account, _, _), (_, rest, _, _) in self.lines.items():
            self.suspense[account] += rest
        # Recovered and not yet confirmed: [id, request, amount].
        self.recoveries = [[901 + i, r, amount] for i, (r, amount) in enumerate(world["recoveries"])]
        self.cases = {}
        self.next_id = 1

    def run(self):
        texts = [self.hear(n) for n in self.w["notices"]]
        states = []
        for r, request in enumerate(self.requests):
            text = "R%d %s received %d remaining %d" % (r, request["status"], request["received"], self.rest(request))
            states.append(text + (" paid-at " + time_text(request["paid_at"]) if request["paid_at"] is not None else ""))
        cases = ", ".join(sorted("%s %d" % (kind, amount) for (kind, _), amount in self.cases.items())) or "none"
        return "; ".join(texts) + " | " + "; ".join(states) + " | A %d B %d | " % (
            self.suspense["A"], self.suspense["B"],
        ) + cases

    @staticmethod
    def rest(request):
        return max(request["due"] - request["net"], 0)

    def moved(self, n, request):
        """When the money moved, and whether the reported time was believed."""
        at = n["at"]
        wrong = at > NOW + 600
        if n["source"] == "callback":
            wrong |= (n["account"], day_of(at)) in self.w["signed"]
            wrong |= at < request["created"] - 600 if request else day_of(at) < day_of(NOW) - 60
        return (NOW, True) if wrong else (at, False)

    def hear(self, n):
        known = [r for r in n["refs"] if r < len(self.requests)]
        r = known[0] if known else None
        request = None if r is None else self.requests[r]
        at, replaced = self.moved(n, request)
        self.tail = " moved " + time_text(at) if replaced else ""
        by_callback = n["source"] == "callback"
        report = (ISSUERS[n["connection"]], n["transaction"])
        if by_callback and report in self.reports:
            first, said, account, named = self.reports[report]
            r = named if r is None else r
            if said != content(n):
                text = "conflict notice_conflicts "
            elif account != n["account"]:
                text = "conflict notice_of_other_account account=%s other_account=%s " % (account, n["account"])
            else:
                text = "duplicate notice_repeated "
            if text.startswith("conflict"):
                self.cases[("conflict", (report, content(n), n["account"]))] = n["amount"]
            return text + "transaction=T%d" % n["transaction"] + self.whose(n, r) + " as N%d" % first + self.tail
        number = self.next_id
        self.next_id += 1
        if by_callback:
            self.reports[report] = (number, content(n), n["account"], r)
        transfer = (n["account"], n["bank"], n["amount"])
        counted = self.transfers.get(transfer)
        if counted is None and by_callback:
            counted = self.told.get(transfer)
        text = self.decide(n, number, r, request, at, counted, transfer)
        outcome = text.split(" ")[0]
        if outcome in ("settled", "partial", "overpaid", "late", "unknown_reference", "other_account"):
            self.transfers.setdefault(transfer, number)
        elif outcome == "duplicate" and by_callback:
            self.told.setdefault(transfer, number)
        return text

    def confirm(self, ids):
        self.recoveries = [recovery for recovery in self.recoveries if recovery[0] not in ids]

    def decide(self, n, number, r, request, at, counted, transfer):
        amount = n["amount"]
        by_callback = n["source"] == "callback"
        whose = self.whose(n, r)
        if not n["credit"]:
            return "not_credit notice_is_not_credit transaction=T%d" % n["transaction"] + whose + self.tail
        if counted is not None:
            # Whatever request it names: it is this money.
            self.confirm([counted])
            return "duplicate transfer_counted transaction=F%d" % n["bank"] + whose + " as N%d" % counted + self.tail
        if by_callback and request and request["account"] == n["account"]:
            for recovery in self.recoveries:
                if recovery[1:] == [r, amount]:
                    self.confirm([recovery[0]])
                    return (
                        "duplicate recovery_confirmed_by_notice amount=%d reference=R%d" % (amount, r)
                        + whose + " as N%d" % recovery[0] + self.tail
                    )
        key = self.line_of(transfer, r, request) if by_callback else None
        if key is not None:
            line, left, parts, _ = self.lines[key]
            fits = request and request["account"] == n["account"] and request["status"] in OPEN
            fits = fits and left >= amount and amount <= self.rest(request)
            if fits and self.in_time(n, request, at)[0]:
                if key == transfer:
                    del self.lines[key]
                else:
                    # Its own transfer may still be told: nothing of it is left.
                    self.lines[key] = [line, 0, parts, -1]
                self.suspense[n["account"]] -= amount
                return self.pay(n, number, r, request, at, amount, "paid_from_line amount=%d line_id=%d reference=R%d" % (amount, line, r), line)
            # The whole transfer is told: no callback will come for a part of it.
            self.confirm(parts)
            return "duplicate line_decided amount=%d line_id=%d" % (amount, line) + whose + self.tail
        if request is None:
            return self.suspend(n, number, whose, "unknown_reference", "reference_missing amount=%d" % amount)
        if n["source"] != "counter" and request["account"] != n["account"]:
            reason = "request_of_other_account account=%s amount=%d other_account=%s reference=R%d" % (
                request["account"], amount, n["account"], r,
            )
            return self.suspend(n, number, whose, "other_account", reason)
        if request["status"] == "cancelled":
            return self.suspend(n, number, whose, "late", "request_cancelled amount=%d reference=R%d" % (amount, r))
        if request["status"] in OPEN:
            is_in_time, why = self.in_time(n, request, at)
            if not is_in_time:
                times = "at=%s " % time_text(at) if why == "expired_beyond_grace" else ""
                reason = "%s amount=%d %sexpires_at=%s reference=R%d" % (why, amount, times, time_text(request["expires"]), r)
                return self.suspend(n, number, whose, "late", reason)
        return self.pay(n, number, r, request, at, amount, None, None)

    def line_of(self, transfer, r, request):
        """The line of a transfer; else the first that waits to pay this amount of this request."""
        account, _, amount = transfer
        if transfer in self.lines:
            return transfer
        if request is None or request["account"] != account:
            return None
        return next((key for key, (_, left, _, waits) in self.lines.items() if waits == r and left == amount), None)

    def in_time(self, n, request, at):
        if n["source"] in ("counter", "person"):
            return True, None
        if request["status"] == "pending" and at <= request["expires"]:
            return True, None
        if at > request["expires"] + self.w["grace"]:
            return False, "expired_beyond_grace"
        holds = request["price"] is None or day_of(at) <= request["price"]
        return (True, None) if holds else (False, "price_changed")

    def suspend(self, n, number, whose, outcome, reason):
        self.suspense[n["account"]] += n["amount"]
        self.cases[(outcome, number)] = n["amount"]
        return "%s %s%s suspense %d%s" % (outcome, reason, whose, n["amount"], self.tail)

    def pay(self, n, number, r, request, at, amount, reason, line):
        rest = self.rest(request) if request["status"] in OPEN else 0
        applied = min(amount, rest)
        excess = amount - applied
        request["net"] += applied
        request["received"] += amount
        left = rest - applied
        whole = applied > 0 and left == 0
        # A transfer that was told before its line pays is confirmed already.
        if n["source"] == "statement" and applied and (n["account"], n["bank"], amount) not in self.told:
            self.recoveries.append([number, r, amount])
        if not rest:
            outcome, why = "overpaid", "paid_already amount=%d reference=R%d" % (amount, r)
        elif excess:
            outcome = "overpaid"
            why = "paid_with_excess amount=%d excess=%d expected=%d reference=R%d" % (amount, excess, rest, r)
        elif whole:
            outcome, why = "settled", "paid_in_full amount=%d due=%d reference=R%d" % (amount, request["due"], r)
        else:
            outcome, why = "partial", "paid_in_part amount=%d reference=R%d remaining=%d" % (amount, r, left)
            self.cases[("underpaid", r)] = left
        text = "%s %s%s" % (outcome, reason or why, self.whose(n, r))
        if applied:
            text += " applied %d remaining %d" % (applied, left)
        if whole:
            text += " paid"
            request["status"], request["paid_at"] = "paid", at
            self.cases.pop(("underpaid", r), None)
        if excess:
            text += " suspense %d" % excess
            self.suspense[n["account"]] += excess
            self.cases[("overpaid", number)] = excess
        if line:
            text += " from L%d" % line
        return text + self.tail

    def whose(self, n, r):
        """The request, if the notice does not name it alone."""
        return "" if r is None or n["refs"] == [r] else " for R%d" % r


def main():
    seed, count, first = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    out = []
    for number in range(first, first + count):
        world = make(seed * 1000003 + number)
        out.append(" ".join(map(str, numbers(world))))
        out.append(Office(world).run())
    sys.stdout.write("\n".join(out) + "\n")


main()
