import Collection
import Values

extension Finding {
    /// For the terminal.
    var text: String {
        let mark =
            switch level {
            case .ok: "✓"
            case .weak: "!"
            case .unknown: "?"
            case .wrong: "✗"
            }
        return "\(mark) \(found[.ofTerminal])" + (advice.map { "\n    → " + $0[.ofTerminal] } ?? "")
    }
}
