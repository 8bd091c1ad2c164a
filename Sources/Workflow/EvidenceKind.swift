public import Values

/// The papers that prove a payer's category: a closed list, so that they can be reported and sampled for checks.
public enum EvidenceKind: String, Sendable, Hashable, CaseIterable {
    case citizenID = "citizen_id"
    case birthCertificate = "birth_certificate"
    case poorHousehold = "poor_household_certificate"
    case disability = "disability_certificate"
    case merit = "merit_certificate"
    case residence = "residence_certificate"
    case student = "student_card"
    case other
}

extension EvidenceKind: Worded {
    public var words: Phrase {
        switch self {
        case .citizenID: Phrase(vi: "thẻ căn cước, căn cước điện tử", en: "citizen identity card")
        case .birthCertificate: Phrase(vi: "giấy khai sinh", en: "birth certificate")
        case .poorHousehold: Phrase(vi: "giấy chứng nhận hộ nghèo, cận nghèo", en: "poor-household certificate")
        case .disability: Phrase(vi: "giấy xác nhận khuyết tật", en: "disability certificate")
        case .merit: Phrase(vi: "giấy chứng nhận người có công, thân nhân", en: "meritorious-person certificate")
        case .residence: Phrase(vi: "giấy xác nhận nơi cư trú", en: "confirmation of residence")
        case .student: Phrase(vi: "thẻ học sinh, sinh viên", en: "student card")
        case .other: Phrase(vi: "giấy tờ khác", en: "other paper")
        }
    }
}
