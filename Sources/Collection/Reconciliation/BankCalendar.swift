import Matching
public import Postgres
public import Values

/// The days on which banks book, and how long after a payment its line is expected.
public struct BankCalendar: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Replaces the calendar with a CSV file with the columns `day` (YYYY-MM-DD, or `saturday` for all Saturdays) and
    /// `name`.
    ///
    /// - Returns: how many days and days of the week are in it.
    public func importFile(_ bytes: [UInt8], by actor: Person) async throws -> Int {
        let rows: [CSVRow]
        do {
            rows = try CSV.parse(bytes)
        } catch {
            throw ServiceError(
                .invalidParameter,
                at: "file",
                Phrase(vi: "lịch không phải là CSV hợp lệ: \(error)", en: "the calendar is not valid CSV: \(error)")
            )
        }
        guard let header = rows.first, let dayColumn = header.fields.firstIndex(of: "day") else {
            throw ServiceError(
                .invalidParameter,
                at: "line 1",
                Phrase(
                    vi: "lịch phải có dòng tiêu đề với các cột day và name",
                    en: "the calendar needs a header with the columns day and name"
                )
            )
        }
        let nameColumn = header.fields.firstIndex(of: "name")
        var days: [(day: Day, name: String)] = []
        var weekend: Set<Int32> = []
        var faults: [ServiceError.Fault] = []
        for row in rows.dropFirst() where row.fields.count > dayColumn {
            let text = row.fields[dayColumn].lowercased()
            let name = nameColumn.flatMap { row.fields.count > $0 ? row.fields[$0] : nil } ?? ""
            if let weekday = BankCalendar.weekdays.firstIndex(of: text) {
                weekend.insert(Int32(weekday + 1))
            } else if let day = Day(text) {
                days.append((day, name))
            } else {
                faults.append(
                    .init(
                        "line \(row.line), day",
                        Phrase(
                            vi:
                                "“\(text.prefix(40))” không phải là ngày: viết YYYY-MM-DD hoặc thứ trong tuần bằng tiếng Anh",
                            en: "“\(text.prefix(40))” is not a day: write YYYY-MM-DD or a day of the week"
                        )
                    )
                )
            }
        }
        guard faults.isEmpty else {
            throw ServiceError(
                .invalidParameter,
                Phrase(vi: "Lịch có lỗi; chưa thay đổi gì.", en: "The calendar has faults; nothing was changed."),
                faults: faults
            )
        }
        let (dates, names, weekdays) = (days.map(\.day), days.map(\.name), weekend.sorted())
        try await database.transaction { tx in
            let before = try BankCalendar.counts(tx)
            try tx.script("delete from bank_holiday; delete from bank_weekend")
            try tx.query(
                """
                insert into bank_holiday (day, name) select * from unnest(\(dates)::date[], \(names)::text[])
                on conflict (day) do nothing
                """
            )
            try tx.query("insert into bank_weekend (isodow) select * from unnest(\(weekdays)::integer[])")
            let detail = Audit.change(before, try BankCalendar.counts(tx))
            try Audit.record(tx, actor, "calendar.import", "calendar", detail)
        }
        return days.count + weekend.count
    }

    /// Sets within how many bank days after a payment its line is expected on a statement of the account: 0 to 30.
    public func setExpectedWithin(account: String, days: Int, by actor: Person) async throws {
        try await Accounts.require(account, in: database)
        guard (0...30).contains(days) else {
            throw ServiceError(
                .invalidParameter,
                at: "days",
                Phrase(
                    vi: "hạn báo có từ 0 đến 30 ngày làm việc của ngân hàng",
                    en: "the line is expected within 0 to 30 bank days"
                )
            )
        }
        try await database.transaction { tx in
            let before = try tx.query(
                "select cut_off_days::integer from account_terms where account_number = \(account) for update"
            ).first.flatMap { try $0.get(0, as: Int32?.self) }
            try tx.query(
                """
                insert into account_terms (account_number, cut_off_days, changed_by)
                values (\(account), \(days)::integer, \(actor.name))
                on conflict (account_number) do update set cut_off_days = excluded.cut_off_days,
                    changed_by = excluded.changed_by, changed_at = now()
                """
            )
            let detail = Audit.change(before.map { .integer($0) } ?? .null, .integer(days))
            try Audit.record(tx, actor, "account.expected_within", "account:\(account)", detail)
        }
    }

    private static func counts(_ tx: borrowing Transaction) throws -> JSON {
        let (days, weekdays) = try tx.query(
            "select (select count(*) from bank_holiday), (select count(*) from bank_weekend)"
        ).row().decode(Int64.self, Int64.self)
        return ["days": .integer(days), "days_of_the_week": .integer(weekdays)]
    }

    /// The expected-by date of a payment of a day.
    public func expectedBy(account: String, day: Day) async throws -> Day {
        try await database.read { tx in try BankCalendarDays.read(account, tx).expectedBy(day) }
    }
}
