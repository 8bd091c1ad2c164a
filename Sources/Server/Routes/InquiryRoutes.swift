import Collection
import Hummingbird
import Identity
import Values

/// Letters of inquiry (thư tra soát), one a bank.
struct InquiryRoutes {
    let cases: Cases
    let jurisdiction: Jurisdiction
    let papers: PaperDesk
    /// Who asks, as letters are headed; `nil` leaves it to the pen.
    let agency: String?

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/inquiry-letters", use: gate.showing(.readCases, list))
        router.get("/v1/inquiry-letters/:bank", use: gate.showing(.readCases, letter))
    }

    private func letters(_ request: Request, _ caller: Caller) async throws -> (letters: [InquiryLetter], left: [Int64])
    {
        let parts = (request.parameter("cases") ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let ids = parts.compactMap { Int64($0) }
        guard !ids.isEmpty, ids.count == parts.count, Set(ids).count == ids.count, ids.count <= CaseBatches.maximum
        else {
            throw ServiceError(
                .invalidParameter,
                at: "cases",
                Phrase(
                    vi:
                        "phải là số của 1 đến \(CaseBatches.maximum) vụ việc, cách nhau bằng dấu phẩy, mỗi vụ việc một lần",
                    en: "must be the numbers of 1 to \(CaseBatches.maximum) cases, separated by commas, each once"
                )
            )
        }
        return try await cases.letters(
            ids,
            within: try await jurisdiction.agencies(under: nil, caller: caller),
            seenWith: CallSight.current
        )
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let (letters, left) = try await letters(request, caller)
        let items = letters.map { letter in
            let ids = letter.items.map { String($0.id) }.joined(separator: ",")
            return letter.json(.string("/v1/inquiry-letters/\(letter.bankBIN)?cases=\(ids)"), under: "path")
        }
        return (
            .json(["items": .array(items), "without_account": .array(left.map { .integer($0) })]), nil
        )
    }

    @Sendable private func letter(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let bank = try context.parameters.require("bank")
        guard let letter = try await letters(request, caller).letters.first(where: { $0.bankBIN == bank }) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có vụ việc nào trong số này thuộc tài khoản ở ngân hàng \(bank).",
                    en: "None of these cases is about an account at the bank \(bank)."
                )
            )
        }
        let bytes = try await papers.draw(letter.document(of: agency, now: .now()))
        let disclosure = Disclosure(.inquiry, count: letter.items.count, query: request.uri.query ?? "")
        return (.pdf(bytes, named: letter.fileName), disclosure)
    }
}
