"""How long the console's pages and its search take over many payments and open cases, for ops/bench. Standard library only."""
import gzip
import http.client
import json
import time
import urllib.parse

CASES = 100_000
SURNAMES = "Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý"
MIDDLES = "Văn,Thị,Hữu,Đức,Minh,Thanh,Quang,Ngọc,Thu,Xuân,Hồng,Kim,Anh,Bảo,Gia,Hải,Khánh,Mỹ,Như,Phương"
GIVEN = ("An,Bình,Chi,Cường,Dung,Dũng,Duy,Giang,Hà,Hải,Hạnh,Hiếu,Hoa,Hòa,Hùng,Hương,Huy,Khang,Lan,Linh,Long,Mai,Nam,Nga,Nhung,Phong,"
         "Phúc,Quân,Quyên,Sơn,Tâm,Thảo,Thắng,Thủy,Trang,Trung,Tú,Tuấn,Vân,Yến")


def word(names, step):
    """SQL for a word of a list, by the number n."""
    count = names.count(",") + 1
    return f"(string_to_array('{names}', ','))[1 + (n / {step}) % {count}]"


# A payer's name, SQL by the number n.
PAYER = f"{word(SURNAMES, 1)} || ' ' || {word(MIDDLES, 16)} || ' ' || {word(GIVEN, 320)}"


class Visitor:
    """A person logged in, on one connection that stays open."""

    def __init__(self, port, login_url):
        self.client = http.client.HTTPConnection("127.0.0.1", int(port), timeout=120)
        self.cookies = {}
        path = urllib.parse.urlsplit(login_url).path
        self.ask(path)
        status = self.ask(path, "POST")[0]
        if status != 303:
            raise SystemExit(f"the login link was answered {status}")

    def ask(self, path, method="GET"):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Sec-Fetch-Site": "same-origin",
                   "Accept": "text/html"}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for attempt in range(2):
            begin = time.perf_counter()
            try:
                self.client.request(method, path, b"" if method == "POST" else None, headers)
                answer = self.client.getresponse()
                body = answer.read()
                break
            except (http.client.RemoteDisconnected, ConnectionError):
                # A connection that lay idle is closed by the server; the next one is new.
                self.client.close()
                if attempt:
                    raise
        took = (time.perf_counter() - begin) * 1000
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")[0].partition("=")
                self.cookies[cookie] = rest
        return answer.status, body, dict(answer.getheaders()), took


def load_cases(psql, account):
    """Lines of a statement that match nothing, each with its open case, over the last hundred days."""
    psql(f"""set session_replication_role = replica; set synchronous_commit = off;
        insert into statement (account_number, file_hash, format, lines, credits, debits, first_day, last_day, imported_by, imported_by_id)
        values ('{account}', '\\x01', 'csv', {CASES}, 0, 0, current_date - 100, current_date - 1, 'bench', 'bench');
        insert into statement_line (statement_id, line_number, account_number, transaction_id, booked_at, booked_on, value_date, amount,
            counterparty_name, counterparty_account, memo)
        select s.id, n, '{account}', 'CASE' || n, d.day + interval '9 hours', d.day, d.day, 10000 + n % 50 * 1000,
            upper({word(SURNAMES, 1)} || ' ' || {word(GIVEN, 16)}), n::text, 'NOP LE PHI HO SO ' || n
        from (select max(id) as id from statement) s, generate_series(1, {CASES}) n
            cross join lateral (select current_date - 100 + n / {CASES // 100 + 1} as day) d;
        insert into reconciliation_case (kind, account_number, agency_code, statement_line_id, amount, evidence, reason, opened_at)
        select 'unmatched', account_number, 'H44.01', id, amount, json_build_object('memo', memo)::jsonb,
            '{{"code": "unmatched_line", "values": {{}}}}'::jsonb, booked_at
        from statement_line where transaction_id like 'CASE%';
        -- As after last night's run.
        insert into reconciliation_state (account_number, through, line_id, notice_id)
        select account_number, current_date - 1, (select max(id) from statement_line), (select max(id) + 1 from bank_notice)
        from bank_account;
        insert into case_event (case_id, event, actor_id, actor_name, happened_at)
        select id, 'opened', 'system', 'khop', opened_at from reconciliation_case""")
    psql("vacuum analyze statement_line, reconciliation_case, case_event")


def load_notices(psql, without_indexes):
    """What told of each payment, on the account of its agency."""
    with without_indexes("bank_notice"):
        psql(f"""set session_replication_role = replica; set synchronous_commit = off;
        insert into bank_notice (source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome, amount, account_number,
            bank_reference, payment_request_id, applied_amount, occurred_at, booked_on, received_at, memo)
        select 'callback', 1, 1, 'FT' || token, '\\x00', 'settled', amount_due, account_number, 'FT' || token, id, amount_due, paid_at, paid_on,
            paid_at, reference from payment_request""")
    psql("vacuum analyze bank_notice")


def pages(psql):
    """Each page with an address, and what a person types into the one search box."""
    token, reference, dossier, payer, agency = psql(
        "select id, reference, dossier_code, payer_name, agency_code from payment_request order by id offset 1000 limit 1").strip().split("|")
    case = psql("select max(id) from reconciliation_case").strip()
    statement = psql("select max(id) from statement").strip()
    account, day = psql("select account_number, max(booked_on) from statement_line group by 1 limit 1").strip().split("|")
    found = [("today", "/console"), ("cases", "/console/cases?state=open"), ("cases, a late page", f"/console/cases?state=open&cursor={CASES * 9 // 10}"),
             ("a case", f"/console/cases/{case}"), ("statements", "/console/statements"), ("a statement", f"/console/statements/{statement}"),
             ("days", "/console/days"), ("a day", f"/console/days/{account}/{day}"), ("refunds", "/console/refunds"),
             ("a payment", f"/console/payments/{token}"), ("rates", "/console/rates"), ("reports", "/console/reports"),
             ("connections", "/console/operations/connections"), ("events", "/console/operations/events"),
             ("counter", "/console/counter"), ("shifts", "/console/counter/shifts")]
    typed = [("reference", reference), ("dossier", dossier), ("payer, with accents", payer), ("payer, without", "nguyen van an"),
             ("part of a name", "khang"), ("amount", "50k"), ("bank's id", "FTbench-77"), ("account", account), ("a rare name", "ly nhu yen")]
    return found + [(f"search: {what}", "/console/find?q=" + urllib.parse.quote(text)) for what, text in typed]


def measure(psql, khop, port, count):
    """Rows of the table: page, median and worst time, size as sent and packed."""
    visitors = []
    for each in (["finance", "cashier"], ["admin"], ["leader"], ["auditor"]):
        email = each[0] + "@bench.example"
        khop("person", "add", each[0], "--email", email, *[part for role in each for part in ("--role", role)])
        # As after an invitation; nobody knows a password for it.
        psql(f"update person set password_hash = '$argon2id$none', password_set_at = now() where email = '{email}'")
        told = json.loads(khop("person", "login-link", email, "--json"))
        visitors.append(Visitor(port, told["login_url"]))
    rows = []
    for name, path in pages(psql):
        visitor = next((one for one in visitors if one.ask(path)[0] == 200), None)
        if visitor is None:
            raise SystemExit(f"{path} was opened to nobody: {[one.ask(path)[0] for one in visitors]}")
        times, body = [], b""
        for _ in range(20):
            _, body, _, took = visitor.ask(path)
            times.append(took)
        times.sort()
        rows.append((name, times[len(times) // 2], times[-1], len(body), len(gzip.compress(body))))
    return rows


def text(rows, count):
    head = (f"\n## The console over {count:,} payments and {CASES:,} open cases\n\nTwenty calls a page one after the other on loopback, "
            "a person logged in; the time is that of the whole answer as the browser gets it.\n\n"
            "| page | median | worst of 20 | HTML | packed |\n| --- | ---: | ---: | ---: | ---: |\n")
    return head + "".join(f"| {n} | {m:.0f} ms | {w:.0f} ms | {s / 1000:.0f} kB | {g / 1000:.0f} kB |\n" for n, m, w, s, g in rows)
