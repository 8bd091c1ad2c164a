import ArgumentParser
import Collection
import Foundation
import Values
import Workflow

#if canImport(Glibc)
    import Glibc
#endif

/// Writes results to standard output and messages to standard error.
enum Terminal {
    static func say(_ phrase: Phrase) { write(phrase[.ofTerminal]) }

    /// Writes a line to standard error that is already in the terminal's language.
    static func write(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Prints the JSON document if it was asked for, else the sentence.
    static func answer(_ json: JSON, asJSON: Bool, _ phrase: @autoclosure () -> Phrase) {
        print(asJSON ? json.pretty : phrase()[.ofTerminal])
    }

    /// Prints the JSON document if it was asked for, else a text already in the terminal's language, such as a table.
    static func answer(_ json: JSON, asJSON: Bool, text: @autoclosure () -> String) {
        print(asJSON ? json.pretty : text(), terminator: asJSON || text().last != "\n" ? "\n" : "")
    }

    /// Says what should not be overlooked, whatever is printed.
    static func warn(_ warnings: [Reason]) {
        for warning in warnings { write("⚠ " + warning.sentence(in: .ofTerminal)) }
    }

    /// Whether standard error is a terminal.
    static var isInteractive: Bool { isatty(2) == 1 }

    /// Whether standard output is a terminal.
    static var isOutputInteractive: Bool { isatty(1) == 1 }

    /// The number of columns of the terminal; `nil` if the output goes to a file or another program.
    static var width: Int? {
        var size = winsize()
        guard isOutputInteractive, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Redraws the progress bar, if standard error is a terminal.
    static func progress(_ done: Int, of total: Int, _ what: Phrase) {
        guard isInteractive, total > 0 else { return }
        let width = 30
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        FileHandle.standardError.write(
            Data("\r\(what[.ofTerminal]) \(bar) \(min(100, done * 100 / total))%\(done >= total ? "\n" : "")".utf8)
        )
    }

    /// The system account of whoever runs the command, for the audit log.
    static var user: String {
        let environment = ProcessInfo.processInfo.environment
        // The account of the process and not what USER says, which anybody can set; behind sudo, who called it.
        if geteuid() == 0, let caller = environment["SUDO_USER"], !caller.isEmpty { return "cli:" + caller }
        if let name = getpwuid(getuid())?.pointee.pw_name { return "cli:" + String(cString: name) }
        return "cli:\(getuid())"
    }

    /// Where what is done at this terminal comes from.
    static var origin: CallOrigin { CallOrigin(address: user, userAgent: "khop") }
}

extension String {
    /// The text in the language of the terminal.
    init(vi: String, en: String) { self = Phrase(vi: vi, en: en)[.ofTerminal] }
}

extension ArgumentHelp {
    /// The help in the language of the terminal.
    init(vi: String, en: String) { self.init(Phrase(vi: vi, en: en)[.ofTerminal]) }
}
