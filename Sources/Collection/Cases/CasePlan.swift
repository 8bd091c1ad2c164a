import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A decision worked out to the đồng: what waits for the second person, and what is done when he agrees.
enum CasePlan {
    /// Works out what a decision would move now, or throws why it cannot.
    static func work(
        out decision: CaseDecision,
        for row: CaseRow,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> JSON {
        let left = try CaseMoney.lock(row.id, tx).left
        try mustBeMovable(left, by: decision, of: row)
        switch decision.action {
        case .accept:
            guard let own = row.paymentRequestID else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi:
                            "Vụ việc \(row.id) chưa biết của yêu cầu thanh toán nào: hãy gắn vào một yêu cầu bằng mã thanh toán.",
                        en: "No request is known for case \(row.id): link it to one by its reference."
                    )
                )
            }
            return try settle(decision, own.text, at: "/action", left, agencies, tx)
        case .link where left < .zero: return try refundLine(decision, row, left, tx)
        case .link: return try link(decision, row, left, agencies, tx)
        case .split: return try split(decision, left, agencies, tx)
        case .refund:
            let amount = try fit(decision.amount, left)
            return [
                "amount": .money(amount), "reason": .string(decision.reason ?? row.kind),
                "beneficiary": decision.beneficiary?.json ?? .null,
            ]
        case .writeOff:
            let amount = try fit(decision.amount, left < .zero ? -left : left)
            return ["amount": .money(left < .zero ? -amount : amount)]
        case .askBank, .dismiss, .reopen: return [:]
        }
    }

    private static func mustBeMovable(_ left: Money, by decision: CaseDecision, of row: CaseRow) throws {
        guard left != .zero else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "Vụ việc \(row.id) (\(Vocabulary.caseKind[row.kind][.vietnamese])) không giữ tiền trong tài khoản chờ xử lý nên không có gì để chuyển: hãy tra soát, hoặc kết thúc vụ việc.",
                    en:
                        "Case \(row.id) (\(Vocabulary.caseKind[row.kind][.english])) holds no money in suspense, so nothing can be moved: send an inquiry to the bank, or dismiss it."
                )
            )
        }
        if left < .zero, decision.action != .writeOff, decision.action != .link {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "Vụ việc \(row.id) là tiền đã ra khỏi ngân hàng: hãy gắn vào khoản hoàn tương ứng, hoặc xử lý vào chi phí.",
                    en:
                        "Case \(row.id) is about money that left the bank: link it to the refund that it was, or write it off."
                )
            )
        }
    }

    private static func link(
        _ decision: CaseDecision,
        _ row: CaseRow,
        _ left: Money,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> JSON {
        guard let target = decision.target else {
            throw ServiceError(
                .invalidBody,
                at: "/reference",
                Phrase(
                    vi: "hãy nêu yêu cầu cần gắn vào, bằng reference hoặc payment_request_id",
                    en: "name the request to link to, by its reference or its payment_request_id"
                )
            )
        }
        // The payment may be booked already, by a notice whose line this is.
        if decision.amount == nil || decision.amount == left,
            let proof = try CaseProof.find(target, of: row, amount: left, within: agencies, tx)
        {
            return [
                "payment_request_id": .string(proof.requestID.text), "reference": .string(proof.reference),
                "notice_id": .integer(proof.noticeID), "amount": .money(left),
            ]
        }
        return try settle(decision, target, at: "/reference", left, agencies, tx)
    }

    private static func fit(_ amount: Money?, _ left: Money) throws -> Money {
        guard (amount ?? left) <= left else {
            throw ServiceError(
                .invalidBody,
                at: "/amount",
                Phrase(
                    vi: "vụ việc chỉ giữ \(left.formatted); \((amount ?? left).formatted) là quá số đó",
                    en:
                        "the case holds \(left.formatted(in: .english)); \((amount ?? left).formatted(in: .english)) is more than that"
                )
            )
        }
        return amount ?? left
    }

    private static func settle(
        _ decision: CaseDecision,
        _ name: String,
        at pointer: String,
        _ left: Money,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> JSON {
        let target = try CaseTarget.find(name, at: pointer, within: agencies, tx)
        let amount = try fit(decision.amount, left)
        // What is more than the request waits for stays in suspense; named amounts are taken at their word.
        guard decision.amount == nil || amount <= target.due else {
            throw ServiceError(
                .invalidBody,
                at: "/amount",
                Phrase(
                    vi:
                        "yêu cầu \(target.reference) chỉ còn phải nộp \(target.due.formatted); \(amount.formatted) là quá số đó",
                    en:
                        "\(target.due.formatted(in: .english)) remains to be paid for the request \(target.reference); \(amount.formatted(in: .english)) is more than that"
                )
            )
        }
        return part(target, min(amount, target.due))
    }

    private static func part(_ target: CaseTarget, _ amount: Money) -> JSON {
        [
            "payment_request_id": .string(target.id.text), "reference": .string(target.reference),
            "amount": .money(amount),
        ]
    }

    private static func split(
        _ decision: CaseDecision,
        _ left: Money,
        _ agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> JSON {
        guard !decision.parts.isEmpty else {
            throw ServiceError(
                .invalidBody,
                at: "/parts",
                Phrase(vi: "hãy nêu các phần: [{reference, amount}, …]", en: "name the parts: [{reference, amount}, …]")
            )
        }
        let total = decision.parts.map(\.amount).total()
        guard total <= left else {
            throw ServiceError(
                .invalidBody,
                at: "/parts",
                Phrase(
                    vi: "các phần cộng lại là \(total.formatted); vụ việc giữ \(left.formatted)",
                    en:
                        "the parts come to \(total.formatted(in: .english)); the case holds \(left.formatted(in: .english))"
                )
            )
        }
        var seen: Set<UUID> = []
        let parts = try decision.parts.enumerated().map { index, given in
            let target = try CaseTarget.find(
                given.target,
                at: "/parts/\(index)/reference",
                within: agencies,
                tx
            )
            guard seen.insert(target.id).inserted else {
                throw ServiceError(
                    .invalidBody,
                    at: "/parts/\(index)/reference",
                    Phrase(
                        vi: "yêu cầu \(target.reference) có hai lần trong cách chia",
                        en: "the request \(target.reference) stands in the split twice"
                    )
                )
            }
            guard given.amount <= target.due else {
                throw ServiceError(
                    .invalidBody,
                    at: "/parts/\(index)/amount",
                    Phrase(
                        vi: "yêu cầu \(target.reference) chỉ còn phải nộp \(target.due.formatted)",
                        en:
                            "only \(target.due.formatted(in: .english)) remains to be paid for the request \(target.reference)"
                    )
                )
            }
            return part(target, given.amount)
        }
        return ["parts": .array(parts)]
    }

    private static func refundLine(
        _ decision: CaseDecision,
        _ row: CaseRow,
        _ left: Money,
        _ tx: borrowing Transaction
    ) throws -> JSON {
        guard let id = decision.target.flatMap({ UUID(uuidString: $0) }), row.statementLineID != nil else {
            throw ServiceError(
                .invalidBody,
                at: "/refund_id",
                Phrase(
                    vi:
                        "hãy nêu mã khoản hoàn tương ứng với khoản ghi nợ này; xem bằng `khop refund list --state executed`",
                    en: "name the refund that this debit was, by its id; `khop refund list --state executed` shows them"
                )
            )
        }
        let found = try Refunds.find(id, tx)
        guard found.state == .executed, found.amount == -left, found.accountNumber == row.accountNumber else {
            throw ServiceError(
                .invalidBody,
                at: "/refund_id",
                Phrase(
                    vi:
                        "khoản hoàn \(id.text) ở trạng thái “\(Vocabulary.refundState[found.state.rawValue][.vietnamese])”, \(found.amount.formatted) từ tài khoản \(found.accountNumber); khoản ghi nợ là \((-left).formatted) từ tài khoản \(row.accountNumber ?? "")",
                    en:
                        "the refund \(id.text) is \(Vocabulary.refundState[found.state.rawValue][.english]), \(found.amount.formatted(in: .english)) from \(found.accountNumber); the debit is \((-left).formatted(in: .english)) from \(row.accountNumber ?? "")"
                )
            )
        }
        return ["refund_id": .string(id.text), "amount": .money(-left)]
    }

    /// Does what was worked out and agreed to.
    static func perform(
        _ action: CaseAction,
        _ arguments: JSON,
        note: String,
        on row: CaseRow,
        proposedBy: Person,
        approvedBy: Person,
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws {
        let now = Instant.now()
        let amount = Money(arguments["amount"]?.integer ?? 0)
        switch action {
        case .accept, .link:
            if let refund = arguments["refund_id"]?.string {
                try tx.query(
                    "select settle_refund_from_case(\(row.id)::bigint, \(refund)::uuid, \(now)::timestamptz)"
                )
            } else if let notice = arguments["notice_id"]?.integer {
                try tx.query(
                    "select prove_notice_from_case(\(row.id)::bigint, \(notice)::bigint, \(now)::timestamptz)"
                )
            } else {
                try settle(row, arguments, now, tx)
            }
        case .split:
            // In the order of the requests' ids, as every settlement locks them.
            let parts = (arguments["parts"]?.array ?? []).sorted {
                $0["payment_request_id"]?.string ?? "" < $1["payment_request_id"]?.string ?? ""
            }
            for part in parts { try settle(row, part, now, tx) }
        case .refund:
            let claim = try RefundClaim(suspenseOf: row.id, amount: amount, within: agencies, tx)
            let given = arguments["beneficiary"]
            let draft = RefundDraft(
                source: .suspense(row.id),
                amount: amount,
                reason: arguments["reason"]?.string ?? row.kind,
                note: note,
                beneficiary: given?["bank_bin"]?.string.map { bin in
                    Beneficiary(
                        bankBIN: bin,
                        account: given?["account_number"]?.string ?? "",
                        name: given?["name"]?.string ?? ""
                    )
                }
            )
            _ = try RefundWriter.insert(claim, draft, requestedBy: proposedBy, approvedBy: approvedBy, tx)
        case .writeOff:
            try tx.query(
                "select write_off_case_money(\(row.id)::bigint, \(amount)::bigint, \(now)::timestamptz)"
            )
        case .askBank, .dismiss, .reopen: break
        }
    }

    private static func settle(
        _ row: CaseRow,
        _ part: JSON,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        guard let request = part["payment_request_id"]?.string.flatMap({ UUID(uuidString: $0) }),
            let amount = part["amount"]?.integer
        else {
            throw ServiceError(
                .internalFailure,
                Phrase(
                    vi: "Đề nghị của vụ việc \(row.id) thiếu yêu cầu hoặc số tiền.",
                    en: "The proposal on case \(row.id) lacks a request or an amount."
                )
            )
        }
        try CaseSettlement.settle(row, request: request, amount: Money(amount), now: now, tx)
    }
}
