"""The bank's side: an agency's account, what came and went, and its statement of a day."""
import csv
import datetime
import io

import clock

COLUMNS = ["transaction_id", "booked_at", "value_date", "amount", "currency", "counterparty_name", "counterparty_account",
           "memo", "balance", "counterparty_bank"]


class Account:
    def __init__(self, number, agency, balance):
        self.number = number
        self.agency = agency
        self.balance = balance
        self.lines = {}
        # Who sent which transfer, which the office can ask.
        self.payers = {}
        self.counter = 0

    def transaction(self, at):
        """An id as the banks give them: the day and a number of the day's."""
        self.counter += 1
        day = datetime.datetime.fromtimestamp(at, clock.VIETNAM)
        return f"FT{day:%y%j}{self.number[-4:]}{self.counter:06d}"

    def book(self, at, amount, memo, payer=None, transaction=None):
        """A line of the statement: money that came, or (below 0) went."""
        day = datetime.datetime.fromtimestamp(at, clock.VIETNAM).date()
        line = {"id": transaction or self.transaction(at), "at": at, "amount": amount, "memo": memo, "payer": payer or {}}
        self.lines.setdefault(day, []).append(line)
        return line

    def statement(self, day):
        """The statement of a day in the default layout; `None` if nothing happened."""
        lines = sorted(self.lines.pop(day, []), key=lambda line: (line["at"], line["id"]))
        if not lines:
            return None
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(COLUMNS)
        for line in lines:
            self.balance += line["amount"]
            rows.writerow([line["id"], clock.text(line["at"]), day.isoformat(), line["amount"], "VND",
                           line["payer"].get("printed", ""), line["payer"].get("account", ""), line["memo"], self.balance,
                           line["payer"].get("bank_bin", "")])
        return out.getvalue().encode()
