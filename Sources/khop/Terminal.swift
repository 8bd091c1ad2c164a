import Collection
import Foundation
import Values

/// What goes where: documents to standard output, everything for people to standard error.
enum Terminal {
    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Prints a JSON document, or a text for people where JSON was not asked for.
    static func answer(_ json: JSON, asJSON: Bool, _ text: @autoclosure () -> String) {
        print(asJSON ? json.pretty : text())
    }

    /// Whether people look at standard error.
    static var isInteractive: Bool { isatty(2) == 1 }

    /// Whether a person reads what is printed.
    static var isOutputInteractive: Bool { isatty(1) == 1 }

    /// Redraws a bar; drawn for people alone.
    static func progress(_ done: Int, of total: Int, _ what: String) {
        guard isInteractive, total > 0 else { return }
        let width = 30
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        FileHandle.standardError.write(
            Data("\r\(what) \(bar) \(min(100, done * 100 / total))%\(done >= total ? "\n" : "")".utf8)
        )
    }

    /// The account of the person at the keyboard, for the record of who did what.
    static var user: String {
        let environment = ProcessInfo.processInfo.environment
        return "cli:" + (environment["SUDO_USER"] ?? environment["USER"] ?? "unknown")
    }
}

extension Day {
    /// Reads the value of an option; throws with the option's name.
    init(option: String, _ text: String) throws {
        guard let day = Day(text) else {
            throw ServiceError(
                .invalidParameter,
                at: option,
                Phrase(
                    vi: "\(text) không phải là ngày có thật: viết YYYY-MM-DD",
                    en: "\(text) is not a day that exists: write YYYY-MM-DD"
                )
            )
        }
        self = day
    }
}
