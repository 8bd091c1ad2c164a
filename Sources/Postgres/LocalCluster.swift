import Foundation
public import Values

/// A private PostgreSQL cluster for evaluation and tests, reachable only through a Unix socket.
///
/// PostgreSQL refuses to run as root; if khop runs as root, the cluster belongs to whoever owns its folder, or the folder
/// that it is to be made in, and to the system user `postgres` where that is root.
///
/// Its superuser is used to make it, its roles and its databases, and for nothing else: see ``DatabaseRole``. Whoever
/// connects is known by the system's user (peer): the one the cluster runs as, and root. The socket's folder is theirs
/// alone.
public struct LocalCluster: Sendable {
    /// The folder with everything that belongs to the cluster; created at the first start.
    public let directory: String
    let binaries: String
    /// The user whom the cluster runs as if khop runs as root.
    let user: String

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
        var ancestor = wanted
        while !FileManager.default.fileExists(atPath: ancestor) {
            ancestor = (ancestor as NSString).deletingLastPathComponent
        }
        user = LocalCluster.unprivilegedOwner(of: ancestor)
        // Where one was made its user could enter.
        let isMade = FileManager.default.fileExists(atPath: wanted + "/data/PG_VERSION")
        let isReachable = try isMade || LocalCluster.isReachable(ancestor, by: user)
        self.directory = isReachable ? wanted : "/var/tmp/khop-\(LocalCluster.hash(wanted))"
    }

    /// Whether the user who runs the cluster can enter the folder. If khop runs as root that user is another, who may
    /// not have access; the cluster then goes to /var/tmp, under a name derived from the intended folder.
    private static func isReachable(_ folder: String, by user: String) throws -> Bool {
        guard geteuid() == 0 else { return true }
        return try spawn(
            ["/usr/sbin/runuser", "-u", user, "--", "/usr/bin/test", "-x", folder],
            output: "/dev/null"
        ) == 0
    }

    /// The owner of a folder, or `postgres` if that is root.
    private static func unprivilegedOwner(of folder: String) -> String {
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_uid != 0, let entry = getpwuid(status.st_uid) else {
            return "postgres"
        }
        return String(cString: entry.pointee.pw_name)
    }

    static func hash(_ text: String) -> String {
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

    var data: String { directory + "/data" }
    var isRoot: Bool { geteuid() == 0 }

    /// The folder of the socket: next to the data if the path is short enough for a socket address and is one host in libpq's
    /// eyes, who takes a comma for the end of it; else in /tmp.
    var socketFolder: String {
        let near = directory + "/socket"
        guard near.utf8.count > 80 || near.contains(",") else { return near }
        return "/tmp/khop-\(LocalCluster.hash(directory))"
    }

    /// Returns a connection URI for a database of the cluster, for one of its roles.
    public func url(database: String, as role: DatabaseRole = .service) -> String {
        // Every byte that is not plain, as a URI wants it: a folder may have spaces in its name.
        let host = socketFolder.percentEncoded(keeping: "/")
        return "postgresql://\(role.rawValue)@/\(database)?host=\(host)&port=5432"
    }

    public var isRunning: Bool {
        do { return try run("pg_ctl", ["-D", data, "status"]).status == 0 } catch { return false }
    }

    /// Creates the cluster, starts it and creates the roles and the database, each if necessary. The database belongs to
    /// ``DatabaseRole/owner``, and what it is for is made by `khop migrate`.
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
                    "-D", data, "-U", DatabaseRole.superuser.rawValue, "--auth-local=peer", "--auth-host=reject",
                    "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
                ]
            )
            try writeAccess()
        }
        if !isRunning {
            try renewAccess()
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
        try makeRoles(port: port)
        try make(database: database, port: port)
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
        try dump(["--schema-only", "--no-owner", "--no-privileges", database])
    }

    /// What `pg_dump` prints of a database, with everything in it.
    public func contents(of database: String) throws -> String { try dump([database]) }

    private func dump(_ arguments: [String]) throws -> String {
        let arguments = ["-h", socketFolder, "-U", DatabaseRole.superuser.rawValue] + arguments
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
}
