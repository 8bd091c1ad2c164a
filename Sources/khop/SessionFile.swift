import Collection
import Foundation
import Values

#if canImport(Glibc)
    import Glibc
#endif

/// Where `khop login` keeps the session of who uses this terminal: a file that its owner alone can read.
struct SessionFile {
    let path: String

    /// `KHOP_SESSION_FILE`, else a file in the user's state folder (`XDG_STATE_HOME`, `~/.local/state`), one for each mode.
    init(_ settings: Settings) {
        let name = settings.mode == .test ? "session-test" : "session"
        let environment = ProcessInfo.processInfo.environment
        func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let state = named("XDG_STATE_HOME") ?? named("HOME").map { $0 + "/.local/state" }
        path = named("KHOP_SESSION_FILE") ?? state.map { $0 + "/khop/" + name } ?? settings.home + "/session"
    }

    /// The token that is kept; `nil` if there is none. A file that others could have read or written is refused.
    func token() throws -> String? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_SESSION_FILE",
                Phrase(
                    vi: "\(path) phải là tệp thường của chính bạn với quyền 0600; hãy xóa tệp rồi chạy `khop login`",
                    en: "\(path) must be a plain file of your own with the mode 0600; remove it and run `khop login`"
                )
            )
        }
        return try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func keep(_ token: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try PrivateFile.write(token + "\n", to: path)
    }

    func remove() { unlink(path) }
}
