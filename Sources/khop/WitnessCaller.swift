import Collection
import Server
import Values

/// Reads what a witness over HTTP holds of the seals.
enum WitnessCaller {
    /// More seals than a hundred years have, so that a witness that never ends is left.
    private static let most = 1_000_000_000

    /// Every seal that a witness holds, page by page, until it answers none.
    ///
    /// - Parameter url: where it is told of them; `?after=NUMBER` answers those after a number, each on a line.
    static func seals(of url: String) async throws -> ToldSeals {
        let caller = HTTPCaller(baseURL: url)
        var lines: [JSON] = []
        var last: Int64 = 0
        while lines.count < most {
            let answer: HTTPCaller.Answer
            do { answer = try await caller.send("GET", "?after=\(last)") } catch {
                throw unreadable(url, "\(error)")
            }
            guard answer.status == 200 else { throw unreadable(url, "\(answer.status)") }
            let page = try answer.body.split(separator: UInt8(ascii: "\n")).map { line in
                var json = JSON.null
                do throws(JSON.ParseError) { json = try JSON.parse(line) } catch {}
                guard let number = json["number"]?.integer, number > last else { throw unreadable(url, "not seals") }
                last = number
                return json
            }
            if page.isEmpty { break }
            lines += page
        }
        return try ToldSeals(of: url, lines: lines)
    }

    private static func unreadable(_ url: String, _ why: String) -> ServiceError {
        ServiceError(
            .internalFailure,
            Phrase(
                vi: "Không đọc được niêm phong từ nhân chứng \(url) (\(why)); lịch sử chưa được so với nhân chứng này.",
                en: "The seals cannot be read from the witness \(url) (\(why)); the history was not compared with it."
            )
        )
    }
}
