import Values

extension MappedLayout {
    /// What a line's amount consists of, each as a positive number unless the bank paid it back.
    struct Sides {
        var credit = Money.zero
        var debit = Money.zero
        var fee = Money.zero
        var tax = Money.zero

        /// Positive for a credit.
        var amount: Money { credit - debit - fee - tax }
    }

    /// A column that is not as it must be, and why.
    struct Problem {
        let column: StatementMapping.Column
        let reason: Phrase

        init(_ column: StatementMapping.Column, vi: String, en: String) {
            self.column = column
            reason = Phrase(vi: vi, en: en)
        }
    }

    /// The amounts of a row, or why they cannot be read.
    mutating func sides(_ cells: [TableCell], _ options: StatementOptions) -> (Sides?, Problem?) {
        if mapping.namesTwoAccounts { return sidesOfTwoAccounts(cells, options) }
        return mapping.columns[.amount] != nil ? signedAmount(cells) : amountOfSides(cells)
    }

    private static func sides(of amount: Money) -> Sides {
        amount > .zero ? Sides(credit: amount) : Sides(debit: -amount)
    }

    private func signedAmount(_ cells: [TableCell]) -> (Sides?, Problem?) {
        guard var amount = amounts.parse(cell(cells, .amount)), StatementAmount.isTransfer(amount) else {
            return (
                nil,
                Problem(
                    .amount,
                    vi: "không phải là số đồng nguyên khác 0, tối đa \(Money.maximum)",
                    en: "is not a whole number of đồng other than 0, at most \(Money.maximum)"
                )
            )
        }
        guard mapping.columns[.sign] != nil else { return (Self.sides(of: amount), nil) }
        let sign = StatementMapping.folded(cell(cells, .sign).text)
        let isDebit = mapping.debitSigns.contains(sign)
        guard isDebit || mapping.creditSigns.contains(sign) else {
            return (
                nil,
                Problem(
                    .sign,
                    vi: "không phải dấu ghi có, cũng không phải dấu ghi nợ",
                    en: "is neither the mark of a credit nor that of a debit"
                )
            )
        }
        guard amount > .zero else { return (nil, Self.marked) }
        if isDebit { amount = -amount }
        return (Self.sides(of: amount), nil)
    }

    private static var marked: Problem {
        Problem(
            .amount,
            vi: "là số âm trong khi đã có dấu ghi nợ, ghi có",
            en: "is negative although its direction is marked"
        )
    }

    private func sidesOfTwoAccounts(_ cells: [TableCell], _ options: StatementOptions) -> (Sides?, Problem?) {
        guard options.account != nil else {
            return (
                nil,
                Problem(
                    .fromAccount,
                    vi: "mỗi dòng nêu hai tài khoản: hãy nêu tài khoản cần đọc",
                    en: "each row names two accounts: say which one to read"
                )
            )
        }
        let (isFrom, isTo) = (isOwn(cells, .fromAccount, options), isOwn(cells, .toAccount, options))
        guard isFrom != isTo else {
            return (
                nil,
                Problem(
                    .toAccount,
                    vi: "là cùng tài khoản ở cả hai bên",
                    en: "is the same account on both sides"
                )
            )
        }
        let (sides, problem) = signedAmount(cells)
        guard let sides else { return (nil, problem) }
        guard sides.amount > .zero else { return (nil, Self.marked) }
        return (isTo ? sides : Sides(debit: sides.credit), nil)
    }

    /// Whether the account in a cell is the one that the file is read for.
    func isOwn(_ cells: [TableCell], _ column: StatementMapping.Column, _ options: StatementOptions) -> Bool {
        text(cells, column).map { options.isAsked(account: $0) } ?? false
    }

    private mutating func amountOfSides(_ cells: [TableCell]) -> (Sides?, Problem?) {
        var read: [StatementMapping.Column: Money] = [:]
        for column in [StatementMapping.Column.debit, .credit, .fee, .tax] {
            let cell = cell(cells, column)
            let amount = cell.isEmpty || cell.text.trimmed == "-" ? .zero : amounts.parse(cell)
            guard let amount, let positive = positive(amount, column), positive <= Money.maximum else {
                return (
                    nil,
                    Problem(
                        column,
                        vi: "không phải là số đồng nguyên, tối đa \(Money.maximum)",
                        en: "is not a whole number of đồng, at most \(Money.maximum)"
                    )
                )
            }
            read[column] = positive
        }
        let sides = Sides(
            credit: read[.credit] ?? .zero,
            debit: read[.debit] ?? .zero,
            fee: read[.fee] ?? .zero,
            tax: read[.tax] ?? .zero
        )
        let hasOne = (sides.debit == .zero) != (sides.credit == .zero)
        let hasFeeAlone = mapping.hasFees && sides.debit == .zero && sides.credit == .zero
        guard hasOne || hasFeeAlone, StatementAmount.isTransfer(sides.amount) else {
            return (
                nil,
                Problem(
                    .credit,
                    vi: "phải có đúng một trong hai cột nợ và có",
                    en: "exactly one of debit and credit must be given"
                )
            )
        }
        return (sides, nil)
    }

    /// A number of a column as a positive one; `nil` if it has the other sign than the layout's debits have.
    private mutating func positive(_ amount: Money, _ column: StatementMapping.Column) -> Money? {
        if amount == .zero { return amount }
        guard column != .credit else { return amount > .zero ? amount : nil }
        if debitsAreNegative == nil, column == .debit { debitsAreNegative = amount < .zero }
        let turned = debitsAreNegative == true ? -amount : amount
        // Interest stands in the column of the fees, with the other sign.
        return turned > .zero || (column == .fee && debitsAreNegative == true && mapping.debitSign == .negative)
            ? turned : nil
    }
}
