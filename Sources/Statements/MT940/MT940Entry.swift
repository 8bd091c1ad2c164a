import Values

/// A statement line `:61:` with its `:86:`.
struct MT940Entry {
    struct Failure: Error { let reason: Phrase }

    let valueDate: Day
    let entryDate: Day?
    let amount: Money
    let reference: String
    let bankReference: String
    /// The optional next line, up to 34 characters, that a bank may add.
    var supplement = ""
    private(set) var details: MT940Details?

    /// Reads the value date YYMMDD, entry date MMDD?, mark C|D|RC|RD, funds letter?, amount, type N|F|S and three
    /// characters, reference, `//` and the bank's reference.
    init(_ text: String, exponent: Int) throws(Failure) {
        let bytes = Array(text.utf8)
        guard bytes.count > 6, let valueDate = Self.day(bytes[0..<6]) else {
            throw .noValueDate
        }
        self.valueDate = valueDate
        var rest = bytes[6...]
        if rest.count > 4, rest.prefix(4).allSatisfy({ (48...57).contains($0) }) {
            guard let entryDate = Self.entryDate(rest.prefix(4), near: valueDate) else {
                throw .noEntryDate
            }
            self.entryDate = entryDate
            rest = rest.dropFirst(4)
        } else {
            entryDate = nil
        }
        let isReversal = rest.first == UInt8(ascii: "R")
        if isReversal { rest = rest.dropFirst() }
        guard let mark = rest.popFirst(), mark == UInt8(ascii: "C") || mark == UInt8(ascii: "D") else {
            throw .noMark
        }
        if let letter = rest.first, (65...90).contains(letter) { rest = rest.dropFirst() }
        let digits = rest.prefix { (48...57).contains($0) || $0 == UInt8(ascii: ",") }
        rest = rest.dropFirst(digits.count)
        guard digits.contains(UInt8(ascii: ",")),
            let amount = StatementAmount.parse(digits, exponent: exponent, point: UInt8(ascii: ","), allowsSign: false),
            StatementAmount.isTransfer(amount)
        else {
            throw .noAmount(exponent: exponent)
        }
        // A reversed credit is a debit.
        let isCredit = (mark == UInt8(ascii: "C")) != isReversal
        self.amount = isCredit ? amount : -amount
        guard let kind = rest.first, [UInt8(ascii: "N"), UInt8(ascii: "F"), UInt8(ascii: "S")].contains(kind),
            rest.count >= 4
        else {
            throw .noType
        }
        let references = String(decoding: rest.dropFirst(4), as: UTF8.self)
        guard references.unicodeScalars.count <= StatementText.transactionID else {
            throw .longReferences
        }
        let cut = references.firstRange(of: "//")
        reference = String(references[..<(cut?.lowerBound ?? references.endIndex)]).trimmed
        bankReference = cut.map { String(references[$0.upperBound...]).trimmed } ?? ""
    }

    /// Takes a narrative. A bank whose text is longer than one field sends a second one, which goes on where the first ended.
    mutating func add(_ more: MT940Details) {
        guard let details else {
            self.details = more
            return
        }
        // What is too long already is refused at the end of the line; nothing more is kept of it.
        guard details.memo.unicodeScalars.count <= StatementText.memo else { return }
        self.details = details.followed(by: more)
    }

    func line(number: Int) -> StatementLine {
        let named = [bankReference, reference].first { !$0.isEmpty && $0 != "NONREF" }
        var memo = details?.memo ?? ""
        if memo.isEmpty { memo = supplement }
        return StatementLine(
            lineNumber: number,
            transactionID: named,
            bookedAt: (entryDate ?? valueDate).start,
            valueDate: valueDate,
            amount: amount,
            counterpartyName: details?.name,
            counterpartyAccount: details?.account,
            memo: memo.isEmpty ? nil : memo,
            balance: nil,
            structuredReference: StatementReference.isPlausible(reference) ? reference : nil
        )
    }

    /// Reads YYMMDD, from 1980 to 2079.
    static func day(_ digits: ArraySlice<UInt8>) -> Day? {
        guard digits.count == 6, let number = number(digits) else { return nil }
        let year = number / 10_000
        return Day(year: year < 80 ? 2000 + year : 1900 + year, month: number / 100 % 100, day: number % 100)
    }

    /// Reads MMDD in the year that puts it closest to the value date.
    private static func entryDate(_ digits: ArraySlice<UInt8>, near valueDate: Day) -> Day? {
        guard let number = number(digits) else { return nil }
        let year = valueDate.components.year
        return [year - 1, year, year + 1]
            .compactMap { Day(year: $0, month: number / 100, day: number % 100) }
            .min {
                abs($0.daysSinceEpoch - valueDate.daysSinceEpoch) < abs($1.daysSinceEpoch - valueDate.daysSinceEpoch)
            }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (48...57).contains($0) } ? digits.reduce(0) { $0 * 10 + Int($1 - 48) } : nil
    }
}

/// Why a statement line cannot be read.
extension MT940Entry.Failure {
    static let noValueDate = Self(
        reason: Phrase(
            vi: "không bắt đầu bằng ngày giá trị YYMMDD có thật",
            en: "does not begin with a value date YYMMDD that exists"
        )
    )
    static let noEntryDate = Self(
        reason: Phrase(
            vi: "ngày ghi sổ sau ngày giá trị không phải MMDD có thật",
            en: "the entry date after the value date is not an MMDD that exists"
        )
    )
    static let noMark = Self(
        reason: Phrase(
            vi: "sau ngày không có dấu C, D, RC hoặc RD",
            en: "the date is not followed by a mark, one of C, D, RC, RD"
        )
    )
    static func noAmount(exponent: Int) -> Self {
        Self(
            reason: Phrase(
                vi: "sau dấu ghi nợ, ghi có không có số tiền viết dấu phẩy, khác 0, tối đa \(Money.maximum), "
                    + (exponent == 0 ? "không có phần lẻ" : "có \(exponent) chữ số lẻ"),
                en: "the mark is not followed by an amount with a comma, not 0, at most \(Money.maximum), "
                    + (exponent == 0 ? "without a fraction" : "of \(exponent) places")
            )
        )
    }
    static let noType = Self(
        reason: Phrase(
            vi: "sau số tiền không có loại giao dịch như NTRF",
            en: "the amount is not followed by a transaction type such as NTRF"
        )
    )
    static let longReferences = Self(
        reason: Phrase(
            vi: "các mã tham chiếu có hơn \(StatementText.transactionID) ký tự",
            en: "the references have more than \(StatementText.transactionID) characters"
        )
    )
}
