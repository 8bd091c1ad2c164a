import Postgres
import Values

extension LedgerCheck {
    /// Whether everything that was sealed still is as it was sealed, and every other row as its last version says.
    static func history(_ tx: borrowing Transaction, _ seals: SealVerification, _ told: [ToldSeals]) throws -> Finding {
        let report = try seals.verify(tx, told: told)
        return Finding(
            name: "sealed_history",
            title: Phrase(vi: "lịch sử đã niêm phong", en: "sealed history"),
            ok: report.faults.isEmpty,
            detail: report.faults.isEmpty
                ? Phrase(
                    vi: "\(report.entries) mục trong \(report.seals) niêm phong khớp",
                    en: "\(report.entries) entries in \(report.seals) seals agree"
                ) : describe(Array(report.faults.prefix(5)), others: max(0, report.faults.count - 5))
        )
    }
}
