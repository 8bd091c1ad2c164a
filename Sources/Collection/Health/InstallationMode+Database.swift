public import Postgres
public import Values

/// The mode that a database was made for.
extension InstallationMode {
    /// Returns the mode of a database; `nil` if `khop migrate` has not set it yet.
    ///
    /// Needs only the right to connect: a database without our tables has no mode.
    public static func of(_ database: Database) async throws -> InstallationMode? {
        let exists = try await database.query("select to_regclass('installation_mode') is not null").row()
        guard try exists.get(0, as: Bool.self) else { return nil }
        return try await database.query("select mode from installation_mode").first.map { row in
            try row.code(0)
        }
    }

    /// Sets the mode of a database that has none, as the owner of its tables; the first one to do so wins.
    public func settle(_ database: Database) async throws {
        _ = try await database.query(
            "insert into installation_mode (mode) values (\(rawValue)) on conflict do nothing"
        )
        try await require(of: database)
    }

    /// Throws unless a database is of this mode: what is tried out must never get into live books.
    ///
    /// - Parameter allowsNone: whether a database that has no mode yet is let pass.
    public func require(of database: Database, allowsNone: Bool = false) async throws {
        switch try await InstallationMode.of(database) {
        case self: return
        case nil where allowsNone: return
        case nil:
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_MODE",
                Phrase(
                    vi: "cơ sở dữ liệu chưa được ghi là thật hay thử nghiệm: hãy chạy `khop migrate`",
                    en: "the database does not say yet whether it is live or for tests: run `khop migrate`"
                )
            )
        case .live:
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_MODE",
                Phrase(
                    vi:
                        "cơ sở dữ liệu này là của hệ thống THẬT mà KHOP_MODE là test: bỏ KHOP_MODE (hoặc đặt live), hoặc nêu "
                        + "cơ sở dữ liệu của môi trường thử nghiệm",
                    en:
                        "this database is of the LIVE system and KHOP_MODE is test: unset KHOP_MODE (or set it to live), or "
                        + "name the database of the test installation"
                )
            )
        case .test:
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_MODE",
                Phrase(
                    vi:
                        "cơ sở dữ liệu này là của môi trường THỬ NGHIỆM mà KHOP_MODE là live: đặt KHOP_MODE=test, hoặc nêu cơ "
                        + "sở dữ liệu thật",
                    en:
                        "this database is of a TEST installation and KHOP_MODE is live: set KHOP_MODE=test, or name the live "
                        + "database"
                )
            )
        }
    }
}
