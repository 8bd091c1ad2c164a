import Foundation
import TestSupport
import Testing
import Values

@testable import BankCallbacks

/// What is sent to the national payment platform, held against the vectors of its protocol.
@Suite struct PlatformMessageTests {
    private static func json(_ name: String) throws -> JSON {
        try JSON.parse(
            Array(try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/Fixtures/platform/\(name).json")))
        )
    }

    private static func secret(_ text: String) throws -> CallbackSecret {
        try CallbackSecret(profile: .nationalPlatform, text: text)
    }

    private static func time(_ digits: String) throws -> Instant { try #require(ProviderTime.compact(digits)) }

    private static func message(_ kind: String, _ f: [String]) throws -> PlatformMessage? {
        switch kind {
        case "INIT":
            PlatformMessage.start(
                partner: f[2],
                code: f[3],
                amount: Money(try #require(Int64(f[4]))),
                words: f[11],
                at: try time(f[12]),
                address: f[13]
            )
        case "QUERY": PlatformMessage.query(partner: f[2], code: f[3], begunAt: try time(f[4]))
        default: PlatformMessage.bill(partner: f[2], code: f[3], at: try time(f[4]))
        }
    }

    @Test func `INIT, QUERY and GET_BILL are signed as the vectors are`() throws {
        let file = try Self.json("vectors")
        let secret = try Self.secret(try #require(file["secret"]?.string))
        var count = 0
        for vector in file["vectors"]?.array ?? [] where vector["message"] != "CONFIRM" {
            let fields = (vector["fields"]?.array ?? []).compactMap(\.string)
            let kind = try #require(vector["message"]?.string)
            let message = try #require(try Self.message(kind, fields))
            #expect(message.signedText + "|<secret>" == vector["signed"]?.string)
            #expect(message.body(secret)["MaXacThuc"] == vector["MaXacThuc"])
            count += 1
        }
        #expect(count == 3)
    }

    @Test func `whole messages are as the samples are`() throws {
        let file = try Self.json("samples")
        let secret = try Self.secret(try #require(file["test_secret"]?.string))
        for sample in file["samples"]?.array ?? [] {
            guard let order = sample["order"]?.array, let kind = sample["message"]?.string, kind != "CONFIRM",
                let body = sample["body"]
            else { continue }
            let fields = order.dropLast().map { body[$0.string ?? ""]?.string ?? "" }
            let message = try #require(try Self.message(kind, fields))
            let block = body["ThongTinBienLai"].map { [(name: "ThongTinBienLai", value: $0)] } ?? []
            let made = message.body(secret, unsigned: block)
            #expect(Set(made.members ?? []) == Set(body.members ?? []), "\(kind)")
        }
    }

    @Test func `a value with the joint is refused, for one signature would fit two messages`() throws {
        let now = Instant.now()
        #expect(PlatformMessage.query(partner: "H44|x", code: "A", begunAt: now) == nil)
        #expect(
            PlatformMessage.start(partner: "H", code: "A", amount: Money(1), words: "a|b", at: now, address: "::1")
                == nil
        )
    }

    @Test func `CONFIRM of the samples is taken, and answered with its own checksum`() throws {
        let file = try Self.json("samples")
        let sample = try #require((file["samples"]?.array ?? []).first { $0["message"] == "CONFIRM" }?["body"])
        let settings = ConnectionSettings(
            name: "dvc",
            profile: .nationalPlatform,
            secrets: [try Self.secret(try #require(file["test_secret"]?.string))],
            accountNumber: "1020001234",
            merchant: "H62-DVC"
        )
        let message = SignedMessage(method: "POST", path: "/", headers: [], body: sample.bytes)
        guard case .notice(let notice) = try CallbackProfile.verify(message, connection: settings, now: .now()) else {
            Issue.record("no notice")
            return
        }
        #expect(notice.amount == Money(135_000) && notice.isSuccess && notice.transactionID == "26111815310001")
        let told = settings.acknowledge(.recorded(outcome: "settled", paymentRequestID: nil), to: message)
        let wanted = (file["samples"]?.array ?? []).first { $0["note"] != nil }?["body"]
        #expect(try JSON.parse(told.body) == wanted)
    }

    // MARK: Answers

    @Test(arguments: [
        (200, #"{"MaLoi":"00","UrlThanhToan":"https://p/1"}"#, PlatformStart.address("https://p/1")),
        (
            200, #"{"error_code":"0","message":"{\"UrlThanhToan\":\"https://p/2\",\"MaLoi\":\"00\"}"}"#,
            .address("https://p/2")
        ),
        (200, #"{"error_code":0,"message":{"UrlThanhToan":"https://p/3"}}"#, .address("https://p/3")),
        (200, #"{"MaLoi":"99","MoTaLoi":"Các lỗi khác"}"#, .refused("MaLoi 99 Các lỗi khác")),
        (200, #"{"error_code":"-1","message":"sai"}"#, .refused("error_code -1 sai")),
        (200, "<html>502</html>", .unreadable("a page came instead of JSON")),
        (200, "", .unreadable("the answer is not JSON")),
        (200, #"{"MaLoi":"00"}"#, .unreadable("the answer has no UrlThanhToan")),
        (502, #"{"MaLoi":"00","UrlThanhToan":"https://p/1"}"#, .unreadable("HTTP 502")),
    ])
    func `an answer to INIT is read in both shapes, and an error with 200 is one`(
        _ status: Int,
        _ body: String,
        _ wanted: PlatformStart
    ) {
        #expect(PlatformStart.read(status: status, Array(body.utf8)) == wanted)
    }

    private static func asked(_ change: [(String, JSON)] = []) -> PlatformStatus {
        var members: [String: JSON] = [
            "MaLoi": "00", "MaDoiTac": "H44", "MaThamChieu": "RF1", "SoTien": 10_000, "MaTienTe": "VND",
            "MaGiaoDich": "77", "ThoiGianGD": "20261118153112", "ThongTinGiaoDich": "THANH TOAN", "TrangThaiGD": "1",
        ]
        for (name, value) in change { members[name] = value }
        let body = JSON.object(members.map { JSON.Member($0.key, $0.value) }).bytes
        return PlatformStatus.read(status: 200, body, partner: "H44", code: "RF1", amount: Money(10_000))
    }

    @Test func `what QUERY says is acted on only if it is of this attempt and amount`() throws {
        guard case .paid(let notice) = Self.asked() else {
            Issue.record("not paid")
            return
        }
        #expect(notice.transactionID == "77" && notice.amount == Money(10_000) && notice.reference == "RF1")
        #expect(Self.asked([("TrangThaiGD", 3)]) == .pending)
        #expect(Self.asked([("TrangThaiGD", "4")]) == .failed)
        for change: (String, JSON) in [
            ("MaLoi", "99"), ("MaDoiTac", "H45"), ("MaThamChieu", "RF2"), ("SoTien", 10_001), ("SoTien", "10000.5"),
            ("MaTienTe", "USD"), ("MaGiaoDich", ""), ("TrangThaiGD", "2"), ("TrangThaiGD", ""),
        ] {
            guard case .unreadable = Self.asked([change]) else {
                Issue.record("\(change) is acted on")
                continue
            }
        }
    }

    @Test func `hours of 12 are understood where only one reading fits`() throws {
        let begun = try Self.time("20261118153045")
        let now = try Self.time("20261118160000")
        #expect(
            PlatformStatus.believed(try Self.time("20261118033112"), begunAt: begun, now: now)
                == (try Self.time("20261118153112"))
        )
        #expect(
            PlatformStatus.believed(try Self.time("20261118153112"), begunAt: begun, now: now)
                == (try Self.time("20261118153112"))
        )
        // Half a day later would be in the future, or still before it was begun.
        #expect(
            PlatformStatus.believed(try Self.time("20261118080000"), begunAt: begun, now: now)
                == (try Self.time("20261118080000"))
        )
        #expect(PlatformStatus.believed(nil, begunAt: begun, now: now) == nil)
    }
}
