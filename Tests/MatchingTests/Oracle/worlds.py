"""Random worlds of an account's lines, notices and requests, and what becomes of each line by an independent reading of
docs/money-rules.md ("What a statement's line is"): every question looks at everything there is, the plainest way.

    worlds.py SEED COUNT FIRST

prints two lines a world, from the world FIRST on: the world in numbers (MatchingWorld.swift reads them), and what is
decided, as the tables of MatchingTests write it."""
import random
import sys
from datetime import date, timedelta

DAY0 = date(1970, 1, 1)
THROUGH = (date(2026, 11, 21) - DAY0).days
AMOUNTS = [1000, 2000, 3000, 4000, 5000, 10000]
STATUSES = ["pending", "paid", "expired", "cancelled", "partially_refunded", "refunded"]
SECONDS = [0, 1, 28800, 86399]
MARKS = ["KHRAB12CD34EF56GH", "KHRAB12CD34EF56GJ", "KHRAB12CD34EF56GK"]
# How a memo may carry a mark: not at all, as it is, changed by the bank, of a refund that nobody knows.
MEMOS = ["phi", "HOAN {} PHI", "hoan.{}.phi", "KHRZZZZZZZZZZZZZZ"]


def day_text(day):
    text = (DAY0 + timedelta(days=day)).isoformat()
    return text[8:] if text.startswith("2026-11-") else text


def plain(text):
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())


# ---------------------------------------------------------------------------------------------------------- the worlds


def make(seed):
    rng = random.Random(seed)
    below = lambda n: int(rng.random() * n)
    pick = lambda items: items[int(rng.random() * len(items))]
    chance = lambda percent: rng.random() * 100 < percent
    instant = lambda day: day * 86400 - 7 * 3600 + pick(SECONDS)
    world = {"days": pick([0, 1, 1, 1, 2]), "weekend": [5, 6] if chance(30) else []}
    world["holidays"] = [THROUGH - below(3)] if chance(20) else []
    requests = []
    for _ in range(below(5)):
        due = pick(AMOUNTS)
        status = STATUSES[0] if chance(60) else pick(STATUSES)
        remaining = due if chance(70) else pick(AMOUNTS)
        requests.append(
            {
                "account": "B" if chance(10) else "A",
                "due": max(due, remaining),
                "remaining": remaining if status in ("pending", "expired") else 0,
                "status": status,
                "until": instant(THROUGH + 1 if chance(60) else THROUGH - below(3)),
            }
        )
    named = lambda: below(len(requests)) if requests and chance(80) else None
    taken = set()
    notices, shown, earlier = [], [], []
    for _ in range(below(5)):
        key = (below(5), pick(AMOUNTS))
        if key in taken:
            continue
        taken.add(key)
        if chance(15):
            shown.append((*key, named()))
            continue
        days_ago = pick([0, 1, 2, 3]) if chance(70) else pick([-1, 9, 10, 11, 59, 60])
        notices.append(
            {
                "connection": pick([1, 1, 2, 3]),
                "transaction": key[0],
                "amount": key[1],
                "day": THROUGH - days_ago,
                "request": named(),
                "has_case": chance(10),
            }
        )
    for _ in range(below(2)):
        earlier.append((below(5), pick(AMOUNTS), named()))
    refunds = []
    for _ in range(below(4) if chance(40) else 0):
        refunds.append(
            {
                "amount": pick(AMOUNTS[:2]),
                "beneficiary": below(3),
                "executed": THROUGH - below(3),
                "request": named(),
            }
        )
    gateways = {c: pick([0, 2500, 33333]) for c in (2, 3) if chance(60)}
    world.update(requests=requests, notices=notices, shown=shown, earlier=earlier, refunds=refunds, gateways=gateways)
    lines = []
    for _ in range(1 + below(5)):
        lines += story(world, pick, below, chance)
    for line in lines:
        line["at"] = instant(THROUGH - pick([0, 0, 0, 1, 2, 10]))
        line["trusted"] = chance(75)
        line["text"] = memo_text(line["memo"], line["mark"])
    # In no order.
    world["lines"] = sorted(lines, key=lambda _: rng.random())
    return world


def story(world, pick, below, chance):
    """One or more lines that belong together, or to nothing."""
    requests, notices, refunds = world["requests"], world["notices"], world["refunds"]

    def line(amount, refs=(), transaction=None, memo=0, mark=0, account=0):
        return {
            "amount": amount, "refs": list(refs), "transaction": transaction, "memo": memo, "mark": mark, "from": account
        }

    some_id = lambda: below(5) if chance(60) else None
    kind = below(8)
    if kind == 0 and notices:
        # It shows a notice, by the bank's id, by its reference, or by neither.
        notice = pick(notices)
        refs = [notice["request"]] if notice["request"] is not None and chance(80) else []
        amount = notice["amount"] if chance(85) else notice["amount"] + pick([-1, 1, 1000])
        made = line(amount, refs, notice["transaction"] if chance(50) else some_id())
        return [made, dict(made)] if chance(15) else [made]
    if kind == 1 and requests:
        # It brings what requests wait for, or nearly.
        refs = sorted({below(len(requests)) for _ in range(pick([1, 1, 2, 3]))}, key=lambda _: below(9))
        amount = sum(requests[r]["remaining"] for r in refs) or requests[refs[0]]["due"]
        return [line(amount + (0 if chance(80) else pick([-1, 1])), refs, some_id()) for _ in range(pick([1, 1, 1, 2]))]
    if kind == 2 and requests:
        # Parts that add up to what a request waits for, or nearly.
        r = below(len(requests))
        whole = requests[r]["remaining"] + (0 if chance(80) else pick([-1, 1]))
        first = pick([1, 999, 1000])
        refs = [r] if chance(80) or len(requests) < 2 else [r, (r + 1) % len(requests)]
        return [line(first, refs, some_id()), line(max(whole - first, 1), [r], some_id())]
    if kind == 3 and notices and world["gateways"]:
        notice = pick(notices)
        total = sum(n["amount"] for n in notices if (n["connection"], n["day"]) == (notice["connection"], notice["day"]))
        fee = total * world["gateways"].get(notice["connection"], 0) // 100000
        amount = total - (pick([0, fee, fee + 1, -1]) if chance(50) else below(fee + 1))
        refs = [below(len(requests) + 1)] if chance(15) else []
        return [line(max(amount, 1), refs, None if chance(80) else below(5))]
    if kind == 4 and refunds:
        amount = -pick(refunds)["amount"]
        made = line(amount, (), some_id(), below(len(MEMOS)), below(3), below(3))
        return [made, dict(made, memo=below(len(MEMOS)))] if chance(20) else [made]
    refs = []
    for _ in range(pick([0, 1, 1, 2, 3])):
        # One above the known requests is a reference that nobody knows.
        reference = below(len(requests) + 1)
        if reference not in refs:
            refs.append(reference)
    amount = pick(AMOUNTS)
    return [line(-amount if chance(7) else amount, refs, some_id())]


def numbers(world):
    """The world as MatchingWorld.swift reads it."""
    none = lambda value: -1 if value is None else value
    out = [THROUGH, world["days"], len(world["weekend"]), *world["weekend"], len(world["holidays"]), *world["holidays"]]
    out.append(len(world["requests"]))
    for r in world["requests"]:
        out += [int(r["account"] == "B"), r["due"], r["remaining"], STATUSES.index(r["status"]), r["until"]]
    out.append(len(world["notices"]))
    for n in world["notices"]:
        out += [n["connection"], n["transaction"], n["amount"], n["day"], none(n["request"]), int(n["has_case"])]
    for name in ("shown", "earlier"):
        out.append(len(world[name]))
        for transaction, amount, request in world[name]:
            out += [transaction, amount, none(request)]
    out.append(len(world["refunds"]))
    for f in world["refunds"]:
        out += [f["amount"], f["beneficiary"], f["executed"], none(f["request"])]
    out.append(len(world["gateways"]))
    for connection, fee in world["gateways"].items():
        out += [connection, fee]
    out.append(len(world["lines"]))
    for line in world["lines"]:
        out += [none(line["transaction"]), line["amount"], line["at"], line["memo"], line["mark"], line["from"]]
        out += [int(line["trusted"]), len(line["refs"]), *line["refs"]]
    return out


# ---------------------------------------------------------------------------------------------------------- the rules


class Judge:
    def __init__(self, world):
        self.w = world
        self.requests = world["requests"]
        self.decided = {}
        self.open_notices = set(range(len(world["notices"])))
        self.paid = [0] * len(self.requests)
        # Lines are served by time, the bank's id (none comes last), memo, number.
        name = lambda line: "~" if line["transaction"] is None else "T%d" % line["transaction"]
        self.order = [(line["at"], name(line), line["text"], i) for i, line in enumerate(world["lines"])]

    def open_lines(self, credit=True):
        """Numbers of the lines without an outcome, in the order in which they are served."""
        numbers = [i for i, l in enumerate(self.w["lines"]) if i not in self.decided and (l["amount"] > 0) == credit]
        return sorted(numbers, key=lambda i: self.order[i])

    def named(self, i):
        return [r for r in self.w["lines"][i]["refs"] if r < len(self.requests)]

    def rest(self, r):
        return self.requests[r]["remaining"] - self.paid[r]

    def waits(self, r, line):
        request = self.requests[r]
        return (
            request["status"] in ("pending", "expired")
            and request["account"] == "A"
            and self.rest(r) > 0
            and line["at"] <= request["until"]
        )

    def decide(self, i, text):
        assert i not in self.decided
        self.decided[i] = text

    def recover(self, i, kind, reason, parts):
        line = self.w["lines"][i]
        for r, amount in parts:
            self.paid[r] += amount
        pays = " pays " + " ".join("R%d %d" % part for part in parts)
        if line["trusted"]:
            self.decide(i, "recovered %s %s%s" % (kind, reason, pays))
        else:
            reason = "line_awaits_confirmation amount=%d reference=R%d" % (line["amount"], parts[0][0])
            self.decide(i, "recovered %s %s%s awaits suspense %d" % (kind, reason, pays, line["amount"]))

    def run(self):
        self.transaction_id()
        self.refunds()
        self.repetition()
        self.other_amount()
        self.reference()
        self.recovery()
        self.several_requests()
        self.several_transfers()
        self.payout()
        self.known_request()
        self.remainder()
        lines = ["L%d %s" % (i + 1, self.decided[i]) for i in range(len(self.w["lines"]))]
        return "; ".join(lines) + " | " + self.missing()

    def transaction_id(self):
        for n, notice in enumerate(self.w["notices"]):
            same = [
                i for i in self.open_lines()
                if self.w["lines"][i]["transaction"] == notice["transaction"]
                and self.w["lines"][i]["amount"] == notice["amount"]
            ]
            if same:
                # The first by time, then by number.
                i = min(same, key=lambda i: (self.w["lines"][i]["at"], i))
                self.open_notices.discard(n)
                self.decide(
                    i,
                    "matched transaction_id line_matches_notice amount=%d transaction=T%d shows N%d%s"
                    % (notice["amount"], notice["transaction"], n + 1, of(notice["request"])),
                )

    def refunds(self):
        lines, refunds = self.w["lines"], self.w["refunds"]
        words = {i: plain(lines[i]["text"]) for i in self.open_lines(credit=False)}
        by_day = sorted(words, key=lambda i: ((lines[i]["at"] + 7 * 3600) // 86400, i))
        gone, naming = set(), set()
        for i in by_day:
            marked = [f for f, x in enumerate(refunds) if x["amount"] == -lines[i]["amount"] and MARKS[f] in words[i]]
            if marked:
                naming.add(i)
                if marked[0] not in gone:
                    gone.add(marked[0])
                    self.refund(i, marked[0], "refund_named_by_line")
        fits = []
        for i in words:
            if i in naming or "KHR" in words[i]:
                continue
            for f, refund in enumerate(refunds):
                if (
                    f not in gone
                    and refund["amount"] == -lines[i]["amount"]
                    and refund["beneficiary"] > 0
                    and refund["beneficiary"] == lines[i]["from"]
                    and (lines[i]["at"] + 7 * 3600) // 86400 >= refund["executed"]
                ):
                    fits.append((i, f))
        for i, f in fits:
            if sum(x == i for x, _ in fits) == 1 and sum(y == f for _, y in fits) == 1:
                self.refund(i, f, "refund_found_by_beneficiary")

    def refund(self, i, f, code):
        refund = self.w["refunds"][f]
        self.decide(
            i,
            "matched refund %s amount=%d refund=%s%s refund F%d"
            % (code, refund["amount"], MARKS[f], of(refund["request"]), f + 1),
        )

    def repetition(self):
        """The same id and amount again: in this run, or of a line of an earlier one."""
        before = {}
        for transaction, amount, request in self.w["shown"] + self.w["earlier"]:
            before[(transaction, amount)] = request
        lines = self.w["lines"]
        for n, notice in enumerate(self.w["notices"]):
            if n not in self.open_notices:
                before[(notice["transaction"], notice["amount"])] = notice["request"]
        for i in sorted(self.open_lines(), key=lambda i: (lines[i]["at"], i)):
            key = (lines[i]["transaction"], lines[i]["amount"])
            if key[0] is None:
                continue
            if key in before:
                self.decide(
                    i, "duplicate_line repetition line_repeated amount=%d transaction=T%d%s" % (key[1], key[0], of(before[key]))
                )
            else:
                before[key] = None

    def other_amount(self):
        reported = {}
        for transaction, _, request in self.w["shown"]:
            reported.setdefault(transaction, request)
        for notice in self.w["notices"]:
            reported.setdefault(notice["transaction"], notice["request"])
        for i in self.open_lines():
            line = self.w["lines"][i]
            if line["transaction"] not in reported or line["transaction"] is None:
                continue
            candidates = [
                n for n in sorted(self.open_notices) if self.w["notices"][n]["transaction"] == line["transaction"]
            ]
            if candidates:
                notice = self.w["notices"][candidates[0]]
                self.open_notices.discard(candidates[0])
                difference = line["amount"] - notice["amount"]
                self.decide(
                    i,
                    "amount_mismatch other_amount line_amount_differs difference=%d line=%d notice=%d shows N%d%s suspense %d"
                    % (
                        abs(difference), line["amount"], notice["amount"], candidates[0] + 1, of(notice["request"]),
                        difference,
                    ),
                )
            else:
                self.decide(
                    i,
                    "amount_mismatch other_amount notice_has_another_line amount=%d transaction=T%d%s suspense %d"
                    % (line["amount"], line["transaction"], of(reported[line["transaction"]]), line["amount"]),
                )

    def reference(self):
        for place in range(4):
            for i in self.open_lines():
                line, named = self.w["lines"][i], self.named(i)
                if place >= len(named):
                    continue
                for n in sorted(self.open_notices):
                    notice = self.w["notices"][n]
                    if notice["request"] == named[place] and notice["amount"] == line["amount"]:
                        self.open_notices.discard(n)
                        self.decide(
                            i,
                            "matched reference line_matches_reference amount=%d reference=R%d shows N%d of R%d"
                            % (line["amount"], named[place], n + 1, named[place]),
                        )
                        break

    def recovery(self):
        for i in self.open_lines():
            line = self.w["lines"][i]
            for r in self.named(i):
                if self.waits(r, line) and self.rest(r) == line["amount"]:
                    reason = "line_pays_request amount=%d reference=R%d" % (line["amount"], r)
                    self.recover(i, "recovery", reason, [(r, line["amount"])])
                    break

    def several_requests(self):
        for i in self.open_lines():
            line, named = self.w["lines"][i], self.named(i)
            if len(named) < 2 or any(self.paid[r] for r in named):
                continue
            if all(self.waits(r, line) for r in named) and sum(self.rest(r) for r in named) == line["amount"]:
                reason = "line_pays_several_requests amount=%d requests=%d" % (line["amount"], len(named))
                self.recover(i, "several_requests", reason, [(r, self.rest(r)) for r in named])

    def several_transfers(self):
        for r in range(len(self.requests)):
            own = [i for i in self.open_lines() if self.named(i)[:1] == [r]]
            brought = sum(self.w["lines"][i]["amount"] for i in own)
            if self.paid[r] or len(own) < 2 or brought != self.rest(r):
                continue
            if all(self.waits(r, self.w["lines"][i]) for i in own):
                reason = "lines_pay_together lines=%d reference=R%d total=%d" % (len(own), r, brought)
                for i in own:
                    self.recover(i, "several_transfers", reason, [(r, self.w["lines"][i]["amount"])])

    def payout(self):
        days = {}
        for n in sorted(self.open_notices):
            notice = self.w["notices"][n]
            if notice["connection"] in self.w["gateways"] and THROUGH - 60 < notice["day"] <= THROUGH:
                days.setdefault((notice["connection"], notice["day"]), []).append(n)
        fits = []
        for (connection, day), notices in days.items():
            total = sum(self.w["notices"][n]["amount"] for n in notices)
            fee = total * self.w["gateways"][connection] // 100000
            for i in self.open_lines():
                line = self.w["lines"][i]
                booked = (line["at"] + 7 * 3600) // 86400
                if not self.named(i) and total - fee <= line["amount"] <= total and day <= booked <= day + 10:
                    fits.append((i, (connection, day), total))
        for i, batch, total in fits:
            if sum(x == i for x, _, _ in fits) > 1 or sum(y == batch for _, y, _ in fits) > 1:
                continue
            notices = days[batch]
            self.open_notices -= set(notices)
            fee = total - self.w["lines"][i]["amount"]
            self.decide(
                i,
                "grouped payout line_pays_out count=%d day=%s gateway_fee=%d total=%d shows %s%s"
                % (
                    len(notices), day_text(batch[1]), fee, total, ",".join("N%d" % (n + 1) for n in notices),
                    " fee %d" % fee if fee else "",
                ),
            )

    def known_request(self):
        for i in self.open_lines():
            line, named = self.w["lines"][i], self.named(i)
            if not named or self.requests[named[0]]["account"] != "A":
                continue
            r = named[0]
            request = self.requests[r]
            is_open = request["status"] in ("pending", "expired")
            in_full = self.rest(r) == 0 if is_open else request["status"] != "cancelled"
            if in_full and line["amount"] == request["due"]:
                found = "duplicate_line known_request line_repeats_payment amount=%d reference=R%d" % (line["amount"], r)
            elif in_full or (is_open and line["at"] <= request["until"]):
                found = "amount_mismatch known_request line_amount_unexpected line=%d reference=R%d remaining=%d" % (
                    line["amount"], r, self.rest(r) if is_open else 0,
                )
            else:
                # A pending request whose time has passed is an expired one.
                state = "expired" if is_open else request["status"]
                found = "amount_mismatch known_request line_request_closed amount=%d reference=R%d state=%s" % (
                    line["amount"], r, state,
                )
            self.decide(i, "%s of R%d suspense %d" % (found, r, line["amount"]))

    def remainder(self):
        for i in self.open_lines(credit=False):
            amount = self.w["lines"][i]["amount"]
            self.decide(i, "unmatched remainder debit_unexplained amount=%d suspense %d" % (-amount, amount))
        for i in self.open_lines():
            amount, named = self.w["lines"][i]["amount"], self.named(i)
            if named:
                found = "line_of_other_account account=B amount=%d reference=R%d of R%d" % (amount, named[0], named[0])
            else:
                found = "line_without_reference amount=%d" % amount
            self.decide(i, "unmatched remainder %s suspense %d" % (found, amount))

    def missing(self):
        found = []
        for n in sorted(self.open_notices):
            notice = self.w["notices"][n]
            day, left = notice["day"], self.w["days"]
            while left:
                day += 1
                if day not in self.w["holidays"] and (day + 3) % 7 not in self.w["weekend"]:
                    left -= 1
            if not notice["has_case"] and day <= THROUGH:
                found.append("N%d by %s" % (n + 1, day_text(day)))
        still = ",".join("N%d" % (n + 1) for n in sorted(self.open_notices))
        return "%s | %s" % (", ".join(found) or "none", still or "none")


def memo_text(kind, mark):
    mark = MARKS[mark]
    return MEMOS[kind].format((mark[:9] + "-" + mark[9:]).lower() if kind == 2 else mark)


def of(request):
    return "" if request is None else " of R%d" % request


def main():
    seed, count, first = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    out = []
    for number in range(first, first + count):
        world = make(seed * 1000003 + number)
        out.append(" ".join(map(str, numbers(world))))
        out.append(Judge(world).run())
    sys.stdout.write("\n".join(out) + "\n")


main()
