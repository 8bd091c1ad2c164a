import Collection

/// The person who is logged in at this terminal, let in for one thing.
struct ActingPerson {
    let caller: Caller
    let person: Person
    /// The agencies that the person acts for; `nil` for all.
    let agencies: [String]?
}
