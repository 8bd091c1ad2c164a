/// A place where somebody signs: the office, what to do there, room for the hand, and the name below it.
public struct SignaturePlace: Sendable {
    /// In bold: `NGƯỜI LẬP`.
    public let office: String
    /// In italics below it: `(Ký, ghi rõ họ tên)`, or a place and a date. Empty: none.
    public let hint: String
    /// Who signs, where that is known beforehand.
    public let name: String?

    public init(office: String, hint: String = "(Ký, ghi rõ họ tên)", name: String? = nil) {
        self.office = office
        self.hint = hint
        self.name = name
    }
}
