import Collection
import Foundation
import Values

#if canImport(Glibc)
    import Glibc
#endif

/// Questions to whoever sits at the terminal; answered by the lines of standard input if that is no terminal.
enum Prompt {
    static var isInteractive: Bool { isatty(0) == 1 }

    /// Asks for a line.
    static func line(_ question: Phrase) throws -> String {
        if isInteractive {
            FileHandle.standardError.write(Data((question[.ofTerminal] + ": ").utf8))
        }
        guard let line = readLine() else {
            throw ServiceError(
                .invalidParameter,
                at: question[.ofTerminal],
                Phrase(vi: "không có dòng nào trên đầu vào chuẩn", en: "there is no line on standard input")
            )
        }
        return line
    }

    /// Asks for a line that is not shown while it is typed.
    static func secret(_ question: Phrase) throws -> String {
        guard isInteractive else { return try line(question) }
        var before = termios()
        tcgetattr(0, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(0, TCSAFLUSH, &silent)
        defer {
            tcsetattr(0, TCSAFLUSH, &before)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return try line(question)
    }

    /// The first line of a file; `-` is standard input.
    static func file(_ path: String, _ question: Phrase) throws -> String {
        if path == "-" { return try line(question) }
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw ServiceError(.invalidParameter, at: question[.ofTerminal], .unreadableFile(path))
        }
        return String(text.prefix { !$0.isNewline })
    }

    static let email = Phrase(vi: "Địa chỉ thư", en: "E-mail")
    static let address = Phrase(vi: "Địa chỉ mà trình duyệt dừng ở đó", en: "The address that the browser ended at")
    static let password = Phrase(vi: "Mật khẩu", en: "Password")
    static let newPassword = Phrase(vi: "Mật khẩu mới", en: "New password")
    static let repeated = Phrase(vi: "Nhập lại mật khẩu", en: "The same password again")
    static let code = Phrase(vi: "Mã xác thực", en: "Code")
}
