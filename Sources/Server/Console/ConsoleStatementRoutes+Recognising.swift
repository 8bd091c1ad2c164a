import Collection
import Values

extension ConsoleStatementRoutes {
    /// The accounts that the file may be of, by what it says of itself: one if it says so, two if it says nothing. A file
    /// that is of none of them is told as one of the first.
    func recognise(_ file: MultipartReader.File, _ accounts: [Overview.Account]) async throws -> [(
        account: String, preview: StatementPreview
    )] {
        var possible: [(account: String, preview: StatementPreview)] = []
        // A table may be unknown for one account and described for another.
        var unknown: [(account: String, preview: StatementPreview)] = []
        var foreign: (account: String, preview: StatementPreview)?
        for account in accounts.prefix(100).map(\.number) {
            let preview = try await previews.preview(path: file.path, account: account)
            if preview.isForeign {
                foreign = foreign ?? (account, preview)
            } else if preview.isUnrecognised {
                unknown.append((account, preview))
            } else {
                possible.append((account, preview))
            }
            if possible.count == 2 { return possible }
        }
        if possible.isEmpty, let foreign { return [foreign] }
        if possible.isEmpty { possible = Array(unknown.prefix(2)) }
        guard !possible.isEmpty else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Chưa có tài khoản nào: nạp danh mục trước.",
                    en: "There are no accounts: import the catalogue first."
                )
            )
        }
        return possible
    }
}
