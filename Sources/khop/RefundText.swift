import Casework
import Collection
import Foundation
import Identity
import Values
import Workflow

/// A refund as text for a terminal.
enum RefundText {
    static func asked(_ refund: JSON) -> Phrase {
        let (id, amount) = (Shown.text(refund["id"]), Money(refund["amount"]?.integer ?? 0))
        return Phrase(
            vi: "Khoản hoàn \(id), \(amount.formatted), chờ người khác duyệt.",
            en: "Refund \(id) of \(amount.formatted(in: .english)) waits for another person to approve it."
        )
    }

    static func approved(_ refund: Refund) -> Phrase {
        let id = refund.id.uuidString.lowercased()
        guard refund.state == .requested else {
            return Phrase(vi: "Đã duyệt khoản hoàn \(id).", en: "Refund \(id) is approved.")
        }
        return refund.decision.phrase.prefixed(by: "\(id): ")
    }

    static func describe(_ refund: Refund, seenWith sight: PersonalSight) -> String {
        let to = refund.beneficiary.map {
            "\(sight.shown($0.name, .name)) · \(sight.shown($0.account, .accountNumber)) · \($0.bankBIN)"
        }
        let head = "\(String(vi: "Khoản hoàn", en: "Refund")) \(refund.id.uuidString.lowercased())"
        let parts = refund.parts.map { part in
            let from =
                part.caseID.map { String(vi: "tiền chờ xử lý của vụ việc \($0)", en: "suspense of case \($0)") }
                ?? String(vi: "khoản thu của yêu cầu", en: "the request's fee")
            return "\(part.amount.formatted(in: .ofTerminal)) · \(from)"
        }
        return head + " · \(Vocabulary.refundState[refund.state.rawValue][.ofTerminal])\n"
            + Shown.list([
                (Phrase(vi: "số tiền", en: "amount"), refund.amount.formatted(in: .ofTerminal)),
                (Phrase(vi: "lý do", en: "reason"), Vocabulary.caseKind[refund.reason][.ofTerminal]),
                (Phrase(vi: "ghi chú", en: "note"), refund.note ?? ""),
                (
                    Phrase(vi: "trả cho", en: "paid to"),
                    to ?? String(vi: "chưa có người thụ hưởng", en: "no beneficiary yet")
                ),
                (Phrase(vi: "tài khoản chi", en: "from account"), refund.accountNumber),
                (Phrase(vi: "ký hiệu", en: "mark"), refund.endToEndID),
                (Phrase(vi: "yêu cầu", en: "request"), refund.paymentRequestID?.uuidString.lowercased() ?? ""),
                (Phrase(vi: "vụ việc", en: "case"), refund.caseID.map { String($0) } ?? ""),
                (Phrase(vi: "gồm", en: "made of"), parts.joined(separator: "\n")),
                (Phrase(vi: "đề nghị", en: "requested"), step(refund.requested)),
                (Phrase(vi: "nhận đề nghị", en: "taken over"), step(refund.adopted)),
                (Phrase(vi: "duyệt", en: "approved"), step(refund.approved)),
                (Phrase(vi: "duyệt lần hai", en: "approved again"), step(refund.secondApproved)),
                (
                    Phrase(vi: "còn chờ", en: "waits"),
                    refund.state == .requested ? refund.decision.sentence(in: .ofTerminal) : ""
                ),
                (Phrase(vi: "từ chối", en: "rejected"), step(refund.rejected)),
                (Phrase(vi: "lệnh chi", en: "executed"), step(refund.executed)),
                (Phrase(vi: "tệp chi trả", en: "payment file"), refund.file ?? ""),
                (Phrase(vi: "ra khỏi ngân hàng", en: "left the bank"), refund.settledAt?.formatted ?? ""),
            ])
    }

    private static func step(_ step: Refund.Step?) -> String {
        step.map { "\($0.at.formatted) · \($0.name)" } ?? ""
    }
}
