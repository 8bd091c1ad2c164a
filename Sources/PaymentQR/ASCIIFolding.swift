extension String {
    /// Vietnamese without diacritics, as in bank memos: `Cấp đổi thẻ` becomes `Cap doi the`. Characters without a plain
    /// form become spaces, and several spaces become one.
    public var foldedToASCII: String {
        var out = ""
        var wantsSpace = false
        for character in self {
            guard let folded = character.folded else {
                wantsSpace = !out.isEmpty
                continue
            }
            if folded == " " {
                wantsSpace = !out.isEmpty
                continue
            }
            if wantsSpace { out.append(" ") }
            wantsSpace = false
            out.append(folded)
        }
        return out
    }
}

extension Character {
    /// The ASCII character without diacritics; `nil` if there is none.
    var folded: Character? {
        if isASCII { return isLetter || isNumber || "-./,:()".contains(self) ? self : " " }
        // Swift treats composed and decomposed forms as equal.
        if let plain = Character.plain[self] { return plain }
        guard let first = unicodeScalars.first, first.isASCII else { return nil }
        return Character(first)
    }

    private static let plain: [Character: Character] = {
        // Vietnamese first, then letters of foreign names.
        let families: [(Character, String)] = [
            ("a", "àáảãạăằắẳẵặâầấẩẫậäåāą"), ("c", "çćč"), ("d", "đďð"), ("e", "èéẻẽẹêềếểễệëēęě"), ("g", "ğ"),
            ("i", "ìíỉĩịîïī"), ("l", "ł"), ("n", "ñńň"), ("o", "òóỏõọôồốổỗộơờớởỡợöøōő"), ("r", "ř"), ("s", "śšş"),
            ("t", "ťţ"), ("u", "ùúủũụưừứửữựûüūůű"), ("y", "ỳýỷỹỵÿ"), ("z", "źżž"),
        ]
        var table: [Character: Character] = [:]
        for (base, letters) in families {
            for letter in letters {
                table[letter] = base
                table[Character(letter.uppercased())] = Character(base.uppercased())
            }
        }
        return table
    }()
}
