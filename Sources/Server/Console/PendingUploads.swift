import Foundation
import Synchronization
import Values

/// Files that somebody dropped and has not yet decided about: kept on this server for half an hour, for the one who dropped
/// them alone.
final class PendingUploads: Sendable {
    struct Upload: Sendable {
        let person: UUID
        let name: String
        let path: String
        let account: String
        let at: Instant
    }

    static let lifetimeSeconds: Int64 = 30 * 60
    /// How many files one person may have waiting.
    static let maximumOfOne = 40

    /// Where the files are; nobody else may read it.
    let folder: String
    private let waiting = Mutex<[String: Upload]>([:])

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/khop-uploads-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { PendingUploads.remove(folder + "/") }

    /// Keeps a file; returns the token that names it. The person's oldest files make room.
    func keep(_ upload: Upload) -> String {
        let token = UUID().uuidString.lowercased()
        let old = waiting.withLock { waiting in
            var old = waiting.filter { $0.value.at.adding(seconds: Self.lifetimeSeconds) < upload.at }
            let own = waiting.filter { $0.value.person == upload.person }.sorted { $0.value.at < $1.value.at }
            for extra in own.prefix(max(0, own.count + 1 - Self.maximumOfOne)) { old[extra.key] = extra.value }
            for token in old.keys { waiting[token] = nil }
            waiting[token] = upload
            return Array(old.values)
        }
        for one in old { PendingUploads.remove(one.path) }
        return token
    }

    /// Takes a person's file out; `nil` if there is none, or no more.
    func take(_ token: String, of person: UUID) -> Upload? {
        waiting.withLock { waiting in
            guard let upload = waiting[token], upload.person == person else { return nil }
            waiting[token] = nil
            return upload
        }
    }

    /// Removes a file with the folder that is its own, or the folder of all.
    static func remove(_ path: String) {
        // What cannot be removed stays in the temporary folder, which the system empties.
        let own = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        do { try FileManager.default.removeItem(atPath: own) } catch {}
    }
}
