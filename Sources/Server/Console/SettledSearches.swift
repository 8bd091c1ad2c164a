import Collection
import Logging
import Values

/// What people look for while they type, recorded when they have settled on it: an entry of the audit for each term that
/// stood for a while or was followed by another one, none for each letter on the way.
///
/// What could not be recorded in time is recorded before the same person is shown anything more. A server that is killed
/// loses the terms of its last two seconds.
actor SettledSearches {
    private struct Waiting {
        let term: String
        let person: Person
        let number: Int
    }

    private let record: @Sendable (Disclosure, Person) async throws -> Void
    private let logger: Logger
    private let quiet: Duration
    /// By the person's id.
    private var waiting: [String: Waiting] = [:]
    private var count = 0

    /// - Parameter quiet: how long a term must stand.
    init(_ disclosures: Disclosures, logger: Logger, quiet: Duration = .seconds(2)) {
        record = { try await disclosures.record($0, by: $1) }
        self.logger = logger
        self.quiet = quiet
    }

    /// Notes what is about to be shown to somebody who is typing.
    ///
    /// - Throws: if what the person looked for before cannot be recorded.
    func look(_ term: String, by person: Person) async throws {
        if let before = waiting[person.id], !SettledSearches.isTyped(before.term, term) {
            try await settle(person.id, before.number)
        }
        count += 1
        let number = count
        waiting[person.id] = Waiting(term: term, person: person, number: number)
        Task {
            do {
                try await Task.sleep(for: quiet)
                try await settle(person.id, number)
            } catch { logger.error("a search is not recorded yet", metadata: ["error": "\(error)"]) }
        }
    }

    /// Lets go of a term that its own page has recorded.
    func forget(_ term: String, by person: Person) {
        if waiting[person.id]?.term == term { waiting[person.id] = nil }
    }

    /// Whether one text was typed on the way to the other.
    static func isTyped(_ before: String, _ after: String) -> Bool {
        after.hasPrefix(before) || before.hasPrefix(after)
    }

    private func settle(_ person: String, _ number: Int) async throws {
        guard let settled = waiting[person], settled.number == number else { return }
        waiting[person] = nil
        do {
            let query = "q=" + settled.term.percentEncoded()
            try await record(Disclosure(.search, id: nil, query: query), settled.person)
        } catch {
            // It is recorded before anything more is shown.
            if waiting[person] == nil { waiting[person] = settled }
            throw error
        }
    }
}
