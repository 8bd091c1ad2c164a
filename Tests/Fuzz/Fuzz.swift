import BankCallbacks
import Cryptography
import Foundation
import PaymentQR
import Statements
import Values

// One fuzzer for every parser of bytes from outside: KHOP_FUZZ_TARGET chooses it. Beside crashes and hangs it looks for
// parsers that disagree with themselves: fed whole and in pieces, or read, written and read again.

/// What broke, as a crash: libFuzzer keeps the input.
private func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}

private enum Target {
    static func json(_ bytes: [UInt8]) {
        guard let value = try? JSON.parse(bytes) else { return }
        guard let again = try? JSON.parse(value.bytes) else { fatalError("what was written cannot be read") }
        require(again == value, "read again it differs")
    }

    static func csv(_ bytes: [UInt8]) {
        func rows(_ size: Int) -> [CSVRow]? {
            var reader = CSVReader(maximumRowBytes: 4096)
            var rows: [CSVRow] = []
            do {
                for piece in pieces(bytes, size) { try reader.feed(piece) { rows.append($0) } }
                try reader.finish { rows.append($0) }
            } catch { return nil }
            return rows
        }
        let whole = rows(.max)
        require(whole?.map(\.fields) == rows(3)?.map(\.fields), "in pieces the rows differ")
        guard let whole, whole.allSatisfy({ !$0.fields.isEmpty }) else { return }
        let written = whole.map { CSV.line($0.fields) }.joined()
        _ = try? CSV.parse(Array(written.utf8))
    }

    static func statement(_ format: StatementFormat?, _ bytes: [UInt8]) {
        func told(_ size: Int) -> String {
            var lines: [String] = []
            let options = StatementOptions(account: "0801000567890", maximumLines: 2000)
            let reader = StatementReader(format: format, options: options)
            do {
                for piece in pieces(bytes, size) { try reader.feed(piece) { lines.append("\($0)") } }
                return "\(lines) \(try reader.finish { lines.append("\($0)") })"
            } catch let refused as StatementRejected {
                return "refused: \(refused.faults.first.map { "\($0.line) \($0.field)" } ?? "")"
            } catch { return "failed: \(error)" }
        }
        let whole = told(.max)
        // The format is told by the first piece, which holds 4 KiB of any file that has them.
        require(whole == told(4096), "in pieces it is read otherwise")
    }

    static func mapping(_ bytes: [UInt8]) { _ = try? StatementMapping(bytes) }

    static func qr(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let found = CreditorReference.candidates(in: text)
        require(found == CreditorReference.candidates(inBytes: text.utf8), "references in text and in bytes differ")
        _ = BankNames.bin(of: text)
        if bytes.count < 500 { _ = QRCode(text)?.svg }
        guard let payment = try? VietQR(parsing: text) else { return }
        guard let payload = try? payment.payload() else { return }
        guard let again = try? VietQR(parsing: payload) else { fatalError("what was written cannot be read") }
        require("\(again)" == "\(payment)", "read again it differs")
    }

    /// `proved METHOD QUERY`, lines of headers, an empty line, the body.
    static func callback(_ profile: CallbackProfile, _ bytes: [UInt8]) {
        var rest = bytes[...]
        func line() -> String {
            let end = rest.firstIndex(of: 10) ?? rest.endIndex
            defer { rest = rest[min(end + 1, rest.endIndex)...] }
            return String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
        }
        let first = line().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        var headers: [(name: String, value: String)] = []
        while headers.count < 40, !rest.isEmpty {
            let header = line()
            guard !header.isEmpty else { break }
            let parts = header.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
            headers.append((parts[0].lowercased(), String(value)))
        }
        isProved = first.first != "unproved"
        guard let connection = connections[profile] else { return }
        let message = SignedMessage(
            method: first.count > 1 ? first[1] : "POST",
            path: "/v1/callbacks/bank",
            query: first.count > 2 ? first[2] : "",
            authority: "khop.example",
            headers: headers,
            body: Array(rest)
        )
        do {
            _ = try CallbackProfile.verify(message, connection: connection, now: Instant(unixSeconds: 1_700_000_000))
            require(isProved, "a message without proof was taken")
        } catch {
            for language in [Language.vietnamese, .english] { _ = profile.acknowledge(.refused(error), in: language) }
        }
    }

    private static let secrets: [CallbackProfile: String] = [
        .standard: "bW9yZSB0aGFuIHNpeHRlZW4gYnl0ZXM=", .rfc9421: "bW9yZSB0aGFuIHNpeHRlZW4gYnl0ZXM=",
        .onepay: "6d6f7265207468616e207369787465656e206279746573",
    ]

    /// The lab reads what anybody pastes, under every profile.
    static func lab(_ bytes: [UInt8]) {
        isProved = false
        guard bytes.count < 2000, let first = bytes.first else { return }
        let profiles = CallbackProfile.allCases
        let profile = profiles[Int(first) % profiles.count]
        guard let connection = connections[profile] else { return }
        let captured = CapturedMessage(Array(bytes.dropFirst()), isByGET: profile.allowsGET)
        let report = CallbackLab.examine(
            captured.message,
            connection: connection,
            secrets: [secrets[profile] ?? "ACCESS:a secret"],
            now: Instant(unixSeconds: 1_700_000_000)
        )
        require(!report.json.serialized.contains("ACCESS:a secret"), "the secret is shown")
    }

    private static let connections: [CallbackProfile: ConnectionSettings] = {
        var all: [CallbackProfile: ConnectionSettings] = [:]
        // Keys of RSA cannot be made here.
        for profile in CallbackProfile.allCases where profile != .vietinbank {
            let text = secrets[profile] ?? "ACCESS:a secret"
            guard let secret = try? CallbackSecret(profile: profile, text: text) else { fatalError("no secret") }
            all[profile] = ConnectionSettings(
                name: "bank",
                profile: profile,
                secrets: [secret],
                accountNumber: "0801000567890",
                signatureHeader: profile == .timestamped ? "x-signature" : nil
            )
        }
        return all
    }()

    private static func pieces(_ bytes: [UInt8], _ size: Int) -> [ArraySlice<UInt8>] {
        guard bytes.count > size else { return [bytes[...]] }
        return stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
    }

    static func chosen(_ name: String) -> (@Sendable ([UInt8]) -> Void)? {
        if let profile = CallbackProfile(rawValue: name) { return { callback(profile, $0) } }
        switch name {
        case "json": return { json($0) }
        case "csv": return { csv($0) }
        case "mapping": return { mapping($0) }
        case "qr": return { qr($0) }
        case "lab": return { lab($0) }
        case "auto": return { statement(nil, $0) }
        case "csv-statement": return { statement(.csv, $0) }
        default:
            guard let format = StatementFormat(name) else { return nil }
            return { statement(format, $0) }
        }
    }
}

private let run: @Sendable ([UInt8]) -> Void = {
    let name = ProcessInfo.processInfo.environment["KHOP_FUZZ_TARGET"] ?? ""
    guard let run = Target.chosen(name) else { fatalError("KHOP_FUZZ_TARGET names no target: \(name)") }
    return run
}()

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
