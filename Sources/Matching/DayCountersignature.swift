public import Values
public import Workflow

/// Whether a second person may sign a day that another has signed off.
public enum DayCountersignature {
    /// What the decision is based on.
    public struct Facts: Sendable {
        public let day: Day
        /// Who has signed the day off, such as `person:…`; `nil` if nobody has.
        public let signer: String?
        /// The name of whoever has signed it for the second time, if anybody has.
        public let countersignedBy: String?
        /// How many members of the record are not as they were signed.
        public let changes: Int

        public init(day: Day, signer: String?, countersignedBy: String?, changes: Int) {
            self.day = day
            self.signer = signer
            self.countersignedBy = countersignedBy
            self.changes = changes
        }
    }

    /// Decides whether the day may be signed for the second time.
    ///
    /// - Parameters:
    ///   - person: who signs, such as `person:…`.
    ///   - note: the person's own words about what has changed since the first signature; `nil` for none.
    /// - Throws: if nobody has signed the day or two have, if the person is the one who has, and if something has changed
    ///   and there is no note.
    public static func decide(_ facts: Facts, by person: String, note: String?) throws(Refusal) {
        guard let signer = facts.signer else { throw Refusal(.state, .dayNotSigned(facts.day)) }
        if let second = facts.countersignedBy { throw Refusal(.state, .dayCountersigned(facts.day, by: second)) }
        guard signer != person else { throw Refusal(.person, .dayOwnSignature(facts.day)) }
        guard facts.changes == 0 || note != nil else {
            throw Refusal(.state, .dayChangedSinceSigned(facts.day, changes: facts.changes))
        }
    }
}
