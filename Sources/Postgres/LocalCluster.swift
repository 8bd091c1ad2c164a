import Foundation
public import Values

/// A private PostgreSQL cluster for evaluation and tests, reachable only through a Unix socket.
///
/// PostgreSQL refuses to run as root; if khop runs as root, the cluster belongs to the system user `postgres`.
public struct LocalCluster: Sendable {
    /// The folder with everything that belongs to the cluster; created at the first start.
    public let directory: String
    private let binaries: String

    /// What failed, and what to do about it.
    public struct Failure: Error, CustomStringConvertible {
        public let phrase: Phrase

        init(vi: String, en: String) { phrase = Phrase(vi: vi, en: en) }

        /// In English, for logs.
        public var description: String { phrase[.english] }
    }

    /// Finds PostgreSQL's programs: the newest installed version, at least 15.
    public init(directory: String) throws {
        binaries = try LocalCluster.findBinaries()
        let wanted = URL(fileURLWithPath: directory).standardizedFileURL.path
        self.directory = try LocalCluster.isReachable(wanted) ? wanted : "/var/tmp/khop-\(LocalCluster.hash(wanted))"
    }

    /// Whether the user who runs the cluster can enter the folder. If khop runs as root that user is `postgres`, who
    /// may not have access; the cluster then goes to /var/tmp, under a name derived from the intended folder.
    private static func isReachable(_ path: String) throws -> Bool {
        guard geteuid() == 0 else { return true }
        var ancestor = path
        while !FileManager.default.fileExists(atPath: ancestor) {
            ancestor = (ancestor as NSString).deletingLastPathComponent
        }
        return try spawn(
            ["/usr/sbin/runuser", "-u", "postgres", "--", "/usr/bin/test", "-x", ancestor],
            output: "/dev/null"
        ) == 0
    }

    private static func hash(_ text: String) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037  // FNV-1a: the same name every time.
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return String(hash, radix: 36)
    }

    private static func findBinaries() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (FileManager.default.subpaths(atPath: root) ?? []).filter { $0.hasSuffix("/bin/pg_ctl") }
            .compactMap { path in path.split(separator: "/").first.flatMap { Int($0) } }.filter { $0 >= 15 }
        if let newest = versions.max() { return "\(root)/\(newest)/bin" }
        for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
            if FileManager.default.isExecutableFile(atPath: "\(folder)/pg_ctl") { return String(folder) }
        }
        throw Failure(
            vi: "chưa cài PostgreSQL 15 trở lên: chạy `apt-get install postgresql-15`, hoặc đặt KHOP_DATABASE_URL",
            en: "PostgreSQL 15 or newer is not installed: `apt-get install postgresql-15`, or set KHOP_DATABASE_URL"
        )
    }

    private var data: String { directory + "/data" }
    private var isRoot: Bool { geteuid() == 0 }

    /// The folder of the socket: next to the data if the path is short enough for a socket address and is one host in libpq's
    /// eyes, who takes a comma for the end of it; else in /tmp.
    private var socketFolder: String {
        let near = directory + "/socket"
        guard near.utf8.count > 80 || near.contains(",") else { return near }
        return "/tmp/khop-\(LocalCluster.hash(directory))"
    }

    /// Returns a connection URI for a database of the cluster.
    public func url(database: String) -> String {
        // Every byte that is not plain, as a URI wants it: a folder may have spaces in its name.
        let host = socketFolder.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count < 2 ? "0" : "") + hex
        }.joined()
        return "postgresql://khop@/\(database)?host=\(host)&port=5432"
    }

    public var isRunning: Bool {
        do { return try run("pg_ctl", ["-D", data, "status"]).status == 0 } catch { return false }
    }

    /// Creates the cluster, starts it and creates the database, each if necessary.
    ///
    /// - Parameters:
    ///   - settings: PostgreSQL settings, `name=value`.
    ///   - port: the port in the socket's name; differs from 5432 only if a setting changes it.
    public func start(database: String, settings: [String] = [], port: Int = 5432) throws {
        try prepareFolders()
        if !FileManager.default.fileExists(atPath: data + "/PG_VERSION") {
            try must(
                "initdb",
                [
                    "-D", data, "-U", "khop", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-instructions",
                ]
            )
        }
        if !isRunning {
            let options =
                [
                    "listen_addresses=",
                    // A list of folders in PostgreSQL's eyes: in double quotes it is one, whatever its name.
                    "unix_socket_directories=\"\(socketFolder.replacing("\"", with: "\"\""))\"", "max_connections=200",
                    "shared_buffers=256MB",
                ]
                + settings
            // pg_ctl puts its folder and its log, in double quotes and otherwise as they are, into a line for the shell:
            // they are named from within the folder, whose own name may then be anything.
            try must(
                "pg_ctl",
                [
                    "-D", "data", "-l", "log", "-w", "-t", "60", "-o",
                    options.map { "-c " + LocalCluster.quoted($0) }.joined(separator: " "),
                    "start",
                ],
                in: directory
            )
        }
        let known = try run(
            "psql",
            [
                "-h", socketFolder, "-p", String(port), "-U", "khop", "-d", "postgres", "-Atc",
                "select datname from pg_database",
            ]
        )
        guard !known.output.split(separator: "\n").contains(Substring(database)) else { return }
        let made = try run("createdb", ["-h", socketFolder, "-p", String(port), "-U", "khop", database])
        // Another program may have created the database at the same time.
        guard made.status == 0 || made.output.contains("already exists") else {
            throw Failure(
                vi: "không tạo được cơ sở dữ liệu: \(made.output)",
                en: "the database could not be made: \(made.output)"
            )
        }
    }

    /// A word for the shell that pg_ctl hands the server's options to.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    /// Stops the cluster and closes all connections to it.
    public func stop() throws {
        guard isRunning else { return }
        try must("pg_ctl", ["-D", data, "-m", "fast", "-w", "stop"])
    }

    /// Returns the output of `pg_dump` for a database's tables and routines.
    public func schema(of database: String) throws -> String {
        let arguments = ["-h", socketFolder, "-U", "khop", "--schema-only", "--no-owner", "--no-privileges", database]
        let (status, output) = try run("pg_dump", arguments)
        guard status == 0 else { throw Failure.failed("pg_dump", status, output) }
        return output
    }

    /// The process id of the server, for tests that kill it.
    public func processID() throws -> Int32 {
        let text = try String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8)
        guard let id = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
            throw Failure(vi: "không đọc được số tiến trình của máy chủ", en: "the server's process id cannot be read")
        }
        return id
    }

    /// Makes the folders, for the user who runs the cluster alone.
    ///
    /// Their names can be known beforehand, and /tmp is everybody's: a folder that somebody else has put there, or a link, is
    /// refused instead of being handed to PostgreSQL.
    private func prepareFolders() throws {
        var owner: (user: uid_t, group: gid_t) = (geteuid(), getegid())
        if isRoot {
            guard let user = getpwnam("postgres") else {
                throw Failure(
                    vi:
                        "root không được chạy PostgreSQL, mà máy không có người dùng `postgres` để chạy thay: hãy cài postgresql-15",
                    en: "root may not run PostgreSQL, and there is no user `postgres` to run it: install postgresql-15"
                )
            }
            owner = (user.pointee.pw_uid, user.pointee.pw_gid)
        }
        for folder in [directory, socketFolder] {
            let parent = (folder as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Failure.notOurs(folder) }
            // Whatever the name leads to a moment later, what is opened here is what is judged and changed. Where only we
            // could have made a link, it is one that we want.
            let isShared = LocalCluster.isWritableByAll(parent)
            let opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (isShared ? O_NOFOLLOW : 0))
            guard opened >= 0 else { throw Failure.notOurs(folder) }
            defer { close(opened) }
            var found = stat()
            guard fstat(opened, &found) == 0, [geteuid(), owner.user].contains(found.st_uid),
                fchown(opened, owner.user, owner.group) == 0, fchmod(opened, 0o700) == 0
            else { throw Failure.notOurs(folder) }
        }
    }

    private static func isWritableByAll(_ folder: String) -> Bool {
        var found = stat()
        return stat(folder, &found) != 0 || found.st_mode & 0o002 != 0
    }

    private func must(_ program: String, _ arguments: [String], in place: String = "/") throws {
        let (status, output) = try run(program, arguments, in: place)
        guard status == 0 else { throw Failure.failed(program, status, output, log: directory + "/log") }
    }

    /// - Parameter place: the working directory, which the cluster's user must be able to enter.
    private func run(_ program: String, _ arguments: [String], in place: String = "/") throws
        -> (status: Int32, output: String)
    {
        let path = "\(binaries)/\(program)"
        let command =
            ["/usr/bin/env", "-C", place] + (isRoot ? ["/usr/sbin/runuser", "-u", "postgres", "--", path] : [path])
            + arguments
        // A file instead of a pipe: the server inherits it and would keep a pipe open for ever.
        let log = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString)"
        defer { unlink(log) }
        let status = try LocalCluster.spawn(command, output: log)
        return (status, try String(contentsOfFile: log, encoding: .utf8))
    }

    /// Runs a program and waits for that process only. Foundation's `Process` waits until every descendant has closed a
    /// socket that it inherits, which a started server never does.
    private static func spawn(_ command: [String], output: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id = pid_t()
        let failure = posix_spawn(&id, command[0], &actions, nil, &arguments, environ)
        guard failure == 0 else {
            throw Failure(
                vi: "không chạy được \(command[0]) (errno \(failure))",
                en: "\(command[0]) could not be started (errno \(failure))"
            )
        }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else {
                throw Failure(
                    vi: "mất dấu \(command[0]) (errno \(errno))",
                    en: "\(command[0]) was lost (errno \(errno))"
                )
            }
        }
        // A process ended by a signal has no exit code; any number other than 0 will do.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}

extension LocalCluster.Failure {
    /// A folder that belongs to somebody else, or is none.
    static func notOurs(_ folder: String) -> Self {
        Self(
            vi: "\(folder) không phải là thư mục của người chạy khop: hãy xem ai đã tạo, xóa đi rồi chạy lại",
            en: "\(folder) is no folder of the user who runs khop: see who made it, remove it and try again"
        )
    }

    /// A program of PostgreSQL ended with an error.
    static func failed(_ program: String, _ status: Int32, _ output: String, log: String? = nil) -> Self {
        Self(
            vi: "\(program) không chạy được (\(status)): \(output.suffix(2000))"
                + (log.map { "\nNhật ký của máy chủ: \($0)" } ?? ""),
            en: "\(program) failed (\(status)): \(output.suffix(2000))"
                + (log.map { "\nThe server's log: \($0)" } ?? "")
        )
    }
}
