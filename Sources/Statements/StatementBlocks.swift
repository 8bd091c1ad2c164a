import Values

/// The statements within a file whose format has balances for each: camt's `Stmt`, an MT940 message.
///
/// Checks that each statement's opening balance plus its lines is the closing balance, and that it opens with the
/// closing balance of the one before it. Of a file with several accounts only the required one is read.
struct StatementBlocks {
    var tally: StatementTally
    private var isInside = false
    private var isSkipped = false
    private var opening: Money?
    private var closing: Money?
    /// Wider than money, because the sums have not been checked against its range yet.
    private var sum: Int128 = 0
    private var previousClosing: Money?
    /// Whether a line of this block could not be read, so that its sum is meaningless.
    private var isBroken = false
    private var skippedAccounts: [String] = []
    private var count = 0

    init(_ options: StatementOptions) { tally = StatementTally(options) }

    mutating func begin() {
        (isInside, isSkipped, isBroken) = (true, false, false)
        (opening, closing, sum) = (nil, nil, 0)
    }

    /// Sets the account of the current block.
    mutating func account(_ text: String, line: Int) {
        guard tally.options.isAccepted(account: text) else {
            isSkipped = true
            if !skippedAccounts.contains(text), skippedAccounts.count < 20 { skippedAccounts.append(text) }
            return
        }
        if let known = tally.summary.account, StatementOptions.normalised(known) != StatementOptions.normalised(text) {
            isSkipped = true
            if tally.options.account == nil || tally.options.acceptsForeign {
                tally.fault(
                    line,
                    "account",
                    text,
                    Phrase(
                        vi: "là tài khoản thứ hai trong một tệp, sau \(known): hãy nêu tài khoản cần đọc",
                        en: "is a second account in one file, after \(known): say which one to read"
                    )
                )
            }
            return
        }
        tally.summary.account = text
    }

    /// Checks that an amount has the accepted currency and the same one as the amount before.
    mutating func currency(_ code: String, line: Int, field: String) {
        if isSkipped { return }
        if let accepted = tally.options.acceptedCurrency, code != accepted {
            // Reported once: all other amounts of the file will have the same currency.
            if tally.summary.currency != code {
                tally.fault(
                    line,
                    field,
                    code,
                    Phrase(
                        vi: "phải là \(accepted): hệ thống không hạch toán loại tiền khác",
                        en: "must be \(accepted): other currencies are not booked here"
                    )
                )
            }
        } else if let known = tally.summary.currency, known != code {
            tally.fault(
                line,
                field,
                code,
                Phrase(vi: "khác loại tiền của tệp, \(known)", en: "is not the currency of the file, \(known)")
            )
        }
        tally.summary.currency = tally.summary.currency ?? code
    }

    mutating func opening(_ balance: Money) { opening = balance }
    mutating func closing(_ balance: Money) { closing = balance }

    var hasOpening: Bool { opening != nil }

    mutating func fault(_ line: Int, _ field: String, _ value: String, _ reason: Phrase) {
        isBroken = true
        if !isSkipped { tally.fault(line, field, value, reason) }
    }

    /// Reports an error in the structure of the file. It also counts in the block of another account, whose account may
    /// be what is broken.
    mutating func structuralFault(_ line: Int, _ field: String, _ reason: Phrase) {
        isBroken = true
        tally.fault(line, field, "", reason)
    }

    /// Adds a line to the block; returns `false` if the block belongs to another account, whose lines are skipped.
    mutating func admit(_ line: StatementLine) -> Bool {
        sum += Int128(line.amount.dong)
        return !isSkipped
    }

    mutating func take(_ line: StatementLine, _ emit: (StatementLine) throws -> Void) throws {
        if admit(line) { try tally.take(line, emit) }
    }

    /// Ends the current block.
    ///
    /// - Parameters:
    ///   - contradicted: a total stated by the block that differs from its lines. Balances take precedence over it.
    ///   - tellsBalances: whether the format has balances at all.
    mutating func end(line: Int, contradicted: String? = nil, tellsBalances: Bool = true) {
        defer { isInside = false }
        guard isInside, !isSkipped else { return }
        count += 1
        if let opening, let previousClosing, opening != previousClosing {
            tally.fault(
                line,
                "opening balance",
                opening.description,
                Phrase(
                    vi: "không nối tiếp \(previousClosing), số dư cuối kỳ trước đó: có thiếu sao kê nào ở giữa không?",
                    en:
                        "does not follow from \(previousClosing), the closing balance before it: is a statement missing in between?"
                )
            )
        }
        if let opening, let closing, !isBroken, Int128(opening.dong) + sum != Int128(closing.dong) {
            tally.fault(
                line,
                "closing balance",
                closing.description,
                Phrase(
                    vi: "không khớp: số dư đầu kỳ \(opening) cộng các dòng \(sum) bằng \(Int128(opening.dong) + sum)",
                    en:
                        "does not follow: the opening balance \(opening) and the lines' \(sum) make \(Int128(opening.dong) + sum)"
                )
            )
        }
        if let contradicted {
            if opening != nil, closing != nil {
                note(
                    Phrase(
                        vi: "Tổng \(contradicted) ghi trong tệp khác tổng các bút toán.",
                        en: "The sum \(contradicted) that the file states is not what its entries come to."
                    )
                )
            } else {
                tally.fault(
                    line,
                    "sum",
                    contradicted,
                    Phrase(
                        vi: "khác tổng các bút toán: tệp có bị cắt hoặc sửa không?",
                        en: "is not what the entries come to: was the file cut or edited?"
                    )
                )
            }
        }
        if tellsBalances, opening == nil || closing == nil {
            note(
                Phrase(
                    vi: "Tệp không có đủ hai số dư nên không kiểm tra được các dòng theo số dư.",
                    en: "The file does not state both balances, so its lines could not be checked against them."
                )
            )
        }
        if count == 1 { tally.summary.openingBalance = opening }
        tally.summary.closingBalance = closing
        previousClosing = closing
    }

    mutating func note(_ text: Phrase) {
        if !tally.summary.notes.contains(text), tally.summary.notes.count < 20 { tally.summary.notes.append(text) }
    }

    /// Ends the file.
    mutating func finish(line: Int, noun: Phrase) throws -> StatementSummary {
        if count == 0, tally.faults.isEmpty {
            if let other = skippedAccounts.first, let asked = tally.options.account {
                let all = skippedAccounts.joined(separator: ", ")
                tally.fault(
                    line,
                    "account",
                    other,
                    Phrase(
                        vi: "tệp là của tài khoản \(all), không phải \(asked)",
                        en: "the file is of \(all), not of \(asked)"
                    )
                )
                tally.foreign.append(.account(all))
            } else {
                tally.fault(
                    line,
                    "",
                    "",
                    Phrase(vi: "không có \(noun[.vietnamese]) nào", en: "has no \(noun[.english])")
                )
            }
        } else if !skippedAccounts.isEmpty {
            note(
                Phrase(
                    vi: "Đã bỏ qua sao kê của tài khoản khác: \(skippedAccounts.joined(separator: ", ")).",
                    en: "Statements of other accounts were passed over: \(skippedAccounts.joined(separator: ", "))."
                )
            )
        }
        return try tally.finish()
    }
}
