public import PaymentQR
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A request that the money of a case may have been meant for. Offered to a person, never applied.
public struct CaseSuggestion: Sendable {
    public let requestID: UUID
    public let reference: String
    public let dossierCode: String
    public let procedureCode: String
    public let payerName: String
    /// What remains to be paid for it.
    public let remaining: Money
    public let state: PaymentRequestState
    public let createdAt: Instant
    /// The notice that posted it: linking the line to it moves nothing, but confirms it.
    public let noticeID: Int64?
    /// Whether this is exactly the amount that remains, or that was posted.
    public private(set) var isSameAmount = false
    /// How many of the words of the payer's name are in the memo, in percent.
    public private(set) var nameLikeness: Int64 = 0
    public private(set) var namesDossier = false
    /// The request's reference in the memo, damaged; `nil` if it is not there.
    public private(set) var reading: MemoFinding?
    /// How many requests fit by the amount alone.
    public private(set) var requestsOfSameAmount = 0

    /// How well a request fits the money. Only what is strong may be proposed for many cases at once.
    public enum Strength: String, Sendable, CaseIterable {
        /// The amount is right, and something that no other request has says so: the dossier's code, the payer's whole
        /// name, a notice of the bank that posted it, or so much of its reference that no other can be meant.
        case strong
        /// The amount is right, and it is the only such request or half of the payer's name is there.
        case fair
        case weak
    }

    public var strength: Strength {
        guard isSameAmount else { return .weak }
        let isOnly = requestsOfSameAmount == 1
        let isProved = reading?.certainty == .proof
        if namesDossier || nameLikeness == 100 || isProved || noticeID != nil && isOnly { return .strong }
        return isOnly || nameLikeness >= 50 || reading?.certainty == .likely ? .fair : .weak
    }

    /// How many are offered.
    private static let maximum = 10

    var json: JSON {
        [
            "payment_request_id": .string(requestID.text), "reference": .string(reference),
            "dossier_code": .string(dossierCode), "procedure_code": .string(procedureCode),
            "payer_name": .string(payerName), "still_due": .money(remaining), "status": .string(state.rawValue),
            "created_at": .text(createdAt), "same_amount": .bool(isSameAmount),
            "name_likeness": .integer(nameLikeness), "names_dossier": .bool(namesDossier),
            "reference_in_memo": reading.map(CaseSuggestion.json) ?? .null,
            "notice_id": noticeID.map { .integer($0) } ?? .null,
            "requests_of_same_amount": .integer(requestsOfSameAmount), "strength": .string(strength.rawValue),
        ]
    }

    private static func json(_ reading: MemoFinding) -> JSON {
        [
            "certainty": .string(reading.certainty.rawValue), "agreeing": .integer(reading.agreeingInBody),
            "distance": .integer(reading.distance),
            "characters": .string(
                String(zip(reading.reference, reading.agreeing).map { $1 ? $0 : "·" })
            ),
        ]
    }

    /// What is known about the money.
    private struct Clue {
        let amount: Money
        let at: Instant
        let words: Set<String>
        /// Only letters and digits: a memo may have lost the points and dashes of codes.
        let plain: String
        let memo: MemoDoctor

        init(amount: Money, at: Instant, text: String) {
            memo = MemoDoctor(text)
            self.amount = amount
            self.at = at
            words = Set(text.foldedToASCII.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
            plain = CaseSuggestion.plain(text)
        }
    }

    private static func plain(_ text: String) -> String {
        text.foldedToASCII.uppercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Returns the best candidates by amount, name and time, with what distinguishes them and how many others fit as
    /// well.
    static func of(_ found: Case, _ tx: borrowing Transaction) throws -> [CaseSuggestion] {
        guard let account = found.accountNumber, found.suspenseLeft > .zero, found.requestID == nil,
            found.state == .open || found.state == .awaitingApproval
        else { return [] }
        let (at, text) = try tx.query(
            """
            select coalesce(l.booked_at, b.occurred_at, c.opened_at),
                concat_ws(' ', l.memo, l.counterparty_name, b.memo)
            from reconciliation_case c left join bank_notice b on b.id = c.notice_id
                left join statement_line l on l.id = c.statement_line_id
            where c.id = \(found.id)::bigint
            """
        ).row().decode(Instant.self, String.self)
        let clue = Clue(amount: found.suspenseLeft, at: at, text: text)
        var candidates = try candidates(of: found.kind, account, clue, tx).map { $0.judged(by: clue) }
        let readings = clue.memo.findings(among: candidates.map(\.reference))
        for index in candidates.indices {
            candidates[index].reading = readings.first { $0.reference == candidates[index].reference }
        }
        let sameAmount = candidates.count { $0.isSameAmount }
        for index in candidates.indices { candidates[index].requestsOfSameAmount = sameAmount }
        return Array(candidates.sorted { $0.score(at: clue.at) > $1.score(at: clue.at) }.prefix(maximum))
    }

    /// 500 candidates of about the amount are enough to choose ten from.
    private static func candidates(
        of kind: CaseKind,
        _ account: String,
        _ clue: Clue,
        _ tx: borrowing Transaction
    ) throws -> [CaseSuggestion] {
        let isOfLine = kind.heldBy == .line
        return try tx.query(
            """
            (select r.id, r.reference, r.dossier_code, r.procedure_code, coalesce(r.payer_name, ''),
                r.amount_due - (r.amount_applied - r.fee_refund_claimed), r.status, r.created_at, null::bigint
            from payment_request r
            where r.account_number = \(account) and r.status in ('pending', 'expired')
                and r.created_at between \(clue.at)::timestamptz - interval '31 days'
                    and \(clue.at)::timestamptz + interval '1 day'
                and abs(r.amount_due - (r.amount_applied - r.fee_refund_claimed) - \(clue.amount)::bigint) <= \(clue.amount)::bigint / 10
            order by abs(r.amount_due - (r.amount_applied - r.fee_refund_claimed) - \(clue.amount)::bigint), r.created_at desc limit 500)
            union all
            -- What a notice posted and no line has confirmed may belong to this line.
            (select r.id, r.reference, r.dossier_code, r.procedure_code, coalesce(r.payer_name, ''),
                r.amount_due - (r.amount_applied - r.fee_refund_claimed), r.status, a.occurred_at, a.id
            from awaited_notice a join payment_request r on r.id = a.payment_request_id
            where a.account_number = \(account) and a.amount = \(clue.amount)::bigint
                and a.booked_on between (\(clue.at)::timestamptz - interval '10 days')::date
                    and (\(clue.at)::timestamptz + interval '2 days')::date
                and \(isOfLine)
            order by a.id desc limit 100)
            union all
            -- Whatever its amount, what the memo has a piece of the reference of.
            (select r.id, r.reference, r.dossier_code, r.procedure_code, coalesce(r.payer_name, ''),
                r.amount_due - (r.amount_applied - r.fee_refund_claimed), r.status, r.created_at, null
            from payment_request r
            where r.account_number = \(account) and r.status in ('pending', 'expired')
                and r.created_at between \(clue.at)::timestamptz - interval '31 days'
                    and \(clue.at)::timestamptz + interval '1 day'
                and substr(r.reference, 5) ~ nullif(\(clue.memo.grams.joined(separator: "|")), '')
                and abs(r.amount_due - (r.amount_applied - r.fee_refund_claimed) - \(clue.amount)::bigint) > \(clue.amount)::bigint / 10
            order by r.created_at desc limit 200)
            """
        ).map { row in
            CaseSuggestion(
                requestID: try row.get(0),
                reference: try row.get(1),
                dossierCode: try row.get(2),
                procedureCode: try row.get(3),
                payerName: try row.get(4),
                remaining: try row.get(5),
                state: try row.code(6),
                createdAt: try row.get(7),
                noticeID: try row.get(8)
            )
        }
    }

    private func judged(by clue: Clue) -> CaseSuggestion {
        var judged = self
        judged.isSameAmount = noticeID != nil || remaining == clue.amount
        let names = payerName.foldedToASCII.uppercased().split(separator: " ").map(String.init)
        judged.nameLikeness =
            names.isEmpty ? 0 : Int64(names.count { clue.words.contains($0) } * 100 / names.count)
        let code = CaseSuggestion.plain(dossierCode)
        judged.namesDossier = code.count >= 4 && clue.plain.contains(code)
        return judged
    }

    private func score(at: Instant) -> Int64 {
        let hours = abs(at.unixSeconds - createdAt.unixSeconds) / 3600
        let read: Int64 =
            switch reading?.certainty {
            case .proof: 2000
            case .likely: 800
            case .possible: 100
            case nil: 0
            }
        return (isSameAmount ? 1000 : 0) + nameLikeness * 5 + (namesDossier ? 1000 : 0) + read - min(hours, 400)
    }
}
