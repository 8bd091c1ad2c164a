/// The texts of ArgumentParser, which writes English only, in Vietnamese.
enum ParserText {
    /// Translates a help text or the message of a usage error. Text it does not know is left as it is.
    static func vietnamese(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = String(line)
            for (english, vietnamese) in beginnings where line.hasPrefix(english) {
                line = vietnamese + line.dropFirst(english.count)
            }
            for (english, vietnamese) in phrases { line = line.replacing(english, with: vietnamese) }
            return message(line)
        }.joined(separator: "\n")
    }

    private static let beginnings = [
        ("OVERVIEW: ", "GIỚI THIỆU: "), ("USAGE: ", "CÁCH DÙNG: "), ("Usage: ", "Cách dùng: "),
        ("ARGUMENTS:", "THAM SỐ:"), ("OPTIONS:", "TÙY CHỌN:"), ("SUBCOMMANDS:", "LỆNH CON:"),
        ("Error: ", "Lỗi: "), ("Help:  ", "Trợ giúp:  "),
    ]

    private static let phrases = [
        ("Show help information.", "Xem trợ giúp."), ("Show the version.", "Xem phiên bản."),
        ("Show subcommand help information.", "Xem trợ giúp của lệnh con."),
        ("(default: ", "(mặc định: "), ("; default: ", "; mặc định: "), ("(values: ", "(giá trị: "),
    ]

    private static func message(_ line: String) -> String {
        line
            .replacing(/See ('.*') for detailed help\./) { "Xem \($0.1) để biết chi tiết." }
            .replacing(/See ('.*') for more information\./) { "Xem \($0.1) để biết thêm." }
            .replacing(/Missing expected argument ('.*')$/) { "thiếu \($0.1)" }
            .replacing(/Missing one of: ('.*')$/) { "thiếu một trong \($0.1)" }
            .replacing(/Missing value for ('.*')$/) { "thiếu giá trị của \($0.1)" }
            .replacing(/Missing required subcommand\.$/) { _ in "thiếu lệnh con." }
            .replacing(/Unknown option ('[^']*')/) { "không có tùy chọn \($0.1)" }
            .replacing(/\. Did you mean ('.*')\?$/) { "; có phải là \($0.1)?" }
            .replacing(/Unexpected argument ('.*')$/) { "thừa \($0.1)" }
            .replacing(/\d+ unexpected arguments: ('.*')$/) { "thừa \($0.1)" }
            .replacing(/The option ('.*') does not take any value, but ('.*') was specified\.$/) {
                "tùy chọn \($0.1) không nhận giá trị, nhưng có \($0.2)."
            }
            .replacing(/The value ('.*') is invalid for ('[^']*')/) { "\($0.2) không nhận giá trị \($0.1)" }
            .replacing(/\. Please provide one of (.*)\.$/) {
                ": hãy chọn một trong \($0.1.replacing(" and ", with: ", ").replacing(" or ", with: ", "))."
            }
            .replacing(/\. Please provide one of the following:$/) { _ in ": hãy chọn một trong" }
    }
}
