/// A function or a view with its triggers: code, which is replaced as a whole whenever it differs.
public struct Routine: Sendable, Hashable {
    /// The file's name, `cut_off.sql`.
    public let name: String
    /// `create or replace …`: applied again to a database that has it, it changes nothing.
    public let sql: String

    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// The files that must be applied before this one, by a line `-- Needs: event_time, cut_off` in its head.
    ///
    /// PL/pgSQL looks up what it calls when it runs; bodies in SQL, views, and signatures with a view's row type need
    /// it when they are created.
    var needs: [String] {
        let mark = "-- Needs: "
        guard let line = sql.split(separator: "\n").first(where: { $0.hasPrefix(mark) }) else { return [] }
        return line.dropFirst(mark.count).split { $0 == "," || $0 == " " }.map { $0 + ".sql" }
    }

    /// The routines by their names, except that what one needs comes before it.
    ///
    /// A name that does not exist, or two that need one another, are mistakes in the files, and end the program.
    public static func ordered(_ routines: [Routine]) -> [Routine] {
        var waiting = routines.sorted { $0.name < $1.name }
        var ordered: [Routine] = []
        while !waiting.isEmpty {
            let done = Set(ordered.map(\.name))
            guard let next = waiting.firstIndex(where: { done.isSuperset(of: $0.needs) }) else {
                preconditionFailure("what these need is not there: \(waiting.map(\.name).joined(separator: ", "))")
            }
            ordered.append(waiting.remove(at: next))
        }
        return ordered
    }
}
