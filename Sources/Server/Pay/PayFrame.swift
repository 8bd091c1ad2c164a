import Values

/// What stands around every page for payers, in one language: who speaks, the other language, whom to ask.
struct PayFrame {
    let lang: String
    let otherLang: String
    let otherName: String
    /// The same page in the other language.
    let otherHref: String
    /// The name of the province or portal.
    let name: String
    let markPath: String
    let hasMark: Bool
    let phone: String
    let phoneHref: String
    let hasPhone: Bool
    let stylePath: String
    let styleIntegrity: String
    let scriptPath: String
    let scriptIntegrity: String

    init(_ installation: Installation, markPath: String?, path: String, in language: Language) {
        let other: Language = language == .vietnamese ? .english : .vietnamese
        lang = language.rawValue
        otherLang = other.rawValue
        otherName = other == .english ? "English" : "Tiếng Việt"
        otherHref = path + "?lang=" + other.rawValue
        name = installation.name?[language] ?? "Khớp"
        self.markPath = markPath ?? ""
        hasMark = markPath != nil
        phone = installation.helpPhone ?? ""
        phoneHref = "tel:" + phone.filter { $0.isNumber || $0 == "+" }
        hasPhone = !phone.isEmpty
        stylePath = PayAssets.style.path
        styleIntegrity = PayAssets.style.integrity
        scriptPath = PayAssets.script.path
        scriptIntegrity = PayAssets.script.integrity
    }
}
