import Collection
import TestSupport
import Testing
import Values

/// Problems in the language that the caller asks for.
@Suite struct ProblemLanguageTests {
    private func problem(_ server: LiveServer, _ language: String) async throws -> LiveServer.Answer {
        try await server.send(
            "POST",
            "/v1/payment-requests",
            key: try await server.key(.portal),
            headers: ["Accept-Language": language],
            body: Array("{}".utf8)
        )
    }

    @Test func `a problem is written in Vietnamese unless English is asked for`() async throws {
        try await LiveServer.with { server in
            for (header, language, title, reason) in [
                ("*", "vi", "Nội dung gửi lên có lỗi", "còn thiếu"),
                ("vi", "vi", "Nội dung gửi lên có lỗi", "còn thiếu"),
                ("en-GB,vi;q=0.5", "en", "The body has faults", "is missing"),
            ] as [(String, String, String, String)] {
                let answer = try await problem(server, header)
                #expect(answer.status == 422)
                #expect(answer.headers["content-language"] == language)
                #expect(answer.headers["vary"] == "Accept-Language")
                let body = try answer.json
                #expect(body["title"]?.string == title)
                #expect(body["detail"]?.string?.hasPrefix("/dossier_code: \(reason)") == true)
                #expect(body["errors"]?.array?.first?["reason"]?.string == reason)
            }
        }
    }

    @Test func `type and pointers are the same in every language`() async throws {
        try await LiveServer.with { server in
            let answers = [try await problem(server, "vi"), try await problem(server, "en")]
            for answer in answers {
                #expect(try answer.json["type"] == "urn:khop:problem:invalid-body")
                let pointers = try answer.json["errors"]?.array?.compactMap { $0["pointer"]?.string }
                #expect(pointers == ["/dossier_code", "/agency_code", "/procedure_code", "/channel"])
            }
        }
    }

    @Test func `an address that does not exist is a problem in both languages`() async throws {
        try await LiveServer.with { server in
            let vietnamese = try await server.send("GET", "/nothing", headers: ["Accept-Language": "vi"])
            #expect(try vietnamese.json["detail"] == "Không có gì ở địa chỉ /nothing.")
            let english = try await server.send("GET", "/nothing")
            #expect(try english.json["detail"] == "There is nothing at /nothing.")
        }
    }
}
