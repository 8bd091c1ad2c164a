import BankCallbacks
import Collection
import Console
import Cryptography
import Hummingbird
import Identity
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The conformance lab in the console: a callback that was pasted or dropped is examined, and nothing is booked.
struct ConsoleLabRoutes {
    let door: ConsoleFrontDoor
    let connections: Connections
    let jurisdiction: Jurisdiction
    let uploads: PendingUploads
    let pace: UploadPace
    let papers: PaperDesk
    /// Reports for those who had them made.
    private let reports = KeptForPersons<LabRecord>(mostOfOne: 20, most: 1000)

    init(
        door: ConsoleFrontDoor,
        connections: Connections,
        jurisdiction: Jurisdiction,
        uploads: PendingUploads,
        pace: UploadPace,
        papers: PaperDesk
    ) {
        (self.door, self.connections, self.jurisdiction) = (door, connections, jurisdiction)
        (self.uploads, self.pace, self.papers) = (uploads, pace, papers)
    }

    /// The largest message, pasted or dropped.
    private static let maximumBytes = 256 << 10
    private static let one = LabPage.path + "/:token"

    func add(to routes: RouteTable) {
        door.get(routes, LabPage.path, .readConnections) { call in .page(try await page(call)) }
        door.upload(routes, LabPage.path, .tryMessages, back: LabPage.path, examine)
        door.get(routes, Self.one, .readConnections) { call in
            let (token, record) = try kept(call)
            return .page(LabReportPage(record, path: LabPage.path + "/" + token, in: call.language))
        }
        door.get(routes, Self.one + "/report.json", .readConnections) { call in
            var response = Response.text(try kept(call).record.json.pretty + "\n", "application/json")
            response.headers[.contentDisposition] = "attachment; filename=\"callback-report.json\""
            return .raw(response)
        }
        door.get(routes, Self.one + "/report.pdf", .readConnections) { call in
            let bytes = try await papers.draw(try kept(call).record.document(in: call.language))
            return .raw(.pdf(bytes, named: "callback-report.pdf"))
        }
    }

    private func kept(_ call: ConsoleCall) throws -> (token: String, record: LabRecord) {
        let token = call.context.parameters.get("token") ?? ""
        guard let record = reports.look(token, of: call.session.person.id) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Kết quả này không còn trên máy chủ (sau 30 phút). Hãy kiểm tra lại.",
                    en: "This report is no longer on the server (after 30 minutes). Examine the message again."
                )
            )
        }
        return (token, record)
    }

    private func page(
        _ call: ConsoleCall,
        kept: [String: String] = [:],
        fault: ServiceError? = nil
    ) async throws -> LabPage {
        let accounts = try await jurisdiction.accounts(for: call.caller).map(Set.init)
        let seen = try await connections.list().filter { accounts?.contains($0.accountNumber) ?? true }
        return LabPage(seen, kept: kept, fault: fault?.text(in: call.language), in: call.language)
    }

    @Sendable private func examine(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (fields, files) = try await FileForm(door: door, uploads: uploads, pace: pace)
            .receive(call, maximumBytes: Self.maximumBytes, maximumFieldBytes: Self.maximumBytes, Self.tooLarge)
        defer { for file in files { PendingUploads.remove(file.path) } }
        do {
            let versions = try LabMessage.versions(file: files.first?.path, pasted: fields["message"] ?? "")
            let now = try fields["at"].flatMap { $0.isEmpty ? nil : $0 }.map(Self.time) ?? .now()
            let (report, connection) = try await report(on: versions, fields, now, call)
            let record = LabRecord(
                report,
                connection: connection,
                hash: hexadecimal(SHA256.hash(versions[0])),
                bytes: versions[0].count,
                checkedAt: .now(),
                by: call.caller.person.name
            )
            let token = UUID().uuidString.lowercased()
            _ = reports.keep(record, named: token, of: call.session.person.id)
            return .goTo(LabPage.path + "/" + token)
        } catch let error as ServiceError where [.invalidParameter, .invalidBody, .notFound].contains(error.code) {
            // The secret is not sent back: whoever looks at the page must not see it.
            var kept = fields
            kept["secret"] = nil
            return .refused(try await page(call, kept: kept, fault: error), error)
        }
    }

    /// The best of the reports on what may be meant: the one that would be taken, or has the fewest faults.
    private func report(
        on versions: [[UInt8]],
        _ fields: [String: String],
        _ now: Instant,
        _ call: ConsoleCall
    ) async throws -> (LabReport, connection: String?) {
        let hash = hexadecimal(SHA256.hash(versions[0]))
        let chosen = fields["as"] ?? ""
        func best(_ examine: ([UInt8]) throws -> LabReport) throws -> LabReport {
            let reports = try versions.map(examine)
            return reports.min {
                ($0.isVerified ? 0 : 1, $0.findings.count) < ($1.isVerified ? 0 : 1, $1.findings.count)
            }
                ?? reports[0]
        }
        if chosen.hasPrefix("connection:") {
            let name = String(chosen.dropFirst("connection:".count))
            let lab = try await connections.forLab(name)
            try await jurisdiction.authorize(account: lab.settings.accountNumber, for: call.caller)
            try await connections.recordLab(name, hash: hash, by: call.caller.person)
            let report = try best { bytes in
                CallbackLab.examine(
                    CapturedMessage(bytes, isByGET: lab.settings.profile.allowsGET).message,
                    connection: lab.settings,
                    secrets: lab.secrets,
                    others: call.caller.localities == nil ? lab.others : [],
                    now: now
                )
            }
            return (report, name)
        }
        guard let profile = CallbackProfile(rawValue: String(chosen.dropFirst("profile:".count))) else {
            throw ServiceError(.invalidParameter, at: "as", .oneOf(CallbackProfile.allCases.map(\.rawValue)))
        }
        try await connections.recordLab(profile.rawValue, hash: hash, by: call.caller.person)
        func given(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
        do {
            let report = try best { bytes in
                try CallbackLab.examine(
                    CapturedMessage(bytes, isByGET: profile.allowsGET),
                    profile: profile,
                    secret: given("secret"),
                    account: given("account"),
                    now: now
                )
            }
            return (report, nil)
        } catch let refusal as CallbackRefusal {
            throw ServiceError(.invalidParameter, at: "secret", refusal.message)
        }
    }

    private static func time(_ text: String) throws -> Instant {
        guard let time = Instant(text.trimming()) else {
            throw ServiceError(
                .invalidParameter,
                at: "at",
                Phrase(
                    vi: "phải có dạng 2026-11-21T09:30:00+07:00",
                    en: "must have the form 2026-11-21T09:30:00+07:00"
                )
            )
        }
        return time
    }

    private static let tooLarge = Phrase(
        vi: "Callback tối đa 256 KiB.",
        en: "A callback may have at most 256 KiB."
    )
}
