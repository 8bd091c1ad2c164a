/// What is personal in what is told of payers and payees.
public enum PersonalField: String, Sendable, CaseIterable {
    /// The name of a payer, a payee, or the holder of a bank account.
    case name
    /// The number of a paper that proves a category, such as a citizen's identity number.
    case identityNumber
    /// The number of a payer's or payee's bank account.
    case accountNumber
    /// What a payer wrote into a transfer.
    case memo
    /// Where a payer is told: an e-mail address or a telephone number.
    case contact

    /// How much a role sees.
    public enum Sight: Int, Sendable, Comparable {
        /// The last four characters, or the first letters.
        case masked
        /// In full where the caller made the request, or acts for its locality; else masked.
        case ofOwnRequests
        case full

        public static func < (left: Sight, right: Sight) -> Bool { left.rawValue < right.rawValue }
    }

    /// The table of who sees what. Finance and approvers see in full what they decide on; a cashier checks the papers of
    /// whoever stands at the counter; nobody else needs to know who pays.
    private static let table: [Role: [PersonalField: Sight]] = [
        .finance: [.name: .full, .identityNumber: .full, .accountNumber: .full, .memo: .full, .contact: .full],
        .approver: [.name: .full, .identityNumber: .full, .accountNumber: .full, .memo: .full, .contact: .full],
        .cashier: [.name: .ofOwnRequests, .identityNumber: .ofOwnRequests],
    ]

    /// How much of it a role sees.
    public func sight(of role: Role) -> Sight { PersonalField.table[role]?[self] ?? .masked }

    /// The roles that may see everything in full for a reason that they give, which the audit keeps: whoever checks, and
    /// whoever answers a person that asks for his data.
    public static let unmaskedForAReason: Set<Role> = [.auditor, .admin]
}
