import Collection
import Identity
import Values
import Workflow

extension CasePage {
    static func sides(_ file: CaseFile, _ word: Wording) -> [Side] {
        var sides: [Side] = []
        if let line = file.line {
            let (name, account) = (line.counterpartyName, line.counterpartyAccount)
            let from = [word.personal(name, .name), word.personal(account, .accountNumber)].compactMap { $0 }
                .joined(separator: " · ")
            sides.append(
                Side(
                    heading: word(vi: "Dòng sao kê", en: "Statement line"),
                    facts: [
                        Fact(word(vi: "Số tiền", en: "Amount"), word.money(line.amount)),
                        Fact(word(vi: "Giao dịch", en: "Transaction"), line.transactionID),
                        Fact(word(vi: "Hạch toán lúc", en: "Booked"), line.bookedAt.formatted),
                        Fact(word(vi: "Người chuyển", en: "From"), from),
                        Fact(
                            word(vi: "Sao kê, dòng", en: "Statement, line"),
                            "\(line.statementID), \(line.number)",
                            href: "/console/statements/\(line.statementID)"
                        ),
                    ].compactMap { $0 },
                    memo: word.personal(line.memo, .memo).map {
                        Marked($0, against: word.personal(file.notice?.memo, .memo))
                    }
                )
            )
        }
        let heading = word(vi: "Thông báo của ngân hàng", en: "Bank's notice")
        if let notice = file.notice { sides.append(side(of: notice, heading, against: file.line?.memo, word)) }
        let next = word(vi: "Thông báo khác cho yêu cầu này", en: "Another notice for this request")
        sides += file.otherNotices.map { side(of: $0, next, against: nil, word) }
        if let request = file.request { sides.append(side(of: request, file.head.subject.payerName, word)) }
        return sides
    }

    private static func side(
        of notice: CaseFile.Notice,
        _ heading: String,
        against memo: String?,
        _ word: Wording
    ) -> Side {
        Side(
            heading: heading,
            facts: [
                Fact(word(vi: "Số tiền", en: "Amount"), word.money(notice.amount)),
                Fact(word(vi: "Giao dịch", en: "Transaction"), notice.transactionID),
                Fact(word(vi: "Giao dịch lúc", en: "Occurred"), notice.occurredAt.formatted),
                Fact(word(vi: "Nhận lúc", en: "Received"), notice.receivedAt.formatted),
                Fact(word(vi: "Kết quả", en: "Outcome"), word[Vocabulary.outcome[notice.outcome]]),
            ].compactMap { $0 },
            memo: word.personal(notice.memo, .memo).map { Marked($0, against: word.personal(memo, .memo)) }
        )
    }

    private static func side(of request: CaseFile.Request, _ payer: String?, _ word: Wording) -> Side {
        Side(
            heading: word(vi: "Yêu cầu thanh toán", en: "Payment request"),
            facts: [
                Fact(word(vi: "Phải nộp", en: "Due"), word.money(request.amountDue)),
                Fact(word(vi: "Đã nhận", en: "Received"), word.money(request.amountReceived)),
                request.amountRefunded == .zero
                    ? nil : Fact(word(vi: "Đã hoàn", en: "Refunded"), word.money(request.amountRefunded)),
                Fact(
                    word(vi: "Mã thanh toán", en: "Reference"),
                    request.reference,
                    href: "/console/payments/\(request.id.text)"
                ),
                Fact(word(vi: "Hồ sơ", en: "Dossier"), request.dossierCode),
                Fact(word(vi: "Người nộp", en: "Payer"), word.personal(payer, .name)),
                Fact(word(vi: "Trạng thái", en: "Status"), word[request.state.words]),
                Fact(word(vi: "Hết hạn", en: "Expires"), request.expiresAt.formatted),
            ].compactMap { $0 },
            memo: nil
        )
    }
}
