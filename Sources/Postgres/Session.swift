import CLibpq
import Glibc

/// One libpq connection, used by one thread at a time, with the blocking calls that everything else is built on.
final class Session {
    let pointer: OpaquePointer
    /// The names of server-side prepared statements, by their SQL text.
    private var prepared: [String: String] = [:]
    private var statements = 0
    private let localCommit = LocalCommit()
    let slowStatements: SlowStatements?
    let applicationName: String
    private static let maximumPrepared = 500

    /// Connects, blocking for at most the connect timeout.
    init(_ options: DatabaseOptions) throws(PostgresError) {
        (slowStatements, applicationName) = (options.slowStatements, options.applicationName)
        let keywords = options.keywords
        let keys = keywords.map { strdup($0.0) } + [nil]
        let values = keywords.map { strdup($0.1) } + [nil]
        defer { for text in keys + values { free(text) } }
        let connection = keys.withUnsafeBufferPointer { keys in
            values.withUnsafeBufferPointer { values in
                keys.withMemoryRebound(to: UnsafePointer<CChar>?.self) { keys in
                    values.withMemoryRebound(to: UnsafePointer<CChar>?.self) { values in
                        PQconnectdbParams(keys.baseAddress, values.baseAddress, 1)
                    }
                }
            }
        }
        guard let connection else { throw PostgresError(.connection, "out of memory") }
        guard PQstatus(connection) == CONNECTION_OK else {
            let message = Session.message(connection)
            PQfinish(connection)
            throw PostgresError(.connection, message)
        }
        pointer = connection
        // Notices such as "table already exists, skipping" would otherwise go to standard error; one of them is an error.
        PQsetNoticeReceiver(connection, LocalCommit.receive, Unmanaged.passUnretained(localCommit).toOpaque())
    }

    deinit { PQfinish(pointer) }

    static func message(_ connection: OpaquePointer) -> String {
        String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: "; ")
    }

    var isBroken: Bool { PQstatus(pointer) != CONNECTION_OK }
    var isIdle: Bool { PQtransactionStatus(pointer) == PQTRANS_IDLE }

    /// Detects, without a round trip, that the server has closed an idle connection.
    func checkAlive() throws(PostgresError) {
        var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
        // A server that shuts down sends a message first: it is read before the end of the stream.
        var isGone = false
        for _ in 0..<8 where !isGone && poll(&descriptor, 1, 0) > 0 {
            isGone = PQconsumeInput(pointer) == 0 || isBroken
        }
        if isGone {
            var error = PostgresError(.connection, "the server closed the connection")
            error.wasIdleClosed = true
            throw error
        }
    }

    /// Runs one statement with its values and waits for its rows.
    func execute(_ query: Query) throws(PostgresError) -> Rows {
        try timed([query]) { () throws(PostgresError) in try executeUntimed(query) }
    }

    private func executeUntimed(_ query: Query) throws(PostgresError) -> Rows {
        let (name, isNew) = statementName(for: query)
        if isNew, let name {
            do throws(PostgresError) {
                _ = try check(PQprepare(pointer, name, query.sql, 0, nil), query)
            } catch {
                forgetStatement(query)
                throw error
            }
        }
        var result: OpaquePointer?
        try send(query) { count, values, lengths, formats in
            if let name {
                result = PQexecPrepared(pointer, name, count, values, lengths, formats, 1)
            } else {
                result = PQexecParams(pointer, query.sql, count, nil, values, lengths, formats, 1)
            }
            return 1
        }
        return rows(try check(result, query))
    }

    /// Returns the name of the prepared statement for a query, `nil` if the connection has too many, and whether it
    /// must still be prepared.
    func statementName(for query: Query) -> (name: String?, isNew: Bool) {
        if let name = prepared[query.sql] { return (name, false) }
        guard prepared.count < Session.maximumPrepared else { return (nil, false) }
        statements += 1
        let name = "k\(statements)"
        prepared[query.sql] = name
        return (name, true)
    }

    /// Forgets a statement that could not be prepared, so that the next call prepares it again.
    func forgetStatement(_ query: Query) { prepared[query.sql] = nil }

    /// Runs a script of statements without values, such as a migration, `BEGIN` or `COMMIT`.
    func script(_ sql: String) throws(PostgresError) {
        let query = Query(trustedSQL: sql)
        try timed([query]) { () throws(PostgresError) in _ = try check(PQexec(pointer, sql), query) }
    }

    /// Lays out the values of a statement in the form that libpq requires and passes them to the call.
    func send(
        _ query: Query,
        _ call: (
            _ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]
        ) -> Int32
    ) throws(PostgresError) {
        // One buffer holds all values; text ends with a NUL, as libpq requires.
        var buffer: [UInt8] = []
        var places: [(offset: Int, length: Int32)?] = []
        var formats: [Int32] = []
        places.reserveCapacity(query.values.count)
        for value in query.values {
            let start = buffer.count
            switch value {
            case .null:
                places.append(nil)
                formats.append(0)
                continue
            case .text(let text):
                buffer.append(contentsOf: text.utf8)
                if buffer[start...].contains(0) {
                    throw PostgresError(.data, "a text with a NUL byte cannot be stored", statement: query.summary)
                }
                formats.append(0)
            case .bytes(let bytes):
                buffer.append(contentsOf: bytes)
                formats.append(1)
            }
            places.append((start, Int32(buffer.count - start)))
            buffer.append(0)
        }
        let lengths = places.map { $0?.length ?? 0 }
        let isSent = buffer.withUnsafeBytes { bytes in
            let pointers = places.map { place -> UnsafePointer<CChar>? in
                place.map { bytes.baseAddress!.advanced(by: $0.offset).assumingMemoryBound(to: CChar.self) }
            }
            return call(Int32(places.count), pointers, lengths, formats)
        }
        guard isSent == 1 else { throw PostgresError(.connection, Session.message(pointer)) }
    }

    func rows(_ result: Rows.Result) -> Rows {
        Rows(result: result, affected: Int(String(cString: PQcmdTuples(result.pointer))) ?? 0)
    }

    /// Throws the error of a failed result.
    func check(_ pointer: OpaquePointer?, _ query: Query) throws(PostgresError) -> Rows.Result {
        guard let pointer else { throw PostgresError(.connection, Session.message(self.pointer)) }
        let result = Rows.Result(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_EMPTY_QUERY:
            try checkReplicated(query)
            return result
        default: throw error(of: result, query)
        }
    }

    /// Throws if what was just committed is on the primary's disk alone, although a standby was to have it: it may be lost, so
    /// nobody may be told that it is durable.
    func checkReplicated(_ query: Query? = nil) throws(PostgresError) {
        guard localCommit.wasNoticed else { return }
        localCommit.wasNoticed = false
        throw PostgresError(.connection, "the commit was not confirmed by a standby", statement: query?.summary)
    }

    private func error(of result: Rows.Result, _ query: Query) -> PostgresError {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result.pointer, Int32(code.asciiValue!)).map { String(cString: $0) }
        }
        guard let state = field("C") else { return PostgresError(.connection, Session.message(pointer)) }
        return PostgresError(
            isBroken ? .connection : .server,
            field("M") ?? "",
            sqlState: SQLState(state),
            detail: field("D"),
            constraint: field("n"),
            statement: query.summary
        )
    }
}
