import BankCallbacks
import Collection
import Console
import Foundation
import Hummingbird
import Values

/// A day's file of the platform that is dropped: seen beside the books first, then imported.
extension ConsolePlatformRoutes {
    private static let tooLarge = Phrase(
        vi: "Tệp đối soát của một ngày tối đa 20 MiB.",
        en: "A day's file has at most 20 MiB."
    )

    private static let gone = ServiceError(
        .notFound,
        Phrase(
            vi: "Tệp không còn trên máy chủ này (sau 30 phút, hoặc đã nhập). Hãy thả tệp lại.",
            en: "The file is no longer on this server (after 30 minutes, or imported). Drop it again."
        )
    )

    /// Keeps the file that the form brings, if an import would take it.
    @Sendable func look(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (fields, files) = try await FileForm(door: door, uploads: uploads, pace: pace)
            .receive(call, maximumBytes: PlatformFile.maximumBytes, Self.tooLarge)
        var kept = false
        defer { if !kept { for file in files { PendingUploads.remove(file.path) } } }
        let (connection, typed) = (fields["connection"] ?? "", fields["day"] ?? "")
        do {
            guard let file = files.first else {
                throw ServiceError(.invalidBody, at: "file", Phrase(vi: "hãy chọn một tệp", en: "choose a file"))
            }
            guard let day = Day(typed) else { throw ServiceError(.invalidParameter, at: "day", .existingDay) }
            let upload = PendingUploads.Upload(
                name: file.name,
                path: file.path,
                account: "",
                day: day,
                connection: connection
            )
            let preview = try await preview(upload, call)
            if preview.isKnown { return .goTo(PlatformFilesPage.path + "/\(preview.shown.file.id)") }
            kept = true
            for other in files.dropFirst() { PendingUploads.remove(other.path) }
            let token = uploads.keep(upload, of: call.session.person.id)
            return .goTo(PlatformFilesPage.path + "/preview/" + token)
        } catch let error as ServiceError
            where [.invalidBody, .invalidParameter, .statementRejected, .notFound].contains(error.code)
        {
            let fault = error.told(in: call.language)
            return .refused(try await list(call, typed: (connection, typed, fault)), error)
        }
    }

    /// What an import of the file that was dropped would find.
    func previewPage(_ call: ConsoleCall) async throws -> PlatformFilePage {
        let token = call.context.parameters.get("token") ?? ""
        guard let upload = uploads.look(token, of: call.session.person.id) else { throw Self.gone }
        let preview = try await preview(upload, call)
        return PlatformFilePage(
            preview.shown,
            for: call.caller,
            preview: preview.isKnown ? nil : token,
            in: call.language
        )
    }

    /// Imports the file that was seen.
    @Sendable func bring(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let token = call.context.parameters.get("token") ?? ""
        guard let upload = uploads.look(token, of: call.session.person.id), let day = upload.day else {
            throw Self.gone
        }
        let imported = try await platform.files.importFile(
            try bytes(upload),
            connection: upload.connection,
            day: day,
            name: upload.name,
            by: call.caller.person,
            within: try await jurisdiction.accounts(for: call.caller)
        )
        if uploads.take(token, of: call.session.person.id) != nil { PendingUploads.remove(upload.path) }
        return .goTo(PlatformFilesPage.path + "/\(imported.shown.file.id)?done=imported")
    }

    private func preview(_ upload: PendingUploads.Upload, _ call: ConsoleCall) async throws -> PlatformFiles.Preview {
        guard let day = upload.day else { throw Self.gone }
        return try await platform.files.preview(
            try bytes(upload),
            connection: upload.connection,
            day: day,
            name: upload.name,
            by: call.caller.person,
            within: try await jurisdiction.accounts(for: call.caller)
        )
    }

    private func bytes(_ upload: PendingUploads.Upload) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: upload.path) else { throw Self.gone }
        defer { handle.closeFile() }
        return Array(try handle.read(upToCount: PlatformFile.maximumBytes + 1) ?? Data())
    }
}
