/// A reference that a memo may have meant, and what speaks for it.
public struct MemoFinding: Sendable, Hashable {
    public let reference: String
    /// How much more the likeness is worth than chance among all references and places would be, in tenths of bits.
    public let tenthsOfBits: Int
    /// Which of the reference's 16 characters agree.
    public let agreeing: [Bool]
    /// How many characters of the memo and of the reference have to be changed, put in or left out between the first and the last
    /// that agree, and how many of the reference are cut off before and after them.
    public let distance: Int
    /// Where in the memo it stands, in characters.
    public let characters: Range<Int>
    /// Whether no other reference fits nearly as well there.
    public internal(set) var isAlone = true

    /// Whether another reference explains the same place of the memo so much better that this likeness is chance.
    public internal(set) var isOutdone = false

    /// How sure it is.
    public enum Certainty: String, Sendable, CaseIterable {
        /// By chance once in a million memos, and no other reference fits nearly as well.
        case proof
        /// By chance once in a thousand memos, and no other reference explains the place better.
        case likely
        case possible
    }

    /// A million, in tenths of bits; and a thousand, which is also what another reference in the same place must be worth less.
    static let proofTenths = 200, leadTenths = 100

    public var certainty: Certainty {
        if isOutdone { return .possible }
        if isAlone, tenthsOfBits >= MemoFinding.proofTenths { return .proof }
        return tenthsOfBits >= MemoFinding.leadTenths ? .likely : .possible
    }

    /// How many of the twelve characters after the check digits agree.
    public var agreeingInBody: Int { agreeing.dropFirst(4).count { $0 } }
}
