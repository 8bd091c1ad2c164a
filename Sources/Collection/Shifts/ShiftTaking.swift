import FeeSchedule
import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payment that a cashier took, as her list of the day has it.
public struct ShiftTaking: Sendable {
    public let noticeID: Int64
    public let shiftID: Int64
    public let channel: String
    public let amount: Money
    /// What the payer handed over; `nil` where nobody typed it.
    public let tendered: Money?
    public let takenAt: Instant
    public let requestID: UUID
    public let reference: String
    public let dossierCode: String
    /// The receipts of the request that stand: the number, and the last part of its address.
    public let receipts: [IssuedReceipt]

    /// What went back to the payer at once; `nil` where nobody typed what he handed over.
    public var change: Money? { tendered.map { $0 - amount } }

    /// The answer of the API.
    public var json: JSON {
        [
            "shift_id": .integer(shiftID), "channel": .string(channel), "amount": .money(amount),
            "tendered": tendered.map { .money($0) } ?? .null, "change": change.map { .money($0) } ?? .null,
            "taken_at": .text(takenAt), "payment_request_id": .string(requestID.text),
            "reference": .string(reference), "dossier_code": .string(dossierCode),
            "receipts": .array(receipts.map { .string($0.text) }),
        ]
    }
}

extension ShiftTaking {
    static let select = """
        select t.notice_id, t.shift_id, t.channel, t.amount, t.tendered, t.taken_at, payment_request.id,
            payment_request.reference, payment_request.dossier_code, \(IssuedReceipt.column)
        from shift_taking t join bank_notice b on b.id = t.notice_id
            join payment_request on payment_request.id = b.payment_request_id
        """

    init(_ row: Row) throws {
        (noticeID, shiftID, channel) = (try row.get(0), try row.get(1), try row.get(2))
        (amount, tendered, takenAt) = (try row.get(3), try row.get(4), try row.get(5))
        (requestID, reference, dossierCode) = (try row.get(6), try row.get(7), try row.get(8))
        receipts = IssuedReceipt.list(try row.get(9)).filter { !$0.isReplaced }
    }
}
