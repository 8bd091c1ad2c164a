"""The flood of ops/ha/chaos: signed callbacks at a bounded rate, and what became of each. Standard library only."""
import base64
import collections
import datetime
import hashlib
import hmac
import http.client
import json
import os
import random
import subprocess
import threading
import time

import cluster

ACCOUNT = "0801000567890"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference():
    body = "".join(random.choices(ALPHABET, k=12))
    return f"RF{98 - int(''.join(str(int(c, 36)) for c in body + 'RF00')) % 97:02d}{body}"


class Flood:
    def __init__(self, rate, senders):
        self.run = "X" + format(int(time.time()), "X")
        self.rate, self.senders = rate, senders
        self.stop, self.lock, self.queue = threading.Event(), threading.Lock(), collections.deque()
        self.due = time.monotonic()
        self.acks, self.times = {}, []  # number: the requests it was acknowledged for; when each was answered
        self.tries = {}  # number: how its tries were answered that were no acknowledgement
        self.answers = collections.Counter()
        self.though = collections.Counter()  # in the books although the tries before were answered so
        self.faults, self.made = [], 0
        self.secret = os.urandom(32)

    def begin(self):
        cluster.khop("n1", "connection", "add", "chaos-" + self.run.lower(), "--profile", "standard", "--account", ACCOUNT,
                     "--secret-env", "CHAOS_SECRET", CHAOS_SECRET="whsec_" + base64.b64encode(self.secret).decode())
        self.feed(4000)
        self.threads = [threading.Thread(target=self.send_all, daemon=True) for _ in range(self.senders)]
        for thread in self.threads:
            thread.start()

    def feed(self, count):
        """Pending requests of 10,000 đồng, as the service writes them, on whichever node is the primary."""
        references = [reference() for _ in range(count)]
        primary = (cluster.leaders() or [None])[0]
        if primary is None:
            return
        script = f"""begin;
            create temp table made (reference text) on commit drop;
            copy made from stdin;\n""" + "\n".join(references) + f"""\n\\.
            insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
                amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name,
                revenue_account, catalogue_version, lines)
            select gen_random_uuid(), reference, 'chaos-' || reference, '{self.run}', 'H44.01', '1.004222', 'online',
                current_date, 10000, 10000, 'pending', now() + interval '1 day', now(), '970436', '{ACCOUNT}', 'A',
                (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'),
                (select max(id) from catalogue_version), '[]' from made;
            commit;\n"""
        try:
            cluster.sql(primary, None, stdin=script, timeout=30)
        except (RuntimeError, subprocess.TimeoutExpired):
            return  # asked again when the queue is short
        with self.lock:
            self.queue.extend((self.made + i, r) for i, r in enumerate(references))
            self.made += count

    def next(self):
        with self.lock:
            now = time.monotonic()
            if now < self.due or not self.queue:
                return None
            self.due = max(self.due, now - 1) + 1 / self.rate
            return self.queue.popleft()

    def send_all(self):
        connection = None
        while not self.stop.is_set():
            work = self.next()
            if work is None:
                time.sleep(0.01)
                continue
            # As a provider does: again and again until it is acknowledged, now and then once more although it was.
            left = 2 if random.random() < 0.05 else 1
            while left:
                if connection is None:
                    connection = http.client.HTTPSConnection(cluster.FRONT, 443, timeout=20, context=cluster.trust)
                try:
                    status, header, text = self.send(connection, *work)
                except (OSError, http.client.HTTPException) as error:
                    connection.close()
                    connection = None
                    self.note(work[0], f"no answer ({type(error).__name__})")
                    time.sleep(0.1)
                    continue
                if status == 200:
                    left -= self.acknowledged(work[0], json.loads(text))
                elif status in (502, 503, 504):
                    if header.get("Retry-After") is None:
                        self.faults.append(f"{work[0]}: {status} without Retry-After")
                    self.note(work[0], f"{status} by " + ("the balancer" if b"khop does not answer" in text else "khop"))
                    time.sleep(random.uniform(0.1, 0.3))
                else:
                    self.faults.append(f"{work[0]} was answered {status} {text[:200]!r}")
                    self.note(work[0], str(status))
                    time.sleep(0.2)

    def send(self, connection, number, ref):
        now, name = str(int(time.time())), f"{self.run}-{number}"
        body = json.dumps({"transaction_id": name, "amount": 10000, "currency": "VND", "account_number": ACCOUNT,
                           "direction": "credit", "status": "success",
                           "occurred_at": datetime.datetime.now(datetime.timezone.utc).isoformat(), "memo": f"CK {ref}"})
        code = base64.b64encode(hmac.new(self.secret, f"{name}.{now}.{body}".encode(), hashlib.sha256).digest()).decode()
        connection.request("POST", "/v1/callbacks/chaos-" + self.run.lower(), body, {
            "Host": "pay.khop.internal", "webhook-id": name, "webhook-timestamp": now, "webhook-signature": "v1," + code,
            "content-type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def note(self, number, how):
        with self.lock:
            self.answers[how] += 1
            self.tries.setdefault(number, []).append(how)

    def acknowledged(self, number, answer):
        with self.lock:
            self.times.append(time.time())
            self.answers["200"] += 1
            before = self.acks.get(number)
            if answer["outcome"] == "duplicate" and before is None:
                self.though[", ".join(sorted(set(self.tries.get(number, []))))] += 1
                if number not in self.tries:
                    self.faults.append(f"{number} was a duplicate when it was sent first")
            elif answer["outcome"] != ("settled" if before is None else "duplicate"):
                self.faults.append(f"{number} was answered {answer} after {before}")
            self.acks.setdefault(number, []).append(answer.get("payment_request_id"))
        return 1

    def count(self):
        with self.lock:
            return len(self.times)

    def silences(self, since, until):
        """The longest time without an acknowledgement, and the sum of those above one second."""
        with self.lock:
            times = [t for t in self.times[-20000:] if since <= t <= until]
        marks = [since, *sorted(times), until]
        gaps = [b - a for a, b in zip(marks, marks[1:])]
        return max(gaps), sum(g for g in gaps if g > 1)

    def end(self):
        """Lets every message that was begun be acknowledged, and ends."""
        with self.lock:
            self.queue.clear()
        self.stop.set()
        for thread in self.threads:
            thread.join(90)
        if any(t.is_alive() for t in self.threads):
            self.faults.append("a sender got no acknowledgement in 90 seconds after the last fault")
