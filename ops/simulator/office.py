"""The finance office: statements in the morning, then cases, refunds and the signature under each day."""
import datetime
import random

# How many days a case waits until somebody decides about it, and how often; None is a case that stays.
PATIENCE = [(1, 22), (2, 22), (3, 14), (4, 8), (6, 9), (8, 7), (None, 18)]
# No day this close to the end is signed off yet.
UNSIGNED_DAYS = 4


class Office:
    def __init__(self, service, clock, bank, keys, staff, seed, end, tally):
        self.service, self.clock, self.bank, self.keys, self.staff = service, clock, bank, keys, staff
        self.seed, self.end, self.tally = seed, end, tally
        self.by_hand = []
        self.missing = set()
        self.arrived = {}
        self.signed = {}
        self.asked = set()
        self.turned_down = set()
        self.unsigned = []
        # Signed by the clerk, with the account.
        self.signed = []

    # Statements.

    def take_statements(self, days, accounts, token):
        """Imports the statements of some days and reconciles each account through the last of them."""
        def take(account):
            for day in days:
                body = account.statement(day)
                if body is None or (account.number, day) in self.missing:
                    continue
                answer = self.service.call(token, "POST", f"/v1/statements?account={account.number}&format=csv", raw=body,
                                           Content_Type="text/csv")
                self.arrived.setdefault(day, []).append((account.number, answer["id"]))
                self.tally.count("statements")
            self.service.call(self.keys["finance"], "POST", "/v1/reconciliations",
                              {"account_number": account.number, "through": days[-1].isoformat()})
        self.service.together(take, accounts)

    def feed(self, day):
        """Early in the morning: what a program fetches from the banks."""
        self.take_statements([day], [a for a in self.bank if a not in self.by_hand], self.keys["feed"])
        self.unsigned.append(day)

    def clerks_morning(self, today, days, withdrawn):
        """The clerk, who has logged in, brings the statements that no program fetches, works on cases, pays refunds out and
        signs days off."""
        clerk = self.staff["clerk"]
        self.take_statements(days, self.by_hand, clerk.token)
        self.work_on_cases(clerk, today)
        # Citizens who took their dossiers back, some days ago.
        for item in [item for item in withdrawn if item[0] <= today - datetime.timedelta(days=3)]:
            withdrawn.remove(item)
            self.ask_for_refund(clerk, *item[1:])
        self.pay_refunds(clerk)
        self.sign(clerk, today)
        clerk.log_out(self.service)

    # Cases.

    def patience(self, case):
        """The days that a case waits, the same for the same case of the same world."""
        drawn = random.Random(f"{self.seed} {case['kind']} {case['amount']} {case['opened_at'][:16]}")
        days, weights = zip(*PATIENCE)
        return drawn.choices(days, weights)[0], drawn

    def work_on_cases(self, clerk, today):
        cases = self.service.pages(clerk.token, "/v1/cases?state=open")
        due = []
        for case in cases:
            patience, drawn = self.patience(case)
            if patience is not None and case["age_days"] >= patience:
                due.append((case["id"], drawn))
        self.service.together(lambda item: self.decide(clerk, *item), due)

    def decide(self, clerk, number, drawn):
        case = self.service.call(clerk.token, "GET", f"/v1/cases/{number}")
        body = self.decision(case, drawn)
        if body is None:
            return
        status, answer = self.service.call(clerk.token, "POST", f"/v1/cases/{number}/resolve", body, accept=None)
        self.tally.count(f"case {case['kind']} {body['action']} {status}")
        if status >= 400:
            self.tally.refused(case["kind"], body["action"], answer.get("detail"))

    def decision(self, case, drawn):
        """What the clerk proposes; `None` to look again another day."""
        kind, left = case["kind"], case["suspense_left"]
        line, notice = case["statement_line"] or {}, case["notice"] or {}
        text = f"{line.get('memo') or ''} {notice.get('memo') or ''}".upper()
        if left < 0:
            return {"action": "write_off", "note": "Phí dịch vụ của ngân hàng theo thông báo, đã có chứng từ."}
        if left == 0:
            if kind == "missing_at_bank" and case["id"] not in self.asked:
                self.asked.add(case["id"])
                return {"action": "ask_bank", "note": "Đã gửi tra soát: ngân hàng báo có nhưng sao kê chưa thể hiện."}
            if case["age_days"] >= 4:
                return {"action": "dismiss", "note": "Đã đối chiếu với ngân hàng và đơn vị, không còn việc phải làm."}
            return None
        if "LAI TIEN GUI" in text:
            return {"action": "write_off", "note": "Lãi tiền gửi không kỳ hạn, ghi nhận thu khác."}
        best = (case.get("suggestions") or [None])[0]
        if best and best["same_amount"] and (best["name_likeness"] >= 66 or best["names_dossier"]):
            return {"action": "link", "reference": best["reference"],
                    "note": f"Cùng số tiền, tên người nộp khớp; hồ sơ {best['dossier_code']}."}
        if kind == "late" and drawn.random() < 0.5:
            return {"action": "accept", "note": "Người dân nộp muộn nhưng hồ sơ vẫn đang giải quyết."}
        payee = self.payee(case)
        if payee is None:
            if case["id"] in self.asked:
                return None
            self.asked.add(case["id"])
            return {"action": "ask_bank", "note": "Chưa rõ người chuyển: đề nghị ngân hàng cung cấp."}
        why = {"overpaid": "Nộp thừa", "late": "Nộp khi hồ sơ đã đóng", "other_account": "Chuyển nhầm tài khoản"}
        return {"action": "refund", "beneficiary": payee, "reason": why.get(kind, "Không xác định được hồ sơ"),
                "note": "Hoàn trả về đúng tài khoản đã chuyển."}

    def payee(self, case):
        """Whom money came from: the bank's statement says it, or the payer told the office."""
        transaction = (case["statement_line"] or case["notice"] or {}).get("transaction_id")
        payer = next((account.payers[transaction] for account in self.bank if transaction in account.payers), None)
        return payer and self.beneficiary(payer)

    @staticmethod
    def beneficiary(payer):
        return {"bank_bin": payer["bank_bin"], "account_number": payer["account"], "name": payer["printed"]}

    # The second person.

    def approvers_morning(self, today):
        """The approver confirms what statements alone told, and approves or turns down what the clerk proposed."""
        approver = self.staff["approver"]
        approver.log_in(self.service, self.clock)
        for statement in self.service.pages(approver.token, "/v1/statements?awaiting_confirmation=true"):
            # The latest wait for the approver who looks at the console.
            if today < self.end:
                answer = self.service.call(approver.token, "POST", f"/v1/statements/{statement['id']}/confirm", {})
                self.tally.count("recoveries confirmed", answer["confirmed"])
        waiting = self.service.pages(approver.token, "/v1/cases?state=awaiting_approval")
        if today >= self.end:
            waiting = waiting[:len(waiting) // 2]
        self.service.together(lambda case: self.approve(approver, case), waiting)
        self.approve_refunds(approver, today)
        self.countersign(approver)
        approver.log_out(self.service)

    def approve(self, approver, case):
        doubt = random.Random(f"{self.seed} approve {case['opened_at'][:16]} {case['amount']}").random()
        if doubt < 0.04 and case["id"] not in self.turned_down:
            self.turned_down.add(case["id"])
            self.service.call(approver.token, "POST", f"/v1/cases/{case['id']}/withdraw",
                              {"note": "Chưa đủ căn cứ: đề nghị bổ sung giấy xác nhận của người nộp."})
            self.tally.count("proposals turned down")
            return
        status, answer = self.service.call(approver.token, "POST", f"/v1/cases/{case['id']}/approve",
                                           {"note": "Đã kiểm tra chứng từ."}, accept=None)
        self.tally.count(f"approve {case['kind']} {status}")
        if status >= 400:
            self.tally.refused(case["kind"], "approve", answer.get("detail"))

    # Refunds.

    def ask_for_refund(self, clerk, request, payer):
        """A citizen asks for a fee back."""
        body = {"payment_request_id": request, "reason": "not_eligible", "beneficiary": self.beneficiary(payer),
                "note": "Người nộp rút hồ sơ, có đơn đề nghị hoàn phí."}
        status, answer = self.service.call(clerk.token, "POST", "/v1/refunds", body, accept=None)
        self.tally.count(f"refund asked {status}")
        if status >= 400:
            self.tally.refused("refund", "ask", answer.get("detail"))

    def approve_refunds(self, approver, today):
        refunds = self.service.pages(approver.token, "/v1/refunds?state=requested")
        if today >= self.end:
            refunds = refunds[:len(refunds) // 2]
        for refund in refunds:
            drawn = random.Random(f"{self.seed} refund {refund['requested_at'][:16]} {refund['amount']}")
            if drawn.random() < 0.05:
                self.service.call(approver.token, "POST", f"/v1/refunds/{refund['id']}/reject",
                                  {"note": "Hồ sơ đã được giải quyết, phí không thuộc diện hoàn."})
                self.tally.count("refunds rejected")
                continue
            self.service.call(approver.token, "POST", f"/v1/refunds/{refund['id']}/approve", {})
            self.tally.count("refunds approved")

    def pay_refunds(self, clerk):
        """Executes what was approved; the bank pays the file out in the afternoon, and its statement shows it."""
        accounts = set()
        for refund in self.service.pages(clerk.token, "/v1/refunds?state=approved"):
            self.service.call(clerk.token, "POST", f"/v1/refunds/{refund['id']}/execute", {})
            accounts.add(refund["account_number"])
        for account in self.bank:
            if account.number not in accounts:
                continue
            file = self.service.call(clerk.token, "POST", f"/v1/refund-files?account={account.number}&format=json")
            for item in file["items"]:
                to = item["beneficiary"]
                at = self.clock.now() + 5 * 3600 + random.Random(item["end_to_end_id"]).randrange(3600)
                account.book(at, -item["amount"], item["remittance"],
                             {"printed": to["name"], "account": to["account_number"], "bank_bin": to["bank_bin"]})
                self.tally.count("refunds paid out")

    # The signature.

    def sign(self, clerk, today):
        """Signs the days that are reconciled, all but the last few."""
        due = [day for day in self.unsigned if day < today - datetime.timedelta(days=1)
               and day <= self.end - datetime.timedelta(days=UNSIGNED_DAYS)]
        self.unsigned = [day for day in self.unsigned if day not in due]

        def sign_one(item):
            day, number = item
            body = {"account_number": number, "day": day.isoformat()}
            path = "/v1/reports/reconciliation/sign-off"
            status, answer = self.service.call(clerk.token, "POST", path, body, accept=None)
            if status == 409:
                body.update(acknowledge_open_items=True,
                            note="Đã xem từng khoản chưa khớp; các vụ việc đang xử lý, không làm lệch số dư.")
                status, answer = self.service.call(clerk.token, "POST", path, body, accept=None)
            self.tally.count(f"signed {status}")
            if status >= 400:
                self.tally.refused("sign", day.isoformat(), answer.get("detail"))
            else:
                self.signed.append((day, number))
        # Those of one account in their order.
        for day in due:
            self.service.together(sign_one, [(day, number) for number, _ in self.arrived.get(day, [])])

    def countersign(self, approver):
        """The second signature, under all but the latest signed days."""
        due = [item for item in self.signed if item[0] <= self.end - datetime.timedelta(days=UNSIGNED_DAYS + 3)]
        self.signed = [item for item in self.signed if item not in due]

        def sign_one(item):
            day, number = item
            body = {"account_number": number, "day": day.isoformat(), "note": "Đã đối chiếu lại với sao kê."}
            path = "/v1/reports/reconciliation/countersign"
            status, answer = self.service.call(approver.token, "POST", path, body, accept=None)
            self.tally.count(f"countersigned {status}")
            if status >= 400:
                self.tally.refused("countersign", day.isoformat(), answer.get("detail"))
        self.service.together(sign_one, due)

    def check(self):
        """Whether every day that is not signed yet is explained too: nobody can sign one that is not."""
        auditor = self.staff["auditor"]
        auditor.log_in(self.service, self.clock)

        def residual(item):
            account, day = item
            path = f"/v1/accounts/{account.number}/days/{day.isoformat()}/explanation"
            return account.number, day, self.service.call(auditor.token, "GET", path)["residual"]
        found = self.service.together(residual, [(account, day) for account in self.bank for day in self.unsigned])
        auditor.log_out(self.service)
        for number, day, amount in found:
            if amount:
                raise SystemExit(f"the difference of {number} on {day} is not explained: {amount}")
