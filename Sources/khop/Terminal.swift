import ArgumentParser
import Collection
import Foundation
import Values
import Workflow

#if canImport(Glibc)
    import Glibc
#endif

/// What goes where: documents to standard output, everything for people to standard error.
enum Terminal {
    static func say(_ phrase: Phrase) { write(phrase[.ofTerminal]) }

    /// Writes a line to standard error that is worded already.
    static func write(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Prints a JSON document if it was asked for, else a sentence for people.
    static func answer(_ json: JSON, asJSON: Bool, _ phrase: @autoclosure () -> Phrase) {
        print(asJSON ? json.pretty : phrase()[.ofTerminal])
    }

    /// Prints a JSON document if it was asked for, else a text that is worded already, such as a table.
    static func answer(_ json: JSON, asJSON: Bool, text: @autoclosure () -> String) {
        print(asJSON ? json.pretty : text(), terminator: asJSON || text().last != "\n" ? "\n" : "")
    }

    /// Says what should not be overlooked, whatever is printed.
    static func warn(_ warnings: [Reason]) {
        for warning in warnings { write("⚠ " + warning.sentence(in: .ofTerminal)) }
    }

    /// Whether people look at standard error.
    static var isInteractive: Bool { isatty(2) == 1 }

    /// Whether a person reads what is printed.
    static var isOutputInteractive: Bool { isatty(1) == 1 }

    /// Columns of the screen; `nil` if the output goes to a file or another program.
    static var width: Int? {
        var size = winsize()
        guard isOutputInteractive, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Redraws a bar; drawn for people alone.
    static func progress(_ done: Int, of total: Int, _ what: Phrase) {
        guard isInteractive, total > 0 else { return }
        let width = 30
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        FileHandle.standardError.write(
            Data("\r\(what[.ofTerminal]) \(bar) \(min(100, done * 100 / total))%\(done >= total ? "\n" : "")".utf8)
        )
    }

    /// The account of the person at the keyboard, for the record of who did what.
    static var user: String {
        let environment = ProcessInfo.processInfo.environment
        return "cli:" + (environment["SUDO_USER"] ?? environment["USER"] ?? "unknown")
    }
}

extension String {
    /// The text in the language of the terminal.
    init(vi: String, en: String) { self = Phrase(vi: vi, en: en)[.ofTerminal] }
}

extension ArgumentHelp {
    /// The help in the language of the terminal.
    init(vi: String, en: String) { self.init(Phrase(vi: vi, en: en)[.ofTerminal]) }
}
