import Casework
import Values
import Workflow

/// A move as it is stored with its proposal and shown: every amount in it was worked out, so none may be missing.
extension CaseMove {
    var json: JSON {
        switch self {
        case .accept(let share), .link(let share): share.json
        case .confirmNotice(let payment):
            [
                "payment_request_id": .string(payment.requestID.text), "reference": .string(payment.reference),
                "notice_id": .integer(payment.noticeID), "amount": .money(payment.amount),
            ]
        case .confirmRefund(let line): ["refund_id": .string(line.refundID.text), "amount": .money(line.amount)]
        case .split(let shares): ["parts": .array(shares.map(\.json))]
        case .refund(let back):
            [
                "amount": .money(back.amount), "reason": .string(back.reason),
                "beneficiary": back.payee.beneficiary?.json ?? .null, "paid_by_hand": .bool(back.payee.isByHand),
            ]
        case .writeOff(let amount): ["amount": .money(amount)]
        }
    }

    /// Reads what ``json`` wrote; throws for anything else.
    init(_ action: CaseAction, stored json: JSON) throws {
        let stored = StoredJSON(json: json, what: "the proposal to \(action.rawValue)")
        switch action {
        case .accept: self = .accept(try Share(stored))
        case .link where json["refund_id"] != nil:
            self = .confirmRefund(
                RefundLine(refundID: try stored.uuid("refund_id"), amount: try stored.money("amount"))
            )
        case .link where json["notice_id"] != nil:
            self = .confirmNotice(
                UnconfirmedPayment(
                    noticeID: try stored.integer("notice_id"),
                    requestID: try stored.uuid("payment_request_id"),
                    reference: try stored.text("reference"),
                    amount: try stored.money("amount")
                )
            )
        case .link: self = .link(try Share(stored))
        case .split: self = .split(try stored.list("parts").map(Share.init))
        case .refund:
            let beneficiary = try json["beneficiary"].flatMap { $0.isNull ? nil : try Beneficiary(stored: $0) }
            guard let payee = RefundPayee(beneficiary, isByHand: json["paid_by_hand"]?.bool ?? false) else {
                throw StoredJSON.Unreadable(what: stored.what, member: "beneficiary")
            }
            self = .refund(
                GoingBack(amount: try stored.money("amount"), reason: try stored.text("reason"), payee: payee)
            )
        case .writeOff: self = .writeOff(try stored.money("amount"))
        case .askBank, .dismiss, .reopen:
            throw StoredJSON.Unreadable(what: stored.what, member: "move, for it moves nothing")
        }
    }
}

extension CaseMove.Share {
    fileprivate var json: JSON {
        [
            "payment_request_id": .string(requestID.text), "reference": .string(reference), "amount": .money(amount),
        ]
    }

    fileprivate init(_ stored: StoredJSON) throws {
        self.init(
            requestID: try stored.uuid("payment_request_id"),
            reference: try stored.text("reference"),
            amount: try stored.money("amount")
        )
    }
}
