import Foundation

/// A text that is kept in the project, so that a change of it is seen in review. UPDATE_GOLDEN=1 writes it again.
public enum Golden {
    /// The lines of a text that are not in the file of that name, or the other way round; empty when they are the same.
    public static func differences(_ text: String, from path: String) throws -> [String] {
        let file = "\(Repository.root)/\(path)"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let known = try String(contentsOfFile: file, encoding: .utf8)
        guard known != text else { return [] }
        let (ours, theirs) = (text.components(separatedBy: "\n"), known.components(separatedBy: "\n"))
        let changes = ours.difference(from: theirs).map { change in
            switch change {
            case .insert(let line, let text, _): "\(line + 1) + \(text)"
            case .remove(let line, let text, _): "\(line + 1) - \(text)"
            }
        }
        return changes + ["UPDATE_GOLDEN=1 swift test writes \(path) again"]
    }
}
