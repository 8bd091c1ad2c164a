"""How long the console's pages and its search take over many payments and open cases, for ops/bench. Standard library only."""
import gzip
import http.client
import json
import sys
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


def load_cases(psql):
    """Lines of the statements that match nothing, each with its open case, over the last hundred days and the accounts."""
    psql(f"""set session_replication_role = replica; set synchronous_commit = off;
        insert into statement_line (statement_id, line_number, account_number, transaction_id, booked_at, booked_on, value_date, amount,
            counterparty_name, counterparty_account, memo)
        select s.id, 1000000 + n, a.account_number, 'CASE' || n, d.day + interval '9 hours', d.day, d.day, 10000 + n % 50 * 1000,
            upper({word(SURNAMES, 1)} || ' ' || {word(GIVEN, 16)}), n::text, 'NOP LE PHI HO SO ' || n
        from generate_series(1, {CASES}) n
            cross join lateral (select current_date - 100 + n / {CASES // 100 + 1} as day) d
            join (select row_number() over (order by code) - 1 as i, account_number from agency) a on a.i = n % 12
            join statement s on s.account_number = a.account_number and s.first_day = d.day;
        insert into reconciliation_case (kind, account_number, agency_code, statement_line_id, amount, evidence, reason, opened_at)
        select 'unmatched', account_number, null, id, amount, json_build_object('memo', memo)::jsonb,
            '{{"code": "unmatched_line", "values": {{}}}}'::jsonb, booked_at
        from statement_line where transaction_id like 'CASE%';
        insert into line_outcome (line_id, run_id, outcome, pass, suspense_amount, transaction_id)
        select id, 1, 'unmatched', 'remainder', amount, transaction_id from statement_line where transaction_id like 'CASE%';
        insert into ledger_transfer (debit_account, credit_account, amount, kind, statement_line_id, booked_on)
        select b.id, s.id, l.amount, 'statement_unmatched', l.id, l.booked_on from statement_line l, ledger_account b, ledger_account s
        where l.transaction_id like 'CASE%' and b.kind = 'bank' and s.kind = 'suspense' and b.owner = l.account_number
            and s.owner = l.account_number;
        -- As after last night's run.
        insert into reconciliation_state (account_number, through, line_id, notice_id)
        select account_number, current_date - 1, (select max(id) from statement_line), (select max(id) + 1 from bank_notice)
        from bank_account;
        insert into case_event (case_id, event, actor_id, actor_name, happened_at)
        select id, 'opened', 'system', 'khop', opened_at from reconciliation_case""")
    psql("vacuum analyze statement_line, line_outcome, ledger_transfer, reconciliation_case, case_event")


def load_notices(psql, without_indexes):
    """What told of each payment, on the account of its agency."""
    with without_indexes("bank_notice"):
        psql(f"""set session_replication_role = replica; set synchronous_commit = off;
        insert into bank_notice (source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome, amount, account_number,
            bank_reference, payment_request_id, applied_amount, occurred_at, booked_on, received_at, memo)
        select 'callback', 1, 1, 'FT' || token, '\\x00', 'settled', amount_due, account_number, 'FT' || token, id, amount_due, paid_at, paid_on,
            paid_at, reference from payment_request""")
    psql("vacuum analyze bank_notice")


def load_books(psql, without_indexes):
    """What the books and the bank's statements have of each payment, a statement a day; one payment in fifty stands on the day after."""
    psql("""set session_replication_role = replica;
        insert into statement (account_number, file_hash, format, lines, credits, debits, first_day, last_day, imported_by, imported_by_id)
        select a.account_number, sha256(d.day::text::bytea), 'csv', 0, 0, 0, d.day, d.day, 'bench', 'bench'
        from bank_account a, (select current_date - 364 + n as day from generate_series(0, 364) n) d""")
    with without_indexes("statement_line", "line_outcome", "ledger_transfer"):
        psql("""set session_replication_role = replica; set synchronous_commit = off;
            insert into statement_line (id, statement_id, line_number, account_number, transaction_id, booked_at, booked_on, value_date, amount,
                memo) overriding system value
            select b.id, s.id, b.id % 1000000, b.account_number, b.provider_transaction_id, s.first_day + interval '9 hours', s.first_day,
                s.first_day, b.amount, 'MBVCB.' || b.memo || '.LE PHI'
            from bank_notice b join statement s on s.account_number = b.account_number and s.first_day = b.booked_on + (b.id % 50 = 0 and b.booked_on < current_date)::integer;
            insert into line_outcome (line_id, run_id, outcome, pass, notice_id, payment_request_id)
            select l.id, 1, 'matched', 'transaction_id', b.id, b.payment_request_id
            from statement_line l join bank_notice b on b.id = l.id;
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id, booked_on, recorded_at)
            select a.id, v.id, b.amount, 'payment', r.id, b.id, b.booked_on, b.received_at
            from bank_notice b join payment_request r on r.id = b.payment_request_id
                join ledger_account a on a.kind = 'bank' and a.owner = b.account_number
                join ledger_account v on v.kind = 'revenue' and v.owner = r.agency_code;
            select setval(pg_get_serial_sequence('statement_line', 'id'), (select max(id) from statement_line));
            update statement s set lines = l.lines, credits = l.credits from (
                select statement_id, count(*) as lines, sum(amount) as credits from statement_line group by 1) l where l.statement_id = s.id""")
    psql("vacuum analyze statement, statement_line, line_outcome, ledger_transfer")


def seal(psql):
    """As after the last pass of the sealer, and of whoever sums the days: they would take hours for all of it at once."""
    psql("""set session_replication_role = replica;
        insert into seal_progress (kind, sealed_through) values
            (2, (select max(id) from ledger_transfer)), (4, (select max(id) from bank_notice)),
            (5, (select max(id) from statement_line)), (6, (select max(id) from line_outcome)), (8, (select max(id) from case_event))
            on conflict (kind) do update set sealed_through = excluded.sealed_through, pending_through = null;
        update day_sum_progress p set summed_through = s.sealed_through from seal_progress s
            where s.kind = case p.source when 'ledger_transfer' then 2 when 'statement_line' then 5 when 'line_outcome' then 6 end;
        insert into statement_day select account_number, booked_on, sum(amount), count(*) from statement_line group by 1, 2;
        insert into ledger_day select a.account, t.booked_on, sum(a.amount) from ledger_transfer t
            cross join lateral (values (debit_account, amount), (credit_account, -amount)) a (account, amount) group by 1, 2;
        insert into timing_difference select l.id, b.id, l.account_number, b.booked_on, l.booked_on
            from line_outcome o join statement_line l on l.id = o.line_id join bank_notice b on b.id = o.notice_id
            where l.booked_on > b.booked_on""")
    psql("""insert into dossier select agency_code, procedure_code, dossier_code, paid_on, case when channel = 'online' then paid_on end
        from payment_request;
        insert into dossier_day select started_on, agency_code, procedure_code, coalesce(online_on, 'infinity'), count(*) from dossier
            group by 1, 2, 3, 4""")
    psql("vacuum analyze statement_day, ledger_day, timing_difference, dossier, dossier_day")


def pages(psql):
    """Each page with an address, and what a person types into the one search box."""
    token, reference, dossier, payer, agency = psql(
        "select id, reference, dossier_code, payer_name, agency_code from payment_request order by id offset 1000 limit 1").strip().split("|")
    case = psql("select max(id) from reconciliation_case").strip()
    statement = psql("select max(id) from statement where last_day < current_date").strip()
    account, day, early = psql("""select account_number, max(last_day), max(last_day) - 200 from statement
        where account_number = (select account_number from agency where code = 'H44.01' limit 1) group by 1""").strip().split("|")
    found = [("today", "/console"), ("cases", "/console/cases?state=open"), ("cases, a late page", f"/console/cases?state=open&cursor={CASES * 9 // 10}"),
             ("a case", f"/console/cases/{case}"), ("statements", "/console/statements"), ("a statement", f"/console/statements/{statement}"),
             ("days", "/console/days"), ("a day", f"/console/days/{account}/{day}"),
             ("a day of last spring", f"/console/days/{account}/{early}"), ("refunds", "/console/refunds"),
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
        # Another each time: what stands there may be measured again.
        email = f"{each[0]}-{time.time_ns()}@bench.example"
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
        print(f"   {name}: {times[len(times) // 2]:.0f} ms, {times[-1]:.0f} ms at worst", file=sys.stderr, flush=True)
    return rows


def text(rows, count):
    head = (f"\n## The console over {count:,} payments and {CASES:,} open cases\n\nTwenty calls a page one after the other on loopback, "
            "a person logged in; the time is that of the whole answer as the browser gets it.\n\n"
            "| page | median | worst of 20 | HTML | packed |\n| --- | ---: | ---: | ---: | ---: |\n")
    return head + "".join(f"| {n} | {m:.0f} ms | {w:.0f} ms | {s / 1000:.0f} kB | {g / 1000:.0f} kB |\n" for n, m, w, s, g in rows)
