extension String {
    /// Vietnamese without its marks, as bank memos carry it: `Cấp đổi thẻ` becomes `Cap doi the`. Characters that have no
    /// plain form become spaces, and runs of spaces one.
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
    /// The plain ASCII character underneath the marks; `nil` where there is none.
    fileprivate var folded: Character? {
        if isASCII { return isLetter || isNumber || "-./,:()".contains(self) ? self : " " }
        // Canonical equivalence makes Swift compare composed and decomposed forms alike.
        if let plain = Character.plain[self] { return plain }
        guard let first = unicodeScalars.first, first.isASCII else { return nil }
        return Character(first)
    }

    private static let plain: [Character: Character] = {
        // Vietnamese first, then the letters of foreigners' names.
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
