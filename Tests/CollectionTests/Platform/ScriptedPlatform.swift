import BankCallbacks
import Collection
import Cryptography
import Foundation
import Synchronization
import TestSupport
import Values

/// The national payment platform behind a transport: it takes INIT, is asked, and says what it is told to say. It signs by a
/// rule of its own.
final class ScriptedPlatform: ProviderTransport {
    static let (secret, partner) = ("the platform's secret", "H44-DVC")

    /// What it says of an attempt.
    enum Says: Sendable {
        case paid, pending, failed, page, errorCode, nothing, expiredCertificate, otherAmount
    }

    private struct State {
        var begun: [String: JSON] = [:]
        var says: [String: Says] = [:]
        var start: Says = .paid
        var questions: [String] = []
        var bills = 0
    }

    private let state = Mutex(State())

    func behave(atStart says: Says) { state.withLock { $0.start = says } }
    func say(_ says: Says, of code: String) { state.withLock { $0.says[code] = says } }
    var codes: [String] { state.withLock { $0.begun.keys.sorted() } }
    var questions: [String] { state.withLock(\.questions) }
    func begun(_ code: String) -> JSON? { state.withLock { $0.begun[code] } }

    static func transaction(_ code: String) -> String { "TX" + code.suffix(8) }

    private static func checksum(_ values: [String]) -> String {
        hexadecimal(SHA256.hash(Array((values + [secret]).joined(separator: "|").utf8)))
    }

    func exchange(_ message: EventMessage) async -> (answer: EventAnswer, body: [UInt8]) {
        let json = (try? JSON.parse(message.body)) ?? .null
        let names = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu"]
        let signed =
            (json["LoaiBanTin"] == "INIT"
            ? names + [
                "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang",
                "ThongTinGiaoDich", "ThoiGianGD", "Ip",
            ] : names + ["ThoiGianGD"]).map { json[$0]?.string ?? "" }
        guard json["MaXacThuc"]?.string == Self.checksum(signed), let code = json["MaThamChieu"]?.string else {
            return Self.answer(["MaLoi": "99", "MoTaLoi": "sai mã xác thực"])
        }
        switch json["LoaiBanTin"] {
        case "INIT":
            let says = state.withLock { state in
                state.begun[code] = json
                return state.start
            }
            return Self.told(says, ["MaLoi": "00", "UrlThanhToan": .string("https://platform.example.vn/pay/" + code)])
        case "QUERY":
            let (says, begun) = state.withLock { state in
                state.questions.append(code)
                return (state.says[code] ?? .pending, state.begun[code])
            }
            guard begun?["ThoiGianGD"] == json["ThoiGianGD"] else {
                return Self.answer(["MaLoi": "99", "MoTaLoi": "không tìm thấy"])
            }
            return Self.told(says, Self.status(says, begun ?? .null))
        default: return (.answered(status: 200), Array("%PDF-1.4 biên lai".utf8))
        }
    }

    private static func status(_ says: Says, _ begun: JSON) -> JSON {
        let code = begun["MaThamChieu"]?.string ?? ""
        let amount = Int64(begun["SoTien"]?.string ?? "") ?? 0
        let status =
            switch says {
            case .failed: "4"
            case .pending: "3"
            default: "1"
            }
        return [
            "LoaiBanTin": "QUERY", "MaLoi": "00", "MaDoiTac": .string(partner), "MaThamChieu": .string(code),
            "SoTien": .integer(says == .otherAmount ? amount + 1 : amount), "MaTienTe": "VND",
            "MaGiaoDich": .string(transaction(code)), "MaNganHang": "VCB", "ThoiGianGD": begun["ThoiGianGD"] ?? "",
            "ThongTinGiaoDich": begun["ThongTinGiaoDich"] ?? "", "TrangThaiGD": .string(status), "MaXacThuc": "",
        ]
    }

    private static func told(_ says: Says, _ json: JSON) -> (answer: EventAnswer, body: [UInt8]) {
        switch says {
        case .page: (.answered(status: 200), Array("<html>502</html>".utf8))
        case .errorCode: answer(["MaLoi": "99", "MoTaLoi": "Các lỗi khác"])
        case .nothing: (.silent, [])
        case .expiredCertificate: (.unreachable("SSL certificate problem: certificate has expired"), [])
        default: answer(json)
        }
    }

    private static func answer(_ json: JSON) -> (answer: EventAnswer, body: [UInt8]) {
        (.answered(status: 200), json.bytes)
    }

    /// CONFIRM of an attempt.
    func confirm(_ code: String, amount: Int64? = nil, fails: Bool = false, transaction: String? = nil) -> SignedMessage
    {
        let begun = begun(code) ?? .null
        let amount = amount ?? Int64(begun["SoTien"]?.string ?? "") ?? 0
        let values = [
            "CONFIRM", fails ? "99" : "00", Self.partner, code, String(amount), "VND",
            transaction ?? Self.transaction(code), "VCB", begun["ThoiGianGD"]?.string ?? "",
            begun["ThongTinGiaoDich"]?.string ?? "",
        ]
        let names = [
            "LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang",
            "ThoiGianGD", "ThongTinGiaoDich",
        ]
        let members = zip(names, values).map { name, value in
            JSON.Member(name, name == "SoTien" ? .number(value) : .string(value))
        }
        let body = JSON.object(members + [.init("MaXacThuc", .string(Self.checksum(values)))])
        return SignedMessage(
            method: "POST",
            path: "/v1/callbacks/dvc",
            headers: [("content-type", "application/json")],
            body: body.bytes
        )
    }
}
