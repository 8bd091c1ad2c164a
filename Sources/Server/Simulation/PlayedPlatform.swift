import Cryptography
import Synchronization
import Values

/// The national payment platform as it is known from outside: it takes INIT, lets the payer pay, confirms, answers QUERY and
/// GET_BILL, and writes the day's file. It shares no code with what it tries.
public final class PlayedPlatform: Sendable {
    /// How it is set up.
    public struct Options: Sendable {
        /// MaDoiTac of those who use it.
        public var partner: String
        public var secret: String
        /// What happens, and how often.
        public var shares = PlatformMood.usual
        public var seed: UInt64 = 1
        /// Whether INIT and QUERY are answered in the envelope of an integration layer.
        public var usesEnvelope = false

        public init(partner: String, secret: String) { (self.partner, self.secret) = (partner, secret) }
    }

    struct Attempt: Sendable {
        let code: String
        let amount: Int64
        let words: String
        let begunAt: String
        let mood: PlatformMood
        var isPaid: Bool?
        var transaction = ""
        var at = ""
        var questions = 0
    }

    /// An answer of it.
    struct Answer: Sendable {
        let type: String
        let body: [UInt8]

        static func json(_ json: JSON) -> Answer { Answer(type: "application/json", body: json.bytes) }
        static let page = Answer(
            type: "text/html",
            body: Array("<html><body><h1>502 Bad Gateway</h1></body></html>".utf8)
        )
    }

    private struct State {
        var attempts: [String: Attempt] = [:]
        var order: [String] = []
        var chance: UInt64
        var number: Int64 = 0
    }

    let options: Options
    private let wheel: [PlatformMood]
    private let state: Mutex<State>

    public init(_ options: Options) {
        self.options = options
        let wheel = PlatformMood.allCases.flatMap {
            [PlatformMood](repeating: $0, count: max(0, options.shares[$0] ?? 0))
        }
        self.wheel = wheel.isEmpty ? [.onTime] : wheel
        state = Mutex(State(chance: options.seed))
    }

    /// The codes of the attempts, in their order.
    public var codes: [String] { state.withLock(\.order) }

    /// What happens to an attempt.
    public func mood(of code: String) -> PlatformMood? { state.withLock { $0.attempts[code]?.mood } }

    /// MaGiaoDich of a paid attempt.
    public func transaction(of code: String) -> String? {
        state.withLock { state in state.attempts[code].flatMap { $0.isPaid == true ? $0.transaction : nil } }
    }

    func attempt(_ code: String) -> Attempt? { state.withLock { $0.attempts[code] } }

    /// SHA-256 of values joined with `|`, the secret last.
    private func checksum(_ values: [String]) -> String {
        hexadecimal(SHA256.hash(Array((values + [options.secret]).joined(separator: "|").utf8)))
    }

    private static func text(_ json: JSON, _ name: String) -> String {
        switch json[name] {
        case .string(let text)?, .number(let text)?: text
        default: ""
        }
    }

    // MARK: What it is asked

    private static let initFields = [
        "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan",
        "MaThietBi",
        "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
    ]
    private static let askedFields = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"]

    /// Why a message is not taken; `nil` if it is.
    private func fault(_ message: JSON, _ kind: String, _ fields: [String]) -> String? {
        let values = fields.map { PlayedPlatform.text(message, $0) }
        if let missing = zip(fields, values).first(where: { $0.1.isEmpty }) { return "thiếu \(missing.0)" }
        guard values[0] == kind, PlayedPlatform.text(message, "PhienBan") == "1.0.6" else { return "sai bản tin" }
        guard PlayedPlatform.text(message, "MaDoiTac") == options.partner else { return "sai đối tác" }
        guard PlayedPlatform.text(message, "MaXacThuc") == checksum(values) else { return "sai mã xác thực" }
        return nil
    }

    private func told(_ json: JSON) -> Answer {
        .json(options.usesEnvelope ? ["error_code": "0", "message": .string(json.serialized)] : json)
    }

    private func refusal(_ words: String) -> Answer {
        options.usesEnvelope
            ? .json(["error_code": "-1", "message": .string(words)])
            : .json(["MaLoi": "99", "MoTaLoi": .string(words)])
    }

    /// INIT.
    ///
    /// - Parameter pages: where its pages begin, such as `http://127.0.0.1:8099`.
    func start(_ message: JSON, pages: String) -> Answer {
        if let fault = fault(message, "INIT", PlayedPlatform.initFields) { return refusal(fault) }
        func text(_ name: String) -> String { PlayedPlatform.text(message, name) }
        let (code, amount) = (text("MaThamChieu"), Int64(text("SoTien")) ?? 0)
        let parts = message["ThongTinBienLai"]?["DSKhoanNop"]?.array ?? []
        let sum = parts.reduce(Int64(0)) { $0 + (Int64(PlayedPlatform.text($1, "SoTien")) ?? 0) }
        guard amount > 0, sum == amount, text("ThoiGianGD").count == 14 else { return refusal("sai số tiền") }
        guard code.count <= 255, code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            return refusal("sai mã tham chiếu")
        }
        let mood = state.withLock { state -> PlatformMood? in
            guard state.attempts[code] == nil else { return nil }
            let mood = wheel[Int(PlayedPlatform.draw(&state.chance) % UInt64(wheel.count))]
            guard mood != .refused, mood != .page else { return mood }
            state.attempts[code] = Attempt(
                code: code,
                amount: amount,
                words: text("ThongTinGiaoDich"),
                begunAt: text("ThoiGianGD"),
                mood: mood
            )
            state.order.append(code)
            return mood
        }
        switch mood {
        case nil: return refusal("trùng mã tham chiếu")
        case .refused?: return refusal("Các lỗi khác")
        case .page?: return .page
        default:
            let answer: JSON = [
                "MaLoi": "00", "MoTaLoi": "Thành công", "MaThamChieu": .string(code),
                "UrlThanhToan": .string("\(pages)/pay/\(code)"),
            ]
            return told(answer)
        }
    }

    /// SplitMix64 (Steele and others 2014).
    private static func draw(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// QUERY.
    func query(_ message: JSON) -> Answer {
        if let fault = fault(message, "QUERY", PlayedPlatform.askedFields) { return refusal(fault) }
        let code = PlayedPlatform.text(message, "MaThamChieu")
        let attempt = state.withLock { state -> Attempt? in
            state.attempts[code]?.questions += 1
            return state.attempts[code]
        }
        guard let attempt, attempt.begunAt == PlayedPlatform.text(message, "ThoiGianGD") else {
            return refusal("không tìm thấy giao dịch")
        }
        if attempt.mood == .babble, attempt.questions == 1 { return .page }
        let status = attempt.isPaid.map { $0 ? "1" : "4" } ?? "3"
        return told([
            "LoaiBanTin": "QUERY", "MaLoi": "00", "MaDoiTac": .string(options.partner), "MaThamChieu": .string(code),
            "SoTien": .integer(attempt.amount), "MaTienTe": "VND", "MaGiaoDich": .string(attempt.transaction),
            "MaNganHang": "VCB", "ThoiGianGD": .string(attempt.at),
            "ThongTinGiaoDich": .string(attempt.words), "TrangThaiGD": .string(status), "MoTaLoi": "", "MaXacThuc": "",
        ])
    }

    /// GET_BILL.
    func bill(_ message: JSON) -> Answer {
        if let fault = fault(message, "GET_BILL", PlayedPlatform.askedFields) { return refusal(fault) }
        guard transaction(of: PlayedPlatform.text(message, "MaThamChieu")) != nil else {
            return refusal("chưa thanh toán")
        }
        return Answer(type: "application/pdf", body: Array("%PDF-1.4\n% biên lai\n%%EOF\n".utf8))
    }

    // MARK: What the payer does

    /// The payer pays, or breaks off; each attempt once.
    ///
    /// - Returns: whether it happened now.
    func decide(_ code: String, pays: Bool, at now: Instant = .now()) -> Bool {
        let digits = String(now.description.filter(\.isNumber).prefix(14))
        return state.withLock { state in
            guard var attempt = state.attempts[code], attempt.isPaid == nil else { return false }
            state.number += 1
            attempt.isPaid = pays && attempt.mood != .failed
            attempt.transaction = "\(digits.dropFirst(2))\(1000 + state.number)"
            attempt.at = digits
            state.attempts[code] = attempt
            return true
        }
    }

    /// CONFIRM of an attempt that was decided, as often as it is sent.
    func confirmations(of code: String) -> [JSON] {
        guard let attempt = attempt(code), let isPaid = attempt.isPaid else { return [] }
        switch attempt.mood {
        case .silent, .babble: return []
        case .twice: return [confirm(attempt, isPaid), confirm(attempt, isPaid)]
        default: return [confirm(attempt, isPaid)]
        }
    }

    private func confirm(_ attempt: Attempt, _ isPaid: Bool) -> JSON {
        var at = attempt.at
        if attempt.mood == .halfDay, let hour = Int(at.dropFirst(8).prefix(2)), hour > 12 {
            let twelve = String(hour - 12)
            at = at.prefix(8) + (twelve.count == 1 ? "0" : "") + twelve + at.dropFirst(10)
        }
        let values = [
            "CONFIRM", isPaid ? "00" : "99", options.partner, attempt.code, String(attempt.amount), "VND",
            attempt.transaction, "VCB", at, attempt.words,
        ]
        let proof = checksum(attempt.mood == .forged ? values + ["x"] : values)
        return [
            "LoaiBanTin": "CONFIRM", "MaLoi": .string(values[1]), "MaDoiTac": .string(values[2]),
            "MaThamChieu": .string(values[3]), "SoTien": .integer(attempt.amount), "MaTienTe": "VND",
            "MaGiaoDich": .string(values[6]), "MaNganHang": "VCB", "ThoiGianGD": .string(at),
            "ThongTinGiaoDich": .string(attempt.words), "MaXacThuc": .string(proof),
        ]
    }

    // MARK: The day's file

    /// The file of a day, `yyyyMMdd`: rows of what was decided, count, sum and checksum last.
    public func file(of day: String) -> String {
        let rows = state.withLock { state in
            state.order.compactMap { state.attempts[$0] }.filter { $0.isPaid != nil && $0.at.hasPrefix(day) }
        }
        let lines = rows.map { row in
            [
                row.code, row.transaction, String(row.amount), row.at, "VCB", row.isPaid == true ? "1" : "4",
            ].joined(separator: "|")
        }
        let sum = rows.reduce(Int64(0)) { $0 + $1.amount }
        let names = "MaThamChieu|MaGiaoDich|SoTien|ThoiGianGD|MaNganHang|TrangThaiGD"
        let body = ([names] + lines).joined(separator: "\n")
        return body + "\n\(rows.count)|\(sum)|\(hexadecimal(SHA256.hash(Array(body.utf8))))\n"
    }
}
