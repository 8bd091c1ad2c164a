import Collection
import FeeSchedule
import Foundation
import Postgres
import Spreadsheets
import TestSupport
import Testing
import Values

@Suite struct ReportWorldTests {
    /// Random payments over two years, some refunded, written as settlement writes them: pending first, then paid.
    private static func withWorld(_ body: @Sendable (Services) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in
            var random = Seeded("reports")
            let agencies = ["H44.01", "H44.02", "H26.01", "H26.02", "H62.01", "H38.01", "H08.01"]
            let procedures = ["1.004222", "1.002820", "2.000488", "1.004194"]
            let channels = Channel.allCases.map(\.rawValue)
            var rows = ""
            for number in 0..<1200 {
                let day = Day("2024-12-01")!.adding(days: Int.random(in: 0..<760, using: &random))
                let amount = Int64.random(in: 1...90, using: &random) * 1000
                let discount = random.chance(40) ? amount / 2 : 0
                let retained = random.pick(["\"85.00\"", "\"33.33\"", "null"])
                // Two lines, of which the second may be of another fee.
                let first = amount / 3
                let lines = """
                    [{"fee_code":"F1","name_vi":"A","kind":"fee","quantity":1,"payable":\(first),"budget_code":"2768",\
                    "retained_percent":\(retained),"applied":\(discount > 0
                        ? "[{\"rule\":\"discount\",\"code\":\"D\(number % 3)\",\"benefit\":\(discount),\"legal_basis\":\"x\"}]" : "[]")},\
                    {"fee_code":"F\(2 + number % 2)","name_vi":"B","kind":"charge","quantity":2,"payable":\(amount - first),\
                    "budget_code":"2767","retained_percent":null,"applied":[]}]
                    """
                rows +=
                    CSV.line([
                        String(number), random.pick(agencies), random.pick(procedures), random.pick(channels),
                        day.description, String(amount), String(discount), "D-\(number / 2)", lines,
                        random.chance(8) ? "refunded" : random.chance(90) ? "paid" : "pending",
                    ]) + "\n"
            }
            let csv = Array(rows.utf8)
            try await services.database.transaction { tx in
                try tx.script(
                    """
                    create temporary table world (n integer, agency text, procedure text, channel text, day date, amount bigint,
                        discount bigint, dossier text, lines json, status text) on commit drop
                    """
                )
                try tx.copyIn("copy world from stdin (format csv)") { try $0.write(csv) }
                try tx.script(
                    """
                    insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                        assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                        account_name, revenue_account, catalogue_version, lines)
                    select gen_random_uuid(), 'RF00' || lpad(n::text, 12, '0'), 'w' || n, dossier, agency, procedure,
                        channel, day, amount, discount, 'pending', now() + interval '1 day',
                        day::timestamp at time zone 'Asia/Ho_Chi_Minh', '970436', b.account_number, 'A',
                        (select id from ledger_account where kind = 'revenue' and owner = agency), 1, lines
                    from world, lateral (select account_number from agency a where a.code = world.agency limit 1) b;
                    update payment_request r set status = 'paid', amount_received = amount_due, paid_on = day,
                        paid_at = day::timestamp at time zone 'Asia/Ho_Chi_Minh' + interval '10 hours',
                        settled_by = case when amount_due > 0 then 'notice' else 'nothing_due' end
                    from world w where r.token = 'w' || w.n and w.status <> 'pending';
                    update payment_request r set status = 'refunded', amount_refunded = amount_received
                    from world w where r.token = 'w' || w.n and w.status = 'refunded';
                    """
                )
            }
            try await body(services)
        }
    }

    private static func question(
        _ period: String = "2025",
        level: Level = .province,
        locality: String? = nil,
        asOf: NonCashReport.AsOf = .recorded,
        by: NonCashReport.By = .locality
    ) throws -> NonCashReport.Question {
        .init(
            period: try ReportPeriod(period, basis: .calendar),
            level: level,
            locality: locality,
            asOf: asOf,
            by: by
        )
    }

    /// What PostgreSQL itself counts, row by row.
    private static func counted(_ services: Services, _ sql: String) async throws -> [String: String] {
        let rows = try await services.database.query(Query(trustedSQL: sql))
        return Dictionary(
            uniqueKeysWithValues: try rows.map { (try $0.get(0, as: String.self), try $0.get(1, as: String.self)) }
        )
    }

    @Test func `the report states what PostgreSQL counts from the payments`() async throws {
        try await Self.withWorld { services in
            for (by, column) in [(NonCashReport.By.procedure, "procedure_code"), (.channel, "channel")] {
                let report = try await services.reports.nonCash(Self.question(by: by))
                let expected = try await Self.counted(
                    services,
                    """
                    select \(column), concat_ws(' ', count(*), count(*) filter (where channel <> 'counter_cash'),
                        count(*) filter (where channel = 'online'), sum(amount_due), sum(discount_total),
                        to_char(round(100.0 * count(*) filter (where channel <> 'counter_cash') / count(*), 2), 'FM990.00'))
                    from payment_request where status = 'paid' and paid_on between '2025-01-01' and '2025-12-31'
                    group by 1
                    """
                )
                let found = report.lines.map { line -> (String, String) in
                    let row = line.json(by)
                    let figures = line.figures
                    return (
                        row[column]?.string ?? "",
                        "\(figures.paid) \(figures.nonCash) \(figures.online) \(figures.amount) \(figures.discount) \(row["non_cash_rate"]?.string ?? "")"
                    )
                }
                #expect(Dictionary(uniqueKeysWithValues: found) == expected)
            }
            let findings = try await services.ledger.verify().filter { $0.name.hasPrefix("daily") }
            #expect(findings.count == 2 && findings.allSatisfy(\.ok))
            // Folding the shards changes nothing that is read.
            let before = try await services.reports.nonCash(Self.question()).lines.map(\.figures)
            try await services.reports.foldDailyTotals(before: Day("2027-01-01")!)
            #expect(try await services.reports.nonCash(Self.question()).lines.map(\.figures) == before)
            #expect(try await services.ledger.verify().filter { $0.name.hasPrefix("daily") }.allSatisfy(\.ok))
        }
    }

    @Test func `totals are the sum of their rows and the same in every view`() async throws {
        try await Self.withWorld { services in
            let whole = try await services.reports.nonCash(Self.question()).total.figures
            #expect(whole.paid > 300)
            for asOf in NonCashReport.AsOf.allCases {
                for by in NonCashReport.By.allCases {
                    for level in [Level.province, .commune] {
                        let report = try await services.reports.nonCash(Self.question(level: level, asOf: asOf, by: by))
                        #expect(report.total.figures == whole)
                        #expect(report.lines.map(\.figures.paid).reduce(0, +) == whole.paid)
                        #expect(report.lines.map(\.figures.amount).total() == whole.amount)
                    }
                }
            }
            var months = 0 as Int64
            for month in 1...12 {
                let period = "2025-\(month < 10 ? "0" : "")\(month)"
                months += try await services.reports.nonCash(Self.question(period)).total.figures.paid
            }
            #expect(months == whole.paid)
        }
    }

    @Test func `every cell drills down to its payments`() async throws {
        try await Self.withWorld { services in
            for by in [NonCashReport.By.locality, .field] {
                let question = try Self.question(by: by)
                let report = try await services.reports.nonCash(question)
                for line in report.lines + [report.total] {
                    for counted in NonCashPayments.Counted.allCases {
                        let expected =
                            switch counted {
                            case .paid: line.figures.paid
                            case .nonCash: line.figures.nonCash
                            case .online: line.figures.online
                            case .cash: line.figures.cash
                            }
                        var ids: Set<String> = []
                        var amount = Money.zero
                        var cursor: NonCashPayments.Cursor?
                        var pages = 0
                        repeat {
                            let row = line.json(by)
                            let page = try await services.reports.payments(
                                .init(
                                    question: question,
                                    row: row["locality_code"]?.string ?? row["field_vi"]?.string,
                                    rowValidFrom: row["locality_valid_from"]?.string.flatMap { Day($0) },
                                    counted: counted,
                                    limit: 37,
                                    after: cursor
                                )
                            )
                            #expect(page.count == expected)
                            for item in page.items {
                                let isNew = ids.insert(item["id"]?.string ?? "").inserted
                                #expect(isNew)
                                amount += Money(item["amount_due"]?.integer ?? 0)
                            }
                            cursor = page.next
                            pages += 1
                        } while cursor != nil && pages < 100
                        #expect(Int64(ids.count) == expected)
                        if counted == .paid { #expect(amount == line.figures.amount) }
                    }
                }
            }
        }
    }

    @Test func `the workbook holds the same figures, as numbers`() async throws {
        try await Self.withWorld { services in
            let report = try await services.reports.nonCash(Self.question())
            let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).xlsx"
            defer { unlink(path) }
            try Data(try Workbook.xlsx([report.sheet])).write(to: URL(fileURLWithPath: path))
            let script = """
                import sys, openpyxl
                book = openpyxl.load_workbook(sys.argv[1])
                s = book.active
                rows = list(s.iter_rows())
                head = next(i for i, r in enumerate(rows) if str(r[0].value).startswith('Mã'))
                names = [str(c.value).split('\\n')[0] for c in rows[head]]
                at = {n: names.index(n) for n in ['Mã', 'Đã thanh toán', 'Tỷ lệ', 'Số tiền (₫)']}
                print(len(book.chartsheets), s.freeze_panes)
                for r in rows[head + 1:head + 1 + int(sys.argv[2]) + 1]:
                    rate = r[at['Tỷ lệ']]
                    money = r[at['Số tiền (₫)']]
                    print(r[0].value or '', r[at['Đã thanh toán']].value,
                        None if rate.value is None else round(rate.value * 10000), money.value,
                        rate.number_format, money.number_format, sep='|')
                """
            let printed = try OtherProgram.run(
                OtherProgram.python,
                ["-c", script, path, String(report.ranked.count)]
            )
            let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
            #expect(lines.first == "1 B10")
            let expected = (report.ranked + [report.total]).map { line in
                let rate = Rate(line.figures.nonCash, of: line.figures.paid).hundredths.map { String($0) } ?? "None"
                let code = line.json(.locality)["locality_code"]?.string ?? ""
                return "\(code)|\(line.figures.paid)|\(rate)|\(line.figures.amount)|0.00%|#,##0"
            }
            #expect(Array(lines.dropFirst()) == expected)
            // And the CSV opens right in Excel.
            let csv = Array(report.sheet.csv.utf8)
            #expect(csv.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(csv.count { $0 == 10 } == csv.count { $0 == 13 } && csv.suffix(2) == [13, 10])
        }
    }

    @Test func `the budget receives charges whole and fees less the retained share, to the đồng`() async throws {
        try await Self.withWorld { services in
            let period = try ReportPeriod("2025-Q2", basis: .calendar)
            let report = try await services.reports.collections(period, locality: nil)
            let expected = try await Self.counted(
                services,
                """
                select agency_code, concat_ws(' ', sum(payable)::bigint,
                    round(sum(payable * coalesce((l->>'retained_percent')::numeric, 0) / 100))::bigint)
                from payment_request r, json_array_elements(r.lines) l, lateral (select (l->>'payable')::numeric as payable) p
                where r.status = 'paid' and r.paid_on between '2025-04-01' and '2025-06-30' group by 1
                """
            )
            var found: [String: String] = [:]
            for (agency, own) in Dictionary(grouping: report.lines, by: \.agencyCode) {
                found[agency] = "\(own.map(\.collected).total()) \(own.map(\.retained).total())"
                let due = report.remittances.filter { $0.agencyCode == agency }.map(\.due).total()
                #expect(due == own.map(\.dueToBudget).total())
            }
            #expect(found == expected)
            #expect(report.lines.filter { $0.kind == "charge" }.allSatisfy { $0.retained == .zero })
            #expect(report.remitBy == Day("2025-07-05"))
            #expect(report.remittances.allSatisfy { $0.remitBy.weekday == 3 && $0.remitBy > $0.to })
            let discounts = try await services.reports.discounts(period, locality: nil)
            let costs = try await Self.counted(
                services,
                """
                select a->>'code', concat_ws(' ', count(*), sum((a->>'benefit')::bigint))
                from payment_request r, json_array_elements(r.lines) l, json_array_elements(l->'applied') a
                where r.status = 'paid' and r.paid_on between '2025-04-01' and '2025-06-30' group by 1
                """
            )
            #expect(
                Dictionary(uniqueKeysWithValues: discounts.lines.map { ($0.code, "\($0.lines) \($0.benefit)") })
                    == costs
            )
        }
    }

    @Test func `Decision 766 counts dossiers and states what would raise the score`() async throws {
        try await Self.withWorld { services in
            let report = try await services.reports.decision766(Self.question("2025"))
            let expected = try await services.database.query(
                """
                with d as (
                    select dossier_code, agency_code, procedure_code, min(created_at) as began,
                        bool_or(channel = 'online' and status = 'paid') as online
                    from payment_request where created_at < '2026-01-01T00:00:00+07' group by 1, 2, 3)
                select count(*), count(*) filter (where online), count(distinct procedure_code),
                    count(distinct procedure_code) filter (where online)
                from d where began >= '2025-01-01T00:00:00+07'
                """
            ).row()
            let (dossiers, online, procedures, onlineProcedures) = try expected.decode(
                Int64.self,
                Int64.self,
                Int64.self,
                Int64.self
            )
            let indicators = report.total.indicators
            #expect(indicators[2].of == dossiers && indicators[2].counted == online && dossiers > 100)
            #expect(indicators[0].counted == procedures && indicators[1].counted == onlineProcedures)
            #expect(indicators[0].of > 20)
            #expect(report.lines.map { $0.indicators[2].of }.reduce(0, +) == dossiers)
            #expect(report.procedures.map(\.gain) == report.procedures.map(\.gain).sorted(by: >))
            #expect(report.procedures.first.map { $0.gain > 0 } == true)
            var cursor: String?
            var seen: [Bool: Int64] = [:]
            repeat {
                let page = try await services.reports.dossiers(
                    Self.question("2025"),
                    procedure: nil,
                    isCounted: nil,
                    after: cursor,
                    limit: 100
                )
                for item in page["items"]?.array ?? [] { seen[item["paid_online"] == true, default: 0] += 1 }
                cursor = page["next_cursor"]?.string
            } while cursor != nil
            #expect(seen[true] == online && (seen[true] ?? 0) + (seen[false] ?? 0) == dossiers)
        }
    }

    @Test func `scores are rounded once and never exceed their maximum`() {
        func score(_ name: Decision766.Indicator.Name, _ counted: Int64, _ of: Int64) -> Int64? {
            Decision766.Indicator(name: name, counted: counted, of: of).score
        }
        #expect(score(.feeData, 8, 10) == 200 && score(.feeData, 10, 10) == 200 && score(.feeData, 4, 10) == 100)
        #expect(score(.onlineDossiers, 1, 3) == 200 && score(.onlineDossiers, 2, 3) == 400)
        #expect(score(.onlineDossiers, 1, 7) == 86 && score(.onlineProcedures, 1, 3) == 83)
        #expect(score(.onlineDossiers, 0, 0) == nil)
    }
}
