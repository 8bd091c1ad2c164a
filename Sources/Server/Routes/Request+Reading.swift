import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Values

extension Request {
    /// The largest body that the API accepts: 1 MiB.
    static let maximumBodyBytes = 1 << 20
    static let maximumBodyTime = Duration.seconds(20)

    func bytes() async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > Request.maximumBodyBytes {
            throw ServiceError(
                .tooLarge,
                Phrase(
                    vi: "Nội dung gửi lên tối đa 1 MiB; nội dung này có \(length) byte.",
                    en: "A body may have at most 1 MiB; this one has \(length) bytes."
                )
            )
        }
        let clock = ContinuousClock()
        let start = clock.now
        var bytes: [UInt8] = []
        for try await piece in body {
            bytes.append(contentsOf: piece.readableBytesView)
            guard bytes.count <= Request.maximumBodyBytes else {
                throw ServiceError(
                    .tooLarge,
                    Phrase(vi: "Nội dung gửi lên tối đa 1 MiB.", en: "A body may have at most 1 MiB.")
                )
            }
            // A sender that trickles its body must not hold a connection for long.
            guard clock.now - start < Request.maximumBodyTime else { throw SlowBody() }
        }
        return bytes
    }

    /// Reads the body as JSON; the problem otherwise names the place of the error.
    static func json(_ bytes: [UInt8]) throws -> JSON {
        do {
            return try JSON.parse(bytes)
        } catch {
            throw MalformedBody(
                detail: Phrase(
                    vi: "Nội dung gửi lên không phải là JSON hợp lệ: \(error.phrase[.vietnamese]).",
                    en: "The body is not valid JSON: \(error.phrase[.english])."
                )
            )
        }
    }

    /// A query parameter, which may be given only once; one that is given empty counts as left out, as forms send what was
    /// not filled in.
    func parameter(_ name: String) -> String? { given(name).flatMap { $0.isEmpty ? nil : $0 } }

    /// A query parameter as it was given, empty too: a number, a day or a word of a list cannot be empty, and a program
    /// that sends it so has a fault that it should hear of.
    func given(_ name: String) -> String? { uri.formParameters[name[...]].map { String($0) } }

    /// A query parameter that names one of a fixed list.
    func code<Code: RawRepresentable<String> & CaseIterable>(_ name: String) throws -> Code? {
        try given(name).map { text in
            guard let code = Code(rawValue: text) else {
                throw ServiceError(.invalidParameter, at: name, .oneOf(Code.allCases.map(\.rawValue)))
            }
            return code
        }
    }

    /// A query parameter that is `true` or `false`; false without it.
    func flag(_ name: String) throws -> Bool {
        switch given(name) {
        case nil, "false": return false
        case "true": return true
        default: throw ServiceError(.invalidParameter, at: name, .oneOf(["true", "false"]))
        }
    }

    /// How many items are wanted; 1 to 500, everywhere the same.
    func limit(default standard: Int = 100) throws -> Int {
        guard let text = given("limit") else { return standard }
        guard let limit = Int(text) else {
            throw ServiceError(.invalidParameter, at: "limit", .wholeNumber(Paging.limits))
        }
        return try Paging.check(limit)
    }

    /// Where the page before ended; `nil` for the first page.
    func cursor<Value>(_ read: (String) -> Value?) throws -> Value? {
        guard let text = parameter("cursor") else { return nil }
        guard let cursor = read(text) else {
            throw ServiceError(
                .invalidParameter,
                at: "cursor",
                Phrase(vi: "phải là next_cursor của trang trước", en: "must be the next_cursor of the page before")
            )
        }
        return cursor
    }

    /// A parameter of another type than text; refused if it cannot be read as one.
    func parameter<Value>(_ name: String, _ what: Phrase, _ read: (String) -> Value?) throws -> Value? {
        guard let text = given(name) else { return nil }
        guard let value = read(text) else { throw ServiceError(.invalidParameter, at: name, what) }
        return value
    }

    func identifier(_ context: KhopContext, _ noun: Phrase.Noun) throws -> UUID {
        let text = context.parameters.get("id") ?? ""
        guard let id = UUID(uuidString: text) else {
            throw ServiceError(.notFound, .none(noun))
        }
        return id
    }

    /// The payment request that the address names, by its id or its reference.
    func requestName(_ context: KhopContext) throws -> RequestName {
        guard let name = RequestName(context.parameters.get("id") ?? "") else {
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
        return name
    }

    func number(_ context: KhopContext, _ noun: Phrase.Noun) throws -> Int64 {
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }) else {
            throw ServiceError(.notFound, .none(noun))
        }
        return id
    }

    /// The key under which the request may be sent again, if it names one.
    ///
    /// - Parameter content: the body, or a hash of it.
    func idempotency(_ content: @autoclosure () throws -> [UInt8]) throws -> IdempotencyKey? {
        try idempotencyKey().map {
            // The whole address: another account in its query is another request.
            IdempotencyKey(key: $0, request: Array("\(method.rawValue) \(uri.string)\n".utf8) + (try content()))
        }
    }

    private func idempotencyKey() throws -> String? {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count) else {
            throw ServiceError(
                .invalidParameter,
                at: "Idempotency-Key",
                Phrase(vi: "khóa phải có từ 1 đến 255 ký tự", en: "the key must have 1 to 255 characters")
            )
        }
        return key
    }
}
