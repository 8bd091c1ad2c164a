public import Postgres
public import Values
import Workflow

/// What people do about cases. What moves money takes two of them; everything is one transaction and leaves an entry.
public struct CaseActions: Sendable {
    private let database: Database
    private let cases: Cases

    public init(_ database: Database, cases: Cases) {
        self.database = database
        self.cases = cases
    }

    /// What a call left behind.
    private enum Result: Sendable {
        case done
        /// The CSV text of an inquiry to the bank.
        case asked(String)
    }

    /// Proposes, agrees to or does what was decided; gives the case as it then stands.
    ///
    /// - Parameter agencies: those the caller acts for; `nil` for all.
    public func resolve(_ id: Int64, _ decision: CaseDecision, by person: Person, within agencies: [String]? = nil)
        async throws -> JSON
    {
        guard !decision.note.isEmpty, decision.note.count <= 2000 else {
            throw ServiceError(
                .invalidBody,
                at: "/note",
                Phrase(vi: "ghi chú nêu lý do, từ 1 đến 2.000 ký tự", en: "the note says why, in 1 to 2,000 characters")
            )
        }
        let inquiry = decision.action == .askBank ? try await cases.inquiry(id, within: agencies) : nil
        let result = try await refusals(id) {
            try await database.transaction { tx in
                let row = try CaseRow.lock(id, within: agencies, tx)
                guard decision.action.movesMoney else {
                    try CaseActions.doAtOnce(decision, row, inquiry, person, tx)
                    return inquiry.map { Result.asked($0) } ?? .done
                }
                try CaseActions.requireOpen(row)
                if let waiting = try CaseProposal.waiting(id, tx) {
                    try CaseActions.agree(to: waiting, decision, row, person, agencies, tx)
                } else {
                    let arguments = try CasePlan.work(out: decision, for: row, within: agencies, tx)
                    try CaseProposal.insert(id, decision, arguments, person, tx)
                }
                return .done
            }
        }
        let found = try await cases.find(id)
        guard case .asked(let text) = result, case .object(let members) = found else { return found }
        return .object(
            members + [
                .init("inquiry", ["file_name": .string(Cases.inquiryFileName(id)), "csv": .string(text)])
            ]
        )
    }

    /// Agrees to what waits on a case, as it was proposed.
    public func approve(_ id: Int64, by person: Person, within agencies: [String]? = nil) async throws -> JSON {
        try await refusals(id) {
            try await database.transaction { tx in
                let row = try CaseRow.lock(id, within: agencies, tx)
                try CaseActions.requireOpen(row)
                guard let waiting = try CaseProposal.waiting(id, tx) else { throw CaseActions.nothingWaits(id) }
                try CaseActions.perform(waiting, row, person, agencies, tx)
            }
        }
        return try await cases.find(id)
    }

    /// Takes back or turns down what waits on a case; anyone who may resolve cases may.
    public func withdraw(_ id: Int64, note: String, by person: Person, within agencies: [String]? = nil) async throws
        -> JSON
    {
        try await database.transaction { tx in
            _ = try CaseRow.lock(id, within: agencies, tx)
            guard let waiting = try CaseProposal.waiting(id, tx) else { throw CaseActions.nothingWaits(id) }
            try waiting.decide("withdrawn", person, tx)
            try CaseHistory.record(
                tx,
                id,
                .withdrawn,
                person,
                ["action": .string(waiting.action.rawValue), "note": .string(note)]
            )
            try Audit.record(tx, person, "case.withdraw", "case:\(id)", ["note": .string(note)])
        }
        return try await cases.find(id)
    }

    private static func nothingWaits(_ id: Int64) -> ServiceError {
        ServiceError(
            .conflict,
            Phrase(vi: "Vụ việc \(id) không có đề xuất nào chờ duyệt.", en: "Nothing waits for approval on case \(id).")
        )
    }

    private static func requireOpen(_ row: CaseRow) throws {
        guard row.state == "open" else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Vụ việc \(row.id) đã kết thúc; hãy mở lại trước.",
                    en: "Case \(row.id) has ended already; reopen it first."
                )
            )
        }
    }

    private static func agree(
        to waiting: CaseProposal,
        _ decision: CaseDecision,
        _ row: CaseRow,
        _ person: Person,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws {
        let isSame =
            try waiting.action == decision.action
            && (decision.isBare
                || CasePlan.work(out: decision, for: row, within: agencies, tx).sorted == waiting.arguments)
        guard isSame else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "Vụ việc \(row.id) đang chờ duyệt đề xuất \(waiting.action.rawValue) \(waiting.arguments.serialized) của \(waiting.proposedBy.name): hãy duyệt đề xuất đó, hoặc rút lại rồi đề xuất cách này.",
                    en:
                        "Case \(row.id) waits for approval of \(waiting.action.rawValue) \(waiting.arguments.serialized), which \(waiting.proposedBy.name) proposed: approve that, or withdraw it and propose this."
                )
            )
        }
        try perform(waiting, row, person, agencies, tx)
    }

    private static func perform(
        _ waiting: CaseProposal,
        _ row: CaseRow,
        _ person: Person,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws {
        guard waiting.proposedBy.id != person.id else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi:
                        "Đây là đề xuất của chính bạn; tiền chỉ được chuyển khi người khác duyệt. Hãy nhờ người khác duyệt, hoặc gửi lại cùng quyết định.",
                    en:
                        "You proposed this; money is moved when another person agrees. Have someone else approve it, or send the same."
                )
            )
        }
        // First, so that ending the case does not find the proposal waiting.
        try waiting.decide("performed", person, tx)
        let action = waiting.action
        try CasePlan.perform(
            action,
            waiting.arguments,
            note: waiting.note,
            on: row,
            proposedBy: waiting.proposedBy,
            approvedBy: person,
            within: agencies,
            tx
        )
        let detail: JSON = [
            "action": .string(action.rawValue), "arguments": waiting.arguments, "note": .string(waiting.note),
            "proposed_by": .string(waiting.proposedBy.name),
        ]
        try CaseHistory.record(tx, row.id, .performed, person, detail)
        try Audit.record(tx, person, "case.\(action.rawValue)", "case:\(row.id)", detail)
        _ = try CaseMoney.end(row.id, action: action.rawValue, note: waiting.note, by: person, tx)
    }

    private static func doAtOnce(
        _ decision: CaseDecision,
        _ row: CaseRow,
        _ inquiry: String?,
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws {
        let detail: JSON = ["action": .string(decision.action.rawValue), "note": .string(decision.note)]
        if decision.action == .reopen {
            guard row.state == "resolved" else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi:
                            "Vụ việc \(row.id) đang ở trạng thái “\(Vocabulary.caseState[row.state][.vietnamese])”; chỉ mở lại được vụ việc đã giải quyết.",
                        en:
                            "Case \(row.id) is \(Vocabulary.caseState[row.state][.english]); only a resolved one can be reopened."
                    )
                )
            }
            try tx.query(
                """
                update reconciliation_case set state = 'open', ended_at = null, ended_by = null, action = null, note = null
                where id = \(row.id)::bigint
                """
            )
            try CaseHistory.record(tx, row.id, .reopened, person, detail)
        } else {
            guard row.state == "open" else {
                throw ServiceError(
                    .conflict,
                    Phrase(vi: "Vụ việc \(row.id) đã kết thúc.", en: "Case \(row.id) has ended already.")
                )
            }
            if let inquiry {
                let asked: JSON = [
                    "note": .string(decision.note), "file_name": .string(Cases.inquiryFileName(row.id)),
                    "csv": .string(inquiry),
                ]
                try CaseHistory.record(tx, row.id, .askedBank, person, asked)
            } else {
                try tx.query(
                    """
                    update reconciliation_case set state = 'resolved', ended_at = now(), ended_by = \(person.name),
                        action = 'dismiss', note = \(decision.note)
                    where id = \(row.id)::bigint
                    """
                )
                try CaseHistory.record(tx, row.id, .resolved, person, detail)
            }
        }
        try Audit.record(tx, person, "case.\(decision.action.rawValue)", "case:\(row.id)", detail)
    }

    /// Turns what the database's own checks refuse into words that say what to do.
    private func refusals<Value>(_ id: Int64, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as PostgresError {
            guard let refusal = CaseActions.refusal(error.constraint, id) else { throw error }
            throw ServiceError(.conflict, refusal)
        }
    }

    private static func refusal(_ constraint: String?, _ id: Int64) -> Phrase? {
        switch constraint {
        case "case_money_beyond_due":
            Phrase(
                vi: "Yêu cầu nay còn phải nộp ít hơn số đã đề xuất. Hãy rút đề xuất và quyết định lại.",
                en: "Less remains to be paid for the request than was proposed. Withdraw the proposal and decide again."
            )
        case "case_money_used_check":
            Phrase(
                vi: "Vụ việc nay giữ ít tiền hơn số đã đề xuất. Hãy rút đề xuất và quyết định lại.",
                en: "The case now holds less than was proposed. Withdraw the proposal and decide again."
            )
        case "case_money_refunded":
            Phrase(
                vi: "Số tiền đã thu của yêu cầu đang được hoàn lại; hãy gắn tiền vào yêu cầu khác, hoặc hoàn lại.",
                en: "What the request received is being refunded; link the money to another request, or refund it."
            )
        case "case_money_counted":
            Phrase(
                vi:
                    "Thông báo của ngân hàng về giao dịch này đã đến sau đó và đã hạch toán: tiền của dòng sao kê này đã tính ở đó. Hãy tra soát, hoặc xử lý vào thu nhập.",
                en:
                    "The bank's notice of this transfer has arrived since and was booked: the money of this line is counted there. Send an inquiry to the bank, or write it off."
            )
        case "case_line_proves_nothing":
            Phrase(
                vi: "Khoản nộp này đã khớp với dòng sao kê khác. Hãy rút đề xuất và quyết định lại.",
                en: "The payment has been matched by another line since. Withdraw the proposal and decide again."
            )
        case "case_money_not_settled":
            Phrase(
                vi: "Yêu cầu không còn nhận khoản tiền này. Hãy rút đề xuất và quyết định lại.",
                en: "The request no longer accepts this money. Withdraw the proposal and decide again."
            )
        case "case_proposal_waiting_key":
            Phrase(
                vi: "Vừa có đề xuất khác cho vụ việc \(id). Hãy xem lại vụ việc.",
                en: "Another proposal was made for case \(id) just now. Look at it again."
            )
        default: nil
        }
    }
}
