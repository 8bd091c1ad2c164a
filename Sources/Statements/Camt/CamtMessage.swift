import Values

/// A camt message while it is read: the parser's position and the values collected so far.
final class CamtMessage: XMLReceiver {
    var blocks: StatementBlocks
    private let format: StatementFormat
    private let paths = CamtPaths.shared.nodes
    /// The nodes of the open elements; elements below one that is ignored have no node.
    private var stack = [0]
    private var skippedDepth = 0
    private var line = 1
    private var buffer: [UInt8] = []
    private var currency = ""
    private var entry = CamtEntry()
    private var details: CamtDetails?
    private var balance = CamtBalance()
    private var totals = CamtTotals()
    private var ready: [StatementLine] = []
    private var linesMade = 0
    private var passedOver = 0
    private var hasRoot = false

    private static let maximumTextBytes = 64 << 10
    private static let maximumDetails = 100_000

    init(_ format: StatementFormat, _ options: StatementOptions) {
        self.format = format
        blocks = StatementBlocks(options)
    }

    /// Passes on the lines that are complete.
    func drain(_ emit: (StatementLine) throws -> Void) throws {
        let lines = ready
        ready.removeAll(keepingCapacity: true)
        for line in lines { try blocks.tally.take(line, emit) }
        try blocks.tally.stopIfHopeless()
    }

    func finish() throws -> StatementSummary {
        if passedOver > 0 {
            blocks.note(
                Phrase(
                    vi: "Đã bỏ qua \(passedOver) bút toán đang chờ, chỉ để thông báo hoặc bằng 0.",
                    en: "\(passedOver) entries that are pending, for information or of 0 were passed over."
                )
            )
        }
        return try blocks.finish(
            line: line,
            noun: format == .camt053
                ? Phrase(vi: "sao kê camt.053", en: "camt.053 statement")
                : Phrase(vi: "thông báo camt.054", en: "camt.054 notification")
        )
    }

    func begin(_ name: String, _ attributes: XMLAttributes, line: Int) {
        self.line = line
        if skippedDepth == 0, !hasRoot { checkRoot(name, attributes) }
        guard skippedDepth == 0, let node = stack.last, let child = paths[node].children[name] else {
            skippedDepth += 1
            return
        }
        if name == "BkToCstmrStmt" || name == "BkToCstmrDbtCdtNtfctn" || name == "BkToCstmrAcctRpt" { checkKind(name) }
        stack.append(child)
        buffer.removeAll(keepingCapacity: true)
        switch paths[child].field {
        case .statement:
            blocks.begin()
            totals = CamtTotals()
        case .balance: balance = CamtBalance()
        case .entry: entry = CamtEntry()
        case .details: details = CamtDetails()
        case .entryAmount, .balanceAmount, .detailAmount, .transactionAmount: currency = attributes["Ccy"] ?? ""
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard skippedDepth == 0, let node = stack.last, paths[node].field != nil else { return }
        guard buffer.count + bytes.count <= Self.maximumTextBytes else {
            if buffer.count < Self.maximumTextBytes {
                blocks.fault(
                    line,
                    "",
                    "",
                    Phrase(
                        vi: "nội dung một phần tử dài hơn \(Self.maximumTextBytes) byte",
                        en: "an element's text is longer than \(Self.maximumTextBytes) bytes"
                    )
                )
                buffer.append(contentsOf: repeatElement(0x20, count: Self.maximumTextBytes - buffer.count))
            }
            return
        }
        buffer.append(contentsOf: bytes)
    }

    func end() {
        guard skippedDepth == 0 else {
            skippedDepth -= 1
            return
        }
        let node = stack.removeLast()
        guard let field = paths[node].field else { return }
        switch field {
        case .statement: endStatement()
        case .balance: endBalance()
        case .entry: endEntry()
        case .details: endDetails()
        default:
            let text = String(decoding: buffer, as: UTF8.self).trimmed
            if !text.isEmpty { take(field, text) }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func checkRoot(_ name: String, _ attributes: XMLAttributes) {
        hasRoot = true
        if name != "Document" {
            blocks.tally.fault(
                line,
                name,
                "",
                Phrase(
                    vi: "không phải là thông điệp ISO 20022: phần tử ngoài cùng phải là Document",
                    en: "is not an ISO 20022 message: the outermost element must be Document"
                ),
                code: .lineInvalid
            )
        }
        guard let namespace = attributes.namespace, !namespace.contains("camt.05") else { return }
        blocks.tally.fault(
            line,
            "Document",
            namespace,
            Phrase(
                vi: "không phải là không gian tên của thông điệp camt.053 hoặc camt.054",
                en: "is not the namespace of a camt.053 or camt.054 message"
            )
        )
    }

    private func checkKind(_ name: String) {
        let expected = format == .camt053 ? "BkToCstmrStmt" : "BkToCstmrDbtCdtNtfctn"
        guard name != expected else { return }
        if name == "BkToCstmrAcctRpt" {
            blocks.tally.fault(
                line,
                name,
                "",
                Phrase(
                    vi: "là báo cáo trong ngày (camt.052), các bút toán sẽ có lại trong sao kê: hãy nhập camt.053",
                    en:
                        "is an interim report (camt.052), whose entries come again in the statement: import the camt.053"
                ),
                code: .lineInvalid
            )
        } else {
            blocks.tally.fault(
                line,
                name,
                "",
                Phrase(
                    vi: "không phải định dạng đã nêu, \(expected): hãy nêu đúng định dạng của tệp",
                    en: "is not what was asked for, \(expected): name the format that the file has"
                ),
                code: .lineInvalid
            )
        }
    }

    private func take(_ field: CamtField, _ text: String) {
        switch field {
        case .account: blocks.account(text, line: line)
        case .accountCurrency: blocks.currency(text, line: line, field: "Acct/Ccy")
        case .creditTotal: totals.toldCredits = text
        case .debitTotal: totals.toldDebits = text
        case .balanceKind: balance.kind = text
        case .balanceMark: balance.mark = text
        case .balanceAmount: balance.amount = amount(text)
        case .entryReference: entry.reference = text
        case .entryAmount: entry.amount = amount(text)
        case .entryMark: entry.mark = text
        case .entryStatus: entry.status = text
        case .bookingDate: entry.bookingDate = text
        case .valueDate: entry.valueDate = text
        case .servicerReference: entry.servicerReference = text
        case .entryInformation: entry.information = text
        case .statement, .balance, .entry, .details: break
        default: takeDetail(field, text)
        }
    }

    private func takeDetail(_ field: CamtField, _ text: String) {
        switch field {
        case .detailServicerReference: details?.servicerReference = text
        case .transactionID: details?.transactionID = text
        case .endToEndID: details?.endToEndID = text
        case .detailAmount: details?.amount = amount(text)
        case .transactionAmount: details?.transactionAmount = amount(text)
        case .detailMark: details?.mark = text
        case .debtorName: details?.debtorName = text
        case .debtorAccount: details?.debtorAccount = text
        case .debtorBank: if details?.debtorBank == nil { details?.debtorBank = text }
        case .creditorName: details?.creditorName = text
        case .creditorAccount: details?.creditorAccount = text
        case .creditorBank: if details?.creditorBank == nil { details?.creditorBank = text }
        case .unstructured:
            // Anything beyond the longest memo would be dropped later.
            if let count = details?.unstructured.count, count < 200 { details?.unstructured.append(text) }
        case .creditorReference: if details?.creditorReference == nil { details?.creditorReference = text }
        case .detailInformation: details?.information = text
        default: break
        }
    }

    private func amount(_ text: String) -> CamtAmount { CamtAmount(digits: text, currency: currency) }

    private func endDetails() {
        guard let ended = details else { return }
        details = nil
        guard entry.details.count < Self.maximumDetails else {
            if entry.details.count == Self.maximumDetails {
                blocks.fault(
                    line,
                    "TxDtls",
                    "",
                    Phrase(
                        vi: "một bút toán có hơn \(Self.maximumDetails) giao dịch",
                        en: "an entry has more than \(Self.maximumDetails) transactions"
                    )
                )
                entry.details.append(ended)
            }
            return
        }
        entry.details.append(ended)
    }

    private func endBalance() {
        guard let amount = balance.amount, ["OPBD", "PRCD", "CLBD"].contains(balance.kind) else { return }
        blocks.currency(amount.currency, line: line, field: "Bal/Amt/@Ccy")
        guard let money = amount.money, balance.mark == "CRDT" || balance.mark == "DBIT" else {
            return blocks.fault(
                line,
                "Bal",
                amount.digits,
                Phrase(
                    vi: "không phải là số dư: cần số tiền và CRDT hoặc DBIT",
                    en: "is not a balance: an amount and CRDT or DBIT"
                )
            )
        }
        let signed = balance.mark == "DBIT" ? -money : money
        if balance.kind == "CLBD" {
            blocks.closing(signed)
        } else if balance.kind == "OPBD" || !blocks.hasOpening {
            // Without an opening balance, the closing balance of the previous period is used.
            blocks.opening(signed)
        }
    }

    private func endEntry() {
        guard entry.isBooked else {
            passedOver += 1
            totals.isWhole = false
            return
        }
        if let amount = entry.amount { blocks.currency(amount.currency, line: line, field: "Ntry/Amt/@Ccy") }
        do throws(CamtEntry.Failure) {
            let amount = try entry.signedAmount()
            if amount == .zero {
                passedOver += 1
                return
            }
            totals.add(amount)
            let lines = try entry.lines(number: linesMade + 1)
            linesMade += lines.count
            for line in lines where blocks.admit(line) { ready.append(line) }
        } catch {
            totals.isWhole = false
            blocks.fault(line, "Ntry/\(error.element)", error.value, error.reason)
        }
    }

    private func endStatement() {
        let exponent = StatementAmount.exponent(of: blocks.tally.summary.currency ?? "VND")
        let contradicted = totals.contradiction(exponent: exponent)
        blocks.end(line: line, contradicted: contradicted, tellsBalances: format == .camt053)
    }
}
