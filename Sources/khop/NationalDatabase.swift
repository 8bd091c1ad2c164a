import Collection
import Server
import Values

/// The province's adapter to the national database of procedures: a login that gives a session, and services by name.
struct NationalDatabase {
    let caller: HTTPCaller
    let loginPath: String
    let servicePath: String
    /// The header `dstcode` of every call.
    let destination: String
    /// The unit that asks (`madonvi`).
    let unit: String

    /// - Throws: what the adapter says where it refuses, and that it answers no JSON where it answers a page.
    func logIn(username: String, password: String) async throws -> String {
        let answer = try await call(
            loginPath,
            ["username": .string(username), "password": .string(password)],
            named: "login"
        )
        guard let session = answer["session"]?.string, !session.isEmpty else {
            throw NationalDatabase.fault("login", vi: "không trả về session", en: "gave no session")
        }
        return session
    }

    /// The codes of all procedures of the unit.
    func codes(_ session: String) async throws -> [String] {
        let answer = try await call(
            servicePath,
            ["session": .string(session), "madonvi": .string(unit), "service": "LayDanhSachTTHC"],
            named: "LayDanhSachTTHC"
        )
        return (answer["result"]?.array ?? []).compactMap { $0["MATTHC"]?.string }
    }

    /// One procedure, as it was answered.
    func procedure(_ code: String, _ session: String) async throws -> JSON {
        try await call(
            servicePath,
            [
                "session": .string(session), "madonvi": .string(unit), "service": "LayThuTuc", "maTTHC": .string(code),
            ],
            named: "LayThuTuc \(code)"
        )
    }

    private func call(_ path: String, _ body: JSON, named name: String) async throws -> JSON {
        let answer = try await caller.send("POST", path, headers: ["dstcode": destination], body: body.bytes)
        guard answer.status == 200 else {
            throw NationalDatabase.fault(name, vi: "trả lời \(answer.status)", en: "answered \(answer.status)")
        }
        let told: JSON
        do throws(JSON.ParseError) {
            told = try JSON.parse(answer.body)
        } catch {
            throw NationalDatabase.fault(
                name,
                vi: "không trả lời bằng JSON: \(error.reason[.vietnamese])",
                en: "did not answer in JSON: \(error.reason[.english])"
            )
        }
        let code = told["error_code"]?.string ?? told["error_code"]?.integer.map { String($0) } ?? "0"
        guard code == "0" else {
            let message = String((told["message"]?.string ?? "").prefix(200))
            throw NationalDatabase.fault(
                name,
                vi: "báo lỗi \(code.prefix(20)) \(message)",
                en: "said error \(code.prefix(20)) \(message)"
            )
        }
        return told
    }

    private static func fault(_ name: String, vi: String, en: String) -> ServiceError {
        ServiceError(
            .internalFailure,
            Phrase(vi: "Cơ sở dữ liệu quốc gia (\(name)) \(vi).", en: "The national database (\(name)) \(en).")
        )
    }
}
