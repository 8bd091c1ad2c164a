public import Values

/// What the national payment platform answers to QUERY.
public enum PlatformStatus: Sendable, Hashable {
    /// It was paid: what CONFIRM would have said.
    case paid(BankNotice)
    case failed
    /// Under way, or not known to the platform: it is asked again.
    case pending
    /// Nothing that may be acted on; the words are for the operator.
    case unreadable(String)

    /// Reads an answer about an attempt. What it says of another attempt or partner, or of another amount than was asked
    /// for, is not acted on: no signature covers it, only the connection that it came over.
    public static func read(
        status: Int,
        _ body: [UInt8],
        partner: String,
        code: String,
        amount: Money
    ) -> PlatformStatus {
        let answer: JSON
        switch PlatformAnswer.open(status: status, body) {
        case .answer(let json): answer = json
        case .refused(let words), .unreadable(let words): return .unreadable(words)
        }
        func text(_ name: String) -> String { PlatformAnswer.text(name, answer) ?? "" }
        guard text("MaLoi") == "00" else { return .unreadable("MaLoi \(text("MaLoi")) \(text("MoTaLoi"))") }
        guard text("MaThamChieu") == code, text("MaDoiTac") == partner else {
            return .unreadable("the answer is of another attempt or partner")
        }
        switch text("TrangThaiGD") {
        case "3": return .pending
        case "4": return .failed
        case "1": break
        default: return .unreadable("TrangThaiGD is none of 1, 3 and 4")
        }
        guard text("SoTien") == amount.description, ["", "VND"].contains(text("MaTienTe")) else {
            return .unreadable("the answer has another amount than was asked for")
        }
        let transaction = text("MaGiaoDich")
        guard (1...100).contains(transaction.unicodeScalars.count),
            transaction.unicodeScalars.allSatisfy({ $0.value > 0x20 && !(0x7F...0xA0).contains($0.value) })
        else { return .unreadable("the answer has no MaGiaoDich") }
        let memo = text("ThongTinGiaoDich")
        return .paid(
            BankNotice(
                transactionID: transaction,
                amount: amount,
                occurredAt: ProviderTime.compact(text("ThoiGianGD")),
                reference: code,
                memo: memo.isEmpty || memo.count > PlainBody.maximumMemoCharacters ? nil : memo,
                merchant: partner
            )
        )
    }

    /// When it happened: a known system writes hours of 12, so that an afternoon reads as a morning. A time before the
    /// attempt was begun that fits half a day later is taken to be that.
    public static func believed(_ stated: Instant?, begunAt: Instant, now: Instant) -> Instant? {
        guard let stated, stated < begunAt.adding(seconds: -300) else { return stated }
        let later = stated.adding(seconds: 43_200)
        return later >= begunAt.adding(seconds: -300) && later <= now.adding(seconds: 300) ? later : stated
    }
}
