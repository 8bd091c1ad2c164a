import Collection
import Console
import Foundation
import Synchronization
import Values

/// Imports and runs that somebody began in the console and that take longer than a page may: each goes on by itself, and its
/// page tells how far it has come.
///
/// They are known to this server alone. One that dies with it has imported nothing, or leaves a run that the next one goes
/// on with, so nothing is lost but the page.
final class StatementWorks: Sendable {
    /// A work that somebody began.
    private struct Entry {
        let person: UUID
        var progress: StatementProgress
        var ended: Ended?
        var at: Instant
    }

    /// How a work ended.
    enum Ended: Sendable {
        /// The page that tells of it.
        case done(path: String)
        case failed(ServiceError)
    }

    /// What a work reports to.
    struct Reporter: Sendable {
        fileprivate let works: StatementWorks
        fileprivate let token: String

        func read(_ bytes: Int) {
            works.change(token) { $0.readBytes = Int64(bytes) }
        }

        /// The file is stored; its lines are decided next.
        func stored() {
            works.change(token) { progress in
                progress.stage = .reconciling
                progress.readBytes = progress.totalBytes
            }
        }

        func decided(_ run: RunProgress) {
            works.change(token) { progress in
                progress.stage = .reconciling
                progress.run = run
            }
        }
    }

    /// How long a page waits for the end before it tells of progress instead.
    private let patience: Duration
    private static let keptSeconds: Int64 = 30 * 60
    /// How many works one person may have going on.
    private static let mostOfOne = 20

    private let entries = Mutex<[String: Entry]>([:])

    init(patience: Duration) { self.patience = patience }

    /// Begins a work; returns the token that names it, and what ends with it.
    ///
    /// - Parameter work: returns the page that tells of what it did.
    func begin(
        _ progress: StatementProgress,
        by person: UUID,
        _ work: @escaping @Sendable (Reporter) async throws -> String
    ) throws -> (token: String, ended: AsyncStream<Never>) {
        let token = UUID().uuidString.lowercased()
        let now = Instant.now()
        let isAdmitted = entries.withLock { entries in
            entries = entries.filter { $0.value.ended == nil || $0.value.at.adding(seconds: Self.keptSeconds) > now }
            guard entries.values.count(where: { $0.person == person && $0.ended == nil }) < Self.mostOfOne else {
                return false
            }
            entries[token] = Entry(person: person, progress: progress, ended: nil, at: now)
            return true
        }
        guard isAdmitted else { throw StatementWorks.tooMany }
        let (ended, continuation) = AsyncStream<Never>.makeStream()
        Task {
            let outcome: Ended
            do {
                outcome = .done(path: try await work(Reporter(works: self, token: token)))
            } catch { outcome = .failed(ServiceError(unexpected: error)) }
            entries.withLock { entries in
                entries[token]?.ended = outcome
                entries[token]?.at = .now()
            }
            continuation.finish()
        }
        return (token, ended)
    }

    private func change(_ token: String, _ body: (inout StatementProgress) -> Void) {
        entries.withLock { entries in
            guard var entry = entries[token] else { return }
            body(&entry.progress)
            entries[token] = entry
        }
    }

    /// How far a person's work has come, and how it ended if it has; `nil` if there is none, or no more.
    func look(_ token: String, of person: UUID) -> (progress: StatementProgress, ended: Ended?)? {
        entries.withLock { entries in
            guard let entry = entries[token], entry.person == person else { return nil }
            return (entry.progress, entry.ended)
        }
    }

    /// Waits for the end of a work, but no longer than a page may take.
    func wait(for ended: AsyncStream<Never>) async { await StatementWorks.wait(for: ended, atMost: patience) }

    /// Waits for the end of a work, for so long at most.
    static func wait(for ended: AsyncStream<Never>, atMost patience: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ended {} }
            group.addTask { do { try await Task.sleep(for: patience) } catch {} }
            await group.next()
            group.cancelAll()
        }
    }

    private static let tooMany = ServiceError(
        .tooManyRequests,
        Phrase(
            vi: "Bạn đang có nhiều sao kê chưa nhập xong: hãy đợi xong rồi nhập tiếp.",
            en: "Many of your statements are still being imported: wait until they are done."
        )
    )
}
