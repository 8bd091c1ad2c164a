import PureSupport
import Settlement
import Values

extension SettlementWorld {
    /// The world as a table, to be played by SettlementScenario while a difference is looked into.
    var table: [String] {
        var rows = ["now \(books.terms.now.inTable)", "grace \(books.terms.graceSeconds)s"]
        for reference in Self.references {
            guard let request = books.facts.requests[reference] else { continue }
            rows.append(
                "request \(reference) due \(request.amountDue) on \(request.accountNumber) created \(request.createdAt.inTable) expires \(request.expiresAt.inTable) # \(request.status), \(request.netApplied) applied"
            )
            if let day = books.prices[reference] { rows.append("price \(reference) until \(day.inTable)") }
        }
        for signed in books.facts.signedDays { rows.append("signed \(signed.accountNumber) \(signed.day.inTable)") }
        for (key, line) in books.facts.lines {
            rows.append(
                "line L\(line.id) \(key.bankReference) \(key.amount) on \(key.accountNumber) rest \(line.rest) # is \(line.recoveries)\(line.proposalID == nil ? "" : ", waits")"
            )
        }
        for (request, recoveries) in books.facts.recoveries {
            rows.append("# recovered for R\(request.uuid.15): \(recoveries.map { "N\($0.noticeID) \($0.amount)" })")
        }
        let verbs: [Notice.Source: String] = [.callback: "notice", .person: "person"]
        for (notice, startsBatch) in notices {
            let references = notice.references.isEmpty ? "-" : notice.references.joined(separator: ",")
            rows.append(
                "\(startsBatch ? "" : "+ ")\(verbs[notice.source] ?? notice.source.rawValue) \(notice.transactionID) \(notice.amount) \(references) on \(notice.accountNumber) at \(notice.occurredAt.inTable) by \(notice.issuerID ?? 0) bank \(notice.bankReference) content \(notice.contentHash[0])\(notice.isCredit ? "" : " failed") ->"
            )
        }
        return rows
    }
}
