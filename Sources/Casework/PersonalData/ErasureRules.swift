public import Values
import Workflow

/// What of a person's data may be erased when he asks for it (Decree 13/2023/NĐ-CP, article 16), and what the law wants
/// kept.
public enum ErasureRules {
    /// How long orders to the bank are kept: accounting vouchers of public money (Law on Accounting 88/2015/QH13, article 41;
    /// Decree 174/2016/NĐ-CP, article 13).
    public static let bookYears: Int64 = 10

    /// Why nothing may be erased yet; empty if it may. Money that is under way needs to be known whose it is.
    public static func hindrances(_ facts: ErasureFacts) -> [Phrase] {
        var found: [Phrase] = []
        for request in facts.requests where request.state == .pending {
            found.append(
                Phrase(
                    vi: "yêu cầu \(request.reference) còn chờ nộp tiền; hủy yêu cầu trước",
                    en: "request \(request.reference) still waits for its money; cancel it first"
                )
            )
        }
        for one in facts.cases where one.isOpen {
            found.append(
                Phrase(
                    vi: "vụ việc \(one.id) chưa kết thúc; xử lý xong trước",
                    en: "case \(one.id) is open; end it first"
                )
            )
        }
        for refund in facts.refunds where ![.rejected, .settled].contains(refund.state) {
            found.append(
                Phrase(
                    vi: "khoản hoàn \(refund.mark) chưa trả xong; chờ trả xong hoặc từ chối trước",
                    en: "refund \(refund.mark) is under way; wait until it is paid, or reject it first"
                )
            )
        }
        return found
    }

    /// Why whom a refund was paid to is kept; `nil` if it may be erased.
    public static func keeps(_ refund: ErasureFacts.OfRefund, at now: Instant) -> Phrase? {
        guard refund.state != .rejected, !isOver(refund.requestedAt, at: now) else { return nil }
        return Phrase(
            vi: "khoản hoàn \(refund.mark): lệnh chi là chứng từ kế toán, phải lưu \(bookYears) năm",
            en: "refund \(refund.mark): the order to the bank is an accounting voucher, kept for \(bookYears) years"
        )
    }

    /// Whether the time for which the books are kept has passed since a moment; a year counts 366 days, so that nothing goes
    /// too early.
    public static func isOver(_ instant: Instant, at now: Instant) -> Bool {
        instant < now.adding(seconds: -bookYears * 366 * 86_400)
    }
}
