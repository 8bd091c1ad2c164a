import Foundation
import Synchronization
import Values

/// What somebody typed into a form that could not be taken because their session had ended, or a code was due: kept on this
/// server for half an hour, for them alone, until the page that the form stands on is opened again. Browsers with scripts
/// keep it themselves.
final class KeptForms: Sendable {
    private struct Kept {
        let path: String
        let fields: [String: String]
        let at: Instant
    }

    private static let lifetimeSeconds: Int64 = 30 * 60
    /// How many persons' forms are kept; the oldest make room.
    private static let most = 500

    /// One form a person: the last one.
    private let kept = Mutex<[UUID: Kept]>([:])

    /// Keeps a form.
    ///
    /// - Parameter path: of the page that it stands on, without its query.
    func keep(_ form: PageForm, of person: UUID, at path: String, now: Instant = .now()) {
        let fields = form.fields.filter { $0.key != "csrf" && !$0.value.isEmpty }
        guard !fields.isEmpty else { return }
        kept.withLock { kept in
            kept = kept.filter { $0.value.at.adding(seconds: Self.lifetimeSeconds) > now }
            if kept.count >= Self.most, let oldest = kept.min(by: { $0.value.at < $1.value.at })?.key {
                kept[oldest] = nil
            }
            kept[person] = Kept(path: path, fields: fields, at: now)
        }
    }

    /// Takes out what a person typed on a page; empty if nothing is kept.
    func take(of person: UUID, at path: String, now: Instant = .now()) -> [String: String] {
        kept.withLock { kept in
            guard let one = kept[person], one.path == path else { return [:] }
            kept[person] = nil
            return one.at.adding(seconds: Self.lifetimeSeconds) > now ? one.fields : [:]
        }
    }
}
