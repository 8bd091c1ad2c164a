public import Casework
package import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Lets go of what is kept for a time, in batches that hold their locks for moments.
///
/// Runs daily; each run that lets something go is an entry of the audit, and so is each that a person starts. A run that dies
/// is gone on with by the next.
public struct Retention: Sendable {
    /// Rows of a batch.
    static let batch: Int32 = 2000

    let database: Database
    public let times: RetentionTimes

    package init(_ database: Database, times: RetentionTimes) {
        self.database = database
        self.times = times
    }

    /// What a run let go.
    public struct Report: Sendable, Hashable {
        /// Callbacks as received.
        public var messages: Int64 = 0
        /// Answers kept for an Idempotency-Key.
        public var answers: Int64 = 0
        public var sessions: Int64 = 0
        /// Where payers wanted to be told.
        public var contacts: Int64 = 0
        /// Keys of callbacks as received, of months that are over.
        public var keys: Int64 = 0
        /// Notices and lines whose texts left the books.
        public var texts: Int64 = 0
        /// Requests, cases and refunds that no longer say whose they are.
        public var names: Int64 = 0

        public init() {}

        public var json: JSON {
            [
                "messages": .integer(messages), "answers": .integer(answers), "sessions": .integer(sessions),
                "contacts": .integer(contacts), "keys": .integer(keys), "texts": .integer(texts),
                "names": .integer(names),
            ]
        }
    }

    /// Runs unless some server has run today; returns `nil` if one has.
    public func runOnce(on day: Day, by person: Person = .system) async throws -> Report? {
        let claimed = try await database.query(
            """
            insert into job_state (name, value) values ('retention', \(day.description))
            on conflict (name) do update set value = excluded.value, changed_at = now()
            where job_state.value < excluded.value returning 1
            """
        ).count
        return claimed == 1 ? try await run(by: person, recordsNothing: false) : nil
    }

    /// Lets go of everything whose time is over.
    ///
    /// - Parameter recordsNothing: whether a run that found nothing to let go is an entry of the audit too.
    public func run(
        at now: Instant = .now(),
        by person: Person,
        recordsNothing: Bool = true
    ) async throws -> Report {
        let ends = times.ends(at: now)
        var report = Report()
        report.messages = try await dropMessages(before: ends.raw)
        report.answers = try await delete("idempotency_key", "created_at < $1::timestamptz", before: ends.answers)
        report.sessions = try await delete(
            "person_session",
            "coalesce(ended_at, last_used_at) < $1::timestamptz",
            before: ends.sessions
        )
        report.contacts = Int64(
            try await database.query(
                """
                update payer_contact set address = null, mark = null, stopped_at = coalesce(stopped_at, \(now)::timestamptz)
                where address is not null and given_at < \(ends.contacts)::timestamptz returning 1
                """
            ).count
        )
        report.keys = Int64(
            try await database.query(
                "delete from raw_key where month < \(RawMessages.month(of: ends.raw.day))::integer returning 1"
            ).count
        )
        report.texts = try await eraseTexts(.notices, in: "bank_notice", before: ends.books, person)
        report.texts += try await eraseTexts(.lines, in: "statement_line", before: ends.books, person)
        report.names = try await eraseNames(before: ends.books, person)
        guard recordsNothing || report != Report() else { return report }
        let done = report
        try await database.transaction { tx in
            _ = try Erasure.record(tx, person, .over, texts: 0, done.json)
        }
        return report
    }

    /// Callbacks as received, of the books and of conflicts. The next run goes on where this one stopped.
    private func dropMessages(before: Instant) async throws -> Int64 {
        var dropped: Int64 = 0
        var isOver = false
        while !isOver {
            let (looked, gone) = try await database.transaction { tx -> (Int64, Int64) in
                let after = try Retention.place("messages", tx)
                let (last, looked, gone) = try tx.query(
                    """
                    select last_id, looked_at, dropped
                    from drop_raw_bodies(\(after)::bigint, \(before)::timestamptz, \(Retention.batch)::integer)
                    """
                ).row().decode(Int64?.self, Int64.self, Int64.self)
                if let last { try Retention.set("messages", last, tx) }
                return (looked, gone)
            }
            dropped += gone
            isOver = looked < Int64(Retention.batch)
        }
        return dropped
            + Int64(
                try await database.query(
                    """
                    update reconciliation_case set evidence = evidence - \(CaseRecord.sealedBody)
                    where kind = 'conflict' and opened_at < \(before)::timestamptz
                        and evidence ->> \(CaseRecord.sealedBody) is not null
                    returning 1
                    """
                ).count
            )
    }

    private func delete(_ table: String, _ condition: String, before: Instant) async throws -> Int64 {
        var deleted: Int64 = 0
        while true {
            let count = try await database.query(
                Query(
                    trustedSQL: """
                        delete from \(table) where ctid = any (array(
                            select ctid from \(table) where \(condition) limit \(Retention.batch))) returning 1
                        """,
                    binding: [before]
                )
            ).count
            deleted += Int64(count)
            if count < Int(Retention.batch) { return deleted }
        }
    }

    /// The texts of notices or lines whose books are no longer kept.
    private func eraseTexts(
        _ kind: Erasure.Texts,
        in table: String,
        before: Instant,
        _ person: Person
    ) async throws -> Int64 {
        var erased: Int64 = 0
        while true {
            let count = try await database.transaction { tx -> Int in
                let ids = try tx.query(
                    Query(
                        trustedSQL: """
                            select id from \(table) where booked_on < $1::date and id > $2::bigint and salt is not null
                            order by id limit \(Retention.batch)
                            """,
                        binding: [before.day, try Retention.place(table, tx)]
                    )
                ).map { try $0.get(0, as: Int64.self) }
                guard let last = ids.last else { return 0 }
                let audit = try Erasure.record(
                    tx,
                    person,
                    .over,
                    texts: ids.count,
                    ["table": .string(table), "before": .text(before.day)]
                )
                _ = try Erasure(audit: audit).texts(kind, ids, tx)
                try Retention.set(table, last, tx)
                return ids.count
            }
            erased += Int64(count)
            if count < Int(Retention.batch) { return erased }
        }
    }

    /// Who paid and who was paid back, where the books are no longer kept.
    private func eraseNames(before: Instant, _ person: Person) async throws -> Int64 {
        var erased: Int64 = 0
        while true {
            let count = try await database.transaction { tx -> Int64 in
                let requests: [UUID] = try Retention.old(
                    "payment_request",
                    "created_at < $1::timestamptz and status <> 'pending'",
                    before,
                    tx
                )
                let cases: [Int64] = try Retention.old(
                    "reconciliation_case",
                    "opened_at < $1::timestamptz and state <> 'open'",
                    before,
                    tx
                )
                let refunds: [UUID] = try Retention.old(
                    "refund",
                    "requested_at < $1::timestamptz and state in ('rejected', 'settled')",
                    before,
                    tx
                )
                guard !requests.isEmpty || !cases.isEmpty || !refunds.isEmpty else { return 0 }
                let audit = try Erasure.record(tx, person, .over, texts: 0, ["before": .text(before.day)])
                let erasure = Erasure(audit: audit)
                return try erasure.requests(requests, tx) + erasure.cases(cases, tx) + erasure.refunds(refunds, tx)
            }
            erased += count
            if count == 0 { return erased }
        }
    }

    /// The rows of a table that still say whose they are and are old; a batch of them.
    private static func old<Value: ColumnDecodable>(
        _ table: String,
        _ condition: String,
        _ before: Instant,
        _ tx: borrowing Transaction
    ) throws -> [Value] {
        try tx.query(
            Query(
                trustedSQL: "select id from \(table) where salt is not null and \(condition) limit \(batch)",
                binding: [before]
            )
        ).map { try $0.get(0, as: Value.self) }
    }

    /// How far a job has come.
    private static func place(_ job: String, _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select value::bigint from job_state where name = \("retention." + job)").first?.get(0) ?? 0
    }

    private static func set(_ job: String, _ id: Int64, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into job_state (name, value) values (\("retention." + job), \(String(id)))
            on conflict (name) do update set value = excluded.value, changed_at = now()
            """
        )
    }
}
