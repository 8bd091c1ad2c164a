import Collection
import Identity
import Values
import Workflow

/// Statements as people read them in a terminal: in their language, local time, amounts in groups.
enum StatementText {
    private static let language = Language.ofTerminal

    private static func words(_ vietnamese: String, _ english: String) -> String {
        Phrase(vi: vietnamese, en: english)[language]
    }

    static func imported(_ imported: StatementImport.Imported) -> String {
        let statement = imported.statement
        var lines = [
            imported.isRepeated
                ? words(
                    "Đã nhập trước đây: sao kê số \(statement.id).",
                    "Imported before, as statement \(statement.id)."
                )
                : words("Đã nhập sao kê số \(statement.id).", "Imported statement \(statement.id).")
        ]
        lines += facts(statement)
        return lines.joined(separator: "\n") + "\n"
    }

    static func list(_ statements: [StoredStatement]) -> String {
        guard !statements.isEmpty else { return words("Chưa có sao kê nào.", "There are no statements.") + "\n" }
        let columns: [TerminalTable.Column] = [
            .number("số", "id"), .text("tài khoản", "account"), .text("định dạng", "format"), .text("từ ngày", "from"),
            .text("đến ngày", "to"), .number("số dòng", "lines"), .number("ghi có (₫)", "credits (₫)"),
            .number("ghi nợ (₫)", "debits (₫)"), .number("dư cuối (₫)", "closing (₫)"), .text("nhập lúc", "imported"),
            .text("tệp", "file"), .text("", ""),
        ]
        let rows = statements.map { statement in
            [
                String(statement.id), "\(statement.account) \(statement.bankName)", statement.format,
                statement.firstDay?.formatted ?? "–", statement.lastDay?.formatted ?? "–", String(statement.lines),
                statement.credits.grouped, statement.debits.grouped, statement.closingBalance?.grouped ?? "–",
                statement.importedAt.formatted, statement.fileName ?? "–",
                (statement.forced == nil ? "" : words("bắt buộc", "forced"))
                    + (statement.undone == nil ? "" : words(" đã hoàn tác", " undone"))
                    + (statement.awaitingConfirmation > 0
                        ? words(
                            " \(statement.awaitingConfirmation) chờ xác nhận",
                            " \(statement.awaitingConfirmation) awaiting"
                        ) : "")
                    + (statement.warnings.isEmpty ? "" : " ⚠"),
            ]
        }
        return TerminalTable(columns, rows).text
    }

    static func shown(_ shown: ShownStatement, seenWith sight: PersonalSight) -> String {
        let statement = shown.statement
        let title = words(
            "Sao kê số \(statement.id), tài khoản \(statement.account) (\(statement.bankName))",
            "Statement \(statement.id), account \(statement.account) (\(statement.bankName))"
        )
        let rows = ShownStatement.outcomeNames.map { name in
            [Vocabulary.outcome[name][language], String(shown.lines(name))]
        }
        let table = TerminalTable([.text("kết quả", "outcome"), .number("số dòng", "lines")], rows).text
        return ([title] + facts(statement) + ["", table]).joined(separator: "\n") + awaiting(shown.awaiting, sight)
    }

    /// What another person is to confirm, line by line.
    private static func awaiting(_ awaiting: AwaitingRecoveries, _ sight: PersonalSight) -> String {
        guard awaiting.lines > 0 else { return "" }
        let columns: [TerminalTable.Column] = [
            .number("dòng", "line"), .text("thời điểm", "booked at"), .number("số tiền (₫)", "amount (₫)"),
            .text("mã thanh toán", "reference"), .text("hồ sơ", "dossier"), .text("người chuyển", "payer"),
            .text("nội dung", "memo"),
        ]
        let rows = awaiting.items.map { item in
            [
                String(item.number), item.bookedAt.formatted, item.amount.grouped,
                item.payments.map(\.reference).joined(separator: ", "),
                item.payments.map(\.dossierCode).joined(separator: ", "),
                item.counterpartyName.map { sight.shown($0, .name) } ?? "–",
                item.memo.map { sight.shown($0, .memo) } ?? "–",
            ]
        }
        let title = words(
            "Chờ người khác xác nhận: \(awaiting.lines) dòng, tổng \(awaiting.total.formatted)",
            "Awaiting another person: \(awaiting.lines) lines of \(awaiting.total.formatted) in all"
        )
        let others = awaiting.lines - awaiting.items.count
        let rest = others > 0 ? words("… và \(others) dòng khác\n", "… and \(others) more\n") : ""
        return "\n\(title)\n" + TerminalTable(columns, rows).text + rest
    }

    static func confirmed(_ confirmed: ConfirmedRecoveries) -> String {
        let head = words(
            "Sao kê số \(confirmed.statementID): đã ghi nhận \(confirmed.lines) dòng, tổng \(confirmed.total.formatted).",
            "Statement \(confirmed.statementID): \(confirmed.lines) lines recovered, \(confirmed.total.formatted) in all."
        )
        let cases = confirmed.cases.map { left in
            words("Dòng \(left.lineNumber)", "Line \(left.lineNumber)")
                + (left.caseID.map { words(", vụ việc \($0): ", ", case \($0): ") } ?? ": ")
                + left.reason.sentence(in: language)
        }
        return ([head] + cases).joined(separator: "\n") + "\n"
    }

    static func undone(_ undone: UndoneStatement) -> String {
        words(
            "Đã hoàn tác sao kê số \(undone.statementID): \(undone.lines) dòng, \(undone.postings) bút toán được đảo, "
                + "\(undone.requests) yêu cầu chờ thanh toán lại, \(undone.refunds) khoản hoàn chờ ngân hàng xác nhận lại, "
                + "\(undone.casesClosed) vụ việc đóng, \(undone.casesReopened) vụ việc mở lại.\n",
            "Statement \(undone.statementID) is undone: \(undone.lines) lines, \(undone.postings) postings reversed, "
                + "\(undone.requests) requests to be paid again, \(undone.refunds) refunds to be confirmed again, "
                + "\(undone.casesClosed) cases closed, \(undone.casesReopened) opened again.\n"
        )
    }

    /// What a statement says of itself, and how it came in.
    private static func facts(_ statement: StoredStatement) -> [String] {
        let period = [statement.firstDay, statement.lastDay].map { $0?.formatted ?? "–" }
        let amounts = [statement.openingBalance, statement.closingBalance].map { $0?.formatted ?? "–" }
        var facts = [
            words("Tệp: ", "File: ") + "\(statement.fileName ?? "–") (\(statement.format))",
            words("Kỳ: \(period[0]) đến \(period[1])", "Period: \(period[0]) to \(period[1])"),
            words("Số dòng: ", "Lines: ") + String(statement.lines)
                + words(
                    " (\(statement.overlapping) dòng đã có từ sao kê trước)",
                    " (\(statement.overlapping) known from statements before)"
                ),
            words("Ghi có: ", "Credits: ") + statement.credits.formatted
                + words("; ghi nợ: ", "; debits: ") + statement.debits.formatted,
            words("Số dư đầu kỳ: ", "Opening balance: ") + amounts[0]
                + words("; cuối kỳ: ", "; closing: ") + amounts[1],
            words("Nhập lúc ", "Imported at ") + statement.importedAt.formatted
                + words(", người nhập: ", " by ") + statement.importedBy
                + (statement.isFeed ? words(" (tự động từ ngân hàng)", " (feed)") : ""),
        ]
        if let undone = statement.undone {
            let (by, at, note) = (undone.by, undone.at.formatted, undone.note)
            facts.append(words("Đã hoàn tác lúc \(at), bởi \(by): “\(note)”", "Undone at \(at) by \(by): “\(note)”"))
        }
        if let forced = statement.forced {
            facts.append(Reason.statementForced(by: forced.by, why: forced.why).sentence(in: language))
            facts.append(words("Nếu không bắt buộc thì đã bị từ chối vì:", "Without force it would have been refused:"))
            facts += forced.reasons.map { "  " + $0.sentence(in: language) }
        }
        return facts
    }
}
