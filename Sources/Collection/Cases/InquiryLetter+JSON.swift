public import Values

extension InquiryLetter {
    /// Which bank is asked about which cases, as the API and the command tell it.
    ///
    /// - Parameters:
    ///   - place: where the letter is.
    ///   - name: what that is called.
    public func json(_ place: JSON, under name: String) -> JSON {
        [
            "bank_bin": .string(bankBIN), "bank_name": .string(bankName),
            "cases": .array(items.map { .integer($0.id) }),
            "amount": .money(items.map(\.amount).total()), name: place,
        ]
    }
}
