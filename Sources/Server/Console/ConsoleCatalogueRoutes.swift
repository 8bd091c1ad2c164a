import Collection
import Console
import FeeSchedule
import Foundation
import Hummingbird
import Identity
import Values

/// The catalogue: files brought by one person, looked at and put in force by another, and the versions so far.
struct ConsoleCatalogueRoutes {
    let door: ConsoleFrontDoor
    let catalogue: CatalogueStore
    let proposals: CatalogueProposals
    let uploads: PendingUploads
    let pace: UploadPace

    private static let path = CatalogueHistoryPage.path
    private static let proposal = path + "/proposals/:id"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readCatalogue) { call in .page(try await history(call)) }
        door.upload(routes, Self.path, .proposeCatalogue, back: Self.path, propose)
        door.get(routes, Self.path + "/:version", .readCatalogue, version)
        door.get(routes, Self.proposal, .readCatalogue) { call in
            .page(try await page(call, note: call.kept["note"] ?? ""))
        }
        door.post(routes, Self.proposal + "/adopt", .adoptCatalogue, back: Self.back) { call, form in
            try await decide(call, form, "adopted") { id, note in
                _ = try await proposals.adopt(id, note: note, by: call.caller.person)
            }
        }
        // Who may turn it down is whoever may put it in force, and whoever brought it.
        door.post(routes, Self.proposal + "/reject", .readCatalogue, back: Self.back) { call, form in
            try await decide(call, form, "rejected") { id, note in
                guard let note else { throw ServiceError(.invalidBody, at: "/note", .isMissing) }
                _ = try await proposals.reject(id, note: note, by: call.caller)
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/proposals/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    /// Prices are the whole province's.
    private func requireProvince(_ call: ConsoleCall) throws {
        try call.caller.requireWholeProvince()
    }

    private func history(_ call: ConsoleCall, fault: ServiceError? = nil, note: String = "") async throws
        -> CatalogueHistoryPage
    {
        try requireProvince(call)
        return CatalogueHistoryPage(
            try await proposals.list(limit: 20),
            versions: try await catalogue.versions(limit: 50),
            fault: fault,
            note: note,
            for: call.caller,
            in: call.language
        )
    }

    @Sendable private func version(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let number = try call.number(.catalogueVersion, "version")
        guard let version = Int32(exactly: number) else {
            throw ServiceError(.notFound, .none(.catalogueVersion, number))
        }
        return .page(CatalogueVersionPage(version, try await catalogue.changes(in: version), in: call.language))
    }

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil, note: String = "") async throws
        -> CatalogueProposalPage
    {
        try requireProvince(call)
        return CatalogueProposalPage(
            try await proposals.look(try call.number(.catalogueProposal)),
            for: call.caller,
            done: ConsoleCatalogueRoutes.told(call),
            fault: fault?.told(in: call.language),
            note: note,
            in: call.language
        )
    }

    private static func told(_ call: ConsoleCall) -> String? {
        let phrase: Phrase? =
            switch call.parameter("done") {
            case "proposed":
                Phrase(
                    vi: "Đã kiểm tra và gửi: người khác sẽ đưa vào hiệu lực.",
                    en: "Checked and sent: another person puts it in force."
                )
            case "adopted": Phrase(vi: "Đã có hiệu lực.", en: "It is in force.")
            case "rejected": Phrase(vi: "Đã bác đề xuất.", en: "It is turned down.")
            default: nil
            }
        return phrase.map { $0[call.language] }
    }

    private func decide(
        _ call: ConsoleCall,
        _ form: PageForm,
        _ done: String,
        _ work: (Int64, String?) async throws -> Void
    ) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let id = try call.number(.catalogueProposal)
        let note = form["note"].trimming()
        do {
            try await work(id, note.isEmpty ? nil : String(note.prefix(2000)))
            return .goTo(CatalogueProposalPage.path(id) + "?done=\(done)")
        } catch let error as ServiceError where [.conflict, .invalidBody, .forbidden].contains(error.code) {
            return .refused(try await page(call, fault: error, note: note), error)
        }
    }

    /// Checks the files; what is faulty is told line by line, and nothing of it is kept.
    @Sendable private func propose(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        try requireProvince(call)
        let tooLarge = Phrase(vi: "Mỗi tệp tối đa 8 MiB.", en: "A file may have at most 8 MiB.")
        let (fields, files) = try await FileForm(door: door, uploads: uploads, pace: pace)
            .receive(call, maximumBytes: CatalogueProposals.maximumFile, tooLarge)
        defer { for file in files { PendingUploads.remove(file.path) } }
        let note = (fields["note"] ?? "").trimming()
        do {
            let read = try ConsoleCatalogueRoutes.read(files)
            let made = try await proposals.propose(
                read,
                note: note.isEmpty ? nil : String(note.prefix(2000)),
                by: call.caller.person
            )
            return .goTo(CatalogueProposalPage.path(made.id) + "?done=proposed")
        } catch let error as ServiceError where [.catalogueFaulty, .invalidBody, .conflict].contains(error.code) {
            return .refused(try await history(call, fault: error, note: note), error)
        }
    }

    /// The files by their names, each once.
    private static func read(_ files: [MultipartReader.File]) throws -> [(file: CatalogueFile, bytes: [UInt8])] {
        var read: [(file: CatalogueFile, bytes: [UInt8])] = []
        for file in files {
            let known = CatalogueFile.allCases.first { $0.fileName == file.name.lowercased() }
            guard let known, !read.contains(where: { $0.file == known }),
                let bytes = FileManager.default.contents(atPath: file.path)
            else {
                let names = CatalogueFile.allCases.map(\.fileName).joined(separator: ", ")
                throw ServiceError(
                    .invalidBody,
                    at: file.name,
                    Phrase(
                        vi: "không phải tệp của danh mục, hoặc có hai lần: các tệp là \(names)",
                        en: "is not a file of the catalogue, or comes twice: they are \(names)"
                    )
                )
            }
            read.append((known, Array(bytes)))
        }
        guard !read.isEmpty else {
            throw ServiceError(.invalidBody, at: "files", Phrase(vi: "hãy chọn tệp", en: "choose the files"))
        }
        return read
    }
}
