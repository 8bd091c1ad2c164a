public import Postgres
public import Values

/// Recomputes everything that can be derived, and reports differences from the books.
public struct LedgerCheck: Sendable {
    private let database: Database
    private let seals: SealVerification

    public init(_ database: Database, seals: SealVerification) {
        self.database = database
        self.seals = seals
    }

    /// The result of one check.
    public struct Finding: Sendable {
        /// A stable name in snake_case.
        public let name: String
        /// What is checked, for people.
        public let title: Phrase
        public let ok: Bool
        /// How much was checked, or the first few differences.
        public let detail: Phrase
    }

    /// Runs every check in one snapshot, so that payments arriving meanwhile cannot look like differences.
    public func verify() async throws -> [Finding] {
        let told = try seals.told()
        return try await database.read { tx in
            // Years of postings are read in full; the statement timeout is meant for requests.
            try tx.script("set local statement_timeout = 0")
            let findings = try LedgerCheck.checks.map { check in
                let rows = try tx.query(Query(trustedSQL: check.sql))
                let looked = try tx.query(Query(trustedSQL: check.count)).row().get(0, as: Int64.self)
                let differences = try rows.prefix(5).map { row in
                    let (index, values) = try row.decode(Int32.self, JSON.self)
                    return check.differences[Int(index)].filled(with: values.array ?? [])
                }
                return Finding(
                    name: check.name,
                    title: check.title,
                    ok: rows.isEmpty,
                    detail: rows.isEmpty
                        ? Phrase(
                            vi: "\(looked) \(check.what[.vietnamese]) khớp",
                            en: "\(looked) \(check.what[.english]) agree"
                        ) : LedgerCheck.describe(differences, others: rows.count - differences.count)
                )
            }
            return findings + [
                try LedgerCheck.days(tx, until: Instant.now().day), try LedgerCheck.history(tx, seals, told),
            ]
        }
    }

    static func describe(_ differences: [Phrase], others: Int) -> Phrase {
        func text(_ language: Language) -> String { differences.map { $0[language] }.joined(separator: "; ") }
        return Phrase(
            vi: text(.vietnamese) + (others > 0 ? "; và \(others) sai lệch khác" : ""),
            en: text(.english) + (others > 0 ? "; and \(others) more" : "")
        )
    }

    struct Check: Sendable {
        let name: String
        let title: Phrase
        /// What is counted if the check passes.
        let what: Phrase
        let count: String
        /// The sentences about differences. `{1}` is the first value of the row, `{1₫}` the same as an amount.
        let differences: [Phrase]
        /// Returns a row for each difference, 1,000 at most: the index of its sentence, and the values in a JSON array.
        let sql: String
    }

    private static let checks =
        paymentChecks + totalChecks + refundChecks + statementChecks + recoveryChecks + daySumChecks
        + undoChecks + receiptChecks + shiftChecks + basketChecks + remittanceChecks + platformChecks
}

extension Phrase {
    /// The sentence with its placeholders `{1}` and `{1₫}` replaced.
    fileprivate func filled(with values: [JSON]) -> Phrase {
        func fill(_ language: Language) -> String {
            var text = self[language]
            for (index, value) in values.enumerated() {
                text = text.replacing("{\(index + 1)}", with: value.string ?? value.serialized)
                guard let amount = value.integer else { continue }
                text = text.replacing("{\(index + 1)₫}", with: Money(amount).formatted(in: language))
            }
            return text
        }
        return Phrase(vi: fill(.vietnamese), en: fill(.english))
    }
}
