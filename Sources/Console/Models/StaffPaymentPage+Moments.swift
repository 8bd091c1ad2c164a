import Casework
import Collection
import Identity
import Values
import Workflow

extension StaffPaymentPage {
    /// Everything that happened, the earliest first.
    static func moments(_ story: PaymentStory, _ word: Wording) -> [Moment] {
        var moments = [
            moment(
                story.request.createdAt,
                word(vi: "Yêu cầu được tạo", en: "Requested"),
                [word.money(story.request.amountDue), story.madeBy ?? ""],
                "plain"
            )
        ]
        // The first change is the creation.
        moments += story.changes.filter { $0.from != nil }.map { change in
            moment(
                change.at,
                word[change.from?.words ?? change.to.words] + " → " + word[change.to.words],
                [word(vi: "đã nhận ", en: "received ") + word.money(change.received)],
                change.to == .paid ? "done" : "plain"
            )
        }
        moments += story.baskets.flatMap { baskets($0, word) }
        moments += story.notices.flatMap { notices($0, word) }
        moments += story.cases.flatMap { cases($0, word) }
        moments += story.refunds.flatMap { refunds($0, word) }
        moments += story.messages.map { message($0, word) }
        return moments.sorted { $0.order < $1.order }
    }

    static func moment(
        _ at: Instant,
        _ what: String,
        _ detail: [String],
        _ tone: String,
        href: String? = nil,
        raw: String? = nil
    ) -> Moment {
        Moment(
            at: at.formatted,
            what: what,
            detail: detail.filter { !$0.isEmpty },
            tone: tone,
            href: href,
            raw: raw,
            order: at.microseconds
        )
    }

    /// What the payer was told, or was to be told.
    private static func message(_ message: MessageRecord, _ word: Wording) -> Moment {
        moment(
            message.endedAt ?? message.madeAt,
            word(vi: "Tin cho người nộp: ", en: "Message to the payer: ") + word[message.kind.words],
            [
                word[message.channel.words] + " " + (message.masked ?? word(vi: "đã xóa", en: "erased")),
                word[message.state.words], message.error ?? "",
            ],
            [.dead, .unknown].contains(message.state) ? "warn" : "plain"
        )
    }

    private static func baskets(_ basket: PaymentStory.BasketOfRequest, _ word: Wording) -> [Moment] {
        let until = word(vi: "mã dùng đến ", en: "its code until ") + basket.expiresAt.formatted
        var moments = [
            moment(
                basket.createdAt,
                word(vi: "Vào giỏ nộp chung", en: "Put into a basket"),
                [basket.reference, until],
                "plain"
            )
        ]
        if let at = basket.cancelledAt {
            moments.append(moment(at, word(vi: "Giỏ bị hủy", en: "Basket cancelled"), [basket.reference], "plain"))
        }
        return moments
    }

    private static func notices(_ notice: PaymentStory.Notice, _ word: Wording) -> [Moment] {
        let source = word[ConsoleTexts.source(notice.source)]
        var moments = [
            moment(
                notice.receivedAt,
                source + ": " + word[Vocabulary.outcome[notice.outcome]],
                [
                    word.money(notice.amount),
                    notice.share.map { word(vi: "cho yêu cầu này ", en: "for this request ") + word.money($0) } ?? "",
                    taker(notice, word),
                    notice.connection ?? "", transaction(notice, word),
                    word(vi: "giao dịch lúc ", en: "occurred ") + notice.occurredAt.formatted,
                    word.personal(notice.memo, .memo) ?? "",
                    notice.reason?.sentence(in: word.language).unbroken ?? "",
                ],
                notice.outcome == "settled" ? "done" : "wait",
                href: notice.caseID.map { "/console/cases/\($0)" },
                raw: notice.body
            )
        ]
        if let line = notice.line {
            moments.append(
                moment(
                    line.bookedAt,
                    word(vi: "Dòng sao kê xác nhận", en: "Confirmed by a statement line"),
                    [
                        word.money(line.amount), word.personal(line.memo, .memo) ?? "",
                        word.personal(line.counterparty, .name) ?? "",
                        word(
                            vi: "sao kê \(line.statementID), dòng \(line.number)",
                            en: "statement \(line.statementID), line \(line.number)"
                        ),
                    ],
                    "done",
                    href: "/console/statements/\(line.statementID)"
                )
            )
        }
        return moments
    }

    /// The bank's name for the transfer; the case whose money persons moved, and nothing for a line, which is told apart.
    private static func transaction(_ notice: PaymentStory.Notice, _ word: Wording) -> String {
        if let id = notice.caseID { return word(vi: "tiền của vụ việc \(id)", en: "the money of case \(id)") }
        return notice.transactionID.hasPrefix("line:") ? "" : notice.transactionID
    }

    /// Who took the money at a counter, and in which shift; empty if nobody did.
    private static func taker(_ notice: PaymentStory.Notice, _ word: Wording) -> String {
        guard let taking = notice.taking else { return "" }
        return word(
            vi: "thu ngân \(taking.cashier), ca \(taking.shiftID)",
            en: "taken by \(taking.cashier), shift \(taking.shiftID)"
        )
    }

    private static func refunds(_ one: PaymentStory.RefundOfRequest, _ word: Wording) -> [Moment] {
        let href = "/console/refunds/\(one.id.text)"
        let amount = word.money(one.amount)
        var moments = [
            moment(
                one.requestedAt,
                word(vi: "Yêu cầu hoàn tiền", en: "Refund requested"),
                [amount, one.requestedBy, one.mark],
                "wait",
                href: href
            )
        ]
        let steps: [(Instant?, String?, Phrase)] = [
            (one.approvedAt, one.approvedBy, Phrase(vi: "Duyệt hoàn tiền", en: "Refund approved")),
            (one.executedAt, one.executedBy, Phrase(vi: "Thực hiện hoàn tiền", en: "Refund executed")),
            (one.settledAt, "", Phrase(vi: "Ngân hàng đã ghi nợ khoản hoàn", en: "Refund shown by the bank")),
        ]
        for case (let at?, let by, let what) in steps {
            moments.append(moment(at, word[what], [amount, by ?? ""], "done", href: href))
        }
        return moments
    }
}
