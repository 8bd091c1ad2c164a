extension CallbackResult {
    /// Whether the message is recorded, or was a test.
    var isTaken: Bool {
        switch self {
        case .recorded, .probe: true
        case .conflict, .refused, .unavailable, .failed: false
        }
    }

    /// Whether it was refused because nothing proved where it came from.
    var isUnproved: Bool { if case .refused(let refusal) = self { refusal.isUnproved } else { false } }
}
