/// The right to run statements inside one transaction, lent for the duration of a closure.
///
/// It can be neither copied nor stored, and its closure is synchronous: code that waits for anything else while rows
/// are locked does not compile.
public struct Transaction: ~Copyable {
    private let session: Session

    // Never inlined: the optimiser of Swift 6.3.1 aborts when it specialises a generic function that builds a
    // noncopyable struct in place. To be removed when a release build passes without it.
    @inline(never)
    init(session: Session) { self.session = session }

    /// Runs a statement and returns its rows.
    @discardableResult
    public func query(_ query: Query) throws -> Rows { try session.execute(query) }

    /// Runs several statements in one round trip and returns the rows of each.
    ///
    /// They must not depend on each other's rows, and their results should be small.
    public func pipeline(_ queries: [Query]) throws -> [Rows] { try session.pipeline(queries) }

    /// Reads a result of any size through a cursor and passes each row to the body, which runs nothing on the
    /// connection; works only inside a transaction.
    public func stream(_ query: Query, _ body: (Row) throws -> Void) throws {
        _ = try session.execute(query.prefixed("declare khop_stream no scroll cursor for "))
        try session.fetchAll("khop_stream", size: 4000, body)
        _ = try session.execute("close khop_stream")
    }

    /// Runs several statements without values. The caller guarantees that no part of them comes from outside.
    public func script(_ trustedSQL: String) throws { try session.script(trustedSQL) }

    /// Runs `COPY … FROM STDIN`; returns the number of rows inserted.
    @discardableResult
    public func copyIn(_ query: Query, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        try session.copyIn(query, body)
    }

    /// Runs `COPY … TO STDOUT` and passes each chunk to the body.
    public func copyOut(_ query: Query, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try session.copyOut(query, body)
    }
}
