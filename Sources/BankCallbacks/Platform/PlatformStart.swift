import Values

/// What the national payment platform answers to INIT.
public enum PlatformStart: Sendable, Hashable {
    /// Where the payer pays.
    case address(String)
    /// It will not, and says why; the words are for the operator.
    case refused(String)
    /// Nothing that can be read, so that nobody knows; the words are for the operator.
    case unreadable(String)

    /// Reads an answer: flat (`MaLoi`, `UrlThanhToan`) or in the envelope of an integration layer (`error_code`, `message`
    /// with JSON as text).
    public static func read(status: Int, _ body: [UInt8]) -> PlatformStart {
        let answer: JSON
        switch PlatformAnswer.open(status: status, body) {
        case .answer(let json): answer = json
        case .refused(let words): return .refused(words)
        case .unreadable(let words): return .unreadable(words)
        }
        let code = PlatformAnswer.text("MaLoi", answer)
        guard code == nil || code == "00" else {
            return .refused("MaLoi \(code ?? "") \(PlatformAnswer.text("MoTaLoi", answer) ?? "")")
        }
        guard let address = PlatformAnswer.text("UrlThanhToan", answer), !address.isEmpty else {
            return .unreadable("the answer has no UrlThanhToan")
        }
        return .address(address)
    }
}
