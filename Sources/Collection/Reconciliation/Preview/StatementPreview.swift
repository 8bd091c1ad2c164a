import Matching
import PaymentQR
import Statements
public import Values
import Workflow

/// What an import of a file and a run after it would do; nothing of it is stored.
public struct StatementPreview: Sendable {
    let account: String
    /// The BIN of the bank that the file is of, as far as its layout says; else of the one that holds the account.
    let bank: String
    /// `nil` if no format was recognised.
    let format: String?
    /// The lines that could be read, and what the file says of itself; `nil` if it could not be read at all.
    let summary: StatementSummary?
    /// Lines that no earlier statement contained, and those that one did; `nil` of a file that an import refuses.
    var new: Int?
    var known: Int?
    /// `nil` of a file that could not be read to its end.
    var continuity: StatementContinuity?
    var outlook: StatementOutlook?
    var faults: [Fault] = []
    var hasMoreFaults = false
    /// The import of this very file, if there was one.
    var statementID: Int64?

    /// Something for which an import would refuse the file.
    struct Fault: Sendable {
        let line: Int
        /// The column, tag or element; `nil` for a whole line.
        let column: String?
        let code: String
        let reason: Phrase
    }

    /// A file that was read to its end.
    init(_ file: StatementFile, _ summary: StatementSummary, format: StatementFormat?) {
        account = file.account
        bank = file.mappings.first { $0.name == summary.layout }?.bank ?? file.bank
        self.format = summary.layout ?? format?.description
        self.summary = summary
    }

    /// A file that an import would refuse.
    init(broken refused: StatementRejected, of file: StatementFile) {
        account = file.account
        let layout = refused.summary?.layout
        bank = file.mappings.first { $0.name == layout }?.bank ?? file.bank
        format = layout ?? refused.format?.description
        summary = refused.summary
        faults = refused.faults.map { Fault($0) }
        hasMoreFaults = refused.hasMore
    }

    /// A file that was imported before: an import would change nothing.
    init(stored statement: StoredStatement) {
        account = statement.account
        bank = statement.bank
        format = statement.format
        var summary = StatementSummary()
        summary.lines = statement.lines
        (summary.credits, summary.debits) = (statement.credits, statement.debits)
        (summary.firstDay, summary.lastDay) = (statement.firstDay, statement.lastDay)
        (summary.openingBalance, summary.closingBalance) = (statement.openingBalance, statement.closingBalance)
        self.summary = summary
        (new, known) = (0, statement.lines)
        continuity = StatementContinuity(
            expected: statement.openingBalance.map { $0 - statement.gap },
            found: statement.openingBalance
        )
        statementID = statement.id
    }

    /// Whether nothing is wrong: no fault, and no gap to the statements before it.
    public var isClean: Bool { faults.isEmpty && continuity?.follows ?? true }

    /// Whether it is a table that no layout reads: somebody may describe it.
    public var isUnrecognised: Bool {
        !faults.isEmpty && summary?.layout == nil && ["table", "xlsx", "html"].contains(format)
    }

    /// Why the file is no statement of any account: it is empty, of no format that is read, or has neither lines nor
    /// balances; `nil` for one that may be a statement.
    public var nothing: Phrase? {
        if format == nil, let fault = faults.first {
            return Phrase(vi: "Tệp này \(fault.reason[.vietnamese]).", en: "This file \(fault.reason[.english]).")
        }
        guard faults.isEmpty, statementID == nil, let summary, summary.lines == 0 else { return nil }
        guard summary.openingBalance == nil, summary.closingBalance == nil else { return nil }
        return Phrase(
            vi: "Tệp này không có dòng giao dịch nào.",
            en: "This file has no line of a transaction."
        )
    }

    /// Whether the file says that it is of another account or bank.
    public var isForeign: Bool {
        let codes: [Reason.Code] = [.statementOfOtherBank, .statementOfOtherAccount]
        return faults.contains { fault in codes.contains { $0.rawValue == fault.code } }
    }

    /// What `khop statement preview --json` prints and the API returns.
    public func json(in language: Language) -> JSON {
        func money(_ amount: Money?) -> JSON { amount.map { .money($0) } ?? .null }
        func count(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }
        let period: JSON = [
            "first_day": .optional(summary?.firstDay?.description),
            "last_day": .optional(summary?.lastDay?.description),
        ]
        // Of a file that would be refused nothing can become anything.
        let outcomes = new == nil ? [] : LineOutcome.counted.map { ($0, outlook?.outcomes[$0] ?? 0) }
        let samples = LineOutcome.counted.compactMap { outcome in
            outlook?.samples[outcome].map { samples in
                JSON.Member(outcome.rawValue, .array(samples.map { $0.json(in: language) }))
            }
        }
        return .object([
            .init("account_number", .string(account)), .init("format", .optional(format)),
            .init("bank", .string(BankNames.name(bin: bank) ?? bank)), .init("bank_bin", .string(bank)),
            .init("period", period), .init("opening_balance", money(summary?.openingBalance)),
            .init("closing_balance", money(summary?.closingBalance)), .init("credits", money(summary?.credits)),
            .init("debits", money(summary?.debits)), .init("lines", count(summary?.lines)), .init("new", count(new)),
            .init("known", count(known)), .init("already_imported", .bool(statementID != nil)),
            .init("statement_id", statementID.map { .integer($0) } ?? .null),
            .init("outcomes", .object(outcomes.map { JSON.Member($0.rawValue, .integer($1)) })),
            .init("awaiting_confirmation", .integer(outlook?.awaiting ?? 0)),
            .init("run", outlook?.run ?? .null), .init("samples", .object(samples)),
            .init("faults", .array(faults.map { $0.json(in: language) })),
            .init("has_more_faults", .bool(hasMoreFaults)),
            .init("notes", .array((summary?.notes ?? []).map { .string($0[language]) })),
            .init("continuity", continuity?.json(in: language) ?? .null),
        ])
    }
}

extension StatementPreview.Fault {
    init(_ fault: StatementFault) {
        self.init(
            line: fault.line,
            column: fault.field.isEmpty ? nil : fault.field,
            code: fault.code.rawValue,
            reason: fault.reason.prefixed(by: fault.value.isEmpty ? "" : "“\(fault.value)” ")
        )
    }

    /// That the file is of another bank or account, at the place where it says so.
    init(_ foreign: ForeignStatement, of file: StatementFile, in refused: StatementRejected) {
        let column =
            switch foreign {
            case .layout: "layout"
            case .account: "account"
            }
        let reason = Reason(foreign, of: file)
        self.init(
            line: refused.faults.first { $0.field == column }?.line ?? 1,
            column: column,
            code: reason.code.rawValue,
            reason: reason.phrase
        )
    }

    func json(in language: Language) -> JSON {
        [
            "line": .integer(line), "column": .optional(column), "code": .string(code),
            "reason": .string(reason[language]),
        ]
    }
}
