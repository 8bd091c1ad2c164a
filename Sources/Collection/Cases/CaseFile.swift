import Casework
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One case with its facts, earlier cases and history.
public struct CaseFile: Sendable {
    public let head: Case
    public let notice: Notice?
    /// The other notices that paid the request, if the case is that it is paid in part.
    public internal(set) var otherNotices: [Notice] = []
    /// The statement that the case is about as a whole; `nil` for all else.
    public internal(set) var statementID: Int64?
    public let line: Line?
    public let request: Request?
    public let earlier: [Earlier]
    public let proposal: Proposal?
    public let refunds: [RefundOfCase]
    public let suggestions: [CaseSuggestion]
    public let history: [Entry]
    /// The inquiry to the bank, if this call made one.
    public internal(set) var inquiry: Inquiry?

    /// The answer of the API.
    public func json(in language: Language) -> JSON {
        func these(_ event: CaseHistory.Event) -> JSON {
            .array(history.filter { $0.event == event.rawValue }.map(\.json))
        }
        var members = head.members(in: language)
        members += [
            .init("notice", notice?.json ?? .null), .init("statement_line", line?.json ?? .null),
            .init("payment_request", request?.json ?? .null), .init("earlier_cases", .array(earlier.map(\.json))),
            .init("proposal", proposal?.json(of: head.id, in: language) ?? .null),
            .init("refunds", .array(refunds.map(\.json))), .init("notes", these(.noted)),
            .init("attachments", these(.attached)),
            .init("suggestions", .array(suggestions.map(\.json))),
            .init("history", .array(history.map(\.json))),
        ]
        if let inquiry {
            members.append(.init("inquiry", ["file_name": .string(inquiry.fileName), "csv": .string(inquiry.csv)]))
        }
        return .object(members)
    }

    /// An inquiry (tra soát) for the bank.
    public struct Inquiry: Sendable {
        public let fileName: String
        /// CSV in UTF-8, one record.
        public let csv: String
    }

    /// The proposal that waits for the second person.
    public struct Proposal: Sendable {
        public let id: Int64
        let proposal: CaseProposal
        public let proposedAt: Instant
        /// What it comes to, for whoever approves it.
        public let move: CaseMoveShown

        public var proposedBy: String { proposal.proposedByName }
        /// As persons are compared.
        public var proposedByID: String { proposal.proposedBy }
        public var note: String { proposal.note }
        public var action: String { proposal.move.action.rawValue }

        /// What it would do, in one sentence.
        public func sentence(of id: Int64) -> Phrase { proposal.move.reason(ofCase: id).phrase }

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> Proposal? {
            guard let waiting = try CaseProposal.waiting(id, tx) else { return nil }
            let at = try tx.query("select proposed_at from case_proposal where id = \(waiting.id)::bigint").row()
                .get(0, as: Instant.self)
            return Proposal(
                id: waiting.id,
                proposal: waiting.proposal,
                proposedAt: at,
                move: try CaseMoveShown.of(waiting.proposal.move, ofCase: id, tx)
            )
        }

        func json(of id: Int64, in language: Language) -> JSON {
            .object(
                [
                    .init("action", .string(action)), .init("arguments", proposal.move.json),
                    .init("note", .string(proposal.note)), .init("proposed_by", .string(proposedBy)),
                    .init("proposed_at", .text(proposedAt)),
                ] + proposal.move.reason(ofCase: id).members(in: language)
            )
        }
    }
}

extension CaseFile {
    init(_ head: Case, _ tx: borrowing Transaction) throws {
        self.head = head
        notice = try Notice.of(head.id, tx)
        otherNotices = try Notice.others(head.id, tx)
        statementID = try tx.query(
            "select statement_id from reconciliation_case where id = \(head.id)::bigint"
        ).row().get(0)
        line = try Line.of(head.id, tx)
        request = try Request.of(head.id, tx)
        earlier = try Earlier.of(head.id, tx)
        proposal = try Proposal.of(head.id, tx)
        refunds = try RefundOfCase.of(head.id, tx)
        suggestions = try CaseSuggestion.of(head, tx)
        history = try Entry.of(head.id, tx)
    }
}
