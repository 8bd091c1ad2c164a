public import Values

/// Which passwords are refused: short ones, common ones, and what anybody could guess of the person. No rule asks for
/// capitals or digits (NIST SP 800-63B §5.1.1.2): they make passwords hard to remember and easy to guess.
public enum PasswordRules {
    /// In characters; the bytes are bounded too, since hashing costs time.
    public static let minimumLength = 12
    public static let maximumBytes = 512

    /// Why a password is refused.
    public enum Fault: Sendable, Hashable, CaseIterable {
        case short, long, common, pattern, personal

        public var phrase: Phrase {
            switch self {
            case .short:
                Phrase(
                    vi: "mật khẩu phải có ít nhất \(PasswordRules.minimumLength) ký tự; một câu vài từ dễ nhớ hơn",
                    en:
                        "a password needs at least \(PasswordRules.minimumLength) characters; a few words are easier to remember"
                )
            case .long:
                Phrase(
                    vi: "mật khẩu dài tối đa \(PasswordRules.maximumBytes) byte",
                    en: "a password may have at most \(PasswordRules.maximumBytes) bytes"
                )
            case .common:
                Phrase(
                    vi:
                        "mật khẩu này là, hoặc chỉ thêm số và dấu vào, một mật khẩu rất nhiều người dùng; hãy chọn mật khẩu khác",
                    en: "this is one of the commonest passwords, or one with digits and signs added; choose another"
                )
            case .pattern:
                Phrase(
                    vi: "mật khẩu chỉ lặp lại hoặc đếm tiếp vài ký tự; hãy chọn mật khẩu khác",
                    en: "this repeats or counts on a few characters; choose another"
                )
            case .personal:
                Phrase(
                    vi: "mật khẩu gồm tên hoặc địa chỉ thư của chính người dùng; hãy chọn mật khẩu khác",
                    en: "this is made of the person's own name or address; choose another"
                )
            }
        }
    }

    /// The first fault of a password; `nil` if it may be used.
    ///
    /// - Parameter own: what is known of the person: name and e-mail address.
    public static func fault(in password: String, of own: [String]) -> Fault? {
        guard password.count >= minimumLength else { return .short }
        guard password.utf8.count <= maximumBytes else { return .long }
        let folded = plain(password)
        if isCommon(password.lowercased()) || isCommon(folded) { return .common }
        if isPattern(Array(folded.unicodeScalars)) { return .pattern }
        return isPersonal(folded, own) ? .personal : nil
    }

    /// Lower case without Vietnamese marks, with the usual digits and signs read as the letters they stand for.
    private static func plain(_ password: some StringProtocol) -> String {
        let signs: [Character: Character] = [
            "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s",
        ]
        return String(password.lowercased().map { unmarked[$0] ?? signs[$0] ?? $0 })
    }

    /// The plain letter of each marked one.
    private static let unmarked: [Character: Character] = {
        var letters: [Character: Character] = [:]
        for (plain, marked) in [
            ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("d", "đ"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"), ("o", "òóỏõọôồốổỗộơờớởỡợ"),
            ("u", "ùúủũụưừứửữự"), ("y", "ỳýỷỹỵ"),
        ] as [(Character, String)] {
            for letter in marked { letters[letter] = plain }
        }
        return letters
    }()

    /// Whether it is a common password, whole or without digits and signs at its ends, or one written twice and more.
    private static func isCommon(_ text: String) -> Bool {
        if CommonPasswords.all.contains(text) { return true }
        let isLetter: (Character) -> Bool = { ("a"..."z").contains($0) }
        guard let first = text.firstIndex(where: isLetter), let last = text.lastIndex(where: isLetter) else {
            return false
        }
        let core = text[first...last]
        if core.count >= 4, [String(core), plain(String(core))].contains(where: CommonPasswords.all.contains) {
            return true
        }
        return CommonPasswords.all.contains(unit(of: Array(text)).map { String($0) } ?? "")
    }

    /// The part that a text repeats from end to end; `nil` if there is none.
    private static func unit<Element: Equatable>(of text: [Element]) -> [Element]? {
        guard text.count > 1 else { return nil }
        return (1...text.count / 2).first { size in
            text.indices.dropFirst(size).allSatisfy { text[$0] == text[$0 - size] }
        }.map { Array(text.prefix($0)) }
    }

    /// Whether few characters make it up: four or fewer, a short part again and again, or a run such as 3456789.
    private static func isPattern(_ text: [Unicode.Scalar]) -> Bool {
        if Set(text).count <= 4 { return true }
        if let unit = unit(of: text), unit.count <= 6 { return true }
        let steps = zip(text, text.dropFirst()).map { Int($1.value) - Int($0.value) }
        // All neighbours but two stand one step from each other, in one direction.
        return [1, -1].contains { direction in steps.count { $0 == direction } >= steps.count - 2 }
    }

    /// Whether what is left without the person's own words is too short to count.
    private static func isPersonal(_ folded: String, _ own: [String]) -> Bool {
        var rest = folded
        let words = own.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }.map { plain($0) }
        for word in words.sorted(by: { $0.count > $1.count }) where word.count >= 3 {
            rest = rest.replacing(word, with: "")
        }
        return rest.count < 6
    }
}
