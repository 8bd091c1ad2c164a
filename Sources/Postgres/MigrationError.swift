public import Values

/// Why a migration was refused; nothing was changed.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
    /// A file has been changed since it was applied.
    case changed(name: String)
    /// The database was migrated by a newer program.
    case newerDatabase(version: Int)
    /// These are still to be applied, by `khop migrate`.
    case pending(names: [String])
    /// What a file changes stayed locked by others, of whom some are known.
    case locked(name: String, attempts: Int, holders: [Int32])
    /// A file takes longer than a service may be held up.
    case tooLong(name: String, milliseconds: Int)
    /// The role of the service could alter the tables, or is a superuser.
    case ownsTables(role: String)
    /// The role has not been given the rights of the service.
    case mayNotRead(role: String)

    public var description: String { phrase[.english] }

    /// What is wrong and what to do about it.
    public var phrase: Phrase {
        switch self {
        case .changed(let name):
            Phrase(
                vi:
                    "tệp \(name) đã được áp dụng ở dạng khác với tệp của chương trình này; tệp đã áp dụng thì không sửa: "
                    + "hãy khôi phục tệp và đưa thay đổi vào tệp mới",
                en:
                    "migration \(name) was applied in another form than this program's; applied migrations never change: "
                    + "restore the file and put the change into a new migration"
            )
        case .newerDatabase(let version):
            Phrase(
                vi: "cơ sở dữ liệu có phiên bản \(version) mà chương trình này không biết: hãy chạy khop mới hơn",
                en: "the database has migration \(version), which this program does not know: run a newer khop"
            )
        case .pending(let names):
            Phrase(
                vi: "cơ sở dữ liệu còn thiếu \(names.count) bảng và hàm của chương trình này, đầu tiên là "
                    + "\(names.first ?? "?"): hãy chạy `khop migrate`",
                en:
                    "the database lacks \(names.count) of this program's tables and routines, first \(names.first ?? "?"): "
                    + "run `khop migrate`"
            )
        case .locked(let name, let attempts, let holders):
            MigrationError.tellLocked(name, attempts, holders)
        case .tooLong(let name, let milliseconds):
            Phrase(
                vi:
                    "\(name) giữ khóa lâu hơn \(milliseconds) ms nên chưa áp dụng, để dịch vụ không phải chờ: hãy dừng mọi `khop "
                    + "serve`, chạy `khop migrate --while-stopped`, rồi chạy lại dịch vụ",
                en:
                    "\(name) would hold its locks for longer than \(milliseconds) ms and was not applied, so that the service "
                    + "need not wait: stop every `khop serve`, run `khop migrate --while-stopped`, and start them again"
            )
        case .ownsTables(let role):
            Phrase(
                vi: "vai trò \(role) sở hữu các bảng hoặc là siêu người dùng, nên có thể sửa lịch sử: "
                    + "KHOP_DATABASE_URL phải dùng vai trò khop_app; vai trò sở hữu chỉ dùng cho `khop migrate`, trong "
                    + "KHOP_OWNER_DATABASE_URL",
                en: "the role \(role) owns the tables or is a superuser, so it could change the history: "
                    + "KHOP_DATABASE_URL must use the role khop_app; the owner is for `khop migrate` alone, in "
                    + "KHOP_OWNER_DATABASE_URL"
            )
        case .mayNotRead(let role):
            Phrase(
                vi: "vai trò \(role) không có quyền của dịch vụ: dùng vai trò khop_app, hoặc `grant khop_app to "
                    + "\(role)`",
                en: "the role \(role) has not the rights of the service: use the role khop_app, or `grant khop_app to "
                    + "\(role)`"
            )
        }
    }

    private static func tellLocked(_ name: String, _ attempts: Int, _ holders: [Int32]) -> Phrase {
        let ended = holders.map { "select pg_terminate_backend(\($0));" }.joined(separator: " ")
        return Phrase(
            vi: "\(name) chưa áp dụng: \(attempts) lần thử đều gặp bảng đang bị khóa. "
                + (holders.isEmpty
                    ? "Hãy chạy lại `khop migrate` lúc ít việc hơn"
                    : "Phiên giữ khóa lâu: \(holders.map(String.init).joined(separator: ", ")). Hãy chờ phiên đó xong, hoặc kết "
                        + "thúc nó bằng quyền quản trị (\(ended)), rồi chạy lại `khop migrate`"),
            en: "\(name) was not applied: in \(attempts) tries what it changes was locked. "
                + (holders.isEmpty
                    ? "Run `khop migrate` again when there is less to do"
                    : "Sessions that hold locks for long: \(holders.map(String.init).joined(separator: ", ")). Wait until they "
                        + "end, or end them as an administrator (\(ended)), and run `khop migrate` again")
        )
    }
}
