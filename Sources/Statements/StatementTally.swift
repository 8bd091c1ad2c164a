import Values

/// What every format does with a line it has read: counts it, checks its balance and passes it on. Also collects the
/// file's errors.
struct StatementTally {
    let options: StatementOptions
    private(set) var faults: [StatementFault] = []
    private(set) var hasMoreFaults = false
    /// By what the file is known to be of another account than the one asked for.
    var foreign: [ForeignStatement] = []
    var summary = StatementSummary()
    private var balances = BalanceCheck()

    init(_ options: StatementOptions) { self.options = options }

    mutating func fault(
        _ line: Int,
        _ field: String,
        _ value: String,
        _ reason: Phrase,
        code: StatementFault.Code? = nil
    ) {
        guard faults.count < options.maximumFaults else {
            hasMoreFaults = true
            return
        }
        faults.append(StatementFault(line: line, field: field, value: value, reason: reason, code: code))
    }

    var rejected: StatementRejected {
        StatementRejected(faults: faults, hasMore: hasMoreFaults, foreign: foreign, summary: summary)
    }

    /// Ends reading early once as many errors are known as are listed.
    func stopIfHopeless() throws {
        if hasMoreFaults { throw rejected }
    }

    /// Adds a line that is valid on its own. After the first error no more lines are passed on.
    mutating func take(_ line: StatementLine, _ emit: (StatementLine) throws -> Void) throws {
        guard summary.lines < options.maximumLines else {
            fault(
                line.lineNumber,
                "",
                "",
                Phrase(
                    vi: "vượt quá \(options.maximumLines) dòng cho một tệp: hãy chia tệp",
                    en: "is more than the \(options.maximumLines) lines accepted in one file: split it"
                )
            )
            throw rejected
        }
        guard summary.add(line) else {
            return fault(
                line.lineNumber,
                "amount",
                line.amount.description,
                Phrase(vi: "làm tổng quá lớn so với một sao kê", en: "makes sums too large to be a statement's")
            )
        }
        if let reason = balances.add(line) {
            fault(line.lineNumber, "balance", line.balance?.description ?? "", reason)
        }
        if faults.isEmpty { try emit(line) }
    }

    /// Records that a line could not be read: balances after it cannot be checked against those before it.
    mutating func loseLine() { balances.loseTrack() }

    /// Returns the summary with the balances implied by the lines; throws if there was any error.
    mutating func finish() throws -> StatementSummary {
        guard faults.isEmpty else { throw rejected }
        let ends = balances.ends
        summary.openingBalance = summary.openingBalance ?? ends.opening
        summary.closingBalance = summary.closingBalance ?? ends.closing
        summary.isNewestFirst = balances.isNewestFirst
        return summary
    }

    /// The balances implied by the lines so far.
    var impliedBalances: (opening: Money?, closing: Money?) { balances.ends }
}
