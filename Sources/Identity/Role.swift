public import Values

/// The role of whoever calls: of an API key, or of a person. ``Permission`` defines what each role may do.
public enum Role: String, Sendable, CaseIterable {
    case portal, cashier, finance, approver, auditor, admin
    /// A program that sends the bank's statements and does nothing else.
    case feed
    /// A person who reads the reports and nothing else.
    case leader

    /// The roles that keys may have: those of programs.
    public static let ofKeys: [Role] = [.portal, .cashier, .finance, .approver, .auditor, .admin, .feed]
    /// The roles that persons may have.
    public static let ofPersons: [Role] = [.finance, .approver, .cashier, .auditor, .leader, .admin]
}

extension Role {
    /// For people.
    public var words: Phrase {
        switch self {
        case .finance: Phrase(vi: "Cán bộ tài chính", en: "Finance staff")
        case .approver: Phrase(vi: "Người duyệt", en: "Approver")
        case .cashier: Phrase(vi: "Thu ngân", en: "Cashier")
        case .auditor: Phrase(vi: "Kiểm toán", en: "Auditor")
        case .leader: Phrase(vi: "Lãnh đạo", en: "Leader")
        case .admin: Phrase(vi: "Quản trị viên", en: "Administrator")
        case .portal: Phrase(vi: "Cổng dịch vụ công", en: "Portal")
        case .feed: Phrase(vi: "Chương trình gửi sao kê", en: "Statement feed")
        }
    }
}
