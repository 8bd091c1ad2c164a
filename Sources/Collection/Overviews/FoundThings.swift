public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a search found, by kind; each list has at most ``Finder/maximum`` items.
public struct FoundThings: Sendable {
    /// A payment request.
    public struct Payment: Sendable {
        public let id: UUID
        public let reference: String
        public let dossierCode: String
        public let payerName: String?
        public let amountDue: Money
        public let state: PaymentRequestState
        public let createdAt: Instant
    }

    /// A payment as a bank told it.
    public struct Notice: Sendable {
        public let id: Int64
        public let transactionID: String
        public let amount: Money
        public let accountNumber: String
        public let occurredAt: Instant
        public let outcome: String
        public let requestID: UUID?
        public let caseID: Int64?
    }

    /// A case, or a refund's case.
    public struct CaseFound: Sendable {
        public let id: Int64
        public let kind: CaseKind
        public let amount: Money
        public let isOpen: Bool
        public let openedAt: Instant
    }

    public struct RefundFound: Sendable {
        public let id: UUID
        public let amount: Money
        public let state: RefundState
        public let beneficiaryName: String?
        public let requestedAt: Instant
    }

    public struct AccountFound: Sendable {
        public let number: String
        public let name: String
    }

    public internal(set) var payments: [Payment] = []
    public internal(set) var notices: [Notice] = []
    public internal(set) var cases: [CaseFound] = []
    public internal(set) var refunds: [RefundFound] = []
    public internal(set) var accounts: [AccountFound] = []

    public var isEmpty: Bool {
        payments.isEmpty && notices.isEmpty && cases.isEmpty && refunds.isEmpty && accounts.isEmpty
    }

    /// The answer of the API.
    public var json: JSON {
        [
            "payment_requests": .array(
                payments.map {
                    [
                        "id": .string($0.id.text), "reference": .string($0.reference),
                        "dossier_code": .string($0.dossierCode), "payer_name": .optional($0.payerName),
                        "amount_due": .money($0.amountDue), "status": .string($0.state.rawValue),
                        "created_at": .text($0.createdAt),
                    ]
                }
            ),
            "notices": .array(
                notices.map {
                    [
                        "id": .integer($0.id), "transaction_id": .string($0.transactionID),
                        "amount": .money($0.amount), "account_number": .string($0.accountNumber),
                        "occurred_at": .text($0.occurredAt), "outcome": .string($0.outcome),
                        "payment_request_id": .optional($0.requestID?.text),
                        "case_id": $0.caseID.map { .integer($0) } ?? .null,
                    ]
                }
            ),
            "cases": .array(
                cases.map {
                    [
                        "id": .integer($0.id), "kind": .string($0.kind.rawValue), "amount": .money($0.amount),
                        "open": .bool($0.isOpen), "opened_at": .text($0.openedAt),
                    ]
                }
            ),
            "refunds": .array(
                refunds.map {
                    [
                        "id": .string($0.id.text), "amount": .money($0.amount), "state": .string($0.state.rawValue),
                        "beneficiary_name": .optional($0.beneficiaryName), "requested_at": .text($0.requestedAt),
                    ]
                }
            ),
            "accounts": .array(
                accounts.map { ["account_number": .string($0.number), "name": .string($0.name)] }
            ),
        ]
    }
}
