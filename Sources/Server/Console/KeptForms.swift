import Foundation
import Values

/// What somebody typed into a form that could not be taken because their session had ended, or a code was due: kept until the
/// page that the form stands on is opened again. Browsers with scripts keep it themselves.
struct KeptForms: Sendable {
    /// One form a person: the last one.
    private let kept = KeptForPersons<[String: String]>(mostOfOne: 1, most: 500)

    /// What forms carry and nobody typed: a form with nothing else is not worth a word.
    private static let carried: Set = ["proposal", "once"]

    /// Keeps a form.
    ///
    /// - Parameters:
    ///   - form: its fields, by the names that the page has for what was typed.
    ///   - path: of the page that it stands on, without its query.
    func keep(_ form: [String: String], of person: UUID, at path: String, now: Instant = .now()) {
        let fields = form.filter { $0.key != "csrf" && !$0.value.isEmpty }
        guard fields.keys.contains(where: { !Self.carried.contains($0) }) else { return }
        _ = kept.keep(fields, named: path, of: person, now: now)
    }

    /// Takes out what a person typed on a page; empty if nothing is kept.
    func take(of person: UUID, at path: String, now: Instant = .now()) -> [String: String] {
        kept.take(path, of: person, now: now) ?? [:]
    }
}
