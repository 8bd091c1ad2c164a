import Collection
import Values

extension Phrase {
    static let amountAsPrinted = Phrase(
        vi: "phải là số tiền, như 50000 hoặc 50.000",
        en: "must be an amount, as 50000 or 50.000"
    )
}

extension PageForm {
    /// An amount of money as people write it, `50000` or `50.000`; `nil` for an empty field.
    func amount(_ name: String) throws -> Money? {
        let text = self[name].trimming()
        guard !text.isEmpty else { return nil }
        guard let amount = Money(printed: text) ?? Money.parse(text) else {
            throw ServiceError(.invalidBody, at: "/" + name, .amountAsPrinted)
        }
        return amount
    }
}
