"""The citizens: what they ask for, and how they pay it."""
import datetime
import random
from dataclasses import dataclass, field

import clock as time_of_day
import people

# What may become of a payment online, and how often of a thousand.
FATES = [("paid", 837), ("unpaid", 75), ("lost", 20), ("short", 8), ("over", 8), ("twice", 9), ("late", 8),
         ("misread", 8), ("no reference", 10), ("line alone", 8), ("other account", 3), ("not at the bank", 3),
         ("bank kept some", 2), ("cancelled", 10)]
# Of a working day: when, and how busy.
HOURS = [(7, 35, 4), (8, 25, 10), (9, 5, 13), (9, 50, 14), (10, 40, 10), (11, 25, 5), (13, 35, 9), (14, 20, 12),
         (15, 10, 12), (16, 0, 8), (17, 15, 3), (19, 40, 4), (21, 5, 3)]
WEEKEND = [(8, 50, 4), (10, 30, 5), (15, 20, 4), (20, 15, 5)]
EVIDENCE = {"child": ("birth_certificate", "GKS"), "merit_family": ("merit_certificate", "NCC"),
            "poor_household": ("poor_household_certificate", "HN"), "digital_citizen": ("citizen_id", "0250"),
            "student": ("student_card", "SV")}


@dataclass
class Agency:
    """A place where procedures are done, and what it is like there."""
    code: str
    account: object
    # How many payments of a working day.
    volume: float
    # The part that is asked for online, and of those at the counter the part that is paid in cash.
    online: float
    cash: float
    # (procedure, items, weight): what is asked for.
    work: list
    connection: str = ""
    gateway: str = ""
    exempt: dict = field(default_factory=dict)


class Town:
    def __init__(self, service, clock, agencies, keys, connections, seed, tally):
        self.service, self.clock, self.agencies, self.keys = service, clock, agencies, keys
        self.connections, self.tally = connections, tally
        self.random = random.Random(f"{seed} town")
        self.dossiers = {}
        # What the gateway owes each agency for today.
        self.pots = {}
        # What is to happen on a later day: day -> [(hour, what)].
        self.later = {}
        # Citizens who took their dossiers back: (day, request, payer).
        self.withdrawn = []

    def day(self, day, share=1.0):
        """The hours of a day: when each begins, its share of a working day's payments, and whether offices are open."""
        busy = day.weekday() < 5
        hours = HOURS if busy else WEEKEND
        total = sum(weight for _, _, weight in hours)
        growth = share * self.random.uniform(0.85, 1.15) * (1.0 if busy else 0.3) * (1.12 if day.weekday() == 0 else 1.0)
        for hour, minute, weight in hours:
            yield time_of_day.moment(day, hour, minute) + self.random.randrange(-600, 600), growth * weight / total, busy

    def dossier(self, agency, day):
        number = self.dossiers[agency.code, day] = self.dossiers.get((agency.code, day), 0) + 1
        return f"{agency.code}-{day:%y%m%d}-{number:04d}"

    def draw(self, agency, day, is_office_open):
        """One request: what, for whom, through which channel, and what becomes of it."""
        draw = self.random
        procedure, items = draw.choices([(p, i) for p, i, _ in agency.work], [w for _, _, w in agency.work])[0]
        payer = people.person(draw)
        payer["printed"] = people.folded(payer["name"])
        if not is_office_open or draw.random() < agency.online:
            channel, fate = "online", draw.choices(*zip(*FATES))[0]
        else:
            channel = "counter_cash" if draw.random() < agency.cash else draw.choice(["counter_qr"] * 3 + ["counter_card"])
            fate = "counter"
        body = {"dossier_code": self.dossier(agency, day), "agency_code": agency.code, "procedure_code": procedure,
                "channel": channel, "payer": {"name": payer["name"]}}
        if items:
            body["items"] = [{"fee_code": code, "quantity": draw.randint(1, most)} for code, most in items]
        categories = agency.exempt.get(procedure, [])
        if categories and draw.random() < 0.06:
            category = draw.choice(categories)
            kind, start = EVIDENCE[category]
            body["payer"].update(category=category, evidence={"kind": kind, "number": f"{start}{draw.randrange(10**7, 10**8)}"})
        return {"agency": agency, "payer": payer, "body": body, "fate": fate, "channel": channel}

    def create(self, wish):
        """The portal, or the counter's program, asks for the money."""
        key = self.keys["portal"] if wish["channel"] == "online" else self.keys["cashier"]
        wish["request"] = self.service.call(key, "POST", "/v1/payment-requests", wish["body"],
                                            Idempotency_Key=wish["body"]["dossier_code"])

    def hour(self, start, share, is_office_open):
        """Requests are made, and some minutes later paid."""
        self.clock.to(start)
        day = self.clock.local().date()
        wishes = []
        for agency in self.agencies:
            expected = agency.volume * share
            number = int(expected) + (self.random.random() < expected % 1)
            wishes += [self.draw(agency, day, is_office_open) for _ in range(number)]
        self.service.together(self.create, wishes)
        self.clock.to(start + self.random.randrange(200, 560))
        jobs = []
        for wish in wishes:
            self.tally.count("requests")
            if wish["request"]["status"] != "pending":
                self.tally.count("exempt")
                continue
            wish["at"] = start + self.random.randrange(60, 200)
            jobs += self.counter(wish) if wish["fate"] == "counter" else self.online(wish)
        jobs += self.due(day, start)
        self.service.together(lambda job: job(), jobs)

    def due(self, day, start):
        """What was put off to this day, and is due by now."""
        waiting = self.later.get(day, [])
        now = [work for hour, work in waiting if time_of_day.moment(day, hour) <= start]
        self.later[day] = [(hour, work) for hour, work in waiting if time_of_day.moment(day, hour) > start]
        return [job for work in now for job in work()]

    def put_off(self, days, hour, work):
        day = self.clock.local().date() + datetime.timedelta(days=days)
        self.later.setdefault(day, []).append((hour, work))

    # At the counter.

    def counter(self, wish):
        request, agency, draw = wish["request"], wish["agency"], self.random
        amount, channel = request["amount_due"], wish["channel"]
        slip = None
        if channel == "counter_card":
            slip = f"POS{draw.randrange(10**7, 10**8)}"
            agency.account.book(wish["at"] + 30, amount, f"POS {slip} {agency.code} THE {draw.randrange(1000, 10000)}",
                                transaction=slip)
        take = {"payment_request_id": request["id"], "channel": channel, "amount": amount}
        if slip:
            take["receipt_number"] = slip

        def pay():
            status, answer = self.service.call(self.keys["cashier"], "POST", "/v1/counter-payments", take, accept=None)
            self.tally.count(f"{channel} {status}")
            if status == 201 and channel == "counter_qr":
                self.report(agency, transfer)
        if channel == "counter_qr":
            transfer = self.transfer(wish, amount, people.memo(draw, wish["payer"], request["reference"]))
        return [pay]

    # Online.

    def transfer(self, wish, amount, memo, account=None, at=None):
        """Money on its way: the bank books it. What is reported is another matter."""
        account = account or wish["agency"].account
        at = at or wish["at"]
        line = account.book(at, amount, memo, wish["payer"])
        account.payers[line["id"]] = wish["payer"]
        return {"id": line["id"], "amount": amount, "at": at, "memo": memo, "account": account}

    def report(self, agency, transfer, connection=None):
        """The bank's callback, signed as it signs."""
        name = connection or agency.connection
        profile, secret, sign = self.connections[name]
        method, query, headers, body = sign(secret, agency.account.number, transfer, self.clock.now())
        status, _, answer = self.service.send(method, f"/v1/callbacks/{name}{query}", headers, body.encode())
        self.tally.count(f"callbacks {profile} {status}")
        if status >= 300:
            self.tally.refused(name, status, answer[:300].decode())

    def online(self, wish):
        request, agency, draw, payer = wish["request"], wish["agency"], self.random, wish["payer"]
        amount, reference, fate = request["amount_due"], request["reference"], wish["fate"]
        memo = people.memo(draw, payer, reference)
        self.tally.count(f"online {fate}")
        if fate == "unpaid":
            return []
        if fate == "cancelled":
            return [lambda: self.service.call(self.keys["portal"], "POST", f"/v1/payment-requests/{request['id']}/cancel", {},
                                              accept=None)]
        if fate == "paid" and agency.gateway and draw.random() < 0.35:
            return [self.by_gateway(wish)]
        if fate == "late":
            self.put_off(draw.randint(3, 5), draw.randint(8, 15), lambda: self.much_later(wish, memo))
            return []
        if fate == "other account":
            return self.to_another(wish, memo)
        if fate == "not at the bank":
            transfer = {"id": agency.account.transaction(wish["at"]), "amount": amount, "at": wish["at"], "memo": memo}
            return [lambda: self.report(agency, transfer)]
        if fate == "short":
            return self.in_parts(wish, memo)
        if fate == "over":
            amount += draw.choice([1000, 5000, 10000, amount])
        if fate == "misread":
            memo = memo.replace(reference, people.misread(draw, reference)) if reference in memo \
                else f"{people.misread(draw, reference)} {payer['printed']}"
        if fate in ("no reference", "line alone"):
            memo = people.forgetful(draw, payer, wish["body"]["dossier_code"])
        transfer = self.transfer(wish, amount, memo)
        if fate in ("lost", "line alone"):
            return []
        if fate == "bank kept some":
            # The line shows less than the callback told.
            agency.account.lines[self.clock.local().date()][-1]["amount"] -= min(1100, amount // 2)
        jobs = [lambda: self.report(agency, transfer)]
        if fate == "twice":
            self.put_off(draw.choice([0, 0, 1]), 15, lambda: self.again(wish, memo))
        elif fate == "paid" and draw.random() < 0.006:
            self.withdrawn.append((self.clock.local().date(), request["id"], payer))
        return jobs

    def by_gateway(self, wish):
        """Through the gateway, which pays the whole day out the next morning, less its fee."""
        request, agency = wish["request"], wish["agency"]
        transfer = {"id": str(14_000_000 + self.random.randrange(10**6) + 10**6 * len(self.pots.get(agency.code, []))),
                    "amount": request["amount_due"], "at": wish["at"], "bank": wish["payer"]["bank"],
                    "memo": f"Nop le phi {request['reference']}", "reference": request["reference"]}
        self.pots.setdefault(agency.code, []).append(transfer["amount"])
        return lambda: self.report(agency, transfer, agency.gateway)

    def payouts(self, day):
        """In the morning: yesterday's payments by gateway, in one line each."""
        for agency in self.agencies:
            amounts = self.pots.pop(agency.code, [])
            if amounts:
                fee = sum(amounts) * 11 // 1000
                agency.account.book(time_of_day.moment(day, 9, 2), sum(amounts) - fee,
                                    f"VNPAY QUYET TOAN {day - datetime.timedelta(days=1):%d%m%y} {len(amounts)} GD",
                                    {"printed": "CTCP GIAI PHAP THANH TOAN VIET NAM", "account": "1020102030405"})

    def much_later(self, wish, memo):
        wish["at"] = self.clock.now() - 20
        transfer = self.transfer(wish, wish["request"]["amount_due"], memo)
        return [lambda: self.report(wish["agency"], transfer)]

    def again(self, wish, memo):
        return self.much_later(wish, memo)

    def in_parts(self, wish, memo):
        """Less than is due; most pay the rest, some days later."""
        due, draw = wish["request"]["amount_due"], self.random
        first = max(1000, due - draw.choice([1000, 2000, 5000, due // 2 // 1000 * 1000]))
        if first >= due:
            first = due // 2 or 1
        transfer = self.transfer(wish, first, memo)
        if draw.random() < 0.6:
            def rest():
                wish["at"] = self.clock.now() - 20
                more = self.transfer(wish, due - first, memo)
                return [lambda: self.report(wish["agency"], more)]
            self.put_off(draw.choice([0, 1]), 16, rest)
        return [lambda: self.report(wish["agency"], transfer)]

    def to_another(self, wish, memo):
        """To the account of another agency, whose bank reports it."""
        other = self.random.choice([a for a in self.agencies if a is not wish["agency"]])
        transfer = self.transfer(wish, wish["request"]["amount_due"], memo, other.account)
        return [lambda: self.report(other, transfer)]
