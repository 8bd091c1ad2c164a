import Casework
public import Identity
import PaymentQR
public import Spreadsheets
public import Values
import Workflow

/// Cases decided in a spreadsheet: taken out as a table, filled in, looked at row by row, and proposed.
public struct CaseSheets: Sendable {
    /// The most cases in one table.
    public static let maximum = 2000
    /// The most rows that are decided at once.
    public static let maximumDecided = 500

    private let cases: Cases
    private let actions: CaseActions

    public init(cases: Cases, actions: CaseActions) {
        self.cases = cases
        self.actions = actions
    }

    /// A row that was filled in, with what it would do.
    public struct Judged: Sendable {
        public let row: CaseSheet.Row
        /// The case; `nil` if the row names none.
        public let caseID: Int64?
        /// What it would do, or did.
        public let told: Phrase?
        /// What would move, to whom; `nil` if nothing would.
        public var move: CaseMoveShown?
        /// Why it does nothing; `nil` if it would do it.
        public let obstacle: Phrase?
    }

    /// The cases of a filter as a table, the first ``maximum`` of them, as somebody sees them.
    public func sheet(_ filter: Cases.Filter, seenWith sight: PersonalSight) async throws -> Sheet {
        var found: [Case] = []
        while found.count < Self.maximum {
            let page = try await cases.list(filter, after: found.last?.id ?? 0, limit: 500)
            found += page
            guard page.count == 500 else { break }
        }
        return CaseSheet.sheet(of: found, seenWith: sight)
    }

    /// What each row would do, worked out as if it were sent; nothing is kept.
    ///
    /// A case is decided by its first row, and no request is given to two cases.
    public func rehearse(_ rows: [CaseSheet.Row], by person: Person, within agencies: [String]?) async throws
        -> [Judged]
    {
        try CaseSheets.check(rows)
        var seen: Set<Int64> = []
        var given: Set<String> = []
        var judged: [Judged] = []
        for row in rows {
            judged.append(
                await CaseSheets.judged(row) { id, decision in
                    guard seen.insert(id).inserted else { throw CaseSheets.twice(id) }
                    let (verdict, move) = try await actions.rehearse(id, decision, by: person, within: agencies)
                    let reference = CreditorReference(row.reference)?.text ?? row.reference
                    guard decision.action != .link || given.insert(reference).inserted else {
                        throw CaseSheets.given(reference)
                    }
                    return (try CaseSheets.told(verdict), move)
                }
            )
        }
        return judged
    }

    /// Does what each row says; a row that cannot be done stops no other.
    public func send(_ rows: [CaseSheet.Row], by person: Person, within agencies: [String]?) async throws -> [Judged] {
        // What is shown is what is done: rows that would not do anything then, do nothing now.
        let able = try await rehearse(rows, by: person, within: agencies)
        var judged: [Judged] = []
        for one in able {
            guard one.obstacle == nil else {
                judged.append(one)
                continue
            }
            judged.append(
                await CaseSheets.judged(one.row) { id, decision in
                    _ = try await actions.resolve(id, decision, by: person, within: agencies, onlyProposes: true)
                    return (one.told ?? Phrase(same: ""), one.move)
                }
            )
        }
        return judged
    }

    private static func check(_ rows: [CaseSheet.Row]) throws {
        guard (1...maximumDecided).contains(rows.count) else {
            throw ServiceError(
                .invalidBody,
                at: "file",
                Phrase(
                    vi: "bảng phải có từ 1 đến \(maximumDecided) dòng đã điền cách xử lý; bảng này có \(rows.count)",
                    en: "a table needs 1 to \(maximumDecided) rows with an action; this one has \(rows.count)"
                )
            )
        }
    }

    private static func judged(
        _ row: CaseSheet.Row,
        _ work: (Int64, CaseDecision) async throws -> (Phrase, CaseMoveShown?)
    ) async -> Judged {
        let id = Int64(row.caseID.hasPrefix("#") ? String(row.caseID.dropFirst()) : row.caseID)
        do {
            guard let id else {
                throw ServiceError(.invalidBody, Phrase(vi: "không có số vụ việc", en: "names no case"))
            }
            guard !row.note.isEmpty else { throw noteMissing }
            let (told, move) = try await work(id, try decision(row))
            return Judged(row: row, caseID: id, told: told, move: move, obstacle: nil)
        } catch {
            return Judged(row: row, caseID: id, told: nil, obstacle: ServiceError(unexpected: error).phrase)
        }
    }

    private static let noteMissing = ServiceError(
        .invalidBody,
        Phrase(vi: "hãy ghi vì sao ở cột Ghi chú", en: "say why in the column Note")
    )

    private static func twice(_ id: Int64) -> ServiceError {
        ServiceError(
            .invalidBody,
            Phrase(vi: "vụ việc \(id) đã có ở một dòng trên", en: "case \(id) stands in a row above")
        )
    }

    private static func given(_ reference: String) -> ServiceError {
        ServiceError(
            .invalidBody,
            Phrase(
                vi: "yêu cầu \(reference) đã dành cho một vụ việc ở trên",
                en: "the request \(reference) goes to another case above"
            )
        )
    }

    /// What a verdict comes to; a table never approves.
    private static func told(_ verdict: CaseVerdict) throws -> Phrase {
        switch verdict {
        case .propose(_, let reason): return reason.phrase
        case .done: return Phrase(vi: "làm ngay, không cần người thứ hai", en: "done at once, without a second person")
        case .perform:
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "đã có đề xuất như vậy: hãy duyệt ở trang vụ việc",
                    en: "it is proposed already: approve it on the page of the case"
                )
            )
        }
    }
}

extension CaseSheets {
    /// What a row decides; throws what is wrong with it.
    static func decision(_ row: CaseSheet.Row) throws -> CaseDecision {
        let typed = row.action.foldedToASCII.lowercased()
        let action = CaseAction.allCases.first { action in
            [action.rawValue, action.words[.vietnamese], action.words[.english]]
                .contains { $0.foldedToASCII.lowercased() == typed }
        }
        guard let action, CaseSheet.actions.contains(action) else {
            let words = CaseSheet.actions.map(\.words)
            throw ServiceError(
                .invalidBody,
                Phrase(
                    vi: "“\(row.action.prefix(40))” không phải cách xử lý làm được trong bảng: "
                        + words.map { $0[.vietnamese] }.joined(separator: "; "),
                    en: "“\(row.action.prefix(40))” is no action of a table: "
                        + words.map { $0[.english] }.joined(separator: "; ")
                )
            )
        }
        var members = [JSON.Member("action", .string(action.rawValue)), .init("note", .string(row.note))]
        if !row.reference.isEmpty, action == .link { members.append(.init("reference", .string(row.reference))) }
        if !row.amount.isEmpty {
            guard let amount = Money(printed: row.amount) ?? Money.parse(row.amount) else {
                throw ServiceError(
                    .invalidBody,
                    Phrase(
                        vi: "“\(row.amount.prefix(40))” không phải số tiền",
                        en: "“\(row.amount.prefix(40))” is no amount"
                    )
                )
            }
            members.append(.init("amount", .money(amount)))
        }
        if action == .refund { members.append(.init("reason", .string(row.note))) }
        return try CaseDecision(.object(members))
    }
}
