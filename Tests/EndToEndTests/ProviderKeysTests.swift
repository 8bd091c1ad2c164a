import Foundation
import Identity
import Testing
import Values

@testable import Server

/// Signatures of others: the examples of the standard, and what is made of them.
@Suite struct ProviderKeysTests {
    /// RFC 7515, A.2 and A.3: tokens that say of no person, but are signed.
    private static let examples: [(name: String, key: JSON, token: String)] = [
        (
            "RS256",
            [
                "kty": "RSA", "e": "AQAB",
                "n": """
                ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS\
                -pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2\
                CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9\
                gb54h4FRWyuXpoQ
                """,
            ],
            """
            eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0\
            cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJ\
            dbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcO\
            Ln6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB\
            p0igcN_IoypGlUPQGe77Rw
            """
        ),
        (
            "ES256",
            [
                "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            ],
            """
            eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0\
            cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q
            """
        ),
    ]

    /// What becomes of a token: nothing if no key signed it, else the fault of its claims.
    private func outcome(_ token: String, _ keys: [JSON]) async throws -> ProviderFault? {
        let read = try #require(ProviderKeys(["keys": .array(keys)]))
        do {
            _ = try await read.claims(of: token, try ProviderKeys.Head(token))
            return nil
        } catch { return error }
    }

    @Test(arguments: examples.indices)
    func `a signature of the standard's example holds, and none that was changed`(_ index: Int) async throws {
        let (name, key, token) = Self.examples[index]
        // It is signed, and then found to say too little.
        #expect(try await outcome(token, [key]) == .malformed, "\(name)")
        let parts = token.split(separator: ".").map { String($0) }
        let other = parts[0] + "." + parts[1].replacing("eyJpc3Mi", with: "eyJpc3Nj") + "." + parts[2]
        #expect(try await outcome(other, [key]) == nil)
        let flipped = parts[2].hasPrefix("A") ? "B" : "A"
        #expect(try await outcome(parts[0] + "." + parts[1] + "." + flipped + parts[2].dropFirst(), [key]) == nil)
        #expect(try await outcome(token, []) == nil)
        #expect(try await outcome(token, [Self.examples[1 - index].key]) == nil)
        // A key for something else, or under another name.
        let members = key.members ?? []
        for more in [JSON.Member("use", "enc"), .init("alg", "PS256")] {
            #expect(try await outcome(token, [.object(members + [more])]) == nil)
        }
        #expect(
            try await outcome(token, [.object(members + [.init("kid", "any"), .init("use", "sig")])]) == .malformed
        )
    }

    @Test(arguments: [
        "", "a.b", "a.b.c.d", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
        "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYjY0Il19.e30.AAAA", "eyJhbGciOiJSUzI1NiJ9=.e30.AAAA",
        String(repeating: "a", count: 40_000) + ".e30.AAAA",
    ])
    func `what is no token, or is signed by nothing, is refused before any key is looked at`(_ token: String) {
        #expect(throws: ProviderFault.self) { try ProviderKeys.Head(token) }
    }

    @Test func `a short RSA key is none`() async throws {
        let example = Self.examples[0]
        let modulus = try #require(example.key["n"]?.string)
        let short: JSON = ["kty": "RSA", "e": "AQAB", "n": .string(String(modulus.prefix(170)))]
        #expect(try await outcome(example.token, [short]) == nil)
    }

    @Test(arguments: ["", "AA", "AAA", "AAAA", "_-8", "Zm9vYmFy"])
    func `base64 for addresses is read as it is written`(_ text: String) throws {
        let bytes = try #require(Base64URL.decode(text))
        #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }

    @Test(arguments: ["A", "AA==", "A+/=", "AA AA", "AAAAA", "đ"])
    func `what is not base64 for addresses is refused`(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
