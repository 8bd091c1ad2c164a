import Collection
import FeeSchedule
import Hummingbird
import Identity
import Values

/// The catalogue changed by two persons: files proposed by one, accepted or turned down by another.
struct CatalogueProposalRoutes {
    let proposals: CatalogueProposals

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/catalogue/proposals", use: gate(.readCatalogue, list))
        router.post("/v1/catalogue/proposals", use: gate(.proposeCatalogue, propose))
        router.get("/v1/catalogue/proposals/:id", use: gate(.readCatalogue, read))
        router.post("/v1/catalogue/proposals/:id/accept", use: gate(.adoptCatalogue, accept))
        // Whoever brought it may withdraw it.
        router.post("/v1/catalogue/proposals/:id/reject", use: gate(.readCatalogue, reject))
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        try caller.requireWholeProvince()
        let limit = try request.limit(default: 50)
        let found = try await proposals.list(before: try request.cursor { Int64($0) }, limit: limit)
        let next = found.count == limit ? found.last.map { String($0.id) } : nil
        return .json(["items": .array(found.map(\.json)), "next_cursor": .optional(next)])
    }

    private func looked(_ id: Int64, _ context: KhopContext) async throws -> JSON {
        try await proposals.look(id).json(in: context.language)
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        try caller.requireWholeProvince()
        return .json(try await looked(try request.number(context, .catalogueProposal), context))
    }

    @Sendable private func propose(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try caller.requireWholeProvince()
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.optionalText("note", 2000)
        let given = body.optionalObject("files")
        if given == nil { body.fault("/files", .isMissing) }
        var files: [(file: CatalogueFile, bytes: [UInt8])] = []
        for member in given?.members ?? [] {
            let file = CatalogueFile(rawValue: member.name)
            guard let file, let text = member.value.string, !files.contains(where: { $0.file == file }) else {
                let names = CatalogueFile.allCases.map(\.rawValue).joined(separator: ", ")
                body.fault(
                    "/files/\(member.name.prefix(64))",
                    Phrase(
                        vi: "phải là nội dung CSV của một trong các tệp: \(names)",
                        en: "must be the CSV text of one of \(names)"
                    )
                )
                continue
            }
            files.append((file, Array(text.utf8)))
        }
        try body.finish()
        let made = try await proposals.propose(files, note: note, by: caller.person)
        return .json(try await looked(made.id, context), status: .created)
    }

    @Sendable private func accept(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        try caller.requireWholeProvince()
        let bytes = try await request.bytes()
        var body = BodyReader(bytes.isEmpty ? [:] : try Request.json(bytes))
        let note = body.optionalText("note", 2000)
        try body.finish()
        let id = try request.number(context, .catalogueProposal)
        _ = try await proposals.adopt(id, note: note, by: caller.person)
        return .json(try await looked(id, context))
    }

    @Sendable private func reject(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        try caller.requireWholeProvince()
        // An auditor, who reads everything, changes nothing.
        if !caller.holds(.proposeCatalogue) { try caller.require(.adoptCatalogue) }
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.text("note", 1...2000)
        try body.finish()
        let id = try request.number(context, .catalogueProposal)
        _ = try await proposals.reject(id, note: note, by: caller)
        return .json(try await looked(id, context))
    }
}
