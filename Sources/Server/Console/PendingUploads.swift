import Foundation
import Values

/// Files that somebody dropped and has not yet decided about, for the one who dropped them alone.
final class PendingUploads: Sendable {
    struct Upload: Sendable {
        let name: String
        let path: String
        let account: String
        /// How it is read; `auto` where nobody has said.
        var format = "auto"
        /// The day and the connection that a file of the national platform is said to be of.
        var day: Day?
        var connection = ""
    }

    /// Where the files are; nobody else may read it.
    let folder: String
    private let waiting = KeptForPersons<Upload>(mostOfOne: 40, most: 2000)

    /// - Parameter place: the folder in which its own is made.
    init(in place: String) throws {
        folder = place + "/khop-uploads-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { PendingUploads.remove(folder + "/") }

    /// Keeps a file; returns the token that names it. The person's oldest files make room.
    func keep(_ upload: Upload, of person: UUID) -> String {
        let token = UUID().uuidString.lowercased()
        for old in waiting.keep(upload, named: token, of: person) { PendingUploads.remove(old.path) }
        return token
    }

    /// A person's file, which stays; `nil` if there is none, or no more.
    func look(_ token: String, of person: UUID) -> Upload? { waiting.look(token, of: person) }

    /// Takes a person's file out; `nil` if there is none, or no more.
    func take(_ token: String, of person: UUID) -> Upload? { waiting.take(token, of: person) }

    /// Removes a file with the folder that is its own, or the folder of all.
    static func remove(_ path: String) {
        // What cannot be removed stays in the temporary folder, which the system empties.
        let own = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        do { try FileManager.default.removeItem(atPath: own) } catch {}
    }
}
