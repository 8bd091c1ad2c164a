public import Values

extension Reason {
    /// The reason in one sentence, with its numbers.
    public func sentence(in language: Language) -> String { write(code.phrase[language], in: language) }

    /// The same where nothing has been done yet, as in the preview of a statement: what would become of it.
    public func outlook(in language: Language) -> String {
        write((code.outlookPhrase ?? code.phrase)[language], in: language)
    }

    private func write(_ template: String, in language: Language) -> String {
        var text = ""
        for piece in Template(template).pieces {
            switch piece {
            case .words(let words): text += words
            case .value(let key): text += values[key].map { Reason.write($0, of: key, in: language) } ?? "?"
            }
        }
        return text
    }

    /// Both sentences.
    public var phrase: Phrase { Phrase(vi: sentence(in: .vietnamese), en: sentence(in: .english)) }

    private static func write(_ value: Value, of key: Key, in language: Language) -> String {
        switch value {
        case .money(let money): money.formatted(in: language)
        case .day(let day): day.formatted
        case .instant(let instant): instant.formatted
        case .count(let count): String(count)
        case .text(let text): key.vocabulary?[text][language] ?? text
        }
    }

    /// A sentence with `{name}` as the placeholder of each value.
    struct Template {
        enum Piece {
            case words(String)
            case value(Key)
        }
        let pieces: [Piece]

        init(_ text: String) {
            var pieces: [Piece] = []
            var rest = text[...]
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
                if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
                let name = String(rest[rest.index(after: open)..<close])
                guard let key = Key(rawValue: name) else { preconditionFailure("no value is named \(name)") }
                pieces.append(.value(key))
                rest = rest[rest.index(after: close)...]
            }
            if !rest.isEmpty { pieces.append(.words(String(rest))) }
            self.pieces = pieces
        }

        var keys: Set<Key> {
            Set(
                pieces.compactMap { piece in
                    guard case .value(let key) = piece else { return nil }
                    return key
                }
            )
        }
    }
}

extension Reason.Code {
    /// The values of a reason of this code: those that its sentence shows.
    var keys: Set<Reason.Key> { Reason.Template(phrase.vietnamese).keys }
}
