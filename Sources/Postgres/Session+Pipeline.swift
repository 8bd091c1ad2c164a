import CLibpq

extension Session {
    /// Sends several statements at once, waits once for all of them, and returns their rows in order.
    ///
    /// If a statement fails, those after it are not run and its error is thrown. Results should be small: the server's
    /// output must fit the socket's buffer while the statements are being sent.
    func pipeline(_ queries: [Query]) throws(PostgresError) -> [Rows] {
        guard queries.count > 1 else {
            guard let query = queries.first else { return [] }
            return [try execute(query)]
        }
        return try timed(queries) { () throws(PostgresError) in try sendAll(queries) }
    }

    private func sendAll(_ queries: [Query]) throws(PostgresError) -> [Rows] {
        guard PQenterPipelineMode(pointer) == 1 else { throw connectionError() }
        var sent: [(query: Query, prepares: Bool)] = []
        var failure: PostgresError?
        for query in queries {
            do throws(PostgresError) {
                sent.append((query, try sendOne(query)))
            } catch {
                failure = error
                break
            }
        }
        guard PQpipelineSync(pointer) == 1 else { throw connectionError() }
        var results: [Rows] = []
        for (query, prepares) in sent {
            if prepares { collect(nil, query, &failure) }
            collect({ results.append($0) }, query, &failure)
        }
        // The end of the pipeline, even after a failure.
        while let rest = PQgetResult(pointer) {
            let isEnd = PQresultStatus(rest) == PGRES_PIPELINE_SYNC
            PQclear(rest)
            if isEnd || isBroken { break }
        }
        guard PQexitPipelineMode(pointer) == 1, !isBroken else { throw failure ?? connectionError() }
        if let failure { throw failure }
        // Outside of a transaction the whole pipeline commits at its end.
        try checkReplicated()
        return results
    }

    private func sendOne(_ query: Query) throws(PostgresError) -> Bool {
        let (name, isNew) = statementName(for: query)
        if isNew, let name, PQsendPrepare(pointer, name, query.sql, 0, nil) != 1 { throw connectionError() }
        try send(query) { count, values, lengths, formats in
            guard let name else {
                return PQsendQueryParams(pointer, query.sql, count, nil, values, lengths, formats, 1)
            }
            return PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1)
        }
        return isNew
    }

    /// Reads the results of one statement to the end.
    private func collect(_ keep: ((Rows) -> Void)?, _ query: Query, _ failure: inout PostgresError?) {
        while let result = PQgetResult(pointer) {
            // Statements after a failed one were not run, and those that were new are not prepared.
            if PQresultStatus(result) == PGRES_PIPELINE_ABORTED {
                if keep == nil { forgetStatement(query) }
                PQclear(result)
                continue
            }
            do throws(PostgresError) {
                let checked = try check(result, query)
                keep?(rows(checked))
            } catch {
                failure = failure ?? error
                forgetStatement(query)
            }
        }
    }

    private func connectionError() -> PostgresError { PostgresError(.connection, Session.message(pointer)) }
}
