import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension CaseFile {
    /// An earlier case of the same request; the latest 20 are shown.
    public struct Earlier: Sendable {
        public let id: Int64
        public let kind: CaseKind
        public let state: CaseState
        public let amount: Money
        public let openedAt: Instant
        public let action: String?

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> [Earlier] {
            try tx.query(
                """
                select e.id, e.kind, e.state, e.amount, e.opened_at, e.action
                from reconciliation_case c join reconciliation_case e on e.id < c.id
                    and e.payment_request_id = c.payment_request_id
                where c.id = \(id)::bigint order by e.id desc limit 20
                """
            ).map { row in
                Earlier(
                    id: try row.get(0),
                    kind: try row.code(1),
                    state: try row.code(2),
                    amount: try row.get(3),
                    openedAt: try row.get(4),
                    action: try row.get(5)
                )
            }
        }

        var json: JSON {
            [
                "id": .integer(id), "kind": .string(kind.rawValue), "state": .string(state.rawValue),
                "amount": .money(amount), "opened_at": .text(openedAt), "action": .optional(action),
            ]
        }
    }

    /// A refund of the case's money.
    public struct RefundOfCase: Sendable {
        public let id: UUID
        public let state: RefundState
        public let amount: Money

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> [RefundOfCase] {
            try tx.query(
                """
                select f.id, f.state, p.amount from refund_part p join refund f on f.id = p.refund_id
                where p.case_id = \(id)::bigint order by f.id
                """
            ).map { RefundOfCase(id: try $0.get(0), state: try $0.code(1), amount: try $0.get(2)) }
        }

        var json: JSON {
            ["id": .string(id.text), "state": .string(state.rawValue), "amount": .money(amount)]
        }
    }

    /// Something that happened to the case.
    public struct Entry: Sendable {
        public let event: String
        public let by: String
        public let at: Instant
        /// The event's detail as it was stored.
        public let detail: JSON

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> [Entry] {
            try tx.query(
                """
                select event, actor_name, happened_at, detail from case_event where case_id = \(id)::bigint order by id
                """
            ).map { Entry(event: try $0.get(0), by: try $0.get(1), at: try $0.get(2), detail: try $0.get(3)) }
        }

        var json: JSON {
            ["event": .string(event), "by": .string(by), "at": .text(at), "detail": detail]
        }
    }
}
