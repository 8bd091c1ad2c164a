/// A function or a view with its triggers: code that is replaced as a whole whenever it differs.
public struct Routine: Sendable, Hashable {
    /// The file's name, such as `cut_off.sql`.
    public let name: String
    /// The file's text, `create or replace …`; applying it a second time changes nothing.
    public let sql: String

    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// The files that must be applied before this one, from a line such as `-- Needs: event_time, cut_off` in its
    /// header.
    ///
    /// Only SQL bodies, views, and signatures with a view's row type need this: PL/pgSQL looks up what it calls when it
    /// runs.
    var needs: [String] {
        let mark = "-- Needs: "
        guard let line = sql.split(separator: "\n").first(where: { $0.hasPrefix(mark) }) else { return [] }
        return line.dropFirst(mark.count).split { $0 == "," || $0 == " " }.map { $0 + ".sql" }
    }

    /// Returns the routines sorted by name, except that each comes after those it needs.
    ///
    /// An unknown name, or routines that need each other, are mistakes in the files and end the program.
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
