import Foundation

/// Who may reach the cluster: its folders, its roles, and who connects as which.
extension LocalCluster {
    /// Makes the folders of the cluster, for its user alone.
    func prepareFolders() throws {
        var owner = (user: geteuid(), group: getegid())
        if isRoot {
            guard let entry = getpwnam(user) else {
                throw Failure(
                    vi:
                        "root không được chạy PostgreSQL, mà máy không có người dùng `\(user)` để chạy thay: hãy cài postgresql-15",
                    en: "root may not run PostgreSQL, and there is no user `\(user)` to run it: install postgresql-15"
                )
            }
            owner = (entry.pointee.pw_uid, entry.pointee.pw_gid)
        }
        for folder in [directory, socketFolder] {
            try makeParents(of: folder)
            _ = mkdir(folder, 0o700)
            // The names of those in /tmp can be guessed: another user may have made something else of that name before, or
            // put it there a moment from now. What is opened here is what is judged and changed.
            let opened = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            defer { if opened >= 0 { close(opened) } }
            var status = stat()
            guard opened >= 0, fstat(opened, &status) == 0,
                status.st_uid == owner.user || status.st_uid == geteuid()
            else {
                throw Failure(
                    vi: "\(folder) không phải là thư mục của người chạy PostgreSQL: hãy xem đó là gì rồi xóa đi",
                    en: "\(folder) is not a folder of the user who runs PostgreSQL: look at what it is, and remove it"
                )
            }
            _ = fchown(opened, owner.user, owner.group)
            _ = fchmod(opened, 0o700)
        }
    }

    /// The folders above, which the cluster's user must be able to enter.
    private func makeParents(of folder: String) throws {
        let mask = umask(isRoot ? 0o022 : 0o077)
        defer { umask(mask) }
        let parent = (folder as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    }

    /// Whether the cluster runs, with the database and the roles that ``start(database:settings:port:)`` makes: one connection,
    /// where asking PostgreSQL's programs takes five processes. Every command begins with it.
    ///
    /// - Throws: ``Failure`` if its folders are somebody else's, who might answer in its place.
    public func answers(database: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: data + "/PG_VERSION") else { return false }
        try prepareFolders()
        do {
            let session = try Session(DatabaseOptions(url: url(database: database)))
            let owner = DatabaseRole.owner.rawValue
            return try session.execute("select 1 from pg_roles where rolname = \(owner)").count == 1
        } catch {
            return false
        }
    }

    private static let rule = "local all all peer map=khop\n"

    /// Lets in whom the cluster runs as now, if it was made for another user; what somebody else wrote is left alone.
    func renewAccess() throws {
        guard try String(contentsOfFile: data + "/pg_hba.conf", encoding: .utf8) == LocalCluster.rule else { return }
        try writeAccess()
    }

    /// Lets in the cluster's user and root, as any role, and nobody else.
    func writeAccess() throws {
        let runner = isRoot ? user : getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? ""
        let users = runner == "root" ? ["root"] : [runner, "root"]
        let map = users.flatMap { user in DatabaseRole.allCases.map { "khop \"\(user)\" \($0.rawValue)" } }
        try write(LocalCluster.rule, to: data + "/pg_hba.conf")
        try write(map.joined(separator: "\n") + "\n", to: data + "/pg_ident.conf")
    }

    /// Overwrites a file of the cluster, which keeps its owner and mode.
    private func write(_ text: String, to path: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// Makes the roles that are missing; none of them may do what a superuser may.
    func makeRoles(port: Int) throws {
        let known = try query("select rolname from pg_roles", port: port)
        for role in [DatabaseRole.owner, .service] where !known.contains(role.rawValue) {
            // Another program may have made it at the same time.
            let sql = "create role \(role.rawValue) login nosuperuser nocreatedb nocreaterole noreplication"
            let made = try psql(sql, port: port)
            guard made.status == 0 || made.output.contains("already exists") else {
                throw Failure(
                    vi: "không tạo được vai trò \(role.rawValue): \(made.output)",
                    en: "the role \(role.rawValue) could not be made: \(made.output)"
                )
            }
        }
    }

    /// Makes a database for the owner of the schema, if there is none.
    func make(database: String, port: Int) throws {
        guard try !query("select datname from pg_database", port: port).contains(database) else { return }
        let made = try run(
            "createdb",
            [
                "-h", socketFolder, "-p", String(port), "-U", DatabaseRole.superuser.rawValue, "-O",
                DatabaseRole.owner.rawValue, database,
            ]
        )
        // Another program may have created the database at the same time.
        guard made.status == 0 || made.output.contains("already exists") else {
            throw Failure(
                vi: "không tạo được cơ sở dữ liệu: \(made.output)",
                en: "the database could not be made: \(made.output)"
            )
        }
    }

    private func query(_ sql: String, port: Int) throws -> [String] {
        let (status, output) = try psql(sql, port: port)
        guard status == 0 else { throw Failure.failed("psql", status, output) }
        return output.split(separator: "\n").map(String.init)
    }

    private func psql(_ sql: String, port: Int) throws -> (status: Int32, output: String) {
        try run(
            "psql",
            [
                "-X", "-h", socketFolder, "-p", String(port), "-U", DatabaseRole.superuser.rawValue, "-d", "postgres",
                "-Atc", sql,
            ]
        )
    }
}
