import BankCallbacks
import Cryptography
import Foundation
import TestSupport
import Values

/// Messages as providers send them, signed by Fixtures/signatures/sign.py, which shares no code with what is tested.
enum Providers {
    static let account = "0801000567890"
    static let now = Instant("2026-11-21T09:30:00+07:00")!
    static let reference = "RF18539007547034"

    static func secret(_ profile: CallbackProfile, _ number: UInt8 = 1) -> String {
        let bytes = TestSecret.base64(number)
        return switch profile {
        case .standard: "whsec_" + bytes
        case .rfc9421: bytes
        case .momo: "ACCESS\(number):momo secret \(number)"
        case .viettel: "ACCESS\(number):viettel secret \(number)"
        case .onepay: hexadecimal(SHA256.hash([number]))
        case .vietinbank: RSAPair.pairs[Int(number) % RSAPair.pairs.count].secret
        default: "a secret of \(profile.rawValue) \(number)"
        }
    }

    static func settings(_ profile: CallbackProfile, _ secrets: [String]? = nil) throws -> ConnectionSettings {
        ConnectionSettings(
            name: "bank",
            profile: profile,
            secrets: try (secrets ?? [secret(profile)]).map { try CallbackSecret(profile: profile, text: $0) },
            accountNumber: account
        )
    }

    /// What a profile signs: the body, payOS's `data`, ZaloPay's text, or VNPAY's parameters as members.
    static func content(_ profile: CallbackProfile, _ changes: KeyValuePairs<String, JSON?> = [:]) -> JSON {
        var members = (base(profile).members ?? [])
        let nested = profile == .casso ? members.last?.value.members : nil
        if let nested { members = nested }
        for (name, value) in changes {
            let place = members.firstIndex { $0.name == name } ?? members.endIndex
            if place < members.endIndex { members.remove(at: place) }
            if let value { members.insert(.init(name, value), at: place) }
        }
        return nested == nil ? .object(members) : ["error": 0, "data": .object(members)]
    }

    private static func base(_ profile: CallbackProfile) -> JSON {
        switch profile {
        case .standard, .timestamped, .rfc9421:
            [
                "transaction_id": "FT1", "amount": 115_000, "currency": "VND", "account_number": .string(account),
                "direction": "credit", "status": "success", "occurred_at": "2026-11-21T09:29:58+07:00",
                "memo": "MBVCB RF18539007547034 lệ phí",
            ]
        case .payos:
            [
                "orderCode": 77, "amount": 115_000, "description": "RF18539007547034 lệ phí",
                "accountNumber": .string(account), "reference": "FT1", "transactionDateTime": "2026-11-21 09:29:58",
                "currency": "VND", "paymentLinkId": "124c33293c43417ab7879e14c8d9eb19", "code": "00",
                "desc": "Thành công", "counterAccountName": .null, "virtualAccountNumber": "",
            ]
        case .vnpay:
            [
                "vnp_Amount": "11500000", "vnp_BankCode": "NCB", "vnp_BankTranNo": "VNP1",
                "vnp_OrderInfo": "Lệ phí ~ hồ sơ 1 & 2+3", "vnp_PayDate": "20261121092958", "vnp_ResponseCode": "00",
                "vnp_TmnCode": "TMN", "vnp_TransactionNo": "14422574", "vnp_TransactionStatus": "00",
                "vnp_TxnRef": .string(reference), "vnp_CardType": "",
            ]
        case .momo:
            [
                "partnerCode": "MOMO1", "orderId": .string(reference), "requestId": "r1", "amount": 115_000,
                "orderInfo": "Lệ phí", "orderType": "momo_wallet", "transId": 2_345_678_901, "resultCode": 0,
                "message": "Thành công.", "payType": "qr", "responseTime": 1_795_228_198_000, "extraData": "",
            ]
        case .zalopay:
            [
                "app_id": 1, "app_trans_id": .string("261121_" + reference), "app_time": 1_795_228_190_000,
                "amount": 115_000, "zp_trans_id": 261_121_000_000_389, "server_time": 1_795_228_198_000,
                "item": "[]", "embed_data": "{}",
            ]
        case .casso:
            [
                "error": 0,
                "data": [
                    "id": 0, "reference": "FT1", "description": "RF18539007547034 <lệ phí> a/b & c", "amount": 115_000,
                    "runningBalance": 25_000_000, "transactionDateTime": "2026-11-21 09:29:58",
                    "accountNumber": .string(account), "bankName": "VPBank", "virtualAccountNumber": "",
                ],
            ]
        default: declared(profile)
        }
    }

    /// One message to sign; `more` goes to the script as it is.
    struct Job {
        var profile: CallbackProfile
        var content: JSON?
        var secret: String?
        var time = Providers.now
        var more: [JSON.Member] = []

        fileprivate var json: JSON {
            let seconds = profile == .casso ? time.unixSeconds * 1000 : time.unixSeconds
            return .object(
                [
                    .init("profile", .string(profile.rawValue)),
                    .init("secret", .string(secret ?? Providers.secret(profile))),
                    .init("body", .string((content ?? Providers.content(profile)).serialized)),
                    .init("time", .integer(seconds)), .init("id", "msg_1"),
                ] + more
            )
        }
    }

    /// Signs all jobs with one run of the script.
    static func sign(_ jobs: [Job]) throws -> [SignedMessage] {
        let input = jobs.map { $0.json.serialized + "\n" }.joined()
        let script = Repository.root + "/Fixtures/signatures/sign.py"
        let output = try OtherProgram.run("python3", [script], input: Data(input.utf8))
        return try output.split(separator: UInt8(ascii: "\n")).map { line in
            let json = try JSON.parse(line)
            return SignedMessage(
                method: json["method"]?.string ?? "",
                path: "/v1/callbacks/bank",
                query: json["query"]?.string ?? "",
                authority: "127.0.0.1:8080",
                headers: (json["headers"]?.members ?? []).map { ($0.name, $0.value.string ?? "") },
                body: Array((json["body"]?.string ?? "").utf8)
            )
        }
    }

    static func sign(_ job: Job) throws -> SignedMessage { try sign([job])[0] }

    static func sign(_ profile: CallbackProfile, _ content: JSON? = nil) throws -> SignedMessage {
        try sign([Job(profile: profile, content: content)])[0]
    }

    enum Judgement: Equatable {
        case notice(BankNotice)
        case probe
        case refused(CallbackRefusal)

        var notice: BankNotice? { if case .notice(let notice) = self { notice } else { nil } }
        var refusal: CallbackRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    }

    static func judge(_ message: SignedMessage, _ settings: ConnectionSettings, now: Instant = now) -> Judgement {
        do {
            return switch try CallbackProfile.verify(message, connection: settings, now: now) {
            case .notice(let notice): .notice(notice)
            case .probe: .probe
            }
        } catch {
            return .refused(error)
        }
    }

    /// Signs a content and judges the message.
    static func judge(_ profile: CallbackProfile, _ changes: KeyValuePairs<String, JSON?>) throws -> Judgement {
        judge(try sign(profile, content(profile, changes)), try settings(profile))
    }
}
