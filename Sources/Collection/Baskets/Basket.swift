public import Casework
import FeeSchedule
import PaymentQR
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Several requests of one account that are paid with one code, in their current state.
public struct Basket: Sendable {
    public let id: UUID
    public let reference: String
    public let token: String
    public let bankBIN: String
    public let accountNumber: String
    public let accountName: String
    public let expiresAt: Instant
    public let createdAt: Instant
    /// The key or the person that made it.
    public let createdBy: UUID
    public let cancelledAt: Instant?
    /// In the order in which money pays them.
    public let requests: [PaymentRequest]
    /// What arrived for it but did not count, and waits for a person: too much, too late, or on another account.
    public let held: Money

    /// The requests as the rules know them.
    func members(at now: Instant) -> [BasketMember] { requests.map { BasketMember($0, at: now) } }

    public func state(at now: Instant) -> BasketState {
        BasketState.decide(cancelled: cancelledAt != nil, expiresAt: expiresAt, members(at: now), at: now)
    }

    /// What is due for its requests, without those that were cancelled.
    public var amountDue: Money { requests.filter { $0.status != .cancelled }.map(\.amountDue).total() }

    /// What its code asks for: what remains of the requests that wait.
    public func amountRemaining(at now: Instant) -> Money {
        members(at: now).filter(\.waits).map(\.remaining).total()
    }

    /// What was received for its requests and not refunded, whichever way it came.
    public var amountReceived: Money { requests.map(\.amountKept).total() }

    /// The content of the QR code, which asks for what remains; `nil` if nothing is to be transferred.
    public func qrPayload(at now: Instant) -> String? {
        let remaining = amountRemaining(at: now)
        guard state(at: now) == .open, remaining > .zero else { return nil }
        let qr = VietQR(
            bin: bankBIN,
            account: accountNumber,
            amount: remaining,
            billNumber: reference,
            purpose: reference + " LE PHI"
        )
        do { return try qr.payload() } catch { return nil }
    }

    /// The answer of the API.
    public func json(publicURL: String, now: Instant) -> JSON {
        let qr = qrPayload(at: now)
        let page = "\(publicURL)/pay/\(token)"
        return [
            "id": .string(id.text), "reference": .string(reference), "status": .string(state(at: now).rawValue),
            "account_number": .string(accountNumber), "amount_due": .money(amountDue),
            "amount_received": .money(amountReceived), "amount_remaining": .money(amountRemaining(at: now)),
            "amount_held": .money(held),
            "payment_requests": .array(
                requests.map { request in
                    [
                        "id": .string(request.id.text), "reference": .string(request.reference),
                        "dossier_code": .string(request.dossierCode), "agency_code": .string(request.agencyCode),
                        "procedure_code": .string(request.procedureCode),
                        "status": .string(request.status(at: now).rawValue), "amount_due": .money(request.amountDue),
                        "amount_remaining": .money(request.amountRemaining),
                        "pay_url": .string("\(publicURL)/pay/\(request.token)"),
                    ]
                }
            ),
            "qr_payload": .optional(qr), "qr_svg_url": .optional(qr.map { _ in page + "/qr.svg" }),
            "qr_png_url": .optional(qr.map { _ in page + "/qr.png" }), "pay_url": .string(page),
            "expires_at": .text(expiresAt), "created_at": .text(createdAt),
            "cancelled_at": .optional(cancelledAt?.description),
        ]
    }
}

extension Basket {
    /// The columns of `basket` in the order of ``init(_:_:)``.
    static let columns = """
        id, reference, token, bank_bin, account_number, account_name, expires_at, created_at, created_by, cancelled_at
        """

    init(_ row: Row, _ requests: [PaymentRequest], held: Money = .zero) throws {
        id = try row.get(0)
        reference = try row.get(1)
        token = try row.get(2)
        bankBIN = try row.get(3)
        accountNumber = try row.get(4)
        accountName = try row.get(5)
        expiresAt = try row.get(6)
        createdAt = try row.get(7)
        createdBy = try row.get(8)
        cancelledAt = try row.get(9)
        self.requests = requests
        self.held = held
    }
}

extension BasketMember {
    init(_ request: PaymentRequest, at now: Instant, openBasket: String? = nil) {
        self.init(
            reference: request.reference,
            state: request.status(at: now),
            bankBIN: request.bankBIN,
            accountNumber: request.accountNumber,
            hasCode: request.channel != .counterCash && request.channel != .counterCard,
            channel: request.channel.rawValue,
            amountDue: request.amountDue,
            remaining: request.amountRemaining,
            expiresAt: request.expiresAt,
            openBasket: openBasket
        )
    }
}
