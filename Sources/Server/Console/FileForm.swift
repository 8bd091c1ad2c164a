import Collection
import HTTPTypes
import Hummingbird
import NIOCore
import Values

/// Reads a form with files as it arrives.
struct FileForm {
    let door: ConsoleFrontDoor
    let uploads: PendingUploads
    let pace: UploadPace

    /// The next piece of a body. One that breaks off is its sender's fault, and no failure of ours.
    private static func next(_ body: inout RequestBody.AsyncIterator, or broken: ServiceError) async throws
        -> ByteBuffer?
    {
        do { return try await body.next() } catch {
            if error is ServiceError || error is SlowBody || error is any HTTPResponseError { throw error }
            throw broken
        }
    }

    /// The fields of the form, and its files, each in a folder of its own among the uploads.
    ///
    /// - Parameters:
    ///   - maximumBytes: of one file.
    ///   - maximumFieldBytes: of one field.
    ///   - tooLarge: what is said of a larger one.
    /// - Throws: `forbidden` for a form of another site, `invalid-body` for one that broke off.
    func receive(
        _ call: ConsoleCall,
        maximumBytes: Int,
        maximumFieldBytes: Int = MultipartReader.maximumField,
        _ tooLarge: Phrase
    ) async throws -> (fields: [String: String], files: [MultipartReader.File]) {
        let broken = ServiceError(
            .invalidBody,
            Phrase(
                vi: "Tệp tải lên bị ngắt giữa chừng hoặc sai dạng. Chưa có gì được nhập; hãy thả lại.",
                en: "The upload broke off or is malformed. Nothing was imported; drop the files again."
            )
        )
        var reader: MultipartReader
        do {
            reader = try MultipartReader(
                contentType: call.request.headers[.contentType] ?? "",
                folder: uploads.folder,
                maximumFileBytes: maximumBytes,
                maximumFieldBytes: maximumFieldBytes
            )
        } catch { throw broken }
        do {
            let start = ContinuousClock.now
            var total = 0
            var body = call.request.body.makeAsyncIterator()
            while let piece = try await FileForm.next(&body, or: broken) {
                total += piece.readableBytes
                try pace.check(total, after: .now - start)
                try reader.read(piece.readableBytesView)
                // The token stands before the files: a form of another site stores nothing.
                if let csrf = reader.fields["csrf"] { try door.check(csrf, call.page) }
            }
            guard reader.isComplete else { throw broken }
            try door.check(reader.fields["csrf"] ?? "", call.page)
            return (reader.fields, reader.files)
        } catch {
            // An upload that breaks off, is too slow or too large leaves nothing behind.
            reader.discard()
            switch error {
            case MultipartReader.Fault.fileTooLarge: throw ServiceError(.tooLarge, tooLarge)
            case is MultipartReader.Fault: throw broken
            default: throw error
            }
        }
    }
}
