public import Casework
public import FeeSchedule
import PaymentQR
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payment request in its current state.
public struct PaymentRequest: Sendable {
    public var id: UUID
    public var reference: String
    public var token: String
    public var dossierCode: String
    public var agencyCode: String
    public var procedureCode: String
    public var channel: Channel
    public var payerCategory: String?
    public var payerName: String?
    /// The evidence for the payer's category; only staff may see it.
    public var payerEvidence: PayerEvidence?
    public var assessedOn: Day
    public var amountDue: Money
    public var discountTotal: Money
    public var amountReceived: Money
    /// The part of what was received that was posted to revenue.
    public var amountApplied: Money
    /// The part of the fee that refunds have claimed, whether or not they have left the bank.
    public var feeRefundClaimed: Money
    public var amountRefunded: Money
    public var status: PaymentRequestState
    public var paidAt: Instant?
    /// What completed it; `nil` until it is paid.
    public var settledBy: SettledBy?
    public var expiresAt: Instant
    public var createdAt: Instant
    /// The key that made it; `nil` for the command line.
    public var createdBy: UUID?
    public var returnURL: String?
    public var bankBIN: String
    public var accountNumber: String
    public var accountName: String
    public var items: JSON?
    public var lines: JSON
    /// Its receipts, oldest first; see ``IssuedReceipt``.
    public var receipts: [IssuedReceipt] = []
    /// Those that a provider numbers; see ``OrderedReceipt``.
    public var orderedReceipts: [OrderedReceipt] = []

    /// The state shown to the holder: a request is expired from the moment its time runs out.
    public func status(at now: Instant) -> PaymentRequestState {
        status == .pending && expiresAt <= now ? .expired : status
    }

    /// What was received towards the amount due and not refunded.
    ///
    /// While a request can still be paid, money that a refund has claimed and money in suspense are not counted.
    /// Afterwards it is everything that arrived minus what has left again.
    public var amountKept: Money {
        switch status {
        case .pending, .expired: amountApplied - feeRefundClaimed
        case .paid, .cancelled, .partiallyRefunded, .refunded: amountReceived - amountRefunded
        }
    }

    /// The amount due minus what was received and not refunded; never below 0.
    public var amountRemaining: Money { max(amountDue - amountKept, .zero) }

    /// The content of the QR code, which asks for what remains; `nil` if nothing is to be transferred.
    public func qrPayload(at now: Instant) -> String? {
        let remaining = amountRemaining
        guard remaining > .zero, status(at: now) == .pending, channel != .counterCash, channel != .counterCard else {
            return nil
        }
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
    public func json(publicURL: String, now: Instant, in language: Language) -> JSON {
        let qr = qrPayload(at: now)
        let page = "\(publicURL)/pay/\(token)"
        return [
            "id": .string(id.text), "reference": .string(reference), "status": .string(status(at: now).rawValue),
            "dossier_code": .string(dossierCode), "agency_code": .string(agencyCode),
            "procedure_code": .string(procedureCode), "channel": .string(channel.rawValue),
            "assessed_on": .text(assessedOn), "amount_due": .money(amountDue),
            "amount_received": .money(amountReceived), "amount_refunded": .money(amountRefunded),
            "amount_remaining": .money(amountRemaining), "lines": AssessedLines.told(lines, in: language),
            "discount_total": .money(discountTotal), "qr_payload": .optional(qr),
            "qr_svg_url": .optional(qr.map { _ in page + "/qr.svg" }),
            "qr_png_url": .optional(qr.map { _ in page + "/qr.png" }), "pay_url": .string(page),
            "expires_at": .text(expiresAt), "paid_at": .optional(paidAt?.description),
            "settled_by": .optional(settledBy?.rawValue), "created_at": .text(createdAt),
            "receipts": .array(
                receipts.map { $0.json(publicURL: publicURL) } + orderedReceipts.map { $0.json() }
            ),
        ]
    }

    /// The answer of the API to staff, who may see who pays and what proves the category.
    public func staffJSON(publicURL: String, now: Instant, in language: Language) -> JSON {
        let payer: JSON = [
            "category": .optional(payerCategory), "name": .optional(payerName),
            "evidence": payerEvidence.map { ["kind": .string($0.kind.rawValue), "number": .string($0.number)] }
                ?? .null,
        ]
        return .object((json(publicURL: publicURL, now: now, in: language).members ?? []) + [.init("payer", payer)])
    }
}

extension PaymentRequest {
    /// The columns in the order of ``init(_:)``.
    static let columns = """
        id, reference, token, dossier_code, agency_code, procedure_code, channel, payer_category, payer_name, assessed_on,
        amount_due, discount_total, amount_received, amount_refunded, status, paid_at, expires_at, created_at, return_url,
        bank_bin, account_number, account_name, items, lines, amount_applied, fee_refund_claimed, payer_evidence_kind,
        payer_evidence_number, settled_by, created_by, \(IssuedReceipt.column),
        \(OrderedReceipt.column)
        """

    init(_ row: Row) throws {
        id = try row.get(0)
        reference = try row.get(1)
        token = try row.get(2)
        dossierCode = try row.get(3)
        agencyCode = try row.get(4)
        procedureCode = try row.get(5)
        channel = Channel(rawValue: try row.get(6)) ?? .online
        payerCategory = try row.get(7)
        payerName = try row.get(8)
        assessedOn = try row.get(9)
        amountDue = try row.get(10)
        discountTotal = try row.get(11)
        amountReceived = try row.get(12)
        amountRefunded = try row.get(13)
        status = PaymentRequestState(rawValue: try row.get(14)) ?? .pending
        paidAt = try row.get(15)
        expiresAt = try row.get(16)
        createdAt = try row.get(17)
        returnURL = try row.get(18)
        bankBIN = try row.get(19)
        accountNumber = try row.get(20)
        accountName = try row.get(21)
        items = try row.get(22)
        lines = try row.get(23)
        amountApplied = try row.get(24)
        feeRefundClaimed = try row.get(25)
        let (kind, number) = (try row.get(26, as: String?.self), try row.get(27, as: String?.self))
        payerEvidence = kind.flatMap(EvidenceKind.init).flatMap { kind in
            number.flatMap { PayerEvidence(kind, number: $0) }
        }
        settledBy = try row.get(28, as: String?.self).flatMap(SettledBy.init)
        createdBy = try row.get(29)
        receipts = IssuedReceipt.list(try row.get(30))
        orderedReceipts = OrderedReceipt.list(try row.get(31))
    }

    /// The request for assessing it again on another day or for another channel.
    ///
    /// The payer's category counts only with its evidence: if none was needed, the category had no effect, and the
    /// rules of another day must not give it one.
    func assessmentRequest(channel: Channel, on day: Day) -> AssessmentRequest {
        AssessmentRequest(
            agencyCode: agencyCode,
            procedureCode: procedureCode,
            items: PaymentRequestDraft.items(items),
            channel: channel,
            payerCategory: payerEvidence == nil ? nil : payerCategory,
            day: day
        )
    }
}

extension Assessment {
    /// The lines as they are stored.
    public var linesJSON: JSON {
        .array(
            lines.map { line in
                [
                    "fee_code": .string(line.fee.feeCode), "kind": .string(line.fee.kind.rawValue),
                    "name_vi": .string(line.fee.nameVi), "name_en": .string(line.fee.nameEn),
                    "unit": .string(line.fee.unit), "unit_amount": .money(line.unitAmount),
                    "quantity": .integer(line.quantity), "base_amount": line.baseAmount.map { .money($0) } ?? .null,
                    "list_amount": .money(line.listAmount),
                    "applied": .array(
                        line.applied.map { rule in
                            [
                                "rule": .string(rule.rule.rawValue), "code": .string(rule.code),
                                "benefit": .money(rule.benefit), "legal_basis": .string(rule.legalBasis),
                            ]
                        }
                    ),
                    "payable": .money(line.payable), "legal_basis": .string(line.fee.legalBasis),
                    "budget_code": .string(line.fee.budgetCode),
                    // The agency's share, to compute what is owed to the budget; a charge goes there whole.
                    "retained_percent": .optional(line.fee.retainedText.isEmpty ? nil : line.fee.retainedText),
                    // Kept with the request, so that what the payer was promised holds if the catalogue changes.
                    "refund_policy": .optional(line.fee.refundPolicy?.rawValue),
                ]
            }
        )
    }

    /// The answer to a quote.
    public func quoteJSON(channel: Channel, in language: Language) -> JSON {
        [
            "agency_code": .string(agency.code), "procedure_code": .string(procedure.code),
            "channel": .string(channel.rawValue), "assessed_on": .text(day), "locality_code": .string(unit.code),
            "amount_due": .money(amountDue), "lines": AssessedLines.told(linesJSON, in: language),
            "discount_total": .money(discountTotal),
            "discounts_end_on": .optional(discountsEnd?.description),
        ]
    }
}
