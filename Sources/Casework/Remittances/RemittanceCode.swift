/// A line of the State budget: a sub-item in a chapter.
public struct RemittanceCode: Sendable, Hashable, Comparable {
    /// Three digits.
    public let chapter: String
    /// The sub-item (tiểu mục); empty where the catalogue names none, which cannot be remitted.
    public let budgetCode: String

    public init(chapter: String, budgetCode: String) {
        self.chapter = chapter
        self.budgetCode = budgetCode
    }

    public static func < (left: RemittanceCode, right: RemittanceCode) -> Bool {
        (left.chapter, left.budgetCode) < (right.chapter, right.budgetCode)
    }
}
