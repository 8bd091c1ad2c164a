public import BankCallbacks
public import Matching
public import Values
public import Workflow

/// A day's file of the platform with what was found of each of its rows, and of the payments that it lacks.
public struct PlatformFileShown: Sendable {
    public let file: PlatformFileRecord
    public let findings: [PlatformFinding]
    /// Its rows, in the order of the findings that have one.
    let rows: [PlatformFile.Row]
    /// When the payments that it lacks were made, by their transactions.
    let times: [String: Instant]

    public func count(_ verdict: PlatformFinding.Verdict) -> Int { findings.count { $0.verdict == verdict } }

    /// What differs, and whether it is a case of its own.
    public var differences: [(code: String, reason: Reason.Code, isCase: Bool)] {
        findings.filter { $0.verdict == .differs }.map { ($0.code, $0.reason.code, $0.isCase) }
    }

    public func json(in language: Language) -> JSON {
        let told = findings.map { finding in
            JSON.object(
                [
                    .init("row", finding.row.map { .integer($0) } ?? .null), .init("code", .string(finding.code)),
                    .init("transaction", .string(finding.transaction)), .init("amount", .money(finding.amount)),
                    .init("verdict", .string(finding.verdict.rawValue)), .init("is_matched", .bool(finding.isMatched)),
                ] + finding.reason.members(in: language)
            )
        }
        let counts = PlatformFinding.Verdict.allCases.map { JSON.Member($0.rawValue, .integer(count($0))) }
        return .object(
            (file.json.members ?? []) + [.init("counts", .object(counts)), .init("findings", .array(told))]
        )
    }

    /// How many rows, and payments that it lacks, the platform is told are matched.
    public var matched: Int { findings.count { $0.isMatched } }
    public var unmatched: Int { findings.count - matched }

    /// What was found in short, with the first hundred things that differ.
    public func summary(in language: Language) -> String {
        let (agree, wait, differ) = (count(.agrees), count(.waits), count(.differs))
        let head = Phrase(
            vi: "Tệp \(file.id), ngày \(file.day.formatted): \(agree) khớp, \(wait) chờ, \(differ) lệch.",
            en: "File \(file.id) of \(file.day.formatted): \(agree) agree, \(wait) wait, \(differ) differ."
        )
        let rest = findings.filter { $0.verdict == .differs }.prefix(100).map { finding in
            "  " + (finding.row.map { "\($0): " } ?? "") + finding.reason.sentence(in: language)
        }
        return ([head[language]] + rest).joined(separator: "\n") + "\n"
    }

    /// What the platform is answered.
    public var answer: PlatformAnswerFile {
        let byNumber = Dictionary(rows.map { ($0.number, $0) }) { first, _ in first }
        return PlatformAnswerFile(
            findings.compactMap { finding in
                if let number = finding.row {
                    return byNumber[number].map {
                        .init($0, isMatched: finding.isMatched, reason: finding.reason.code.rawValue)
                    }
                }
                // What the next file may have is not asked for yet.
                guard finding.verdict == .differs else { return nil }
                let row = PlatformFile.Row(
                    missing: finding.transaction,
                    code: finding.code,
                    amount: finding.amount,
                    at: times[finding.transaction] ?? file.day.start
                )
                return .init(row, isMatched: false, reason: finding.reason.code.rawValue)
            }
        )
    }
}
