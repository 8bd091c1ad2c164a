import Collection
import Values
import Workflow

/// Values of a JSON document as people read them: local times, grouped amounts, words instead of codes.
enum Shown {
    static func text(_ json: JSON?) -> String { json?.string ?? "" }

    /// `09:30 21/11/2026`, the time in Vietnam; text that is not a time is returned unchanged.
    static func time(_ json: JSON?) -> String {
        guard let text = json?.string else { return "" }
        return Instant(text)?.formatted ?? text
    }

    /// `21/11/2026`.
    static func day(_ json: JSON?) -> String {
        guard let text = json?.string else { return "" }
        return Day(text)?.formatted ?? Instant(text)?.day.formatted ?? text
    }

    /// `115.000 ₫` or `115,000 ₫`; empty if there is no amount.
    static func money(_ json: JSON?) -> String {
        json?.integer.map { Money($0).formatted(in: .ofTerminal) } ?? ""
    }

    static func word(_ json: JSON?, _ vocabulary: Vocabulary) -> String {
        json?.string.map { vocabulary[$0][.ofTerminal] } ?? ""
    }

    /// One line per name and value, aligned; pairs with an empty value are left out.
    static func list(_ pairs: [(Phrase, String)], indent: Int = 2) -> String {
        let given = pairs.filter { !$0.1.isEmpty }.map { ($0.0[.ofTerminal], $0.1) }
        let width = given.map(\.0.count).max() ?? 0
        return given.map { name, value in
            String(repeating: " ", count: indent) + name + String(repeating: " ", count: width - name.count + 2)
                + value.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n" + String(repeating: " ", count: indent + width + 2)) + "\n"
        }.joined()
    }

    /// A heading above its text; empty if the text is.
    static func section(_ title: Phrase, _ body: String) -> String {
        body.isEmpty ? "" : "\n\(title[.ofTerminal])\n\(body)"
    }
}
