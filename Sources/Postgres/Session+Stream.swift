import CLibpq

extension Session {
    /// Reads the rows of a cursor to its end. While rows are passed on, the server makes the next ones ready.
    ///
    /// - Parameter size: how many rows are fetched at once; they should fit the socket's buffer, so that the server does not
    ///   wait until they are asked for.
    func fetchAll(_ cursor: String, size: Int, _ body: (Row) throws -> Void) throws {
        let fetch = Query(trustedSQL: "fetch forward \(size) from \(cursor)")
        try sendFetch(fetch)
        while true {
            let result = PQgetResult(pointer)
            while let rest = PQgetResult(pointer) { PQclear(rest) }
            let rows = rows(try check(result, fetch))
            let isLast = rows.count < size
            if !isLast { try sendFetch(fetch) }
            do {
                for row in rows { try body(row) }
            } catch {
                // The connection stays usable.
                while !isLast, let rest = PQgetResult(pointer) { PQclear(rest) }
                throw error
            }
            if isLast { return }
        }
    }

    private func sendFetch(_ fetch: Query) throws(PostgresError) {
        guard PQsendQueryParams(pointer, fetch.sql, 0, nil, nil, nil, nil, 1) == 1 else {
            throw PostgresError(.connection, Session.message(pointer))
        }
    }
}
